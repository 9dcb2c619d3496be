import type { TaskState } from './task.ts'

/** `running` takes work; `draining` finishes or aborts what it has; `stopped` has no timer, no listener and no task left. */
export type OrchestratorState = 'running' | 'draining' | 'stopped'

export interface StopOptions {
  /** How long queued and running tasks may still take before they are aborted. @default 30_000 */
  readonly timeoutMs?: number
  /** Ends that time early. */
  readonly signal?: AbortSignal
  /** Event streams stay open until `endStreams`. @default false */
  readonly keepStreams?: boolean
}

export interface UnfinishedTask {
  readonly taskId: string
  readonly name: string
  readonly correlationId: string
  /** Where the task was at the deadline. */
  readonly state: Exclude<TaskState, 'capacity_waiting' | 'settled'>
}

/** The result of a drain. */
export interface DrainReport {
  /** Tasks that completed or failed by themselves between the call of `stop` and its end. */
  readonly drained: number
  /** Tasks that were unfinished at the deadline; all were aborted. */
  readonly unfinished: readonly UnfinishedTask[]
  /** Tasks whose handler ignored its abort and still ran when `stop` gave up on it: it may still have effects. */
  readonly abandoned: readonly Omit<UnfinishedTask, 'state'>[]
  readonly durationMs: number
}
