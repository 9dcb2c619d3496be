import { type Clock, systemClock, type Timer } from './clock.ts'
import {
  DeadlineExceededError,
  DuplicateTaskError,
  OrchestratorStoppedError,
  QueueFullError,
  TaskAbortedError,
} from './errors.ts'
import { Broadcaster, type StreamItem, type SubscribeOptions } from './events/broadcaster.ts'
import type { EventMessage } from './events/event-message.ts'
import type {
  DrainReport,
  OrchestratorObserver,
  OrchestratorStats,
  TaskOrchestratorOptions,
  UnfinishedTask,
} from './options.ts'
import { BoundedQueue } from './queue/bounded-queue.ts'
import { RoomWaiters } from './queue/overflow.ts'
import { generatePolicy, type Policy } from './resilience/policy-generator.ts'
import { defaultResiliencySettings } from './resilience/settings.ts'
import { type Task, type TaskContext, taskStorage } from './task.ts'
import { TaskRun } from './workers/task-run.ts'
import { WorkerPool } from './workers/worker-pool.ts'

const defaultMaxBacklog = 128
const defaultWorkerCount = 2
const defaultSubscriberCapacity = 1000
const defaultDrainMs = 30_000
const defaultSettleGraceMs = 2000

interface Settlement {
  resolve(result: unknown): void
  reject(error: unknown): void
}

/**
 * Runs bounded work with a pool of workers and a policy round every task, and tells many subscribers what happens.
 *
 *   running ──stop()──► draining ──all settled, or the deadline──► stopped
 *
 * The bound holds for tasks that wait: a task may be accepted while fewer than `maxBacklog` are queued or waiting for a retry. A
 * retry of an accepted task is never refused, so at most `workerCount` more can wait than the bound.
 */
