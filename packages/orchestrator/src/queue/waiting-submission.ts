import type { Task } from '../task.ts'
import type { Linked } from './linked-list.ts'

/**
 * A call whose task waits for capacity; the state of its execution meanwhile. Callers that wait for the acceptance only have no execution
 * yet, because a million of them may wait.
 */
export class WaitingSubmission<Execution> implements Linked<WaitingSubmission<Execution>> {
  readonly kind = 'capacity_waiting'
  readonly task: Task<unknown>
  readonly execution: Execution | undefined
  /** Called when the task is accepted. */
  readonly resolve: (() => void) | undefined
  /** Called when it is refused, or when an abort ends the wait. */
  readonly reject: (error: unknown) => void
  previous: WaitingSubmission<Execution> | undefined = undefined
  next: WaitingSubmission<Execution> | undefined = undefined
  /** Removes the listeners that may end the wait. */
  stopListening: (() => void) | undefined = undefined

  constructor(
    task: Task<unknown>,
    execution: Execution | undefined,
    resolve: (() => void) | undefined,
    reject: (error: unknown) => void,
  ) {
    this.task = task
    this.execution = execution
    this.resolve = resolve
    this.reject = reject
  }
}
