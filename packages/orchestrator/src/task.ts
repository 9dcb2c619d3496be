import { AsyncLocalStorage } from 'node:async_hooks'
import type { Policy } from './resilience/policy-generator.ts'

/** What a running attempt knows about itself: the argument of `run`. */
export interface TaskContext {
  readonly taskId: string
  readonly name: string
  /** Names the kind of work in logs and metrics; the task's name unless given. */
  readonly operationKey: string
  /** Connects everything that belongs to one piece of work; the task's id unless given. */
  readonly correlationId: string
  /** 1 for the first attempt. */
  readonly attempt: number
  /** 1 when the policy never retries. */
  readonly maxAttempts: number
  /** Names the slot, not the thread: `worker-1` to `worker-N`. */
  readonly workerId: string
  /** When the whole task must be done, however many attempts it takes. */
  readonly deadline: Date | undefined
  /** Aborts on this attempt's timeout, on the task's own signal, on its deadline, and at the end of a drain; `reason` says which. */
  readonly signal: AbortSignal
  /** Key-value pairs for logs; empty unless given. */
  readonly baggage: Readonly<Record<string, string>>
}

/** A unit of work, and how to treat it. */
export interface Task<Result> {
  /** Names the kind of work for people; it need not be unique. */
  readonly name: string
  /** Does the work. It is called again for each retry, so it must be idempotent. */
  run(context: TaskContext): Promise<Result> | Result
  /** @default the task's name */
  readonly operationKey?: string
  /** @default the task's id */
  readonly correlationId?: string
  /** Of the accepted tasks with the same key, at most one runs at a time. See `whenKeyTaken`. */
  readonly key?: string
  /**
   * What happens to a task whose key is taken: `reject` refuses it with `DuplicateTaskError`, so that nothing is done twice;
   * `wait` accepts it and runs the tasks with this key one after the other, in the order they were accepted. @default 'reject'
   */
  readonly whenKeyTaken?: 'reject' | 'wait'
  /** Groups take turns within a priority, and each has at most `groupConcurrency` tasks running. @default no group, no limit */
  readonly group?: string
  /** Higher runs first. @default 0 */
  readonly priority?: number
  /** What the work depends on: `advanced` has one bulkhead and one circuit breaker for each dependency. @default the operation key */
  readonly dependency?: string
  /** Replaces the orchestrator's own policy for this task. */
  readonly policy?: Policy
  /** Milliseconds from acceptance within which the task must be done, waiting included. @default none */
  readonly deadlineMs?: number
  /** Aborting it ends the task at once, wherever it is, even while its caller waits for capacity. */
  readonly signal?: AbortSignal
  /** @default {} */
  readonly baggage?: Readonly<Record<string, string>>
}

/** Where a task is. It is accepted in every state but `capacity_waiting`. */
export type TaskState =
  | 'capacity_waiting'
  | 'queued'
  | 'key_waiting'
  | 'running'
  | 'retry_waiting'
  | 'settled'

/** How a task ended. */
export type TaskOutcome = 'completed' | 'failed' | 'aborted'

/** Carries the context of an attempt across its `await`s. */
export const taskStorage = new AsyncLocalStorage<TaskContext | undefined>()

/**
 * The context of the attempt that the calling code runs in, however deep; undefined outside of tasks, and in tasks of an orchestrator
 * without `asyncContext`.
 */
export function currentTask(): TaskContext | undefined {
  return taskStorage.getStore()
}
