import { OrchestratorStoppedError, TaskAbortedError } from '../errors.ts'
import { settled, type TaskExecution } from '../execution/task-execution.ts'
import { LinkedList } from './linked-list.ts'
import type { WaitingSubmission } from './waiting-submission.ts'

type Submission = WaitingSubmission<TaskExecution>

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
  readonly #submissions = new LinkedList<Submission>()
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

  get firstSubmission(): Submission | undefined {
    return this.#submissions.first
  }

  /** The smallest capacity that a watcher waits for; infinite without watchers. */
  get fewestPlaces(): number {
    return this.#fewestPlaces
  }

  /** Waits until it is accepted or refused, or an abort. `signal` is the caller's own. Neither signal may be aborted already. */
  addSubmission(submission: Submission, signal: AbortSignal | undefined): void {
    if (submission.execution !== undefined) submission.execution.state = submission
    this.#submissions.push(submission)
    const taskSignal = submission.task.signal
    if (signal === undefined && taskSignal === undefined) return
    const onAbort = () => this.leave(submission, signal?.reason)
    const onTaskAbort = () => this.leave(submission, new TaskAbortedError(taskSignal?.reason))
    signal?.addEventListener('abort', onAbort, { once: true })
    taskSignal?.addEventListener('abort', onTaskAbort, { once: true })
    submission.stopListening = () => {
      signal?.removeEventListener('abort', onAbort)
      taskSignal?.removeEventListener('abort', onTaskAbort)
    }
  }

  /** Ends the wait of a task that is accepted now. */
  acceptSubmission(submission: Submission): void {
    this.#removeSubmission(submission)
    submission.resolve?.()
  }

  refuse(submission: Submission, error: unknown): void {
    this.#removeSubmission(submission)
    if (submission.execution !== undefined) submission.execution.state = settled
    submission.reject(error)
  }

  /** An abort ends the wait of a task. */
  leave(submission: Submission, error: unknown): void {
    this.refuse(submission, error)
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
      const submission = this.#submissions.first
      if (submission === undefined) break
      this.refuse(submission, new OrchestratorStoppedError())
    }
    for (const watcher of this.#watchers) {
      this.#removeWatcher(watcher)
      watcher.reject(new OrchestratorStoppedError())
    }
  }

  #removeSubmission(submission: Submission): void {
    this.#submissions.remove(submission)
    submission.stopListening?.()
  }

  #removeWatcher(watcher: Watcher): void {
    watcher.stopListening()
    this.#watchers.delete(watcher)
    this.#fewestPlaces = Math.min(...[...this.#watchers].map(({ places }) => places))
  }
}
