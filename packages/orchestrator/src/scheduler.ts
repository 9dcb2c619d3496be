import { type Clock, TurnClock } from './clock.ts'
import {
  DeadlineExceededError,
  DuplicateTaskError,
  TaskAbortedError,
  TaskTimeoutError,
} from './errors.ts'
import { QuietWait } from './lifecycle.ts'
import type { Teller } from './observer.ts'
import { FairQueue, type GroupLimit } from './queue/fair-queue.ts'
import { TaskKeys } from './queue/task-keys.ts'
import type { Guard, Policy } from './resilience/policy-generator.ts'
import { hasSettled, unlessAborted } from './resilience/timeout.ts'
import { oldestAgeMs, TaskCounts } from './stats.ts'
import type { Task } from './task.ts'
import { Attempt } from './execution/attempt.ts'
import type { LoadMeter } from './workers/load-meter.ts'
import { type TaskOutcome, TaskExecution, type TaskState } from './execution/task-execution.ts'
import { WorkerPool, type WorkerHost } from './workers/worker-pool.ts'

interface SchedulerOptions {
  readonly clock: Clock
  readonly policy: Policy
  readonly workerCount: number
  readonly limitOf: GroupLimit | undefined
  readonly teller: Teller
  /** Something has left the backlog, or a worker has nothing to do. */
  onRoom(): void
}

