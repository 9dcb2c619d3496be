import { type Clock, systemClock } from './clock.ts'
import { OrchestratorStoppedError, QueueFullError, TaskAbortedError } from './errors.ts'
import { Broadcaster } from './events/broadcaster.ts'
import type { EventMessage } from './events/event-message.ts'
import type { EventStream, SubscribeOptions } from './events/event-stream.ts'
import {
  type DrainReport,
  type OrchestratorState,
  type StopOptions,
  type UnfinishedTask,
} from './lifecycle.ts'
import { Teller } from './observer.ts'
import { checkCount, type TaskOrchestratorOptions } from './options.ts'
import { CapacityWaiters, WaitingCaller, WaitingCallers } from './queue/capacity-waiters.ts'
import { generatePolicy, type Policy } from './resilience/policy-generator.ts'
import { defaultResiliencySettings } from './resilience/settings.ts'
import type { OrchestratorStats } from './stats.ts'
import type { Task } from './task.ts'
import { Scheduler } from './scheduler.ts'
import type { AutoscaleSettings, ScalingSignal } from './workers/autoscaler.ts'
import { Scaling } from './workers/scaling.ts'
import type { TaskExecution } from './execution/task-execution.ts'

const defaultMaxBacklog = 128
const defaultWorkerCount = 2
const defaultSubscriberCapacity = 1000
const defaultDrainMs = 30_000
const defaultSettleGraceMs = 2000

const accepted = Promise.resolve()

/**
 * Runs bounded work with a pool of workers and a policy round every task, and tells many subscribers what happens.
 *
 *   running ──stop()──► draining ──all settled, or the deadline──► stopped
 *
 * A task is accepted while a worker is free for it or fewer than `maxBacklog` tasks wait: for a worker, their key or their retry. A
 * retry of an accepted task is never refused, so that at most `maxBacklog` + `workerCount` tasks are here at once.
 */
