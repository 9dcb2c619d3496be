import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'

const everyMs = 3_600_000
const dayMs = 86_400_000

/** Forgets, hour by hour, what has outlived its retention: expired sessions and old events. */
export async function sweepForever(
  {
    store,
    retentionDays,
    clock,
    log,
  }: {
    readonly store: Store
    readonly retentionDays: number
    readonly clock: Clock
    readonly log: Log
  },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(everyMs, signal).catch(() => undefined)
    if (signal.aborted) return
    try {
      const now = clock.now()
      await store.sessions.deleteExpired(now)
      await store.events.deleteBefore(new Date(now.getTime() - retentionDays * dayMs))
    } catch (error) {
      log.warn({ error }, 'the hourly sweep failed; it is repeated')
    }
  }
}
