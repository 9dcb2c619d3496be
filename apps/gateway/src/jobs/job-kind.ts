import type { z } from 'zod'
import type { FailureKind, GatewayError } from '../errors.ts'
import type { JobRows } from '../store/job-rows.ts'
import type { StoreTransaction } from '../store/store.ts'
import type { Attempt, Job, Lease } from './job.ts'

/**
 * All that differs between kinds of jobs. The queue, the lease loop, the conclusion of a lease, dead letters and a restore use only this,
 * so a new kind is one file and one line in `wiring/job-kinds.ts`.
 *
 * `Tools` is what its runner needs; `wiring/processing.ts` provides it.
 */
export interface JobKind<Each extends Job = Job, Tools = never> {
  /** The payload's `kind`, in snake_case: it is stored with every job. */
  readonly name: Each['kind']
  /** The name of its tasks in the log. */
  readonly taskName: string
  /** The `source` of the events that report how a lease of this kind ended. */
  readonly eventSource: string
  /** Parses a job when it is enqueued and again when it is leased. */
  readonly payload: z.ZodType<Each> & { readonly shape: Readonly<Record<string, unknown>> }
  /** Fields of the payload that distinguish jobs. Jobs with the same values have the same id, so each is queued once. */
  readonly identity: readonly string[]
  /** The table with the rows of these jobs. */
  readonly rows: JobRows
  readonly lease: {
    /** Jobs with a higher number are leased first. */
    readonly priority: number
    /** Two jobs with the same key never run at the same time on one node. */
    exclusiveKey(job: Each): string
  }
  readonly createRunner: (tools: Tools) => JobRunner<Each>
  /** Which failures get a durable retry. `ambiguous` only if each attempt first finds out what the previous one did. */
  readonly retriedFailures: readonly FailureKind[]
  /** The job's row, as the conclusion of its lease needs it. */
  openRow(lease: Lease<Each>, transaction: StoreTransaction): JobRow
}

export interface JobRunner<Each extends Job = Job> {
  /**
   * Works on a leased job: moves its row to the working state, and settles the lease (`DurableQueue.settle`) in the transaction that
   * records the result. If it throws, the lease is concluded for it: with a durable retry, or as a dead letter. A lease that it neither
   * settles nor fails returns to the queue when its heartbeat stops.
   *
   * @param runTask runs the work through the orchestrator: its queue, a worker and the retry policy
   */
  run(lease: Lease<Each>, runTask: RunTask, signal: AbortSignal): Promise<void>
}

export type RunTask = (work: (attempt: Attempt) => Promise<void>) => Promise<void>

/** The row of a job, within one transaction. */
export interface JobRow {
  /** Set when the row belongs to a work item: its failures are listed with it. */
  readonly workItemId?: string
  find(): Promise<{ readonly retry_count: number } | undefined>
  /** Undefined when the job is outdated: another run has the row. */
  moveTo(
    state: 'failed' | 'queued',
    changes: RowChanges,
  ): Promise<{ readonly attempt_count: number } | undefined>
  /** Emits the event of a failure after the last retry. */
  emitFailed(failure: ReportedFailure): void
  /** Emits the event of a failure that is retried later. */
  emitRetryScheduled(failure: ReportedFailure & { readonly nextAttemptAt: string }): void
  leaseLost(): GatewayError
}

/** What is written to a row when its job ends or is retried later. */
export interface RowChanges {
  readonly error_code?: string
  readonly error_reason?: string
  readonly finished_at?: Date
  readonly retry_count?: number
  readonly next_attempt_at?: Date
}

/** A failure as its event reports it. */
export interface ReportedFailure {
  readonly error: string
  readonly code: string
  readonly attemptCount: number
}
