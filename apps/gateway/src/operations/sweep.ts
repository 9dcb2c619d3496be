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
  const steps: readonly (readonly [name: string, step: () => Promise<unknown>])[] = [
    ['sessions', () => store.sessions.deleteExpired(clock.now())],
    ['sign-in links', () => store.signInLinks.deleteExpired(clock.now())],
    ['launches', () => store.launchStates.deleteExpired(clock.now())],
    ['sign-ins under way', () => store.signInFlows.deleteExpired(clock.now())],
    ['attempts to sign in', () => store.signInAttempts.deleteBefore(daysAgo(1, clock))],
    ['known devices', () => store.knownDevices.removeBefore(daysAgo(365, clock))],
    ['events', () => store.events.forget(retention)],
    ['charts', () => store.charts.forget(chartRetention)],
    ['attachments', () => store.attachments.forget(chartRetention)],
    ['marks of the audit trail', () => store.audit.forgetMarks()],
    ['audit trail', () => store.audit.forget(auditRetention)],
    [
      'end of the audit trail',
      async () => {
        const { last } = await store.audit.chain()
        // Kept with the log, it shows later whether rows are missing at the end.
        log.info(
          { sequence: last.sequence },
          `the audit trail ends with row ${last.sequence}:${last.hash}`,
        )
      },
    ],
    ['deliveries to webhooks', () => store.webhookDeliveries.forget(webhookRetention)],
    ['idempotency keys', () => store.idempotencyKeys.deleteExpired()],
    ['times of steps', () => store.encounterSteps.forget()],
    [
      'missing jobs',
      async () => {
        const count = await ensureJobs()
        if (count > 0)
          log.error({ count }, 'unfinished rows had no job in the queue; they have one now')
      },
    ],
  ]
  while (!signal.aborted) {
    await clock.sleep(everyMs, signal).catch(() => undefined)
    if (signal.aborted) return
    // A step that fails keeps no other from its work.
    for (const [name, step] of steps) {
      try {
        await step()
      } catch (error) {
        log.warn({ error, reason: name }, 'a step of the hourly sweep failed; it is repeated')
      }
    }
  }
}

const daysAgo = (days: number, clock: Clock) =>
  new Date(clock.now().getTime() - days * 24 * everyMs)
