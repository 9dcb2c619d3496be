import { createDeferred } from './deferred.ts'
import { type Clock, systemClock } from './clock.ts'
import { OrchestratorStoppedError, QueueFullError, TaskAbortedError } from './errors.ts'
import { Broadcaster } from './events/broadcaster.ts'
import type { EventMessage } from './events/event-message.ts'
import type { EventStream, SubscribeOptions } from './events/event-stream.ts'
import { publicState, type TaskExecution } from './execution/task-execution.ts'
import {
  checkStopOptions,
  type DrainReport,
  type OrchestratorState,
  type StopOptions,
  type UnfinishedTask,
} from './lifecycle.ts'
import { type MapOptions, mapOptionKinds, mapTasks } from './map-tasks.ts'
import { ObserverNotifier } from './observer.ts'
import { checkCount } from './check-count.ts'
import { checkOptions, type OptionKinds } from './check-options.ts'
import { checkOrchestratorOptions, type TaskOrchestratorOptions } from './options.ts'
import { generatePolicy, type Policy } from './resilience/policy-generator.ts'
import { WaitingSubmission } from './queue/waiting-submission.ts'
import { Scheduler } from './scheduler.ts'
import type { OrchestratorStats } from './stats.ts'
import type { Task, TaskContext } from './task.ts'
import type { TaskHandle } from './task-handle.ts'
import type { AutoscaleSettings, ScalingSignal } from './workers/autoscaler.ts'
import { Scaling } from './workers/scaling.ts'

const defaultMaxBacklog = 128
const defaultWorkerCount = 2
const defaultSubscriberCapacity = 1000
const defaultDrainMs = 30_000
const defaultSettleGraceMs = 2000

const accepted = Promise.resolve()

export interface WhenCapacityOptions {
  /** How many tasks must find a place. @default 1 */
  readonly places?: number
  readonly signal?: AbortSignal
}

const waitKinds: OptionKinds<Pick<WhenCapacityOptions, 'signal'>> = { signal: 'object' }
const whenCapacityKinds: OptionKinds<WhenCapacityOptions> = { ...waitKinds, places: 'number' }

/**
 * Runs tasks in a pool of workers, with a bound on how many wait and a policy around each, and broadcasts events to many subscribers.
 *
 *   running ──stop()──► draining ──all settled, or the deadline──► stopped
 *
 * A task is accepted while a worker is free for it or fewer than `maxBacklog` tasks wait: for a worker, their key or their retry. A
 * retry of an accepted task is never refused. At most `maxBacklog` + `workerCount` tasks are accepted and unsettled at once.
 */
