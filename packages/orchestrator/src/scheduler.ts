import { type Clock, type Timer, TurnClock } from './clock.ts'
import { checkDuration } from './check-duration.ts'
import { checkFunction, checkKinds, describeValue } from './check-options.ts'
import { DuplicateTaskError, TaskAbortedError } from './errors.ts'
import type { Attempt } from './execution/attempt.ts'
import {
  type ExecutionHost,
  type ExecutionState,
  keyWaiting,
  queued,
  TaskExecution,
} from './execution/task-execution.ts'
import type { ObserverNotifier } from './observer.ts'
import { CapacityWaiters } from './queue/capacity-waiters.ts'
import { FairQueue } from './queue/fair-queue.ts'
import { checkGroupLimit, type GroupLimit, toGroupLimit } from './queue/group-limit.ts'
import { RateLimit, type RateLimitSettings } from './queue/rate-limit.ts'
import { TaskKeys } from './queue/task-keys.ts'
import type { Policy } from './resilience/policy-generator.ts'
import { TaskCounts } from './stats.ts'
import type { Task } from './task.ts'
import { WaitUntil } from './wait-until.ts'
import type { LoadMeter } from './workers/load-meter.ts'
import { type WorkerHost, WorkerPool } from './workers/worker-pool.ts'

interface SchedulerOptions {
  readonly clock: Clock
  readonly policy: Policy
  readonly workerCount: number
  readonly maxBacklog: number
  readonly groupConcurrency: number | GroupLimit | undefined
  readonly rateLimit: RateLimitSettings | undefined
  readonly observer: ObserverNotifier
  readonly asyncContext: boolean
}

/**
 * Decides when a task may be accepted and when it may run: capacity, keys, queue, workers. What happens in a task's attempts and after
 * them is its execution's business, which reports back as to an `ExecutionHost`.
 */
