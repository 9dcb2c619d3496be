import type { Clock } from './clock.ts'
import type { ResiliencePattern } from './resilience/policy-generator.ts'
import type { BreakerState } from './resilience/circuit-breaker.ts'
import type { ResiliencySettings } from './resilience/settings.ts'

export interface TaskOrchestratorOptions {
  /** Tasks that run at once. @default 2 */
  readonly workerCount?: number
  /** Accepted tasks that may wait: queued, or for their retry. @default 128 */
  readonly maxBacklog?: number
  /** Events kept for each subscriber. @default 1000 */
  readonly subscriberChannelCapacity?: number
  readonly resiliency?: ResiliencySettings
  /** @default 'basic' */
  readonly pattern?: ResiliencePattern
  readonly features?: TaskOrchestratorFeatures
  /** Tasks of one group that may run at once. @default as many as there are workers */
  readonly groupConcurrency?: number
  /** How long a handler that was aborted may take to settle before it is given up on. @default 2_000 */
  readonly settleGraceMs?: number
  /** Whether trying again may help. @default every error */
  shouldRetry?(error: unknown): boolean
  /** The least delay that the other side asked for. */
  retryAfterMs?(error: unknown): number | undefined
  readonly clock?: Clock
  readonly observer?: OrchestratorObserver
}

/** The seed's TaskOrchestratorFeatures. */
export interface TaskOrchestratorFeatures {
  /** `runAsync` and `execute` wait for room; otherwise they reject with `QueueFullError`. @default true */
  readonly blockOnFullQueue?: boolean
  /** `run` on a full queue drops the task, counts it and returns false; otherwise it throws. @default false */
  readonly allowSyncTaskDrop?: boolean
}

export interface TaskNote {
  readonly taskId: string
  readonly name: string
  readonly correlationId: string
  readonly attempt: number
  readonly maxAttempts: number
  readonly workerId: string | undefined
}

/** Told of what happens. A hook that throws is counted in `stats.observerErrorCount` and disturbs nobody. */
export interface OrchestratorObserver {
  taskAccepted?(task: TaskNote): void
  taskStarted?(task: TaskNote): void
  /** `retryDelayMs` is undefined when there is no further attempt. */
  attemptFailed?(task: TaskNote, error: unknown, retryDelayMs: number | undefined): void
  taskSettled?(task: TaskNote, outcome: 'completed' | 'failed' | 'aborted', error: unknown): void
  taskDropped?(name: string): void
  breakerChanged?(operationKey: string, state: BreakerState): void
}

/** A snapshot; counts since the start end in `Count` of a past participle. */
export interface OrchestratorStats {
  readonly state: 'running' | 'draining' | 'stopped'
  readonly paused: boolean
  readonly workerCount: number
  readonly busyWorkers: number
  readonly maxBacklog: number
  /** Accepted and not running: queued, or waiting for a retry. */
  readonly queuedCount: number
  readonly retryWaitCount: number
  /** Callers waiting for room. */
  readonly waitingCount: number
  readonly oldestQueuedAgeMs: number
  readonly completedCount: number
  readonly failedCount: number
  readonly abortedCount: number
  readonly droppedTaskCount: number
  readonly subscriberCount: number
  readonly droppedEventCount: number
  readonly observerErrorCount: number
}

export interface UnfinishedTask {
  readonly taskId: string
  readonly name: string
  readonly correlationId: string
  readonly state: 'queued' | 'running' | 'retry_waiting'
}

/** What a drain came to. */
export interface DrainReport {
  /** Tasks that settled between the call of `stop` and its end, other than by being aborted. */
  readonly drained: number
  /** Tasks that the deadline found unfinished; all were aborted. */
  readonly unfinished: readonly UnfinishedTask[]
  readonly durationMs: number
}
