import type { EncounterRef } from '@authscript/prior-auth'

/**
 * An entry of the durable queue: a row has to be worked on. The row holds the state, so a lost job can be created again from it
 * (`missing-jobs.ts`). Each kind adds its own fields: see `JobKind`.
 */
export interface Job extends EncounterRef {
  readonly kind: string
  /** The row's run that this job is for. A job of an earlier run finds itself outdated and ends. */
  readonly run: number
}

/**
 * The right to work on a job until it is settled or its heartbeat stops. `fence` distinguishes this lease from a later one: its
 * `retryCount` increases with each lease of the job.
 */
export interface Lease<Each extends Job = Job> {
  readonly job: Each
  readonly queue: string
  readonly fence: { readonly id: string; readonly retryCount: number }
}

/** What an attempt knows about its task. */
export interface Attempt {
  readonly attempt: number
  readonly maxAttempts: number
  readonly workerId: string
  readonly signal: AbortSignal
}

/** A step of a job whose duration is shown to operators. */
export interface TimedStep {
  readonly ref: EncounterRef
  /** Of a write-back. */
  readonly workItemId?: string
  readonly run: number
  readonly attempt: number
  readonly workerId: string
  readonly kind: 'read' | 'judge' | 'fill' | 'record' | 'write_back'
}

/** Runs a step and records how long it took and how it ended. */
export type TimeStep = <Result>(step: TimedStep, work: () => Promise<Result>) => Promise<Result>
