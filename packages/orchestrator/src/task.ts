import { AsyncLocalStorage } from 'node:async_hooks'
import type { Policy } from './resilience/policy-generator.ts'

/** What a running attempt may know of itself: the argument of `run`, and `currentTask()` anywhere below it. */
export interface TaskContext {
  readonly taskId: string
  readonly name: string
  /** Names the kind of work in logs and metrics; the task's name unless given. */
  readonly operationKey: string
  /** What belongs together; the task's id unless given. */
  readonly correlationId: string
  /** 1 for the first attempt. */
  readonly attempt: number
  /** 1 when the policy never retries. */
  readonly maxAttempts: number
  /** Names the slot, not the thread: `worker-1` to `worker-N`. */
  readonly workerId: string
  /** When the whole task must be done, whatever its attempts. */
  readonly deadline: Date | undefined
  /** Aborts on this attempt's timeout, on the task's own signal, on its deadline, and at the end of a drain; `reason` says which. */
  readonly signal: AbortSignal
  /** Key-value pairs for logs; empty unless given. */
  readonly baggage: Readonly<Record<string, string>>
}

/** A unit of work and how it wants to be treated. */
export interface Task<Result> {
  /** Names the kind of work for people; it need not be unique. */
  readonly name: string
  /** Does the work. It is called again for each retry, so that what it changes must bear a second time. */
  run(context: TaskContext): Promise<Result> | Result
  /** @default the task's name */
  readonly operationKey?: string
  /** @default the task's id */
  readonly correlationId?: string
  /** Of the accepted tasks with one key at most one runs. See `whenKeyTaken`. */
  readonly key?: string
  /**
   * What becomes of a task whose key another one has: `reject` refuses it with `DuplicateTaskError`, so that nothing is done twice;
   * `wait` accepts it and runs those of one key one after the other, in the order of their acceptance. @default 'reject'
   */
  readonly whenKeyTaken?: 'reject' | 'wait'
  /** Groups take turns within a priority, and each has at most `groupConcurrency` tasks running. @default no group, no limit */
  readonly group?: string
  /** Higher runs first. @default 0 */
  readonly priority?: number
  /** What the work leans on: `advanced` has one bulkhead and one circuit breaker for each. @default the operation key */
  readonly dependency?: string
  /** Instead of the orchestrator's own. */
  readonly policy?: Policy
  /** Milliseconds from acceptance within which the task must be done, waiting included. @default none */
  readonly deadlineMs?: number
  /** Aborting ends the task at once, wherever it is, even while its caller waits for room. */
  readonly signal?: AbortSignal
  /** @default {} */
  readonly baggage?: Readonly<Record<string, string>>
}

/** Where the context of an attempt travels along its `await`s. */
export const taskStorage = new AsyncLocalStorage<TaskContext | undefined>()

/** The attempt that the calling code runs in, however deep; undefined outside of tasks. */
export function currentTask(): TaskContext | undefined {
  return taskStorage.getStore()
}
