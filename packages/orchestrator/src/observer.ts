import type { BreakerState } from './resilience/circuit-breaker.ts'
import type { TaskOutcome } from './task.ts'

/** A task as observers see it: names and ids only, never the data it works on. */
export interface TaskSummary {
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

/** Is notified of everything that happens, once each. A hook that throws is counted in `stats.observerErrorCount` and affects nothing else. */
export interface OrchestratorObserver {
  taskAccepted?(task: TaskSummary): void
  /** Once for each attempt. */
  taskStarted?(task: TaskSummary): void
  /** `retryDelayMs` is undefined when there is no further attempt. */
  attemptFailed?(task: TaskSummary, error: unknown, retryDelayMs: number | undefined): void
  /** `error` is undefined for `completed`. */
  taskSettled?(task: TaskSummary, outcome: TaskOutcome, error: unknown): void
  /** `run` dropped a task with this name, because the queue was full and `allowSyncTaskDrop` is on. */
  taskDropped?(name: string): void
  /** The circuit breaker of a dependency changed its state (pattern `advanced`). */
  breakerChanged?(dependency: string, state: BreakerState): void
  /** The autoscaler changed the number of workers. */
  workersScaled?(from: number, to: number): void
}

/** Calls the observer's hooks and counts the errors they throw. */
export class ObserverNotifier {
  /** Whether the hooks that are called for every task exist: if not, callers build no arguments for them. */
  readonly hasAcceptedHook: boolean
  readonly hasStartedHook: boolean
  readonly hasSettledHook: boolean
  readonly #observer: OrchestratorObserver
  #errorCount = 0

  constructor(observer: OrchestratorObserver) {
    this.#observer = observer
    this.hasAcceptedHook = observer.taskAccepted !== undefined
    this.hasStartedHook = observer.taskStarted !== undefined
    this.hasSettledHook = observer.taskSettled !== undefined
  }

  get errorCount(): number {
    return this.#errorCount
  }

  /** `makeArguments` is called only when the hook exists. */
  notify<Hook extends keyof OrchestratorObserver>(
    hook: Hook,
    makeArguments: () => Parameters<NonNullable<OrchestratorObserver[Hook]>>,
  ): void {
    if (this.#observer[hook] === undefined) return
    try {
      const listener = this.#observer[hook] as (...parameters: unknown[]) => void
      listener.apply(this.#observer, makeArguments())
    } catch {
      this.#errorCount += 1
    }
  }

  /** A hook that had to return an answer threw instead. */
  countError(): void {
    this.#errorCount += 1
  }
}