export class TaskOrchestrator<Event extends EventMessage = EventMessage>
  implements AsyncDisposable
{
  readonly #clock: Clock
  readonly #maxBacklog: number
  readonly #blockOnFullQueue: boolean
  readonly #allowSyncTaskDrop: boolean
  readonly #settleGraceMs: number
  readonly #teller: Teller
  readonly #flow: Scheduler
  readonly #callers = new WaitingCallers()
  readonly #lookers = new CapacityWaiters()
  readonly #scaling: Scaling | undefined
  readonly #events: Broadcaster<Event>
  #state: OrchestratorState = 'running'
  #dropped = 0
  #stopped: Promise<DrainReport> | undefined

  /** @throws {RangeError} naming the option that is out of range */
  constructor(options: TaskOrchestratorOptions = {}) {
    const { features = {}, maxBacklog = defaultMaxBacklog, groupConcurrency } = options
    checkCount('maxBacklog', maxBacklog)
    this.#clock = options.clock ?? systemClock
    this.#maxBacklog = maxBacklog
    this.#blockOnFullQueue = features.blockOnFullQueue ?? true
    this.#allowSyncTaskDrop = features.allowSyncTaskDrop ?? false
    this.#settleGraceMs = options.settleGraceMs ?? defaultSettleGraceMs
    this.#teller = new Teller(options.observer ?? {})
    this.#events = new Broadcaster(options.subscriberChannelCapacity ?? defaultSubscriberCapacity)
    if (typeof groupConcurrency === 'number') checkCount('groupConcurrency', groupConcurrency)
    this.#flow = new Scheduler({
      clock: this.#clock,
      policy: this.#defaultPolicy(options),
      workerCount: options.workerCount ?? defaultWorkerCount,
      limitOf: typeof groupConcurrency === 'number' ? () => groupConcurrency : groupConcurrency,
      teller: this.#teller,
      onRoom: () => this.#admitCallers(),
    })
    if (options.autoscale !== undefined) this.#scaling = this.#scale(options.autoscale)
  }

  /** Accepted tasks that are not running. */
  get queuedCount(): number {
    return this.#flow.waitingCount
  }

  /** How it is now; made anew for each look. */
  get stats(): OrchestratorStats {
    const flow = this.#flow
    return {
      state: this.#state,
      paused: flow.isPaused,
      workerCount: flow.workerCount,
      busyWorkers: flow.busyWorkers,
      maxBacklog: this.#maxBacklog,
      queuedCount: flow.waitingCount,
      retryWaitCount: flow.retryWaitCount,
      keyWaitCount: flow.keyWaitCount,
      waitingCount: this.#callers.size,
      oldestQueuedAgeMs: flow.oldestQueuedAgeMs,
      lingeringHandlerCount: flow.lingering.length,
      acceptedCount: flow.counts.accepted,
      completedCount: flow.counts.completed,
      failedCount: flow.counts.failed,
      abortedCount: flow.counts.aborted,
      retriedCount: flow.counts.retried,
      droppedTaskCount: this.#dropped,
      subscriberCount: this.#events.subscriberCount,
      droppedEventCount: this.#events.droppedCount,
      observerErrorCount: this.#teller.errorCount,
    }
  }

  /** What the autoscaler last saw and wants; undefined without `autoscale`. */
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
    if (this.#callers.size === 0 && this.#hasRoomFor(task)) {
      this.#flow.accept(task, undefined, undefined)
      return true
    }
    if (!this.#allowSyncTaskDrop) throw new QueueFullError(this.#maxBacklog)
    this.#dropped += 1
    this.#teller.tell('taskDropped', () => [task.name])
    return false
  }

  /**
   * Resolves when the task is accepted; a full backlog makes it wait (the seed's backpressure), in the order of the calls.
   * `options.signal` ends the wait, as does the task's own.
   *
   * @throws {QueueFullError} at once, when the feature `blockOnFullQueue` is off
   * @throws {DuplicateTaskError} when its key is taken
   * @throws {OrchestratorStoppedError} after `stop`
   */
  runAsync(task: Task<unknown>, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    return this.#admit(task, false, options.signal) as Promise<void>
  }

  /** Like `runAsync`, and resolves with the task's result. `options.signal` ends only the wait for room; `task.signal` the task. */
  execute<Result>(
    task: Task<Result>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Result> {
    return this.#admit(task, true, options.signal) as Promise<Result>
  }

  /**
   * Resolves with how many tasks would be accepted, of whatever group, once it is at least `places` (1 unless given, at most
   * `maxBacklog`): for producers that fetch what they feed, and would rather fetch many at a time. Callers that wait for room come
   * first.
   *
   * @throws {OrchestratorStoppedError} after `stop`
   */
  async whenRoom(signal: AbortSignal, options: { readonly places?: number } = {}): Promise<number> {
    this.#refuseWhenStopped()
    signal.throwIfAborted()
    const places = Math.min(options.places ?? 1, this.#maxBacklog)
    if (this.#callers.size === 0 && this.#room >= places) return this.#room
    return this.#lookers.wait(places, signal)
  }

  /** Never waits and never throws: a slow subscriber loses its oldest events and is told how many. */
  publishEvent(event: Event): void {
    this.#events.publish(event)
  }

  /** Everything published from this call on, not from the first `next()`. */
  getEventStream(options: SubscribeOptions<Event> = {}): EventStream<Event> {
    return this.#events.subscribe(options)
  }

  /**
   * Running tasks of surplus workers are finished.
   *
   * @throws {RangeError} for what is not a positive integer
   */
  resize(workerCount: number): void {
    this.#flow.resize(workerCount)
  }

  /** Starts no more tasks; those running go on, and submissions are still accepted up to the bound. */
  pause(): void {
    this.#flow.pause()
  }

  /** The end of `pause`. */
  resume(): void {
    this.#flow.resume()
  }

  /**
   * Refuses new work, finishes what was accepted (paused or not), and after `timeoutMs` aborts the rest and names it. Event streams
   * end when it is done, unless `keepStreams`. Calling it again returns the first call's promise.
   */
  stop(options: StopOptions = {}): Promise<DrainReport> {
    this.#stopped ??= this.#drain(options)
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

  #hasRoomFor(task: Task<unknown>): boolean {
    return this.#flow.waitingCount < this.#maxBacklog || this.#flow.wouldStart(task)
  }

  /** Tasks, of whatever group, that would surely be accepted. */
  get #room(): number {
    return Math.max(0, this.#maxBacklog - this.#flow.waitingCount) + this.#flow.startableCount
  }

  #admit(
    task: Task<unknown>,
    wantsResult: boolean,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    try {
      this.#refuseWhenStopped()
      signal?.throwIfAborted()
      if (this.#callers.size === 0 && this.#hasRoomFor(task)) {
        if (wantsResult)
          return new Promise((resolve, reject) => this.#flow.accept(task, resolve, reject))
        this.#flow.accept(task, undefined, undefined)
        return accepted
      }
      if (!this.#blockOnFullQueue) throw new QueueFullError(this.#maxBacklog)
      if (task.signal?.aborted === true) throw new TaskAbortedError(task.signal.reason)
    } catch (error) {
      return Promise.reject(error)
    }
    return new Promise((resolve, reject) => {
      this.#callers.add(new WaitingCaller(task, wantsResult, resolve, reject), signal)
    })
  }

  /** Whoever waits longest comes in first; nobody is overtaken. */
  #admitCallers(): void {
    for (;;) {
      const caller = this.#callers.first
      if (caller === undefined) {
        const { least } = this.#lookers
        if (least !== Number.POSITIVE_INFINITY && this.#room >= least)
          this.#lookers.tell(this.#room)
        return
      }
      const { task, wantsResult, resolve, reject } = caller
      if (!this.#hasRoomFor(task)) return
      this.#callers.leave(caller)
      try {
        if (wantsResult) this.#flow.accept(task, resolve, reject)
        else {
          this.#flow.accept(task, undefined, undefined)
          resolve(undefined)
        }
      } catch (error) {
        reject(error)
      }
    }
  }

  async #drain(options: StopOptions): Promise<DrainReport> {
    const { timeoutMs = defaultDrainMs, signal, keepStreams = false } = options
    const startedAt = this.#clock.now()
    const flow = this.#flow
    const endedBefore = flow.counts.ended
    this.#state = 'draining'
    this.#scaling?.stop()
    this.#callers.refuseAll()
    this.#lookers.refuseAll()
    flow.resume()
    await flow.whenSettled.within(timeoutMs, signal, this.#clock)
    // Nothing starts any more, while what is unfinished is aborted one by one.
    flow.pause()
    const late = flow.unsettled
    const unfinished = late.map((run) => ({
      ...nameOf(run),
      state: run.state as UnfinishedTask['state'],
    }))
    for (const run of late) flow.abort(run, new TaskAbortedError(new OrchestratorStoppedError()))
    await flow.whenQuiet.within(this.#settleGraceMs, undefined, this.#clock)
    this.#state = 'stopped'
    if (!keepStreams) this.endStreams()
    return {
      drained: flow.counts.ended - endedBefore,
      unfinished,
      abandoned: flow.lingering.map(nameOf),
      durationMs: this.#clock.now() - startedAt,
    }
  }

  #defaultPolicy(options: TaskOrchestratorOptions): Policy {
    const { pattern = 'basic', resiliency = defaultResiliencySettings, fallback } = options
    return generatePolicy(pattern, resiliency, {
      clock: this.#clock,
      shouldRetry: (error) => options.shouldRetry?.(error) ?? true,
      retryAfterMs: (error) => options.retryAfterMs?.(error),
      ...(fallback === undefined ? {} : { fallback: fallback.bind(options) }),
      onBreakerChange: (dependency, state) =>
        this.#teller.tell('breakerChanged', () => [dependency, state]),
    })
  }

  #scale(settings: AutoscaleSettings): Scaling {
    const flow = this.#flow
    const scaling = new Scaling(settings, this.#clock, {
      state: () => ({
        workerCount: flow.workerCount,
        queuedCount: flow.queuedCount,
        oldestQueuedAgeMs: flow.oldestQueuedAgeMs,
      }),
      resize: (workerCount) => {
        const { workerCount: before } = flow
        flow.resize(workerCount)
        this.#teller.tell('workersScaled', () => [before, workerCount])
      },
    })
    flow.meter = scaling.meter
    return scaling
  }
}

function nameOf(run: TaskExecution): Omit<UnfinishedTask, 'state'> {
  return { taskId: run.taskId, name: run.task.name, correlationId: run.correlationId }
}
