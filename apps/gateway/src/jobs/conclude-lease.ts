import { correlationIdOf } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { explainFailure, type GatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { NewEvent } from '../store/events.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import type { DurableQueue } from './durable-queue.ts'
import type { Job, Lease } from './job.ts'

/** What a row is told when its job ends or is put off. */
export interface RowChanges {
  readonly error_code?: string
  readonly error_reason?: string
  readonly finished_at?: Date
  readonly retry_count?: number
  readonly next_attempt_at?: Date
}

/** A failure as its event tells it. */
export interface ToldFailure {
  readonly error: string
  readonly code: string
  readonly attemptCount: number
}

/** The row that a job speaks of, inside one transaction. */
export interface JobRow {
  readonly workItemId?: string
  find(): Promise<{ readonly retry_count: number } | undefined>
  /** Undefined when the job is outdated: another run has the row. */
  moveTo(
    state: 'failed' | 'queued',
    changes: RowChanges,
  ): Promise<{ readonly attempt_count: number } | undefined>
  failed(failure: ToldFailure): Pick<NewEvent, 'eventType' | 'data' | 'source'>
  putOff(
    failure: ToldFailure & { readonly nextAttemptAt: string },
  ): Pick<NewEvent, 'eventType' | 'data' | 'source'>
  leaseLost(): GatewayError
}

export type OpenRow<Each extends Job> = (
  lease: Lease<Each>,
  transaction: Pick<StoreTransaction, 'encounters' | 'writeBacks'>,
) => JobRow

export interface ConclusionDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly clock: Clock
  readonly log: Log
  /** When to try again what failed after so many later retries, in milliseconds; undefined when it is over. */
  retryDelayMs(earlierRetries: number, error: unknown): number | undefined
}

/**
 * Ends a lease after its task has used up its own retries: a later try for what may pass with time, else a dead letter that an operator
 * sees, understands and redrives. State, history, event and job change in one transaction.
 *
 * @throws what `leaseLost` makes, when another worker has the job now; nothing was recorded
 */
export async function concludeFailure<Each extends Job>(
  lease: Lease<Each>,
  error: unknown,
  openRow: OpenRow<Each>,
  { store, queue, clock, log, retryDelayMs }: ConclusionDependencies,
): Promise<void> {
  const { run, practiceId, patientId, encounterId } = lease.job
  const { code, reason } = explainFailure(error)
  const correlationId = correlationIdOf(encounterId)
  const outcome = await store.transaction(async (transaction) => {
    const now = clock.now()
    const row = openRow(lease, transaction)
    const current = await row.find()
    const delayMs = current && retryDelayMs(current.retry_count, error)
    const nextAttemptAt = delayMs === undefined ? undefined : new Date(now.getTime() + delayMs)
    const moved = await row.moveTo(nextAttemptAt === undefined ? 'failed' : 'queued', {
      error_code: code,
      error_reason: reason,
      ...(nextAttemptAt === undefined
        ? { finished_at: now }
        : { retry_count: (current?.retry_count ?? 0) + 1, next_attempt_at: nextAttemptAt }),
    })
    // Of an outdated ticket nothing is left to do but to end it.
    const isHeld =
      moved === undefined || delayMs === undefined
        ? await queue.settle(lease, transaction.db)
        : await queue.giveBack(lease, delayMs, transaction.db)
    if (!isHeld) throw row.leaseLost()
    if (moved === undefined) return 'outdated'

    const attemptCount = Math.max(1, moved.attempt_count)
    await transaction.failures.add(
      {
        ref: { practiceId, patientId, encounterId },
        run,
        attemptCount,
        code,
        reason,
        ...(row.workItemId === undefined ? {} : { workItemId: row.workItemId }),
        ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
      },
      now,
    )
    const told = { error: reason, code, attemptCount }
    const event =
      nextAttemptAt === undefined
        ? row.failed(told)
        : row.putOff({ ...told, nextAttemptAt: nextAttemptAt.toISOString() })
    // The pair of type and data is right by whoever made it; spreading loses it for the compiler.
    transaction.emit({
      ...event,
      practiceId,
      correlationId,
      timestamp: now.toISOString(),
    } as NewEvent)
    return nextAttemptAt === undefined ? 'failed' : 'put_off'
  })
  const fields = { correlationId, kind: lease.job.kind, code, error }
  if (outcome === 'failed') log.error(fields, 'failed for good; an operator may redrive it')
  if (outcome === 'put_off') log.warn(fields, 'failed for now; it is tried again later')
}

/** Gives a lease back unused: row and job return to the queue together. False when the lease was lost meanwhile. */
export async function returnLease<Each extends Job>(
  lease: Lease<Each>,
  delayMs: number,
  openRow: OpenRow<Each>,
  { store, queue }: Pick<ConclusionDependencies, 'store' | 'queue'>,
): Promise<boolean> {
  return store.transaction(async (transaction) => {
    if (!(await queue.giveBack(lease, delayMs, transaction.db))) return false
    await openRow(lease, transaction).moveTo('queued', {})
    return true
  })
}