/** Accepted tasks on their way: key, queue, worker, retry, end. Each is in exactly one place, and settles exactly once. */
export class Scheduler implements WorkerHost {
  readonly counts = new TaskCounts()
  /** Settles when every accepted task has. */
  readonly whenSettled = new QuietWait(() => this.unsettledCount === 0)
  /** Settles when no handler runs any more, also of those that were left. */
  readonly whenQuiet = new QuietWait(() => this.#lingering.size === 0)
  /** Measures the load, where somebody wants to know. */
  meter: LoadMeter | undefined = undefined
  readonly #clock: Clock
  /** For how long tasks wait: a stamp for each of them. */
  readonly #turnClock: TurnClock
  readonly #policy: Policy
  readonly #teller: Teller
  readonly #onRoom: () => void
  readonly #hasLimits: boolean
  readonly #queue: FairQueue<TaskExecution>
  readonly #keys = new TaskKeys<TaskExecution>()
  readonly #retries = new Set<TaskExecution>()
  /** Tasks whose fallback is asked; no worker has them any more. */
  readonly #answering = new Set<TaskExecution>()
  /** Attempts whose handler outlived them. */
  readonly #lingering = new Set<Attempt>()
  readonly #workers: WorkerPool
  /** How a task is taken out of where it is. */
  readonly #leavePlace: Readonly<
    Record<Exclude<TaskState, 'settled'>, (run: TaskExecution, error: Error) => void>
  > = {
    queued: (run) => this.#queue.remove(run),
    key_waiting: (run) => this.#keys.leave(run.task.key as string, run),
    retry_waiting: (run) => this.#leaveRetry(run),
    running: ({ attempt }, error) => {
      // Over: its fallback is being asked, or somebody is being told how it failed.
      if (attempt?.isOver === false) this.#leave(attempt, error)
    },
  }
  #retryWaits = 0
  #paused = false

  constructor(options: SchedulerOptions) {
    this.#clock = options.clock
    this.#turnClock = new TurnClock(options.clock)
    this.#policy = options.policy
    this.#teller = options.teller
    this.#onRoom = () => options.onRoom()
    this.#hasLimits = options.limitOf !== undefined
    this.#queue = new FairQueue(options.limitOf)
    this.#workers = new WorkerPool(options.workerCount, this)
  }

  get workerCount(): number {
    return this.#workers.size
  }

  get busyWorkers(): number {
    return this.#workers.busyCount
  }

  get isPaused(): boolean {
    return this.#paused
  }

  /** Accepted and not running. */
  get waitingCount(): number {
    return this.#queue.size + this.#keys.waitingCount + this.#retryWaits
  }

  /** Of those, the ones that wait for a worker. */
  get queuedCount(): number {
    return this.#queue.size
  }

  get keyWaitCount(): number {
    return this.#keys.waitingCount
  }

  get retryWaitCount(): number {
    return this.#retryWaits
  }

  get oldestQueuedAgeMs(): number {
    return oldestAgeMs(this.#queue, this.#clock.now())
  }

  get unsettledCount(): number {
    return this.waitingCount + this.#workers.busyCount + this.#answering.size
  }

  /** Tasks whose handlers outlived them and still run. */
  get lingering(): readonly TaskExecution[] {
    return [...this.#lingering].map(({ run }) => run)
  }

  /** In the order of their acceptance. */
  get unsettled(): readonly TaskExecution[] {
    const running = [...this.#workers.attempts()].map(({ run }) => run)
    return [...this.#queue, ...this.#keys, ...this.#retries, ...this.#answering, ...running].sort(
      (one, other) => one.number - other.number,
    )
  }

  /** Workers that would take a task at once, whatever its group. */
  get startableCount(): number {
    const isSure = !this.#paused && this.#queue.size === 0 && !this.#hasLimits
    return isSure ? this.#workers.idleCount : 0
  }

  /** Whether this task would find a worker at once, and its key free. */
  wouldStart({ group = '', key }: Task<unknown>): boolean {
    return this.#canStart(group) && (key === undefined || !this.#keys.isTaken(key))
  }

  /** @throws {DuplicateTaskError} when its key is taken, and it does not wait for it */
  accept(
    task: Task<unknown>,
    resolve: ((result: unknown) => void) | undefined,
    reject: ((error: unknown) => void) | undefined,
  ): void {
    const { key, signal } = task
    const isKeyTaken = key !== undefined && this.#keys.isTaken(key)
    if (isKeyTaken && task.whenKeyTaken !== 'wait') throw new DuplicateTaskError(key)
    this.counts.accepted += 1
    const run = new TaskExecution(
      this.counts.accepted,
      task,
      task.policy ?? this.#policy,
      this.#turnClock.now(),
      resolve,
      reject,
    )
    if (isKeyTaken) {
      run.state = 'key_waiting'
      this.#keys.wait(key, run)
    } else if (key !== undefined) {
      run.holdsKey = true
      this.#keys.take(key)
    }
    if (this.#teller.hearsAccepted) this.#teller.tell('taskAccepted', () => [run.note])
    if (!isKeyTaken) this.#enqueue(run)
    // Last, so that whoever aborts finds it in its place.
    if (task.deadlineMs !== undefined || signal !== undefined) this.#watchLimits(run)
    if (signal?.aborted === true) this.abort(run, new TaskAbortedError(signal.reason))
  }

  /** Tasks of surplus workers are finished. */
  resize(workerCount: number): void {
    this.#workers.resize(workerCount)
    this.#dispatch()
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#dispatch()
  }

  /** Ends a task wherever it is; nothing happens when it has settled. */
  abort(run: TaskExecution, error: Error): void {
    if (run.state === 'settled') return
    this.#leavePlace[run.state](run, error)
    this.#settle(run, 'aborted', error)
    this.#dispatch()
  }

  /** The task's own signal and deadline. */
  #watchLimits(run: TaskExecution): void {
    const { signal, deadlineMs } = run.task
    const onAbort = () => this.abort(run, new TaskAbortedError(signal?.reason))
    const timer =
      deadlineMs === undefined
        ? undefined
        : this.#clock.setTimer(
            () => this.abort(run, new DeadlineExceededError(deadlineMs)),
            deadlineMs,
          )
    run.releaseLimits = () => {
      timer?.cancel()
      signal?.removeEventListener('abort', onAbort)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
  }

  #canStart(group: string): boolean {
    return this.#workers.idleCount > 0 && !this.#paused && this.#queue.isFree(group)
  }

  #enqueue(run: TaskExecution): void {
    this.meter?.arrived()
    if (this.#queue.size === 0 && this.#canStart(run.group)) {
      this.#queue.hold(run.group)
      this.#workers.assign(run)
    } else {
      this.#queue.push(run)
      this.#assign()
    }
  }

  #assign(): void {
    while (!this.#paused && this.#workers.idleCount > 0) {
      const run = this.#queue.shift()
      if (run === undefined) return
      this.#workers.assign(run)
    }
  }

  #dispatch(): void {
    this.#assign()
    this.#onRoom()
  }

  // For the workers (`WorkerHost`): methods rather than closures, so that the compiler knows them in every orchestrator alike.

  rested(): void {
    this.#onRoom()
  }

