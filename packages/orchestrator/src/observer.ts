import type { BreakerState } from './resilience/circuit-breaker.ts'
import type { TaskOutcome } from './workers/task-run.ts'

/** A task as observers see it: names and ids only, never what it works on. */
export interface TaskNote {
  readonly taskId: string
  readonly name: string
  readonly operationKey: string
  readonly correlationId: string
  /** The attempt under way, or the last one; 0 before the first. */
  readonly attempt: number
  readonly maxAttempts: number
  /** Undefined before the first attempt. */
  readonly workerId: string | undefined
}

/** Told of what happens, each thing once. A hook that throws is counted in `stats.observerErrorCount` and disturbs nobody. */
export interface OrchestratorObserver {
  taskAccepted?(task: TaskNote): void
  /** Once for each attempt. */
  taskStarted?(task: TaskNote): void
  /** `retryDelayMs` is undefined when there is no further attempt. */
  attemptFailed?(task: TaskNote, error: unknown, retryDelayMs: number | undefined): void
  /** `error` is undefined for `completed`. */
  taskSettled?(task: TaskNote, outcome: TaskOutcome, error: unknown): void
  /** `run` dropped a task of this name, because the queue was full and `allowSyncTaskDrop` is on. */
  taskDropped?(name: string): void
  breakerChanged?(dependency: string, state: BreakerState): void
  /** The autoscaler changed the number of workers. */
  workersScaled?(from: number, to: number): void
}