export class Scheduler implements ExecutionHost, WorkerHost {
  readonly clock: Clock
  readonly observer: ObserverNotifier
  readonly counts = new TaskCounts()
  readonly policy: Policy
  readonly waiters = new CapacityWaiters(() => this.#admitWaiting())
  /** Every submitted task has settled. */
  readonly idle = new WaitUntil(
    () => this.counts.unsettled === 0 && this.waiters.submissionCount === 0,
  )
  /** Every submitted task runs or has settled. */
  readonly empty = new WaitUntil(() => this.queuedCount === 0 && this.waiters.submissionCount === 0)
  /** No abandoned handler runs any more. */
  readonly noneAbandoned = new WaitUntil(() => this.#abandoned.size === 0)
  /** Measures the load for the autoscaler. */
  meter: LoadMeter | undefined = undefined
  /** Gives each task that waits for a worker its time. */
  readonly #turnClock: TurnClock
  readonly #createdAt: number
  readonly #maxBacklog: number
  readonly #groupConcurrency: number | GroupLimit | undefined
  readonly #queue: FairQueue<TaskExecution>
  readonly #rateLimit: RateLimit | undefined
  /** Looks at the queue again when the rate limit allows another attempt. */
  #rateTimer: Timer | undefined
  readonly #keys = new TaskKeys<TaskExecution>()
  readonly #awaitingRetry = new Set<TaskExecution>()
  readonly #awaitingFallback = new Set<TaskExecution>()
  /** Attempts whose handler outlived them. */
  readonly #abandoned = new Set<Attempt<TaskExecution>>()
  readonly #workers: WorkerPool
  #submitted = 0
  #retryWaitCount = 0
  #isPaused = false

  constructor(options: SchedulerOptions) {
    this.clock = options.clock
    this.observer = options.observer
    this.#turnClock = new TurnClock(options.clock)
    this.#createdAt = options.clock.now()
    this.policy = options.policy
    this.#maxBacklog = options.maxBacklog
    const { groupConcurrency } = options
    this.#groupConcurrency = groupConcurrency
    this.#queue = new FairQueue(
      groupConcurrency === undefined ? undefined : toGroupLimit(groupConcurrency, options.observer),
    )
    if (options.rateLimit !== undefined) this.#rateLimit = new RateLimit(options.rateLimit)
    this.#workers = new WorkerPool(options.workerCount, this, options.asyncContext)
  }

  get workerCount(): number {
    return this.#workers.size
  }

  get busyWorkers(): number {
    return this.#workers.busyCount
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  /** Accepted tasks that are not running. */
  get queuedCount(): number {
    return this.#queue.size + this.#keys.waitingCount + this.#retryWaitCount
  }

  /** Of those, the ones that wait for a worker. */
  get workerWaitCount(): number {
    return this.#queue.size
  }

  get keyWaitCount(): number {
    return this.#keys.waitingCount
  }

  get retryWaitCount(): number {
    return this.#retryWaitCount
  }

  get oldestQueuedAgeMs(): number {
    const now = this.clock.now() - this.#createdAt
    let oldest = now
    for (const { queuedAt } of this.#queue.heads()) oldest = Math.min(oldest, queuedAt)
    return now - oldest
  }

  /** Tasks whose handlers outlived them and still run. */
  get abandoned(): readonly TaskExecution[] {
    return [...this.#abandoned].map(({ execution }) => execution)
  }

  /** In the order of their submission. */
  get unsettled(): readonly TaskExecution[] {
    const running = [...this.#workers.attempts()].map(({ execution }) => execution)
    return [
      ...this.#queue,
      ...this.#keys,
      ...this.#awaitingRetry,
      ...this.#awaitingFallback,
      ...running,
    ].sort((one, other) => one.number - other.number)
  }

  /** Tasks, of whatever group, that would certainly be accepted now. */
  get capacity(): number {
    const hasGroupLimits = this.#groupConcurrency !== undefined
    const isSure = !this.#isPaused && this.#queue.size === 0 && !hasGroupLimits
    const idle = isSure ? this.#workers.idleCount : 0
    const startable = this.#rateLimit?.startable(this.clock.now(), idle) ?? idle
    return Math.max(0, this.#maxBacklog - this.queuedCount) + startable
  }

  /**
   * Whether this task would be accepted now: callers that wait for capacity come first.
   *
   * @throws {TypeError} when it is no task
   * @throws {RangeError} when its deadline or priority is no number, or its group's limit is none
   */
  hasCapacityFor(task: Task<unknown>): boolean {
    this.#checkTask(task)
    return this.waiters.submissionCount === 0 && this.#fits(task)
  }

  /**
   * Accepts a task, for which there must be capacity.
   *
   * @throws {DuplicateTaskError} when its key is taken, and it does not wait for it
   */
  accept(execution: TaskExecution): void {
    const { task } = execution
    if (this.#isDuplicate(task)) throw new DuplicateTaskError(task.key as string)
    this.#admit(execution)
  }

  createExecution(
    task: Task<unknown>,
    resolve: ((result: unknown) => void) | undefined,
    reject: ((error: unknown) => void) | undefined,
  ): TaskExecution {
    this.#submitted += 1
    return new TaskExecution(this.#submitted, task, this, resolve, reject)
  }

  /** Tasks of surplus workers are finished. */
  resize(workerCount: number): void {
    this.#workers.resize(workerCount)
    this.dispatch()
  }

  pause(): void {
    this.#isPaused = true
    this.#rateTimer?.cancel()
    this.#rateTimer = undefined
  }

  resume(): void {
    this.#isPaused = false
    this.dispatch()
  }

  /** Ends a task wherever it is. Nothing happens when it has settled. */
  abort(execution: TaskExecution, error: Error): void {
    const { state } = execution
    switch (state.kind) {
      case 'settled':
        return
      case 'queued':
        this.#queue.remove(execution)
        break
      case 'key_waiting':
        this.#keys.leave(execution.task.key as string, execution)
        break
      case 'retry_waiting':
        state.timer.cancel()
        this.#endRetryWait(execution)
        break
      case 'running':
        execution.abandonAttempt(state, error)
        break
      case 'capacity_waiting':
        this.waiters.leave(state, error)
        return
      default:
        // Its failure is being handled: there is nothing to take it out of.
        state.kind satisfies 'concluding' | 'fallback_waiting'
    }
    execution.settle('aborted', error)
    this.dispatch()
  }

  /** Starts what may start, then accepts what may be accepted. */
  dispatch(): void {
    this.#startQueued()
    this.#admitWaiting()
  }

  // The workers' host. These are methods rather than closures, so that V8 optimizes them once for all orchestrators.

  get hasWaitingTask(): boolean {
    return this.#queue.size > 0 || this.waiters.submissionCount > 0
  }

  next(): TaskExecution | undefined {
    if (!this.#mayStartQueued()) return undefined
    const execution = this.#queue.shift()
    if (execution !== undefined) this.#admitWaiting()
    return execution
  }

  workerIdle(): void {
    this.#admitWaiting()
  }

  // The executions' host.

  attemptStarted(): void {
    this.#rateLimit?.started(this.clock.now())
    this.meter?.started(this.clock.now())
  }

  attemptEnded(execution: TaskExecution): void {
    this.#queue.release(execution.group)
    this.meter?.ended(this.clock.now())
  }

  attemptAbandoned(attempt: Attempt<TaskExecution>): void {
    this.#abandoned.add(attempt)
    attempt.whenHandlerSettled(() => {
      this.#abandoned.delete(attempt)
      this.noneAbandoned.check()
    })
    this.#workers.abandon(attempt)
  }

  retryScheduled(execution: TaskExecution): void {
    this.#awaitingRetry.add(execution)
    this.#retryWaitCount += 1
    this.counts.retried += 1
  }

  retryDue(execution: TaskExecution): void {
    // It may have been aborted while it waited for a handler that had outlived its timeout.
    if (execution.state.kind !== 'retry_waiting') return
    this.#endRetryWait(execution)
    this.#requeue(execution)
  }

  fallbackStarted(execution: TaskExecution): void {
    this.#awaitingFallback.add(execution)
  }

  settled(execution: TaskExecution, { kind }: ExecutionState): void {
    if (kind === 'fallback_waiting') this.#awaitingFallback.delete(execution)
    if (execution.holdsKey) this.#releaseKey(execution)
    this.idle.check()
  }

  /** Every task is checked, so only what it brings. */
  #checkTask(task: Task<unknown>): void {
    if (typeof task?.run !== 'function') refuseAsTask(task)
    const { deadlineMs, priority, group, policy, signal, key } = task
    if (signal !== undefined)
      checkFunction('task.signal.addEventListener', signal?.addEventListener)
    if (policy !== undefined) checkFunction('task.policy.nextDelayMs', policy?.nextDelayMs)
    if (deadlineMs !== undefined) checkDuration('deadlineMs', deadlineMs)
    if (priority !== undefined && !(typeof priority === 'number' && !Number.isNaN(priority)))
      throw new RangeError(`priority must be a number, got ${priority}`)
    if (key !== undefined) checkKey(task)
    if (typeof this.#groupConcurrency === 'function' && group !== undefined && group !== '')
      checkGroupLimit(group, this.#groupConcurrency(group))
  }

  #fits(task: Task<unknown>): boolean {
    return this.queuedCount < this.#maxBacklog || this.#wouldStart(task)
  }

  /** Whether this task would find its key free and a worker at once. */
  #wouldStart({ group = '', key }: Task<unknown>): boolean {
    return this.#canStart(group) && (key === undefined || !this.#keys.isTaken(key))
  }

  #canStart(group: string): boolean {
    return (
      this.#workers.idleCount > 0 &&
      !this.#isPaused &&
      this.#queue.isFree(group) &&
      this.#rateWaitMs === 0
    )
  }

  get #rateWaitMs(): number {
    return this.#rateLimit === undefined ? 0 : this.#rateLimit.waitMs(this.clock.now())
  }

  /** When only the rate limit forbids it, the queue is looked at again as soon as it allows it. */
  #mayStartQueued(): boolean {
    if (this.#isPaused) return false
    const waitMs = this.#rateWaitMs
    if (waitMs === 0) return true
    if (this.#queue.size > 0) {
      this.#rateTimer ??= this.clock.setTimer(() => {
        this.#rateTimer = undefined
        this.dispatch()
      }, Math.ceil(waitMs))
    }
    return false
  }

  #isDuplicate({ key, whenKeyTaken }: Task<unknown>): boolean {
    return key !== undefined && whenKeyTaken !== 'wait' && this.#keys.isTaken(key)
  }

  #admit(execution: TaskExecution): void {
    const { task } = execution
    const { key, signal } = task
    this.counts.accepted += 1
    const isKeyTaken = key !== undefined && this.#keys.isTaken(key)
    if (isKeyTaken) {
      execution.state = keyWaiting
      this.#keys.wait(key, execution)
    } else if (key !== undefined) {
      execution.holdsKey = true
      this.#keys.take(key)
    }
    if (this.observer.hasAcceptedHook)
      this.observer.notify('taskAccepted', () => [execution.summary])
    if (!isKeyTaken) this.#enqueue(execution)
    // Last, so that an abort finds the task in its place.
    if (task.deadlineMs !== undefined || signal !== undefined) execution.watchLimits()
    if (signal?.aborted === true) this.abort(execution, new TaskAbortedError(signal.reason))
  }

  /** Callers that wait for capacity are served in the order of their calls. */
  #admitWaiting(): void {
    const { waiters } = this
    for (;;) {
      const submission = waiters.firstSubmission
      if (submission === undefined) break
      const { task } = submission
      if (!this.#fits(task)) return
      if (this.#isDuplicate(task)) {
        waiters.refuse(submission, new DuplicateTaskError(task.key as string))
        continue
      }
      waiters.acceptSubmission(submission)
      this.#admit(submission.execution ?? this.createExecution(task, undefined, undefined))
    }
    if (waiters.fewestPlaces !== Number.POSITIVE_INFINITY && this.capacity >= waiters.fewestPlaces)
      waiters.notifyWatchers(this.capacity)
    this.empty.check()
  }

  #enqueue(execution: TaskExecution): void {
    this.meter?.arrived()
    if (this.#queue.size === 0 && this.#canStart(execution.group)) {
      this.#queue.hold(execution.group)
      this.#workers.assign(execution)
      return
    }
    execution.state = queued
    // A small integer, which V8 stores without an allocation.
    execution.queuedAt = Math.trunc(this.#turnClock.now() - this.#createdAt)
    this.#queue.push(execution)
    this.#startQueued()
  }

  /** It has waited for something other than a worker. */
  #requeue(execution: TaskExecution): void {
    this.#enqueue(execution)
    this.#admitWaiting()
  }

  #startQueued(): void {
    while (this.#workers.idleCount > 0 && this.#mayStartQueued()) {
      const execution = this.#queue.shift()
      if (execution === undefined) return
      this.#workers.assign(execution)
    }
  }

