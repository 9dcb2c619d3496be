import { correlationIdOf } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { explainFailure } from '../errors.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { Lease, WriteBackJob } from '../jobs/job.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { WriteBackLeaseLostError } from './review-errors.ts'

export interface WriteBackConclusionDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly clock: Clock
  readonly log: Log
  /** When to try again what failed after so many durable retries, in milliseconds; undefined when it is over. */
  retryDelayMs(earlierRetries: number, error: unknown): number | undefined
}

/** Ends a write-back's lease after its task has used up its own retries: a later try, or a dead letter. */
export async function concludeWriteBack(
  lease: Lease<WriteBackJob>,
  error: unknown,
  { store, queue, clock, log, retryDelayMs }: WriteBackConclusionDependencies,
): Promise<void> {
  const { workItemId, run, practiceId, patientId, encounterId } = lease.job
  const correlationId = correlationIdOf(encounterId)
  const { code, reason } = explainFailure(error)
  const outcome = await store.transaction(async (transaction) => {
    const now = clock.now()
    const current = await transaction.writeBacks.find(lease.job)
    const delayMs = current && retryDelayMs(current.retry_count, error)
    const nextAttemptAt = delayMs === undefined ? undefined : new Date(now.getTime() + delayMs)
    const row = await transaction.writeBacks.transition(
      lease.job,
      nextAttemptAt === undefined ? 'failed' : 'queued',
      {
        error_code: code,
        error_reason: reason,
        ...(nextAttemptAt === undefined
          ? { finished_at: now }
          : { retry_count: (current?.retry_count ?? 0) + 1, next_attempt_at: nextAttemptAt }),
      },
      run,
    )
    const isHeld =
      row === undefined || delayMs === undefined
        ? await queue.settle(lease, transaction.db)
        : await queue.giveBack(lease, delayMs, transaction.db)
    if (!isHeld) throw new WriteBackLeaseLostError(workItemId)
    if (row === undefined) return 'outdated'

    const attemptCount = Math.max(1, row.attempt_count)
    await transaction.failures.add(
      {
        ref: { practiceId, patientId, encounterId },
        workItemId,
        run,
        attemptCount,
        code,
        reason,
        ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
      },
      now,
    )
    const envelope = {
      practiceId,
      correlationId,
      timestamp: now.toISOString(),
      source: 'WriteBack',
    }
    const data = { encounterId, workItemId, error: reason, attemptCount, code }
    if (nextAttemptAt === undefined) {
      transaction.emit({ ...envelope, eventType: 'WriteBackFailed', data })
      return 'failed'
    }
    transaction.emit({
      ...envelope,
      eventType: 'WriteBackRetryScheduled',
      data: { ...data, nextAttemptAt: nextAttemptAt.toISOString() },
    })
    return 'retried'
  })
  if (outcome === 'failed') log.error({ correlationId, code, error }, 'write-back failed')
  if (outcome === 'retried')
    log.warn({ correlationId, code, error }, 'write-back is tried again later')
}

/** Gives the lease back unused: row and job return to the queue together. False when it was lost meanwhile. */
export async function returnWriteBack(
  lease: Lease<WriteBackJob>,
  delayMs: number,
  { store, queue }: Pick<WriteBackConclusionDependencies, 'store' | 'queue'>,
): Promise<boolean> {
  return store.transaction(async (transaction) => {
    if (!(await queue.giveBack(lease, delayMs, transaction.db))) return false
    await transaction.writeBacks.transition(lease.job, 'queued', {}, lease.job.run)
    return true
  })
}
