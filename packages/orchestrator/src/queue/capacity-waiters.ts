import { OrchestratorStoppedError, TaskAbortedError } from '../errors.ts'
import type { Task } from '../task.ts'
import { LinkedList, type Linked } from './linked-list.ts'

/** One caller that waits for room to hand over a task. */
export class WaitingCaller implements Linked<WaitingCaller> {
  readonly task: Task<unknown>
  /** Whether `resolve` waits for the task's result rather than for its acceptance. */
  readonly wantsResult: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  previous: WaitingCaller | undefined = undefined
  next: WaitingCaller | undefined = undefined
  stopListening: (() => void) | undefined = undefined

  constructor(
    task: Task<unknown>,
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
  readonly #callers = new LinkedList<WaitingCaller>()

  get size(): number {
    return this.#callers.size
  }

  get first(): WaitingCaller | undefined {
    return this.#callers.first
  }

  /** Neither signal may have been aborted yet. */
  add(caller: WaitingCaller, signal: AbortSignal | undefined): void {
    this.#callers.push(caller)
    const taskSignal = caller.task.signal
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

interface Looker {
  readonly places: number
  readonly resolve: (places: number) => void
  readonly stopListening: () => void
  readonly reject: (reason: unknown) => void
}

/** Those who only want to know when there is room for so many: they take none, and so hold nobody up. */
export class CapacityWaiters {
  readonly #lookers = new Set<Looker>()
  #least = Number.POSITIVE_INFINITY

  /** The least that anybody waits for; infinite when nobody does. */
  get least(): number {
    return this.#least
  }

  /** Resolves once `tell` is told of as many places; rejects with the signal's reason. The signal may not have been aborted yet. */
  wait(places: number, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#remove(looker)
        reject(signal.reason)
      }
      const looker: Looker = {
        places,
        resolve,
        reject,
        stopListening: () => signal.removeEventListener('abort', onAbort),
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#lookers.add(looker)
      this.#least = Math.min(this.#least, places)
    })
  }

  tell(places: number): void {
    for (const looker of this.#lookers) {
      if (looker.places > places) continue
      this.#remove(looker)
      looker.resolve(places)
    }
  }

  refuseAll(): void {
    for (const looker of this.#lookers) {
      this.#remove(looker)
      looker.reject(new OrchestratorStoppedError())
    }
  }

  #remove(looker: Looker): void {
    looker.stopListening()
    this.#lookers.delete(looker)
    this.#least = Math.min(...[...this.#lookers].map(({ places }) => places))
  }
}
