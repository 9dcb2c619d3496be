import type { Clock } from './clock.ts'
import type { OrchestratorObserver } from './observer.ts'
import type { RateLimitSettings } from './queue/rate-limit.ts'
import type { ResiliencePattern } from './resilience/policy-generator.ts'
import type { ResiliencySettings } from './resilience/settings.ts'
import type { AutoscaleSettings } from './workers/autoscaler.ts'

export interface TaskOrchestratorOptions {
  /** Tasks that run at once. @default 2 */
  readonly workerCount?: number
  /** Accepted tasks that may wait: queued, for their key, or for their retry. @default 128 */
  readonly maxBacklog?: number
  /** Events kept for each subscriber, and for replay to new ones. @default 1000 */
  readonly subscriberChannelCapacity?: number
  /** @default the seed's: 3 retries after 2, 4, 8 s; 60 s for an attempt */
  readonly resiliency?: ResiliencySettings
  /** @default 'basic' */
  readonly pattern?: ResiliencePattern
  readonly features?: TaskOrchestratorFeatures
  /** Tasks of one group that may run at once, for all groups or for each. @default as many as there are workers */
  readonly groupConcurrency?: number | ((group: string) => number)
  /** Attempts that may start within any interval, retries included; the others wait in the queue. @default no limit */
  readonly rateLimit?: RateLimitSettings
  /** How long `stop` waits for handlers that it aborted. @default 2_000 */
  readonly settleGraceMs?: number
  /** Measures the load and says how many workers it wants; `apply` hires and dismisses them. @default off */
  readonly autoscale?: AutoscaleSettings
  /** Whether trying again may help. One that throws counts as no. @default every error */
  shouldRetry?(error: unknown): boolean
  /** The least delay that the other side asked for (`Retry-After`); undefined when it did not. */
  retryAfterMs?(error: unknown): number | undefined
  /** Answers in place of a task's last error; it may take its time. It is not asked after an abort. */
  fallback?(error: unknown): unknown
  /**
   * Makes `currentTask()` work anywhere below a handler, by an AsyncLocalStorage; it costs about 65 ns a task. Without it
   * `currentTask()` is undefined, and the context is only the argument of `run`. @default false
   */
  readonly asyncContext?: boolean
  /** Time and chance. @default the system's */
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

/** @throws {RangeError} naming the option, what was found and what is allowed */
export function checkCount(name: string, value: number): void {
  if (!(Number.isInteger(value) && value > 0)) {
    throw new RangeError(`${name} must be a positive integer, got ${value}`)
  }
}
