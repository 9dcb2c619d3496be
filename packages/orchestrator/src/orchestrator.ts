import { type Clock, systemClock, TurnClock } from './clock.ts'
import {
  DeadlineExceededError,
  DuplicateTaskError,
  OrchestratorStoppedError,
  QueueFullError,
  TaskAbortedError,
  TaskTimeoutError,
} from './errors.ts'
import { Broadcaster } from './events/broadcaster.ts'
import type { EventMessage } from './events/event-message.ts'
import type { EventStream, SubscribeOptions } from './events/event-stream.ts'
import {
  type DrainReport,
  type OrchestratorState,
  QuietWait,
  type StopOptions,
  type UnfinishedTask,
} from './lifecycle.ts'
import type { OrchestratorObserver, TaskNote } from './observer.ts'
import { checkCount, type TaskOrchestratorOptions } from './options.ts'
import { BoundedQueue } from './queue/bounded-queue.ts'
import { RoomLookers, WaitingCaller, WaitingCallers } from './queue/overflow.ts'
import { TaskKeys } from './queue/task-keys.ts'
import { type Guard, generatePolicy, type Policy } from './resilience/policy-generator.ts'
import { defaultResiliencySettings } from './resilience/settings.ts'
import { hasSettled, unlessAborted } from './resilience/timeout.ts'
import { type OrchestratorStats, oldestAgeMs, TaskCounts } from './stats.ts'
import type { Task } from './task.ts'
import { Attempt } from './workers/attempt.ts'
import type { ScalingSignal } from './workers/autoscaler.ts'
import { Scaling } from './workers/scaling.ts'
import { type TaskOutcome, TaskRun } from './workers/task-run.ts'
import { WorkerPool } from './workers/worker-pool.ts'

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
  /** For how long tasks wait: a stamp for each of them. */
  readonly #turnClock: TurnClock
  readonly #maxBacklog: number
  readonly #blockOnFullQueue: boolean
  readonly #allowSyncTaskDrop: boolean
  readonly #settleGraceMs: number
  readonly #policy: Policy
  readonly #observer: OrchestratorObserver
  readonly #queue: BoundedQueue<TaskRun>
  readonly #keys = new TaskKeys<TaskRun>()
  readonly #retries = new Set<TaskRun>()
  /** Tasks whose fallback is asked; no worker has them any more. */
  readonly #answering = new Set<TaskRun>()
  readonly #callers = new WaitingCallers()
  readonly #lookers = new RoomLookers()
  readonly #workers: WorkerPool
  readonly #scaling: Scaling | undefined
  readonly #events: Broadcaster<Event>
  readonly #counts = new TaskCounts()
  /** Attempts whose handler outlived them. */
  readonly #lingering = new Set<Attempt>()
  readonly #whenSettled = new QuietWait(() => this.#unsettledCount === 0)
  readonly #whenQuiet = new QuietWait(() => this.#lingering.size === 0)
  #state: OrchestratorState = 'running'
  #paused = false
  #retryWaits = 0
  #observerErrors = 0
  #stopped: Promise<DrainReport> | undefined

  /** @throws {RangeError} naming the option that is out of range */
  constructor(options: TaskOrchestratorOptions = {}) {
    const { features = {}, maxBacklog = defaultMaxBacklog, groupConcurrency } = options
    checkCount('maxBacklog', maxBacklog)
    this.#clock = options.clock ?? systemClock
    this.#turnClock = new TurnClock(this.#clock)
    this.#maxBacklog = maxBacklog
    this.#blockOnFullQueue = features.blockOnFullQueue ?? true
    this.#allowSyncTaskDrop = features.allowSyncTaskDrop ?? false
    this.#settleGraceMs = options.settleGraceMs ?? defaultSettleGraceMs
    this.#observer = options.observer ?? {}
    if (typeof groupConcurrency === 'number') checkCount('groupConcurrency', groupConcurrency)
    this.#queue = new BoundedQueue(
      typeof groupConcurrency === 'number' ? () => groupConcurrency : groupConcurrency,
    )
    this.#events = new Broadcaster(options.subscriberChannelCapacity ?? defaultSubscriberCapacity)
    this.#policy = generatePolicy(
      options.pattern ?? 'basic',
      options.resiliency ?? defaultResiliencySettings,
      {
        clock: this.#clock,
        shouldRetry: (error) => options.shouldRetry?.(error) ?? true,
        retryAfterMs: (error) => options.retryAfterMs?.(error),
        ...(options.fallback === undefined ? {} : { fallback: options.fallback.bind(options) }),
        onBreakerChange: (dependency, state) =>
          this.#tell(() => this.#observer.breakerChanged?.(dependency, state)),
      },
    )
    this.#workers = new WorkerPool(options.workerCount ?? defaultWorkerCount, {
      next: () => this.#next(),
      begin: (run, workerId) => this.#begin(run, workerId),
      call: (attempt) => this.#call(attempt),
      succeeded: (attempt, result) => this.#succeed(attempt, result),
      failed: (attempt, error) => this.#fail(attempt, error),
      rested: () => this.#admitCallers(),
    })
    if (options.autoscale !== undefined) {
      this.#scaling = new Scaling(options.autoscale, this.#clock, {
        state: () => ({
          workerCount: this.#workers.size,
          queuedCount: this.#queue.size,
          oldestQueuedAgeMs: oldestAgeMs(this.#queue, this.#clock.now()),
        }),
        resize: (workerCount) => {
          const before = this.#workers.size
          this.resize(workerCount)
          this.#tell(() => this.#observer.workersScaled?.(before, workerCount))
        },
      })
    }
  }

  /** Accepted tasks that are not running. */
  get queuedCount(): number {
    return this.#queue.size + this.#keys.waitingCount + this.#retryWaits
  }

  /** How it is now; made anew for each look. */
  get stats(): OrchestratorStats {
    return {
      state: this.#state,
      paused: this.#paused,
      workerCount: this.#workers.size,
      busyWorkers: this.#workers.busyCount,
      maxBacklog: this.#maxBacklog,
      queuedCount: this.queuedCount,
      retryWaitCount: this.#retryWaits,
      keyWaitCount: this.#keys.waitingCount,
      waitingCount: this.#callers.size,
      oldestQueuedAgeMs: oldestAgeMs(this.#queue, this.#clock.now()),
      lingeringHandlerCount: this.#lingering.size,
      acceptedCount: this.#counts.accepted,
      completedCount: this.#counts.completed,
      failedCount: this.#counts.failed,
      abortedCount: this.#counts.aborted,
      retriedCount: this.#counts.retried,
      droppedTaskCount: this.#counts.dropped,
      subscriberCount: this.#events.subscriberCount,
      droppedEventCount: this.#events.droppedCount,
      observerErrorCount: this.#observerErrors,
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
      this.#accept(task, undefined, undefined)
      return true
    }
    if (!this.#allowSyncTaskDrop) throw new QueueFullError(this.#maxBacklog)
    this.#counts.dropped += 1
    this.#tell(() => this.#observer.taskDropped?.(task.name))
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
   * Resolves with how many tasks would be accepted, once it is at least `places` (1 unless given, at most `maxBacklog`): for
   * producers that fetch what they feed, and would rather fetch many at a time. Callers that wait for room come first.
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
    this.#workers.resize(workerCount)
    this.#dispatch()
  }

  /** Starts no more tasks; those running go on, and submissions are still accepted up to the bound. */
  pause(): void {
    this.#paused = true
  }

  /** The end of `pause`. */
  resume(): void {
    this.#paused = false
    this.#dispatch()
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

  // ── Coming in ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #refuseWhenStopped(): void {
    if (this.#state !== 'running') throw new OrchestratorStoppedError()
  }

  #hasRoomFor(task: Task<unknown>): boolean {
    return this.queuedCount < this.#maxBacklog || this.#canStart(task.group ?? '')
  }

  /** Whether a task of this group would find a worker at once. */
  #canStart(group: string): boolean {
    return this.#workers.idleCount > 0 && !this.#paused && this.#queue.isFree(group)
  }

  /** Tasks of any kind that would surely be accepted. */
  get #room(): number {
    const startable = this.#paused || this.#queue.size > 0 ? 0 : this.#workers.idleCount
    return Math.max(0, this.#maxBacklog - this.queuedCount) + startable
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
          return new Promise((resolve, reject) => this.#accept(task, resolve, reject))
        this.#accept(task, undefined, undefined)
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
        if (wantsResult) this.#accept(task, resolve, reject)
        else {
          this.#accept(task, undefined, undefined)
          resolve(undefined)
        }
      } catch (error) {
        reject(error)
      }
    }
  }

  #accept(
    task: Task<unknown>,
    resolve: ((result: unknown) => void) | undefined,
    reject: ((error: unknown) => void) | undefined,
  ): void {
    const { key } = task
    const mustWait = key !== undefined && this.#keys.isTaken(key)
    if (mustWait && task.whenKeyTaken !== 'wait') throw new DuplicateTaskError(key)
    const { accepted: before } = this.#counts
    this.#counts.accepted = before + 1
    const run = new TaskRun(
      before + 1,
      task,
      task.policy ?? this.#policy,
      this.#turnClock.now(),
      resolve,
      reject,
    )
    this.#tellOf(this.#observer.taskAccepted, run)
    if (task.signal?.aborted === true) {
      this.#settle(run, 'aborted', new TaskAbortedError(task.signal.reason))
      return
    }
    if (mustWait) {
      run.state = 'key_waiting'
      this.#keys.wait(key, run)
    } else if (key !== undefined) this.#keys.take(key)
    if (task.deadlineMs !== undefined || task.signal !== undefined) this.#watchLimits(run)
    if (run.state === 'queued') this.#enqueue(run)
  }

  /** The task's own signal and deadline. */
  #watchLimits(run: TaskRun): void {
    const { signal, deadlineMs } = run.task
    const onAbort = () => this.#abort(run, new TaskAbortedError(signal?.reason))
    const timer =
      deadlineMs === undefined
        ? undefined
        : this.#clock.setTimer(
            () => this.#abort(run, new DeadlineExceededError(deadlineMs)),
            deadlineMs,
          )
    run.releaseLimits = () => {
      timer?.cancel()
      signal?.removeEventListener('abort', onAbort)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
  }

  // ── Running ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #enqueue(run: TaskRun): void {
    this.#scaling?.meter.arrived()
    if (this.#queue.size === 0 && this.#canStart(run.group)) {
      this.#queue.hold(run.group)
      this.#workers.assign(run)
    } else {
      this.#queue.push(run)
      if (this.#workers.idleCount > 0) this.#dispatch()
    }
  }

  #dispatch(): void {
    while (!this.#paused && this.#workers.idleCount > 0) {
      const run = this.#queue.shift()
      if (run === undefined) break
      this.#workers.assign(run)
    }
    this.#admitCallers()
  }

  #next(): TaskRun | undefined {
    if (this.#paused) return undefined
    const run = this.#queue.shift()
    if (run !== undefined) this.#admitCallers()
    return run
  }

  #begin(run: TaskRun, workerId: string): Attempt {
    run.state = 'running'
    run.attempts += 1
    const attempt = new Attempt(run, run.attempts, workerId)
    run.attempt = attempt
    this.#scaling?.meter.started(this.#clock.now())
    this.#tellOf(this.#observer.taskStarted, run)
    return attempt
  }

  #call(attempt: Attempt): unknown {
    const { task, policy, dependency } = attempt.run
    const guard = policy.guardOf?.(dependency)
    if (guard !== undefined) return this.#callGuarded(attempt, guard)
    this.#limitTime(attempt)
    return task.run(attempt)
  }

  async #callGuarded(attempt: Attempt, guard: Guard): Promise<unknown> {
    let handler: Promise<unknown> | undefined
    try {
      return await guard.run(() => {
        this.#limitTime(attempt)
        handler = (async () => attempt.run.task.run(attempt))()
        return unlessAborted(handler, attempt.signal)
      }, attempt.signal)
    } finally {
      // The breaker and the next in the bulkhead know at once; the worker stays with a handler that does not end.
      await hasSettled(handler)
    }
  }

  #limitTime(attempt: Attempt): void {
    const { timeoutMs } = attempt.run.policy
    if (timeoutMs === undefined) return
    attempt.timer = this.#clock.setTimer(() => {
      const error = new TaskTimeoutError(timeoutMs)
      this.#leave(attempt, error)
      this.#afterFailure(attempt, error)
      this.#dispatch()
    }, timeoutMs)
  }

  #succeed(attempt: Attempt, result: unknown): void {
    this.#end(attempt)
    this.#settle(attempt.run, 'completed', result)
  }

  #fail(attempt: Attempt, error: unknown): void {
    this.#end(attempt)
    this.#afterFailure(attempt, error)
  }

  #end(attempt: Attempt): void {
    attempt.timer?.cancel()
    this.#queue.release(attempt.run.group)
    this.#scaling?.meter.ended(this.#clock.now())
  }

  /** Ends an attempt without its handler, which is told by its signal. */
  #leave(attempt: Attempt, reason: Error): void {
    this.#end(attempt)
    this.#lingering.add(attempt)
    attempt.whenHandlerSettled(() => {
      this.#lingering.delete(attempt)
      this.#whenQuiet.check()
    })
    this.#workers.leave(attempt)
    attempt.abort(reason)
  }

  #afterFailure(attempt: Attempt, error: unknown): void {
    const { run } = attempt
    const delayMs = this.#nextDelayMs(run, error)
    const { attemptFailed } = this.#observer
    if (attemptFailed !== undefined)
      this.#tell(() => attemptFailed.call(this.#observer, run.note, error, delayMs))
    if (delayMs !== undefined) this.#retryAfter(delayMs, attempt)
    else if (run.policy.fallback === undefined) this.#settle(run, 'failed', error)
    else void this.#answer(run, run.policy.fallback, error)
  }

  #nextDelayMs(run: TaskRun, error: unknown): number | undefined {
    try {
      return run.policy.nextDelayMs(run.attempts, error)
    } catch {
      // `shouldRetry` or `retryAfterMs` threw: it gave no reason to try again.
      this.#observerErrors += 1
      return undefined
    }
  }

  #retryAfter(delayMs: number, attempt: Attempt): void {
    const { run } = attempt
    run.state = 'retry_waiting'
    this.#retries.add(run)
    this.#retryWaits += 1
    this.#counts.retried += 1
    run.retryTimer = this.#clock.setTimer(
      // A handler that outlived its timeout never overlaps its own retry.
      () => attempt.whenHandlerSettled(() => this.#retry(run)),
      delayMs,
    )
  }

  async #answer(
    run: TaskRun,
    fallback: (error: unknown) => unknown,
    error: unknown,
  ): Promise<void> {
    run.isAnswering = true
    this.#answering.add(run)
    try {
      this.#settle(run, 'completed', await fallback(error))
    } catch (fallbackError) {
      this.#settle(run, 'failed', fallbackError)
    }
  }

  #retry(run: TaskRun): void {
    if (run.state !== 'retry_waiting') return
    this.#retries.delete(run)
    this.#retryWaits -= 1
    this.#queueAgain(run)
  }

  /** It has waited for something other than a worker. */
  #queueAgain(run: TaskRun): void {
    run.state = 'queued'
    run.queuedAt = this.#turnClock.now()
    this.#enqueue(run)
    this.#admitCallers()
  }

  // ── Ending ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #abort(run: TaskRun, error: Error): void {
    switch (run.state) {
      case 'queued':
        this.#queue.remove(run)
        break
      case 'key_waiting':
        this.#keys.leave(run.task.key as string, run)
        break
      case 'retry_waiting':
        this.#retries.delete(run)
        this.#retryWaits -= 1
        break
      case 'running':
        if (!run.isAnswering) this.#leave(run.attempt as Attempt, error)
        break
      case 'settled':
        return
      default:
        run.state satisfies never
    }
    this.#settle(run, 'aborted', error)
    this.#dispatch()
  }

  #settle(run: TaskRun, outcome: TaskOutcome, value: unknown): void {
    // The fallback of a task that was aborted meanwhile has nothing to say.
    if (run.state === 'settled') return
    const hadKey = run.task.key !== undefined && run.state !== 'key_waiting'
    if (run.isAnswering) this.#answering.delete(run)
    this.#counts.count(outcome)
    run.settle(outcome, value)
    const { taskSettled } = this.#observer
    if (taskSettled !== undefined) {
      const error = outcome === 'completed' ? undefined : value
      this.#tell(() => taskSettled.call(this.#observer, run.note, outcome, error))
    }
    if (hadKey) this.#releaseKey(run)
    this.#whenSettled.check()
  }

  /** A handler that outlived its timeout keeps the key, so that nobody overlaps it. */
  #releaseKey({ task, attempt }: TaskRun): void {
    const release = () => {
      const next = this.#keys.release(task.key as string)
      if (next !== undefined) this.#queueAgain(next)
    }
    if (attempt === undefined) release()
    else attempt.whenHandlerSettled(release)
  }

  get #unsettledCount(): number {
    return this.queuedCount + this.#workers.busyCount + this.#answering.size
  }

  *#unsettled(): IterableIterator<TaskRun> {
    yield* this.#queue
    yield* this.#keys
    yield* this.#retries
    yield* this.#answering
    for (const { run } of this.#workers.attempts()) yield run
  }

  async #drain(options: StopOptions): Promise<DrainReport> {
    const { timeoutMs = defaultDrainMs, signal, keepStreams = false } = options
    const startedAt = this.#clock.now()
    const endedBefore = this.#counts.ended
    this.#state = 'draining'
    this.#scaling?.stop()
    this.#callers.refuseAll()
    this.#lookers.refuseAll()
    this.resume()
    await this.#whenSettled.within(timeoutMs, signal, this.#clock)
    const late = [...this.#unsettled()].sort((one, other) => one.number - other.number)
    const unfinished = late.map((run) => ({
      ...nameOf(run),
      state: run.state as UnfinishedTask['state'],
    }))
    for (const run of late) this.#abort(run, new TaskAbortedError(new OrchestratorStoppedError()))
    await this.#whenQuiet.within(this.#settleGraceMs, undefined, this.#clock)
    this.#state = 'stopped'
    if (!keepStreams) this.endStreams()
    return {
      drained: this.#counts.ended - endedBefore,
      unfinished,
      abandoned: [...this.#lingering].map(({ run }) => nameOf(run)),
      durationMs: this.#clock.now() - startedAt,
    }
  }

  #tellOf(hook: ((task: TaskNote) => void) | undefined, run: TaskRun): void {
    if (hook !== undefined) this.#tell(() => hook.call(this.#observer, run.note))
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

function nameOf(run: TaskRun): Omit<UnfinishedTask, 'state'> {
  return { taskId: run.taskId, name: run.task.name, correlationId: run.correlationId }
}
