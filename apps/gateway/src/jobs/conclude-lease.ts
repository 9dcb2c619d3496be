import { correlationIdOf } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { explainFailure } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { DurableQueue } from './durable-queue.ts'
import type { JobKind } from './job-kind.ts'
import type { Lease } from './job.ts'

export interface ConclusionDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly clock: Clock
  readonly log: Log
}

/**
 * Ends a lease whose task has used up its own retries: with a durable retry if the failure may pass, otherwise as a dead letter that an
 * operator can see and redrive. State, history, event and job change in one transaction.
 *
 * @param retryDelayMs the wait before the next durable retry after this many, in milliseconds; undefined: none is left
 * @throws the error of `leaseLost` if another worker has the job now; nothing was recorded
 */
export async function concludeFailure(
  kind: JobKind,
  lease: Lease,
  error: unknown,
  retryDelayMs: (earlierRetries: number) => number | undefined,
  { store, queue, clock, log }: ConclusionDependencies,
): Promise<void> {
  const { run, practiceId, patientId, encounterId } = lease.job
  const { code, reason } = explainFailure(error)
  const outcome = await store.transaction(kind.eventSource, async (transaction) => {
    const now = clock.now()
    const row = kind.openRow(lease, transaction)
    const current = await row.find()
    const delayMs = current && retryDelayMs(current.retry_count)
    const nextAttemptAt = delayMs === undefined ? undefined : new Date(now.getTime() + delayMs)
    const moved = await row.moveTo(nextAttemptAt === undefined ? 'failed' : 'queued', {
      error_code: code,
      error_reason: reason,
      ...(nextAttemptAt === undefined
        ? { finished_at: now }
        : { retry_count: (current?.retry_count ?? 0) + 1, next_attempt_at: nextAttemptAt }),
    })
    // An outdated job is only settled.
    const isHeld =
      moved === undefined || delayMs === undefined
        ? await queue.settle(lease, transaction.db)
        : await queue.release(lease, delayMs, transaction.db)
    if (!isHeld) throw row.leaseLost()
    if (moved === undefined) return 'outdated'

    const attemptCount = Math.max(1, moved.attempt_count)
    await transaction.failures.add(
      {
        ref: { practiceId, patientId, encounterId },
        kind: kind.name,
        run,
        attemptCount,
        code,
        reason,
        ...(row.workItemId === undefined ? {} : { workItemId: row.workItemId }),
        ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
      },
      now,
    )
    const failure = { error: reason, code, attemptCount }
    if (nextAttemptAt === undefined) {
      row.emitFailed(failure)
      return 'failed'
    }
    row.emitRetryScheduled({ ...failure, nextAttemptAt: nextAttemptAt.toISOString() })
    return 'retry_scheduled'
  })
  const fields = { correlationId: correlationIdOf(encounterId), kind: lease.job.kind, code, error }
  if (outcome === 'failed')
    log.error(fields, 'failed after the last retry; an operator can redrive it')
  if (outcome === 'retry_scheduled') log.warn(fields, 'failed; a durable retry is scheduled')
}

/** Releases a lease unused: row and job return to the queue together. False when the lease was lost meanwhile. */
export async function releaseLease(
  kind: JobKind,
  lease: Lease,
  delayMs: number,
  { store, queue }: Pick<ConclusionDependencies, 'store' | 'queue'>,
): Promise<boolean> {
  return store.transaction(kind.eventSource, async (transaction) => {
    if (!(await queue.release(lease, delayMs, transaction.db))) return false
    await kind.openRow(lease, transaction).moveTo('queued', {})
    return true
  })
}
