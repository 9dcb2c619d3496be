import { correlationIdOf, type EventDataOf } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { explainFailure } from '../errors.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { EncounterJob, Lease } from '../jobs/job.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { LeaseLostError } from './pipeline-errors.ts'

export interface ConclusionDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly clock: Clock
  readonly log: Log
  /** When to try again what failed after so many durable retries, in milliseconds; undefined when it is over. */
  retryDelayMs(earlierRetries: number, error: unknown): number | undefined
}

/**
 * Ends a visit's lease after its task has used up its own retries: a later try for what may pass with time, else a dead letter that an
 * operator sees, understands and redrives. State, history, event and job change in one transaction.
 *
 * @throws {LeaseLostError} another worker has the visit now; nothing was recorded
 */
export async function concludeFailure(
  lease: Lease<EncounterJob>,
  error: unknown,
  { store, queue, clock, log, retryDelayMs }: ConclusionDependencies,
): Promise<void> {
  const { kind: _kind, run, ...ref } = lease.job
  const { code, reason } = explainFailure(error)
  const correlationId = correlationIdOf(ref.encounterId)
  const outcome = await store.transaction(async (transaction) => {
    const now = clock.now()
    const current = await transaction.encounters.find(ref)
    const delayMs = current && retryDelayMs(current.retry_count, error)
    const nextAttemptAt = delayMs === undefined ? undefined : new Date(now.getTime() + delayMs)
    const row = await transaction.encounters.transition(
      ref,
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
    // Of an outdated ticket nothing is left to do but to end it.
    const isHeld =
      row === undefined || delayMs === undefined
        ? await queue.settle(lease, transaction.db)
        : await queue.giveBack(lease, delayMs, transaction.db)
    if (!isHeld) throw new LeaseLostError(ref.encounterId)
    if (row === undefined) return 'outdated'

    const attemptCount = Math.max(1, row.attempt_count)
    await transaction.failures.add(
      {
        ref,
        run,
        attemptCount,
        code,
        reason,
        ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
      },
      now,
    )
    const envelope = {
      practiceId: ref.practiceId,
      correlationId,
      timestamp: now.toISOString(),
      source: 'EncounterProcessor',
    }
    const data: EventDataOf<'EncounterProcessingFailed'> = {
      encounterId: ref.encounterId,
      error: reason,
      attemptCount,
      code,
      patientId: ref.patientId,
    }
    if (nextAttemptAt === undefined) {
      transaction.emit({ ...envelope, eventType: 'EncounterProcessingFailed', data })
      return 'failed'
    }
    transaction.emit({
      ...envelope,
      eventType: 'EncounterRetryScheduled',
      data: { ...data, nextAttemptAt: nextAttemptAt.toISOString() },
    })
    return 'retried'
  })
  if (outcome === 'failed') log.error({ correlationId, code, error }, 'encounter failed')
  if (outcome === 'retried')
    log.warn({ correlationId, code, error }, 'encounter is tried again later')
}

/** Gives a visit's lease back unused: row and job return to the queue together. False when the lease was lost meanwhile. */
export async function returnVisit(
  lease: Lease<EncounterJob>,
  delayMs: number,
  { store, queue }: Pick<ConclusionDependencies, 'store' | 'queue'>,
): Promise<boolean> {
  const { kind: _kind, run, ...ref } = lease.job
  return store.transaction(async (transaction) => {
    if (!(await queue.giveBack(lease, delayMs, transaction.db))) return false
    await transaction.encounters.transition(ref, 'queued', {}, run)
    return true
  })
}