export class TaskOrchestrator<Event extends EventMessage = EventMessage>
  implements AsyncDisposable
{
  readonly #clock: Clock
  readonly #maxBacklog: number
  readonly #blockOnFullQueue: boolean
  readonly #allowSyncTaskDrop: boolean
  readonly #settleGraceMs: number
  readonly #observer: ObserverNotifier
  readonly #scheduler: Scheduler
  readonly #scaling: Scaling | undefined
  readonly #events: Broadcaster<Event>
  #state: OrchestratorState = 'running'
  #dropped = 0
  #stopped: Promise<DrainReport> | undefined

  /**
   * @throws {TypeError} naming an option that does not exist or is of another kind
   * @throws {RangeError} naming the option that is out of range
   */
  constructor(options: TaskOrchestratorOptions = {}) {
    checkOrchestratorOptions(options)
    const { features = {}, maxBacklog = defaultMaxBacklog } = options
    checkCount('maxBacklog', maxBacklog)
    this.#clock = options.clock ?? systemClock
    this.#maxBacklog = maxBacklog
    this.#blockOnFullQueue = features.blockOnFullQueue ?? true
    this.#allowSyncTaskDrop = features.allowSyncTaskDrop ?? false
    this.#settleGraceMs = options.settleGraceMs ?? defaultSettleGraceMs
    this.#observer = new ObserverNotifier(options.observer ?? {})
    this.#events = new Broadcaster(options.subscriberChannelCapacity ?? defaultSubscriberCapacity)
    this.#scheduler = new Scheduler({
      clock: this.#clock,
      policy: this.#defaultPolicy(options),
      workerCount: options.workerCount ?? defaultWorkerCount,
      maxBacklog,
      rateLimit: options.rateLimit,
      groupConcurrency: options.groupConcurrency,
      observer: this.#observer,
      asyncContext: options.asyncContext ?? false,
    })
    if (options.autoscale !== undefined) this.#scaling = this.#scale(options.autoscale)
  }

  /** Accepted tasks that are not running. */
  get queuedCount(): number {
    return this.#scheduler.queuedCount
  }

  /** The current figures; each access makes a new object. */
  get stats(): OrchestratorStats {
    const scheduler = this.#scheduler
    return {
      state: this.#state,
      paused: scheduler.isPaused,
      workerCount: scheduler.workerCount,
      busyWorkers: scheduler.busyWorkers,
      maxBacklog: this.#maxBacklog,
      queuedCount: scheduler.queuedCount,
      retryWaitCount: scheduler.retryWaitCount,
      keyWaitCount: scheduler.keyWaitCount,
      waitingCount: scheduler.waiters.submissionCount,
      oldestQueuedAgeMs: scheduler.oldestQueuedAgeMs,
      lingeringHandlerCount: scheduler.abandoned.length,
      acceptedCount: scheduler.counts.accepted,
      completedCount: scheduler.counts.completed,
      failedCount: scheduler.counts.failed,
      abortedCount: scheduler.counts.aborted,
      retriedCount: scheduler.counts.retried,
      droppedTaskCount: this.#dropped,
      subscriberCount: this.#events.subscriberCount,
      droppedEventCount: this.#events.droppedCount,
      observerErrorCount: this.#observer.errorCount,
    }
  }

  /** What the autoscaler last measured and wants; undefined without `autoscale`. */
  get scaling(): ScalingSignal | undefined {
    return this.#scaling?.signal
  }

  /**
   * Accepts the task now. False when the feature `allowSyncTaskDrop` let a full queue drop it.
   *
   * @throws {QueueFullError} when the backlog is full
   * @throws {DuplicateTaskError} when its key is taken
   * @throws {OrchestratorStoppedError} after `stop`
   */
  run(task: Task<unknown>): boolean {
    this.#refuseWhenStopped()
    if (this.#scheduler.hasCapacityFor(task)) {
      this.#scheduler.accept(this.#scheduler.createExecution(task, undefined, undefined))
      return true
    }
    if (!this.#allowSyncTaskDrop) throw new QueueFullError(this.#maxBacklog)
    this.#dropped += 1
    this.#observer.notify('taskDropped', () => [task.name])
    return false
  }

  /**
   * Resolves when the task is accepted; a full backlog makes the caller wait (the seed's backpressure), in the order of the calls.
   * `options.signal` ends the wait, as does the task's own.
   *
   * @throws {QueueFullError} at once, when the feature `blockOnFullQueue` is off
   * @throws {DuplicateTaskError} when its key is taken
   * @throws {OrchestratorStoppedError} after `stop`
   */
  runAsync(task: Task<unknown>, options?: { readonly signal?: AbortSignal }): Promise<void> {
    try {
      if (this.#acceptsNow(task, options?.signal)) {
        this.#scheduler.accept(this.#scheduler.createExecution(task, undefined, undefined))
        return accepted
      }
    } catch (error) {
      return Promise.reject(error)
    }
    const { promise, resolve, reject } = createDeferred<void>()
    const submission = new WaitingSubmission<TaskExecution>(task, undefined, resolve, reject)
    this.#scheduler.waiters.addSubmission(submission, options?.signal)
    return promise
  }

  /**
   * Like `runAsync`, and resolves with the task's result. `options.signal` ends only the wait for capacity; `task.signal` ends the task.
   */
  execute<Result>(
    task: Task<Result>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result> {
    const { promise, resolve, reject } = createDeferred<Result>()
    try {
      this.#submit(task, options?.signal, resolve, reject)
    } catch (error) {
      reject(error)
    }
    return promise
  }

  /**
   * Submits the task and returns a handle of it at once; on a full backlog the task waits for capacity, as with `execute`.
   *
   * @throws {QueueFullError} when the backlog is full and the feature `blockOnFullQueue` is off
   * @throws {DuplicateTaskError} when its key is taken
   * @throws {OrchestratorStoppedError} after `stop`
   */
  submit<Result>(
    task: Task<Result>,
    options?: { readonly signal?: AbortSignal },
  ): TaskHandle<Result> {
    const { promise, resolve, reject } = createDeferred<Result>()
    const execution = this.#submit(task, options?.signal, resolve, reject)
    // Whoever submits need not ask for the result.
    promise.catch(() => undefined)
    return {
      id: execution.taskId,
      get state() {
        return publicState(execution.state)
      },
      result: promise,
      cancel: (reason) => {
        if (execution.isSettled) return false
        this.#scheduler.abort(execution, new TaskAbortedError(reason))
        return true
      },
    }
  }

  /**
   * Runs a task for each item, at most `concurrency` at once, and resolves with their results in the order of the items. Items are
   * taken from `items` only as they can start. The first error aborts the tasks in progress and rejects the call once they have ended.
   */
  async map<Item, Result>(
    items: Iterable<Item> | AsyncIterable<Item>,
    run: (item: Item, context: TaskContext, index: number) => Promise<Result> | Result,
    options: MapOptions<Item> = {},
  ): Promise<Result[]> {
    checkOptions(options, mapOptionKinds)
    return mapTasks((task: Task<Result>) => this.execute(task), items, run, {
      ...options,
      concurrency: options.concurrency ?? this.#scheduler.workerCount,
    })
  }

  /** Resolves when every submitted task has settled. An abandoned handler may still run. */
  async onIdle(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    checkOptions(options, waitKinds)
    return this.#scheduler.idle.wait(options.signal)
  }

  /** Resolves when no submitted task waits for anything: each runs or has settled. */
  async onEmpty(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    checkOptions(options, waitKinds)
    return this.#scheduler.empty.wait(options.signal)
  }

  /**
   * Resolves with how many tasks would be accepted, of whatever group, once it is at least `places` (at most `maxBacklog`): for producers
   * that fetch their tasks, and would rather fetch many at a time. Callers that wait with a task come first. `signal` ends the wait.
   *
   * @throws {RangeError} when `places` is not a positive integer
   * @throws {OrchestratorStoppedError} after `stop`
   */
  async whenCapacity(options: WhenCapacityOptions = {}): Promise<number> {
    this.#refuseWhenStopped()
    checkOptions(options, whenCapacityKinds)
    const { signal } = options
    signal?.throwIfAborted()
    const { waiters, capacity } = this.#scheduler
    checkCount('places', options.places ?? 1)
    const places = Math.min(options.places ?? 1, this.#maxBacklog)
    if (waiters.submissionCount === 0 && capacity >= places) return capacity
    return waiters.watch(places, signal)
  }

  /** Never waits and never throws: a slow subscriber loses its oldest events and learns how many. */
  publishEvent(event: Event): void {
    this.#events.publish(event)
  }

  /** Delivers everything published from this call on, not from the first `next()`. */
  getEventStream(options: SubscribeOptions<Event> = {}): EventStream<Event> {
    return this.#events.subscribe(options)
  }

  /**
   * Changes the number of workers. Surplus workers finish their tasks first.
   *
   * @throws {RangeError} when it is not a positive integer
   */
  resize(workerCount: number): void {
    this.#scheduler.resize(workerCount)
  }

  /** Starts no more tasks. Running ones continue, and submissions are still accepted up to the bound. */
  pause(): void {
    this.#scheduler.pause()
  }

  /** Ends a `pause`. */
  resume(): void {
    this.#scheduler.resume()
  }

  /**
   * Refuses new work, finishes the accepted tasks (also when paused), and after `timeoutMs` aborts the rest and reports it. Then event
   * streams end, unless `keepStreams`. A second call returns the first one's promise.
   *
   * @throws {TypeError | RangeError} at once and without stopping, when an option is wrong
   */
  stop(options: StopOptions = {}): Promise<DrainReport> {
    if (this.#stopped !== undefined) return this.#stopped
    try {
      checkStopOptions(options)
    } catch (error) {
      return Promise.reject(error)
    }
    this.#stopped = this.#drain(options)
    return this.#stopped
  }

  /** Readers get what was published before, then end. */
  endStreams(): void {
    this.#events.close()
  }

  /** `stop` with its defaults. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  #refuseWhenStopped(): void {
    if (this.#state !== 'running') throw new OrchestratorStoppedError()
  }

  #submit<Result>(
    task: Task<Result>,
    signal: AbortSignal | undefined,
    resolve: (result: Result) => void,
    reject: (error: unknown) => void,
  ): TaskExecution {
    const scheduler = this.#scheduler
    const acceptsNow = this.#acceptsNow(task, signal)
    // A task's result is what its handler returns.
    const execution = scheduler.createExecution(task, resolve as (result: unknown) => void, reject)
    if (acceptsNow) scheduler.accept(execution)
    else {
      const submission = new WaitingSubmission(task, execution, undefined, reject)
      scheduler.waiters.addSubmission(submission, signal)
    }
    return execution
  }

  /** False when the caller has to wait. */
  #acceptsNow(task: Task<unknown>, signal: AbortSignal | undefined): boolean {
    this.#refuseWhenStopped()
    signal?.throwIfAborted()
    if (this.#scheduler.hasCapacityFor(task)) return true
    if (!this.#blockOnFullQueue) throw new QueueFullError(this.#maxBacklog)
    if (task.signal?.aborted === true) throw new TaskAbortedError(task.signal.reason)
    return false
  }

  async #drain(options: StopOptions): Promise<DrainReport> {
    const { timeoutMs = defaultDrainMs, signal, keepStreams = false } = options
    const startedAt = this.#clock.now()
    const scheduler = this.#scheduler
    const endedBefore = scheduler.counts.ended
    this.#state = 'draining'
    this.#scaling?.stop()
    scheduler.waiters.refuseAll()
    scheduler.resume()
    await scheduler.idle.atMost(timeoutMs, signal, this.#clock)
    // Nothing more starts while the unfinished tasks are aborted one by one.
    scheduler.pause()
    const late = scheduler.unsettled
    const unfinished = late.map((execution) => ({
      ...nameOf(execution),
      state: publicState(execution.state) as UnfinishedTask['state'],
    }))
    for (const execution of late)
      scheduler.abort(execution, new TaskAbortedError(new OrchestratorStoppedError()))
    await scheduler.noneAbandoned.atMost(this.#settleGraceMs, undefined, this.#clock)
    this.#state = 'stopped'
    if (!keepStreams) this.endStreams()
    return {
      drained: scheduler.counts.ended - endedBefore,
      unfinished,
      abandoned: scheduler.abandoned.map(nameOf),
      durationMs: this.#clock.now() - startedAt,
    }
  }

  #defaultPolicy(options: TaskOrchestratorOptions): Policy {
    const { pattern = 'basic', resilience, fallback } = options
    return generatePolicy(pattern, resilience, {
      clock: this.#clock,
      shouldRetry: (error) => options.shouldRetry?.(error) ?? true,
      retryAfterMs: (error) => options.retryAfterMs?.(error),
      ...(fallback === undefined ? {} : { fallback: fallback.bind(options) }),
      onBreakerChange: (dependency, state) =>
        this.#observer.notify('breakerChanged', () => [dependency, state]),
    })
  }

  #scale(settings: AutoscaleSettings): Scaling {
    const scheduler = this.#scheduler
    const scaling = new Scaling(settings, this.#clock, {
      state: () => ({
        workerCount: scheduler.workerCount,
        workerWaitCount: scheduler.workerWaitCount,
        oldestQueuedAgeMs: scheduler.oldestQueuedAgeMs,
      }),
      resize: (workerCount) => {
        const { workerCount: before } = scheduler
        scheduler.resize(workerCount)
        this.#observer.notify('workersScaled', () => [before, workerCount])
      },
    })
    scheduler.meter = scaling.meter
    return scaling
  }
}

function nameOf(execution: TaskExecution): Omit<UnfinishedTask, 'state'> {
  const { taskId, task, correlationId } = execution
  return { taskId, name: task.name, correlationId }
}
