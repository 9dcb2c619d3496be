import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { after } from '../clock.ts'
import { connection } from '../connection/connection.ts'
import { progress } from './progress.ts'

/** Events come in bursts: one reading covers a burst, and the next one waits for its end. */
const gatherMs = 300
/** The session does not change with events; the shown rows of the queue and of the audit trail move only when a person asks for it. */
const notLive: ReadonlySet<unknown> = new Set(['session', 'queue-rows', 'audit'])
/** Counts and lists that any event may change. */
const ofAnyEvent: ReadonlySet<unknown> = new Set([
  'queue-latest',
  'queue-summary',
  'encounters',
  'watched-encounters',
])

/** Reads again what events have outdated: at once if the tab is visible, otherwise when it becomes visible. */
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
