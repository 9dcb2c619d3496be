import { OrchestratorStoppedError, TaskAbortedError } from '../errors.ts'
import type { Task } from '../task.ts'
import { Chain, type Linked } from './chain.ts'

/** One caller that waits for room: to hand over a task, or (without one) to learn that there is room. */
export class WaitingCaller implements Linked<WaitingCaller> {
  readonly task: Task<unknown> | undefined
  /** Whether `resolve` waits for the task's result rather than for its acceptance. */
  readonly wantsResult: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  previous: WaitingCaller | undefined = undefined
  next: WaitingCaller | undefined = undefined
  stopListening: (() => void) | undefined = undefined

  constructor(
    task: Task<unknown> | undefined,
    wantsResult: boolean,
    resolve: (value: unknown) => void,
    reject: (reason: unknown) => void,
  ) {
    this.task = task
    this.wantsResult = wantsResult
    this.resolve = resolve
    this.reject = reject
  }
}

/** Callers that wait until the backlog has room, in the order they came. An abort of theirs, or of their task, ends a wait at once. */
export class WaitingCallers {
  readonly #callers = new Chain<WaitingCaller>()

  get size(): number {
    return this.#callers.size
  }

  get first(): WaitingCaller | undefined {
    return this.#callers.first
  }

  /** Neither signal may have been aborted yet. */
  add(caller: WaitingCaller, signal: AbortSignal | undefined): void {
    this.#callers.push(caller)
    const taskSignal = caller.task?.signal
    if (signal === undefined && taskSignal === undefined) return
    const giveUp = (reason: unknown) => {
      this.leave(caller)
      caller.reject(reason)
    }
    const onAbort = () => giveUp(signal?.reason)
    const onTaskAbort = () => giveUp(new TaskAbortedError(taskSignal?.reason))
    signal?.addEventListener('abort', onAbort, { once: true })
    taskSignal?.addEventListener('abort', onTaskAbort, { once: true })
    caller.stopListening = () => {
      signal?.removeEventListener('abort', onAbort)
      taskSignal?.removeEventListener('abort', onTaskAbort)
    }
  }

  /** The caller's wait is over. */
  leave(caller: WaitingCaller): void {
    this.#callers.remove(caller)
    caller.stopListening?.()
  }

  /** The orchestrator stops: nobody will get room any more. */
  refuseAll(): void {
    for (;;) {
      const caller = this.#callers.first
      if (caller === undefined) return
      this.leave(caller)
      caller.reject(new OrchestratorStoppedError())
    }
  }
}
