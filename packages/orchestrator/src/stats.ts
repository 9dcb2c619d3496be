import type { OrchestratorState } from './lifecycle.ts'
import type { FairQueue } from './queue/fair-queue.ts'
import type { TaskOutcome, TaskExecution } from './execution/task-execution.ts'

/** A snapshot. Names ending in `Count` of a past participle count since the start; the others say how it is now. */
export interface OrchestratorStats {
  readonly state: OrchestratorState
  readonly paused: boolean
  readonly workerCount: number
  readonly busyWorkers: number
  readonly maxBacklog: number
  /** Accepted and not running: queued, or waiting for a key or a retry. */
  readonly queuedCount: number
  readonly retryWaitCount: number
  readonly keyWaitCount: number
  /** Callers waiting for room. */
  readonly waitingCount: number
  /** How long the first in the queue has waited for a worker; 0 when nobody does. */
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

/** What is counted as it happens. */
export class TaskCounts {
  accepted = 0
  retried = 0
  completed = 0
  failed = 0
  aborted = 0

  /** Came to an end by themselves. */
  get ended(): number {
    return this.completed + this.failed
  }

  count(outcome: TaskOutcome): void {
    if (outcome === 'completed') this.completed += 1
    else if (outcome === 'failed') this.failed += 1
    else this.aborted += 1
  }
}

export function oldestAgeMs(queue: FairQueue<TaskExecution>, now: number): number {
  let oldest = now
  for (const { queuedAt } of queue.heads()) oldest = Math.min(oldest, queuedAt)
  return now - oldest
}
