import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'

const everyMs = 3_600_000

/** Forgets, hour by hour, what has outlived its retention, and looks whether each row that waits has its ticket. */
export async function sweepForever(
  {
    store,
    retention,
    ensureTickets,
    clock,
    log,
  }: {
    readonly store: Store
    readonly retention: { readonly days: number; readonly count: number }
    /** Makes the tickets that are missing; returns how many. */
    ensureTickets(): Promise<number>
    readonly clock: Clock
    readonly log: Log
  },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(everyMs, signal).catch(() => undefined)
    if (signal.aborted) return
    try {
      await store.sessions.deleteExpired(clock.now())
      await store.events.forget(retention)
      const count = await ensureTickets()
      if (count > 0) log.error({ count }, 'rows waited without a ticket; they have one now')
    } catch (error) {
      log.warn({ error }, 'the hourly sweep failed; it is repeated')
    }
  }
}
