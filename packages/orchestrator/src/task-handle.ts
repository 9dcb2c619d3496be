import type { TaskState } from './task.ts'

/** One submitted task. */
export interface TaskHandle<Result> {
  /** The `taskId` of its context and of its observers. */
  readonly id: string
  /** Where it is now. */
  readonly state: TaskState
  /** Settles with the task. A failure that nobody awaits is no unhandled rejection. */
  readonly result: Promise<Result>
  /**
   * Aborts the task wherever it is; `result` rejects with `TaskAbortedError`, whose `cause` is `reason`. False when it had settled
   * already.
   */
  cancel(reason?: unknown): boolean
}
