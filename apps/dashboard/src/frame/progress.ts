import { useSyncExternalStore } from 'react'

/** What the gateway does with an encounter, from its events. */
const stepByEvent: Readonly<Record<string, string>> = {
  EncounterDetected: 'Queued',
  EncounterProcessingStarted: 'Reading the chart',
  ClinicalDataHydrated: 'Checking criteria',
  IntelligenceAnalysisComplete: 'Filling the form',
  PdfGenerated: 'Recording',
}

/** The steps of encounters in progress, by encounter id. */
class ProgressStore {
  readonly #steps = new Map<string, string>()
  readonly #watchers = new Set<() => void>()

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  readonly of = (encounterId: string): string | undefined => this.#steps.get(encounterId)

  record(encounterId: string, eventType: string): void {
    const step = stepByEvent[eventType]
    if (step === undefined) this.#steps.delete(encounterId)
    else this.#steps.set(encounterId, step)
    for (const watcher of this.#watchers) watcher()
  }
}

export const progress = new ProgressStore()

export function useStep(encounterId: string): string | undefined {
  return useSyncExternalStore(progress.watch, () => progress.of(encounterId))
}
