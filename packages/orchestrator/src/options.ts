import { checkDuration } from './check-duration.ts'
import { checkKinds, checkOptions, type OptionKinds } from './check-options.ts'
import type { Clock } from './clock.ts'
import type { OrchestratorObserver } from './observer.ts'
import { checkGroupLimit } from './queue/group-limit.ts'
import type { RateLimitSettings } from './queue/rate-limit.ts'
import type { ResiliencePattern } from './resilience/policy-generator.ts'
import type { ResilienceSettings } from './resilience/settings.ts'
import type { AutoscaleSettings } from './workers/autoscaler.ts'

export interface TaskOrchestratorOptions {
  /** Tasks that run at once. @default 2 */
  readonly workerCount?: number
  /** Accepted tasks that may wait: for a worker, for their key, or for their retry. @default 128 */
  readonly maxBacklog?: number
  /** Events kept for each subscriber, and for replay to new ones. @default 1000 */
  readonly subscriberChannelCapacity?: number
  /** Retries, time limit, bulkhead and circuit breaker. @default retries after 2, 4 and 8 s; 60 s for an attempt */
  readonly resilience?: ResilienceSettings
  /** Which of these protections every task has. @default 'basic': timeout and retry */
  readonly pattern?: ResiliencePattern
  /** What happens when the backlog is full. */
  readonly features?: TaskOrchestratorFeatures
  /**
   * Tasks of one group that may run at once: a positive integer or `Infinity`, for all groups or for each. A function is asked again whenever
   * a task of the group may start. A task whose group has no such limit is refused when it is submitted; a later answer that is none counts
   * as 1. @default as many as there are workers
   */
  readonly groupConcurrency?: number | ((group: string) => number)
  /** Attempts that may start within any interval, retries included; the others wait in the queue. @default no limit */
  readonly rateLimit?: RateLimitSettings
  /** How long `stop` waits for the handlers of tasks that it aborted; `Infinity` for no limit. @default 2_000 */
  readonly settleGraceMs?: number
  /** Measures the load and computes how many workers it needs; with `apply`, adds and retires them. @default off */
  readonly autoscale?: AutoscaleSettings
  /**
   * Whether another attempt may help: only `false` says no. It must answer at once: when it throws or returns a promise, there is no other
   * attempt. @default every error
   */
  shouldRetry?(error: unknown): boolean
  /**
   * The minimum delay that the other side asked for (`Retry-After`); undefined when it did not. NaN, a negative number and `Infinity` count
   * as undefined.
   */
  retryAfterMs?(error: unknown): number | undefined
  /** Makes a result in place of a task's last error; may be asynchronous. It is not asked after an abort. @default none */
  fallback?(error: unknown): unknown
  /**
   * Makes `currentTask()` work anywhere below a handler, by an AsyncLocalStorage; it costs about 65 ns a task. Without it
   * `currentTask()` is undefined, and the context is only the argument of `run`. @default false
   */
  readonly asyncContext?: boolean
  /** Time and random numbers. @default the system's */
  readonly clock?: Clock
  /** Receives what happens to tasks, for logs and metrics. @default none */
  readonly observer?: OrchestratorObserver
}

/** The seed's TaskOrchestratorFeatures. */
export interface TaskOrchestratorFeatures {
  /** `runAsync` and `execute` wait for capacity; otherwise they reject with `QueueFullError`. @default true */
  readonly blockOnFullQueue?: boolean
  /** `run` on a full queue drops the task, counts it and returns false; otherwise it throws. @default false */
  readonly allowSyncTaskDrop?: boolean
}

const optionKinds: OptionKinds<TaskOrchestratorOptions> = {
  workerCount: 'number',
  maxBacklog: 'number',
  subscriberChannelCapacity: 'number',
  resilience: 'object',
  pattern: 'string',
  features: 'object',
  groupConcurrency: ['number', 'function'],
  rateLimit: 'object',
  settleGraceMs: 'number',
  autoscale: 'object',
  shouldRetry: 'function',
  retryAfterMs: 'function',
  fallback: 'function',
  asyncContext: 'boolean',
  clock: 'object',
  observer: 'object',
}

const featureKinds: OptionKinds<TaskOrchestratorFeatures> = {
  blockOnFullQueue: 'boolean',
  allowSyncTaskDrop: 'boolean',
}

const clockKinds: OptionKinds<Clock> = { now: 'function', setTimer: 'function', random: 'function' }

const observerKinds: OptionKinds<OrchestratorObserver> = {
  taskAccepted: 'function',
  taskStarted: 'function',
  attemptFailed: 'function',
  taskSettled: 'function',
  taskDropped: 'function',
  breakerChanged: 'function',
  workersScaled: 'function',
}

/**
 * What the parts of an orchestrator do not check themselves. A clock and an observer may have more members.
 *
 * @throws {TypeError} naming an option that does not exist or is of another kind
 * @throws {RangeError} naming the option that is out of range
 */
export function checkOrchestratorOptions(options: TaskOrchestratorOptions): void {
  checkOptions(options, optionKinds)
  const { features, clock, observer, groupConcurrency, settleGraceMs } = options
  if (features !== undefined) checkOptions(features, featureKinds, { prefix: 'features.' })
  if (clock !== undefined) {
    const required = ['now', 'setTimer', 'random'] as const
    checkKinds(clock, clockKinds, { prefix: 'clock.', required })
  }
  if (observer !== undefined) checkKinds(observer, observerKinds, { prefix: 'observer.' })
  if (typeof groupConcurrency === 'number') checkGroupLimit(undefined, groupConcurrency)
  if (settleGraceMs !== undefined) checkDuration('settleGraceMs', settleGraceMs)
}