export class TaskOrchestrator<Event extends EventMessage = EventMessage>
  implements AsyncDisposable
{
  readonly #clock: Clock
  readonly #maxBacklog: number
  readonly #blockOnFullQueue: boolean
  readonly #allowSyncTaskDrop: boolean
  readonly #groupConcurrency: number
  readonly #settleGraceMs: number
  readonly #policy: Policy
  readonly #observer: OrchestratorObserver
  readonly #queue = new BoundedQueue<TaskRun>()
  readonly #room = new RoomWaiters()
  readonly #workers: WorkerPool
  readonly #events: Broadcaster<Event>
  readonly #unsettled = new Set<TaskRun>()
  readonly #keys = new Set<string>()
  readonly #runningByGroup = new Map<string, number>()
  #state: OrchestratorStats['state'] = 'running'
  #paused = false
  #retryWaits = 0
  #nextTaskId = 1
  #completed = 0
  #failed = 0
  #aborted = 0
  #dropped = 0
  #observerErrors = 0
  #stopped: Promise<DrainReport> | undefined
  #onEmpty: (() => void) | undefined

  constructor(options: TaskOrchestratorOptions = {}) {
    const { features = {}, maxBacklog = defaultMaxBacklog } = options
    if (!(Number.isInteger(maxBacklog) && maxBacklog > 0)) {
      throw new RangeError(`maxBacklog must be a positive integer, got ${maxBacklog}`)
    }
    this.#clock = options.clock ?? systemClock
    this.#maxBacklog = maxBacklog
    this.#blockOnFullQueue = features.blockOnFullQueue ?? true
    this.#allowSyncTaskDrop = features.allowSyncTaskDrop ?? false
    this.#groupConcurrency = options.groupConcurrency ?? Number.POSITIVE_INFINITY
    this.#settleGraceMs = options.settleGraceMs ?? defaultSettleGraceMs
    this.#observer = options.observer ?? {}
    this.#workers = new WorkerPool(options.workerCount ?? defaultWorkerCount)
    this.#events = new Broadcaster(options.subscriberChannelCapacity ?? defaultSubscriberCapacity)
    this.#policy = generatePolicy(
      options.pattern ?? 'basic',
      options.resiliency ?? defaultResiliencySettings,
      {
        clock: this.#clock,
        shouldRetry: (error) => options.shouldRetry?.(error) ?? true,
        retryAfterMs: (error) => options.retryAfterMs?.(error),
        onBreakerChange: (operationKey, state) =>
          this.#tell(() => this.#observer.breakerChanged?.(operationKey, state)),
      },
    )
  }

  /** Accepted tasks that are not running. */
  get queuedCount(): number {
    return this.#queue.size + this.#retryWaits
  }

  get stats(): OrchestratorStats {
    let oldest = this.#clock.now()
    for (const run of this.#queue) oldest = Math.min(oldest, run.acceptedAt)
    return {
      state: this.#state,
      paused: this.#paused,
      workerCount: this.#workers.size,
      busyWorkers: this.#workers.busyCount,
      maxBacklog: this.#maxBacklog,
      queuedCount: this.queuedCount,
      retryWaitCount: this.#retryWaits,
      waitingCount: this.#room.size,
      oldestQueuedAgeMs: this.#clock.now() - oldest,
      completedCount: this.#completed,
      failedCount: this.#failed,
      abortedCount: this.#aborted,
      droppedTaskCount: this.#dropped,
      subscriberCount: this.#events.subscriberCount,
      droppedEventCount: this.#events.droppedCount,
      observerErrorCount: this.#observerErrors,
    }
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
    if (this.#free() === 0 || this.#room.size > 0) {
      if (!this.#allowSyncTaskDrop) throw new QueueFullError(this.#maxBacklog)
      this.#dropped += 1
      this.#tell(() => this.#observer.taskDropped?.(task.name))
      return false
    }
    this.#accept(task, undefined)
    return true
  }

  /**
   * Resolves when the task is accepted; a full backlog makes it wait (the seed's backpressure), in the order of the calls.
   *
   * @throws {QueueFullError} at once, when the feature `blockOnFullQueue` is off
   * @throws {DuplicateTaskError} when its key is taken
   * @throws {OrchestratorStoppedError} after `stop`
   */
  async runAsync(
    task: Task<unknown>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    await this.#whenAdmitted(options.signal, () => this.#accept(task, undefined))
  }

  /** Like `runAsync`, and resolves with the task's result. `options.signal` ends the wait for room; `task.signal` the task. */
  async execute<Result>(
    task: Task<Result>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    await this.#whenAdmitted(options.signal, () => this.#accept(task, { resolve, reject }))
    return promise as Promise<Result>
  }

  /** Resolves with how many tasks would be accepted at once: at least 1. */
  async whenRoom(signal: AbortSignal): Promise<number> {
    const free = await this.#whenAdmitted(signal, () => this.#free())
    // Only looking: the room is still there for the next who waits.
    this.#wakeWhenRoom()
    return free
  }

  /** Never waits and never throws: a slow subscriber loses its oldest events and is told how many. */
  publishEvent(event: Event): void {
    this.#events.publish(event)
  }

  getEventStream(options: SubscribeOptions<Event> = {}): AsyncIterableIterator<StreamItem<Event>> {
    return this.#events.subscribe(options)
  }

  resize(workerCount: number): void {
    this.#workers.resize(workerCount)
    this.#dispatch()
  }

  /** Starts no more tasks; those running go on, and submissions are still accepted up to the bound. */
  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#dispatch()
  }

  /**
   * Refuses new work, finishes what was accepted (paused or not), and after `timeoutMs` aborts the rest and names it. Event streams
   * end when it is done, unless `keepStreams`. Calling it again returns the first call's promise.
   */
  stop(
    options: {
      readonly timeoutMs?: number
      readonly signal?: AbortSignal
      readonly keepStreams?: boolean
    } = {},
  ): Promise<DrainReport> {
    this.#stopped ??= this.#drain(options)
    return this.#stopped
  }

  /** Readers get what was published before, then end. */
  endStreams(): void {
    this.#events.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  #free(): number {
    // An idle worker takes a task at once, so it is room too.
    const idle = this.#paused
      ? 0
      : Math.max(0, this.#workers.size - this.#workers.busyCount - this.#queue.size)
    return Math.max(0, this.#maxBacklog - this.queuedCount + idle)
  }

  #refuseWhenStopped(): void {
    if (this.#state !== 'running') throw new OrchestratorStoppedError()
  }

  /** `take` runs in the same turn as the look at the room, so that two callers never take the same place. */
  async #whenAdmitted<Result>(
    signal: AbortSignal | undefined,
    take: () => Result,
  ): Promise<Result> {
    this.#refuseWhenStopped()
    signal?.throwIfAborted()
    if (this.#free() > 0 && this.#room.size === 0) return take()
    if (!this.#blockOnFullQueue) throw new QueueFullError(this.#maxBacklog)
    for (;;) {
      await this.#room.wait(signal)
      this.#refuseWhenStopped()
      if (this.#free() > 0) return take()
    }
  }

  #accept(task: Task<unknown>, settlement: Settlement | undefined): void {
    const { key } = task
    if (key !== undefined) {
      if (this.#keys.has(key)) {
        this.#wakeWhenRoom()
        throw new DuplicateTaskError(key)
      }
      this.#keys.add(key)
    }
    const run = new TaskRun({
      taskId: `task-${this.#nextTaskId++}`,
      task,
      policy: task.policy ?? this.#policy,
      acceptedAt: this.#clock.now(),
      resolve: settlement?.resolve,
      reject: settlement?.reject,
    })
    this.#unsettled.add(run)
    this.#queue.push(run)
    if (this.#observer.taskAccepted !== undefined)
      this.#tell(() => this.#observer.taskAccepted?.(run.note))
    this.#watchLimits(run)
    if (run.state === 'queued') this.#dispatch()
    this.#wakeWhenRoom()
  }

  /** The task's own signal and deadline. */
  #watchLimits(run: TaskRun): void {
    const { signal, deadlineMs } = run.task
    if (deadlineMs !== undefined) {
      run.deadlineTimer = this.#clock.setTimer(
        () => this.#abort(run, new DeadlineExceededError(deadlineMs)),
        deadlineMs,
      )
    }
    if (signal === undefined) return
    const onAbort = () => this.#abort(run, new TaskAbortedError(signal.reason))
    if (signal.aborted) onAbort()
    else run.followSignal(onAbort)
  }

  #abort(run: TaskRun, error: Error): void {
    switch (run.state) {
      case 'queued':
        this.#queue.remove(run)
        this.#settle(run, 'aborted', error)
        this.#releaseKey(run)
        break
      case 'retry_waiting':
        this.#retryWaits -= 1
        this.#settle(run, 'aborted', error)
        this.#releaseKey(run)
        break
      case 'running':
        run.abort(error)
        break
      case 'settled':
        break
      default:
        run.state satisfies never
    }
  }

  #dispatch(): void {
    while (!this.#paused && this.#queue.size > 0) {
      const workerId = this.#workers.take()
      if (workerId === undefined) return
      const run = this.#queue.shift((group) => this.#mayRun(group))
      if (run === undefined) {
        this.#workers.release(workerId)
        return
      }
      void this.#work(run, workerId)
    }
  }

  #mayRun(group: string): boolean {
    return (this.#runningByGroup.get(group) ?? 0) < this.#groupConcurrency
  }

  #countGroup(group: string, change: 1 | -1): void {
    const count = (this.#runningByGroup.get(group) ?? 0) + change
    if (count === 0) this.#runningByGroup.delete(group)
    else this.#runningByGroup.set(group, count)
  }

  async #work(run: TaskRun, workerId: string): Promise<void> {
    run.state = 'running'
    run.workerId = workerId
    run.attempt += 1
    this.#countGroup(run.group, 1)
    if (this.#observer.taskStarted !== undefined)
      this.#tell(() => this.#observer.taskStarted?.(run.note))
    const attempt = run.policy.attempt((signal) => this.#callHandler(run, workerId, signal), {
      operationKey: run.operationKey,
      signal: run.signal,
    })
    try {
      const result = await attempt.outcome
      this.#leaveWorker(run, workerId)
      this.#settle(run, 'completed', result)
      this.#releaseKey(run)
    } catch (error) {
      this.#leaveWorker(run, workerId)
      this.#afterFailure(run, error, attempt.settled)
    }
    this.#dispatch()
    this.#wakeWhenRoom()
  }

  #callHandler(run: TaskRun, workerId: string, signal: AbortSignal): Promise<unknown> | unknown {
    const { task } = run
    const context: TaskContext = {
      taskId: run.taskId,
      name: task.name,
      operationKey: run.operationKey,
      correlationId: run.correlationId,
      attempt: run.attempt,
      maxAttempts: run.policy.maxAttempts,
      workerId,
      deadline:
        task.deadlineMs === undefined ? undefined : new Date(run.acceptedAt + task.deadlineMs),
      signal,
      baggage: task.baggage ?? {},
    }
    return taskStorage.run(context, () => task.run(context))
  }

  #leaveWorker(run: TaskRun, workerId: string): void {
    this.#workers.release(workerId)
    this.#countGroup(run.group, -1)
  }

  #afterFailure(run: TaskRun, error: unknown, handlerSettled: Promise<void>): void {
    const delayMs = run.isAborted ? undefined : run.policy.nextDelayMs(run.attempt, error)
    this.#tell(() => this.#observer.attemptFailed?.(run.note, error, delayMs))
    if (delayMs === undefined) {
      const { fallback } = run.policy
      if (fallback !== undefined && !run.isAborted) this.#settleWithFallback(run, error, fallback)
      else this.#settle(run, run.isAborted ? 'aborted' : 'failed', error)
      // A handler that outlived its timeout keeps the key: nobody overlaps it.
      void handlerSettled.then(() => this.#releaseKey(run))
      return
    }
    run.state = 'retry_waiting'
    this.#retryWaits += 1
    run.retryTimer = this.#clock.setTimer(
      () => void handlerSettled.then(() => this.#retry(run)),
      delayMs,
    )
  }

  #settleWithFallback(run: TaskRun, error: unknown, fallback: (error: unknown) => unknown): void {
    try {
      this.#settle(run, 'completed', fallback(error))
    } catch (fallbackError) {
      this.#settle(run, 'failed', fallbackError)
    }
  }

  #retry(run: TaskRun): void {
    if (run.state !== 'retry_waiting') return
    this.#retryWaits -= 1
    run.state = 'queued'
    this.#queue.push(run)
    this.#dispatch()
  }

  #settle(run: TaskRun, outcome: 'completed' | 'failed' | 'aborted', value: unknown): void {
    if (outcome === 'completed') this.#completed += 1
    else if (outcome === 'failed') this.#failed += 1
    else this.#aborted += 1
    this.#unsettled.delete(run)
    run.settle(outcome, value)
    if (this.#observer.taskSettled !== undefined) {
      this.#tell(() =>
        this.#observer.taskSettled?.(
          run.note,
          outcome,
          outcome === 'completed' ? undefined : value,
        ),
      )
    }
    this.#wakeWhenRoom()
    if (this.#unsettled.size === 0) this.#onEmpty?.()
  }

  #releaseKey(run: TaskRun): void {
    if (run.task.key !== undefined) this.#keys.delete(run.task.key)
  }

  #wakeWhenRoom(): void {
    if (this.#room.size > 0) this.#room.wake(this.#free())
  }

  async #drain(options: {
    readonly timeoutMs?: number
    readonly signal?: AbortSignal
    readonly keepStreams?: boolean
  }): Promise<DrainReport> {
    const { timeoutMs = defaultDrainMs, signal, keepStreams = false } = options
    const startedAt = this.#clock.now()
    const settledBefore = this.#completed + this.#failed
    this.#state = 'draining'
    this.#room.wake(Number.POSITIVE_INFINITY)
    this.resume()
    await this.#emptyWithin(timeoutMs, signal)
    const unfinished = [...this.#unsettled].map(toUnfinished)
    for (const run of [...this.#unsettled])
      this.#abort(run, new TaskAbortedError(new OrchestratorStoppedError()))
    await this.#emptyWithin(this.#settleGraceMs, undefined)
    this.#state = 'stopped'
    if (!keepStreams) this.endStreams()
    return {
      drained: this.#completed + this.#failed - settledBefore,
      unfinished,
      durationMs: this.#clock.now() - startedAt,
    }
  }

  /** Resolves when every accepted task has settled, or after `timeoutMs`, or when `signal` says that there is no time left. */
  async #emptyWithin(timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#unsettled.size === 0 || signal?.aborted === true) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer: Timer = this.#clock.setTimer(resolve, timeoutMs)
    const onAbort = () => resolve()
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#onEmpty = resolve
    await promise
    this.#onEmpty = undefined
    signal?.removeEventListener('abort', onAbort)
    timer.cancel()
  }

  /** An observer's fault is its own. */
  #tell(hook: () => void): void {
    try {
      hook()
    } catch {
      this.#observerErrors += 1
    }
  }
}

function toUnfinished(run: TaskRun): UnfinishedTask {
  return {
    taskId: run.taskId,
    name: run.task.name,
    correlationId: run.correlationId,
    state: run.state === 'settled' ? 'running' : run.state,
  }
}
