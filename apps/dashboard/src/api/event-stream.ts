import { type EventType, eventTypes, gatewayEvent } from '@authscript/prior-auth'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { throttle } from '../clock.ts'

export type Connection = 'connecting' | 'live' | 'interrupted'

/** The current processing step of an encounter, from its events. */
export type ProcessingStep = 'queued' | 'reading' | 'assessing' | 'filling' | 'recording'

const stepByEvent: Partial<Record<EventType, ProcessingStep>> = {
  EncounterDetected: 'queued',
  EncounterProcessingStarted: 'reading',
  ClinicalDataHydrated: 'assessing',
  IntelligenceAnalysisComplete: 'filling',
  PdfGenerated: 'recording',
}

/** The steps of encounters in progress, by encounter id. Shown until the next refresh of the list. */
class ProgressStore {
  readonly #steps = new Map<string, ProcessingStep>()
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly of = (encounterId: string): ProcessingStep | undefined => this.#steps.get(encounterId)

  record(encounterId: string, eventType: EventType): void {
    const step = stepByEvent[eventType]
    if (step === undefined) this.#steps.delete(encounterId)
    else this.#steps.set(encounterId, step)
    for (const listener of this.#listeners) listener()
  }
}

const progress = new ProgressStore()

export function useStep(encounterId: string): ProcessingStep | undefined {
  return useSyncExternalStore(progress.subscribe, () => progress.of(encounterId))
}

/** Keeps the lists up to date while the page is open. The browser reconnects by itself from the last event id. */
export function useLiveUpdates(): Connection {
  const cache = useQueryClient()
  const [connection, setConnection] = useState<Connection>('connecting')
  useEffect(() => {
    const throttledRefresh = throttle(refreshDelayMs, () => refresh(cache))
    const source = new EventSource('/api/events?contract=event-message')
    source.onopen = () => {
      setConnection('live')
      refresh(cache)
    }
    source.onerror = () => setConnection('interrupted')
    const onEvent = (message: MessageEvent<string>) => {
      const event = gatewayEvent.safeParse(JSON.parse(message.data))
      if (!event.success) return
      const { encounterId } = event.data.data
      if (typeof encounterId === 'string') progress.record(encounterId, event.data.eventType)
      throttledRefresh.call()
    }
    for (const eventType of eventTypes) source.addEventListener(eventType, onEvent)
    // Events were missed, so everything is fetched again.
    source.addEventListener('gap', () => refresh(cache))
    return () => {
      source.close()
      throttledRefresh.cancel()
    }
  }, [cache])
  return connection
}

/** Events arrive in bursts: one refresh covers a burst, and restarts fetches that are in progress. */
const refreshDelayMs = 120

function refresh(cache: QueryClient): void {
  for (const queryKey of [['encounters'], ['work-items'], ['work-item']])
    void cache.invalidateQueries({ queryKey })
}