  #endRetryWait(execution: TaskExecution): void {
    this.#awaitingRetry.delete(execution)
    this.#retryWaitCount -= 1
  }

  /** A handler that outlived its timeout or abort keeps the key, so that no other task overlaps it. */
  #releaseKey({ task, lastAttempt }: TaskExecution): void {
    const release = () => {
      const next = this.#keys.release(task.key as string)
      if (next === undefined) return
      next.holdsKey = true
      this.#requeue(next)
    }
    if (lastAttempt === undefined) release()
    else lastAttempt.whenHandlerSettled(release)
  }
}

function refuseAsTask(task: Pick<Task<unknown>, 'run'>): void {
  checkKinds(task, { run: 'function' }, { what: 'a task', prefix: 'task.', required: ['run'] })
}

/** Null, for one, would be one key that all tasks without a key share. */
function checkKey(task: Pick<Task<unknown>, 'key' | 'whenKeyTaken'>): void {
  const { key, whenKeyTaken = 'reject' } = task
  if (typeof key !== 'string')
    throw new TypeError(`task.key must be a string, got ${describeValue(key)}`)
  if (whenKeyTaken !== 'reject' && whenKeyTaken !== 'wait')
    throw new RangeError(`task.whenKeyTaken must be 'reject' or 'wait', got '${whenKeyTaken}'`)
}
