import type { OrchestratorState } from './lifecycle.ts'
import type { TaskOutcome } from './task.ts'

/** A snapshot. A past participle before `Count` counts since the start; every other figure is the current one. */
export interface OrchestratorStats {
  readonly state: OrchestratorState
  readonly paused: boolean
  readonly workerCount: number
  readonly busyWorkers: number
  readonly maxBacklog: number
  /** Accepted tasks that are not running: they wait for a worker, for their key or for their retry. */
  readonly queuedCount: number
  readonly retryWaitCount: number
  readonly keyWaitCount: number
  /** Callers that wait for capacity. Their tasks are not accepted yet. */
  readonly waitingCount: number
  /** How long the task that waits longest for a worker has waited; 0 when none waits. */
  readonly oldestQueuedAgeMs: number
  /** Handlers that outlived their timeout or abort and still run. */
  readonly lingeringHandlerCount: number
  readonly acceptedCount: number
  readonly completedCount: number
  readonly failedCount: number
  readonly abortedCount: number
  readonly retriedCount: number
  readonly droppedTaskCount: number
  readonly subscriberCount: number
  readonly droppedEventCount: number
  readonly observerErrorCount: number
}

/** Counts tasks by what happened to them. */
export class TaskCounts {
  accepted = 0
  retried = 0
  completed = 0
  failed = 0
  aborted = 0

  /** Completed or failed by themselves. */
  get ended(): number {
    return this.completed + this.failed
  }

  /** Accepted, and neither completed, failed nor aborted. */
  get unsettled(): number {
    return this.accepted - this.completed - this.failed - this.aborted
  }

  count(outcome: TaskOutcome): void {
    if (outcome === 'completed') this.completed += 1
    else if (outcome === 'failed') this.failed += 1
    else this.aborted += 1
  }
}
