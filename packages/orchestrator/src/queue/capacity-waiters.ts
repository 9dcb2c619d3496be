import { OrchestratorStoppedError, TaskAbortedError } from '../errors.ts'
import { capacityWaiting, settled, type TaskExecution } from '../execution/task-execution.ts'
import { LinkedList } from './linked-list.ts'

/** A caller that wants to know when the capacity reaches `places`. */
interface Watcher {
  readonly places: number
  readonly resolve: (capacity: number) => void
  readonly reject: (reason: unknown) => void
  readonly stopListening: () => void
}

/**
 * Callers that wait for capacity: those with a task, in the order of their calls, and after them the watchers, who only want to know how
 * much there is. An abort ends a wait at once.
 */
export class CapacityWaiters {
  readonly #submissions = new LinkedList<TaskExecution>()
  readonly #watchers = new Set<Watcher>()
  readonly #onLeave: () => void
  #fewestPlaces = Number.POSITIVE_INFINITY

  /** `onLeave` is called when an abort ended the wait of a task: the one behind it may be accepted. */
  constructor(onLeave: () => void) {
    this.#onLeave = onLeave
  }

  /** Tasks that wait to be accepted. */
  get submissionCount(): number {
    return this.#submissions.size
  }

  get firstSubmission(): TaskExecution | undefined {
    return this.#submissions.first
  }

  /** The smallest capacity that a watcher waits for; infinite without watchers. */
  get fewestPlaces(): number {
    return this.#fewestPlaces
  }

  /** Waits until it is accepted or refused, or an abort. `signal` is the caller's own. Neither signal may be aborted already. */
  addSubmission(execution: TaskExecution, signal: AbortSignal | undefined): void {
    execution.state = capacityWaiting
    this.#submissions.push(execution)
    const taskSignal = execution.task.signal
    if (signal === undefined && taskSignal === undefined) return
    const onAbort = () => this.leave(execution, signal?.reason)
    const onTaskAbort = () => this.leave(execution, new TaskAbortedError(taskSignal?.reason))
    signal?.addEventListener('abort', onAbort, { once: true })
    taskSignal?.addEventListener('abort', onTaskAbort, { once: true })
    execution.stopWatching = () => {
      signal?.removeEventListener('abort', onAbort)
      taskSignal?.removeEventListener('abort', onTaskAbort)
    }
  }

  /** Ends the wait of a task that is accepted now. */
  acceptSubmission(execution: TaskExecution): void {
    this.#removeSubmission(execution)
    if (execution.onAccepted === undefined) return
    execution.onAccepted()
    execution.onAccepted = undefined
    execution.reject = undefined
  }

  refuse(execution: TaskExecution, error: unknown): void {
    this.#removeSubmission(execution)
    execution.state = settled
    execution.reject?.(error)
  }

  /** An abort ends the wait of a task. */
  leave(execution: TaskExecution, error: unknown): void {
    this.refuse(execution, error)
    this.#onLeave()
  }

  /** Resolves once `notifyWatchers` is called with at least `places`; rejects with the signal's reason. */
  watch(places: number, signal: AbortSignal | undefined): Promise<number> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#removeWatcher(watcher)
        reject(signal?.reason)
      }
      const watcher: Watcher = {
        places,
        resolve,
        reject,
        stopListening: () => signal?.removeEventListener('abort', onAbort),
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#watchers.add(watcher)
      this.#fewestPlaces = Math.min(this.#fewestPlaces, places)
    })
  }

  notifyWatchers(capacity: number): void {
    for (const watcher of this.#watchers) {
      if (watcher.places > capacity) continue
      this.#removeWatcher(watcher)
      watcher.resolve(capacity)
    }
  }

  /** The orchestrator stops: there will be no more capacity. */
  refuseAll(): void {
    for (;;) {
      const execution = this.#submissions.first
      if (execution === undefined) break
      this.refuse(execution, new OrchestratorStoppedError())
    }
    for (const watcher of this.#watchers) {
      this.#removeWatcher(watcher)
      watcher.reject(new OrchestratorStoppedError())
    }
  }

  #removeSubmission(execution: TaskExecution): void {
    this.#submissions.remove(execution)
    execution.stopWatching?.()
    execution.stopWatching = undefined
  }

  #removeWatcher(watcher: Watcher): void {
    watcher.stopListening()
    this.#watchers.delete(watcher)
    this.#fewestPlaces = Math.min(...[...this.#watchers].map(({ places }) => places))
  }
}