  next(): TaskExecution | undefined {
    if (this.#paused) return undefined
    const run = this.#queue.shift()
    if (run !== undefined) this.#onRoom()
    return run
  }

  begin(run: TaskExecution, workerId: string): Attempt {
    run.state = 'running'
    run.attempts += 1
    const attempt = new Attempt(run, run.attempts, workerId)
    run.attempt = attempt
    this.meter?.started(this.#clock.now())
    return attempt
  }

  call(attempt: Attempt): unknown {
    if (this.#teller.hearsStarted) this.#teller.tell('taskStarted', () => [attempt.run.note])
    // Whoever was told may have aborted it.
    if (attempt.isOver) return undefined
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

  succeeded(attempt: Attempt, result: unknown): void {
    this.#end(attempt)
    this.#settle(attempt.run, 'completed', result)
  }

  failed(attempt: Attempt, error: unknown): void {
    this.#end(attempt)
    this.#afterFailure(attempt, error)
  }

  #end(attempt: Attempt): void {
    attempt.isOver = true
    attempt.timer?.cancel()
    this.#queue.release(attempt.run.group)
    this.meter?.ended(this.#clock.now())
  }

  /** Ends an attempt without its handler, which is told by its signal. */
  #leave(attempt: Attempt, reason: Error): void {
    this.#end(attempt)
    this.#lingering.add(attempt)
    attempt.whenHandlerSettled(() => {
      this.#lingering.delete(attempt)
      this.whenQuiet.check()
    })
    this.#workers.leave(attempt)
    attempt.abort(reason)
  }

  #afterFailure(attempt: Attempt, error: unknown): void {
    const { run } = attempt
    const delayMs = this.#nextDelayMs(run, error)
    this.#teller.tell('attemptFailed', () => [run.note, error, delayMs])
    // Whoever was told, by this or by the attempt's signal, may have aborted it.
    if (run.state === 'settled') return
    if (delayMs !== undefined) this.#retryAfter(delayMs, attempt)
    else if (run.policy.fallback === undefined) this.#settle(run, 'failed', error)
    else void this.#answer(run, run.policy.fallback, error)
  }

  #nextDelayMs(run: TaskExecution, error: unknown): number | undefined {
    try {
      return run.policy.nextDelayMs(run.attempts, error)
    } catch {
      // `shouldRetry` or `retryAfterMs` threw: it gave no reason to try again.
      this.#teller.countError()
      return undefined
    }
  }

  #retryAfter(delayMs: number, attempt: Attempt): void {
    const { run } = attempt
    run.state = 'retry_waiting'
    this.#retries.add(run)
    this.#retryWaits += 1
    this.counts.retried += 1
    run.retryTimer = this.#clock.setTimer(
      // A handler that outlived its timeout never overlaps its own retry.
      () => attempt.whenHandlerSettled(() => this.#retry(run)),
      delayMs,
    )
  }

  async #answer(
    run: TaskExecution,
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

  #retry(run: TaskExecution): void {
    // Aborted while it waited for a handler that had outlived its timeout.
    if (run.state !== 'retry_waiting') return
    this.#leaveRetry(run)
    this.#queueAgain(run)
  }

  #leaveRetry(run: TaskExecution): void {
    this.#retries.delete(run)
    this.#retryWaits -= 1
  }

  /** It has waited for something other than a worker. */
  #queueAgain(run: TaskExecution): void {
    run.state = 'queued'
    run.queuedAt = this.#turnClock.now()
    this.#enqueue(run)
    this.#onRoom()
  }

  #settle(run: TaskExecution, outcome: TaskOutcome, value: unknown): void {
    // The fallback of a task that was aborted meanwhile has nothing to say.
    if (run.state === 'settled') return
    if (run.isAnswering) this.#answering.delete(run)
    this.counts.count(outcome)
    run.settle(outcome, value)
    if (this.#teller.hearsSettled) {
      const error = outcome === 'completed' ? undefined : value
      this.#teller.tell('taskSettled', () => [run.note, outcome, error])
    }
    if (run.holdsKey) this.#releaseKey(run)
    this.whenSettled.check()
  }

  /** A handler that outlived its timeout keeps the key, so that nobody overlaps it. */
  #releaseKey({ task, attempt }: TaskExecution): void {
    const release = () => {
      const next = this.#keys.release(task.key as string)
      if (next === undefined) return
      next.holdsKey = true
      this.#queueAgain(next)
    }
    if (attempt === undefined) release()
    else attempt.whenHandlerSettled(release)
  }
}
