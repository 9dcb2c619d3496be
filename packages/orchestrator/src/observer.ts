import type { BreakerState } from './resilience/circuit-breaker.ts'
import type { TaskOutcome } from './execution/task-execution.ts'

/** A task as observers see it: names and ids only, never what it works on. */
export interface TaskNote {
  readonly taskId: string
  readonly name: string
  readonly operationKey: string
  readonly correlationId: string
  /** The attempt under way, or the last one; 0 before the first. */
  readonly attempt: number
  /** 1 when the policy never retries. */
  readonly maxAttempts: number
  /** Undefined before the first attempt. */
  readonly workerId: string | undefined
}

/** Told of what happens, each thing once. A hook that throws is counted in `stats.observerErrorCount` and disturbs nobody. */
export interface OrchestratorObserver {
  /** Its caller may go on. */
  taskAccepted?(task: TaskNote): void
  /** Once for each attempt. */
  taskStarted?(task: TaskNote): void
  /** `retryDelayMs` is undefined when there is no further attempt. */
  attemptFailed?(task: TaskNote, error: unknown, retryDelayMs: number | undefined): void
  /** `error` is undefined for `completed`. */
  taskSettled?(task: TaskNote, outcome: TaskOutcome, error: unknown): void
  /** `run` dropped a task of this name, because the queue was full and `allowSyncTaskDrop` is on. */
  taskDropped?(name: string): void
  /** A dependency's circuit breaker, of the pattern `advanced`, changed its state. */
  breakerChanged?(dependency: string, state: BreakerState): void
  /** The autoscaler changed the number of workers. */
  workersScaled?(from: number, to: number): void
}

/** Tells an observer, whose faults are its own. */
export class Teller {
  /** Whether anybody hears of what happens to every task: if not, nothing is made to be told. */
  readonly hearsAccepted: boolean
  readonly hearsStarted: boolean
  readonly hearsSettled: boolean
  readonly #observer: OrchestratorObserver
  #errors = 0

  constructor(observer: OrchestratorObserver) {
    this.#observer = observer
    this.hearsAccepted = observer.taskAccepted !== undefined
    this.hearsStarted = observer.taskStarted !== undefined
    this.hearsSettled = observer.taskSettled !== undefined
  }

  get errorCount(): number {
    return this.#errors
  }

  /** `what` makes what the hook is told; it is not called when nobody listens. */
  tell<Hook extends keyof OrchestratorObserver>(
    hook: Hook,
    what: () => Parameters<NonNullable<OrchestratorObserver[Hook]>>,
  ): void {
    if (this.#observer[hook] === undefined) return
    try {
      const listener = this.#observer[hook] as (...told: unknown[]) => void
      listener.apply(this.#observer, what())
    } catch {
      this.#errors += 1
    }
  }

  /** A hook that was asked, rather than told, threw: it gave no answer. */
  countError(): void {
    this.#errors += 1
  }
}
