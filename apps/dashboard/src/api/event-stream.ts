import { type EventType, eventTypes, gatewayEvent } from '@authscript/prior-auth'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { soon } from '../clock.ts'

export type Connection = 'connecting' | 'live' | 'interrupted'

/** How far a visit under way has come, as its events told. */
export type Step = 'queued' | 'reading' | 'judging' | 'filling' | 'recording'

const stepAfter: Partial<Record<EventType, Step>> = {
  EncounterDetected: 'queued',
  EncounterProcessingStarted: 'reading',
  ClinicalDataHydrated: 'judging',
  IntelligenceAnalysisComplete: 'filling',
  PdfGenerated: 'recording',
}

/** The steps of visits under way, by encounter id: what the list shows between two readings of it. */
class Progress {
  readonly #steps = new Map<string, Step>()
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly of = (encounterId: string): Step | undefined => this.#steps.get(encounterId)

  note(encounterId: string, eventType: EventType): void {
    const step = stepAfter[eventType]
    if (step === undefined) this.#steps.delete(encounterId)
    else this.#steps.set(encounterId, step)
    for (const listener of this.#listeners) listener()
  }
}

const progress = new Progress()

export function useStep(encounterId: string): Step | undefined {
  return useSyncExternalStore(progress.subscribe, () => progress.of(encounterId))
}

/** Keeps the lists live while the page is open. The browser reconnects by itself and says where it stopped. */
export function useLiveUpdates(): Connection {
  const cache = useQueryClient()
  const [connection, setConnection] = useState<Connection>('connecting')
  useEffect(() => {
    const refreshSoon = soon(settleMs, () => refresh(cache))
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
      if (typeof encounterId === 'string') progress.note(encounterId, event.data.eventType)
      refreshSoon.call()
    }
    for (const eventType of eventTypes) source.addEventListener(eventType, onEvent)
    // Something was missed: what is shown is read anew.
    source.addEventListener('gap', () => refresh(cache))
    return () => {
      source.close()
      refreshSoon.cancel()
    }
  }, [cache])
  return connection
}

/** Events come many at a time: what is shown is read anew once for all of them, and what was being read is read again. */
const settleMs = 120

function refresh(cache: QueryClient): void {
  for (const queryKey of [['encounters'], ['work-items'], ['work-item']])
    void cache.invalidateQueries({ queryKey })
}
