import { checkDuration } from './check-duration.ts'
import { checkOptions } from './check-options.ts'
import type { TaskState } from './task.ts'

/** `running` takes work; `draining` finishes or aborts what it has; `stopped` has no timer, no listener and no task left. */
export type OrchestratorState = 'running' | 'draining' | 'stopped'

export interface StopOptions {
  /** How long queued and running tasks may still take before they are aborted; `Infinity` for no limit. @default 30_000 */
  readonly timeoutMs?: number
  /** Ends that time early. */
  readonly signal?: AbortSignal
  /** Event streams stay open until `endStreams`. @default false */
  readonly keepStreams?: boolean
}

/**
 * @throws {TypeError} naming an option that does not exist or is of another kind
 * @throws {RangeError} when `timeoutMs` is no duration
 */
export function checkStopOptions(options: StopOptions): void {
  checkOptions(options, { timeoutMs: 'number', signal: 'object', keepStreams: 'boolean' })
  if (options.timeoutMs !== undefined) checkDuration('timeoutMs', options.timeoutMs)
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
