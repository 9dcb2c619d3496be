import { AsyncLocalStorage } from 'node:async_hooks'
import type { Policy } from './resilience/policy-generator.ts'

/** What a running attempt may know of itself: the argument of `run`, and `currentTask()` anywhere below it. */
export interface TaskContext {
  readonly taskId: string
  readonly name: string
  /** Names the kind of work for breakers and metrics; the task's name unless given. */
  readonly operationKey: string
  readonly correlationId: string
  /** 1 for the first attempt. */
  readonly attempt: number
  /** 1 when the policy never retries. */
  readonly maxAttempts: number
  readonly workerId: string
  /** When the whole task must be done, whatever its attempts. */
  readonly deadline: Date | undefined
  /** Aborts on this attempt's timeout, on the task's own signal, on its deadline, and at the end of a drain. */
  readonly signal: AbortSignal
  /** Key-value pairs for logs. */
  readonly baggage: Readonly<Record<string, string>>
}

/** A unit of work and how it wants to be treated. */
export interface Task<Result> {
  readonly name: string
  run(context: TaskContext): Promise<Result> | Result
  readonly operationKey?: string
  readonly correlationId?: string
  /** At most one accepted task holds a key; a second is refused with `DuplicateTaskError`. */
  readonly key?: string
  /** Groups take turns within a priority, and each has at most `groupConcurrency` tasks running. */
  readonly group?: string
  /** Higher runs first. @default 0 */
  readonly priority?: number
  /** Instead of the orchestrator's own. */
  readonly policy?: Policy
  /** Milliseconds from acceptance within which the task must be done, waiting included. */
  readonly deadlineMs?: number
  /** Aborting ends the task at once, wherever it is. */
  readonly signal?: AbortSignal
  readonly baggage?: Readonly<Record<string, string>>
}

export const taskStorage = new AsyncLocalStorage<TaskContext>()

/** The attempt that the calling code runs in, however deep; undefined outside of tasks. */
export function currentTask(): TaskContext | undefined {
  return taskStorage.getStore()
}
