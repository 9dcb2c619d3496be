import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { after } from '../clock.ts'
import { connection } from '../connection/connection.ts'
import { progress } from './progress.ts'

/** Events come in bursts: one reading covers a burst, and the next one waits for its end. */
const gatherMs = 300
/** Who is signed in does not change by an event; the shown rows of the queue, and of the audit trail, are moved by people only. */
const notLive: ReadonlySet<unknown> = new Set(['session', 'queue-rows', 'audit'])
/** Counts and lists that any event may change. */
const ofAnyEvent: ReadonlySet<unknown> = new Set([
  'queue-latest',
  'queue-summary',
  'encounters',
  'watched-encounters',
])

/** Reads again what events make old: now if the tab is seen, and otherwise when it is looked at. */
export function useLiveQueries(): void {
  const cache = useQueryClient()
  useEffect(() => {
    let ids = new Set<string>()
    let isAllOld = false
    let isWaiting = false
    let cancel = (): void => undefined

    const read = async (): Promise<void> => {
      const [oldIds, everything] = [ids, isAllOld]
      ids = new Set()
      isAllOld = false
      await cache.invalidateQueries({
        predicate: ({ queryKey }) =>
          !notLive.has(queryKey[0]) &&
          (everything ||
            ofAnyEvent.has(queryKey[0]) ||
            queryKey.some((part) => typeof part === 'string' && oldIds.has(part))),
      })
      isWaiting = false
      if (ids.size > 0 || isAllOld) gather()
    }
    const gather = (): void => {
      if (isWaiting || document.hidden) return
      isWaiting = true
      cancel = after(gatherMs, () => void read())
    }
    const look = (): void => {
      if (ids.size > 0 || isAllOld) gather()
    }
    const stopListening = connection.listen({
      onEvents(events) {
        for (const { eventType, encounterId, workItemId } of events) {
          for (const id of [encounterId, workItemId]) if (id !== undefined) ids.add(id)
          if (encounterId !== undefined) progress.record(encounterId, eventType)
        }
        gather()
      },
      onBehind() {
        isAllOld = true
        gather()
      },
    })
    document.addEventListener('visibilitychange', look)
    return () => {
      cancel()
      stopListening()
      document.removeEventListener('visibilitychange', look)
    }
  }, [cache])
}
