import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'

const everyMs = 3_600_000

/** Every hour: deletes what has outlived its retention, and queues a job for each unfinished row that has none. */
export async function sweepHourly(
  {
    store,
    retention,
    chartRetention,
    auditRetention,
    webhookRetention,
    ensureJobs,
    clock,
    log,
  }: {
    readonly store: Store
    readonly retention: { readonly days: number; readonly count: number }
    readonly chartRetention: { readonly days: number }
    readonly auditRetention: { readonly days: number }
    readonly webhookRetention: { readonly days: number }
    /** Queues the jobs that are missing; returns how many. */
    ensureJobs(): Promise<number>
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
      await store.launchStates.deleteExpired(clock.now())
      await store.signInFlows.deleteExpired(clock.now())
      await store.signInAttempts.deleteBefore(daysAgo(1, clock))
      await store.people.forgetDevicesBefore(daysAgo(365, clock))
      await store.events.forget(retention)
      await store.charts.forget(chartRetention)
      await store.attachments.forget(chartRetention)
      await store.audit.forgetMarks()
      await store.audit.forget(auditRetention)
      const { last } = await store.audit.chain()
      // Kept with the log, it shows later whether rows are missing at the end.
      log.info(
        { sequence: last.sequence },
        `the audit trail ends with row ${last.sequence}:${last.hash}`,
      )
      await store.webhooks.forget(webhookRetention)
      await store.idempotencyKeys.deleteExpired()
      await store.encounterSteps.forget()
      const count = await ensureJobs()
      if (count > 0)
        log.error({ count }, 'unfinished rows had no job in the queue; they have one now')
    } catch (error) {
      log.warn({ error }, 'the hourly sweep failed; it is repeated')
    }
  }
}

const daysAgo = (days: number, clock: Clock) =>
  new Date(clock.now().getTime() - days * 24 * everyMs)
