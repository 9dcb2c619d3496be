import type { Clock, Timer } from '../clock.ts'
import { checkDuration } from '../check-duration.ts'
import { DeadlineExceededError, TaskAbortedError, TaskTimeoutError } from '../errors.ts'
import type { ObserverNotifier, TaskSummary } from '../observer.ts'
import type { Linked } from '../queue/linked-list.ts'
import type { WaitingSubmission } from '../queue/waiting-submission.ts'
import type { Guard, Policy } from '../resilience/policy-generator.ts'
import { recordFailedAttempt } from '../resilience/failed-attempts.ts'
import { hasSettled, unlessAborted } from '../resilience/timeout.ts'
import type { TaskCounts } from '../stats.ts'
import type { Task, TaskOutcome, TaskState } from '../task.ts'
import { Attempt } from './attempt.ts'

/**
 * Where a task is. The scheduler moves it from the capacity wait to the queue; from `running` on, it moves itself.
 *
 *   capacity_waiting ──► key_waiting ──► queued ──► running ──► concluding ──► settled
 *                                          ▲                       │  └──► fallback_waiting ──► settled
 *                                          └──── retry_waiting ◄───┘
 *
 * A task that finds capacity and its key free skips the states before `queued`. An abort settles it from any state.
 */
export type ExecutionState =
  | WaitingSubmission<TaskExecution>
  | { readonly kind: 'key_waiting' }
  | { readonly kind: 'queued' }
  | Attempt<TaskExecution>
  /** The attempt is over, and what follows is being decided. */
  | { readonly kind: 'concluding' }
  | { readonly kind: 'retry_waiting'; readonly timer: Timer }
  | { readonly kind: 'fallback_waiting' }
  | { readonly kind: 'settled' }

export const keyWaiting = { kind: 'key_waiting' } as const
export const queued = { kind: 'queued' } as const
const concluding = { kind: 'concluding' } as const
const fallbackWaiting = { kind: 'fallback_waiting' } as const
export const settled = { kind: 'settled' } as const

/** What an execution needs from its scheduler, and what it reports to it. */
export interface ExecutionHost {
  readonly clock: Clock
  readonly observer: ObserverNotifier
  readonly counts: TaskCounts
  /** The policy of tasks that have none of their own. */
  readonly policy: Policy
  attemptStarted(): void
  /** The attempt no longer counts as running: its group may start another task. */
  attemptEnded(execution: TaskExecution): void
  /** The attempt was ended while its handler still runs. */
  attemptAbandoned(attempt: Attempt<TaskExecution>): void
  retryScheduled(execution: TaskExecution): void
  retryDue(execution: TaskExecution): void
  fallbackStarted(execution: TaskExecution): void
  /** `state` is the one that it settled from. */
  settled(execution: TaskExecution, state: ExecutionState): void
  /** The task's own signal or deadline ends it. */
  abort(execution: TaskExecution, error: Error): void
  /** A worker or a place in a group may have become free. */
  dispatch(): void
}

/** One submitted task, from its first attempt to its end: attempts, retries, fallback, settlement. It settles exactly once. */
export class TaskExecution implements Linked<TaskExecution> {
  readonly number: number
  readonly task: Task<unknown>
  state: ExecutionState = queued
  /** When it last began to wait for a worker, in the scheduler's own milliseconds. */
  queuedAt = 0
  /** Milliseconds since the epoch. */
  deadlineAt: number | undefined = undefined
  /** The attempt under way, or the last one. */
  lastAttempt: Attempt<TaskExecution> | undefined = undefined
  holdsKey = false
  previous: TaskExecution | undefined = undefined
  next: TaskExecution | undefined = undefined
  /** Removes the listener and the timer that may end the task from outside. */
  stopWatching: (() => void) | undefined = undefined
  resolve: ((result: unknown) => void) | undefined
  reject: ((error: unknown) => void) | undefined
  readonly #host: ExecutionHost

  constructor(
    number: number,
    task: Task<unknown>,
    host: ExecutionHost,
    resolve: ((result: unknown) => void) | undefined,
    reject: ((error: unknown) => void) | undefined,
  ) {
    this.number = number
    this.task = task
    this.#host = host
    this.resolve = resolve
    this.reject = reject
  }

  get policy(): Policy {
    return this.task.policy ?? this.#host.policy
  }

  get priority(): number {
    return this.task.priority ?? 0
  }

  get group(): string {
    return this.task.group ?? ''
  }

  get taskId(): string {
    return `task-${this.number}`
  }

  get correlationId(): string {
    return this.task.correlationId ?? this.taskId
  }

  get operationKey(): string {
    return this.task.operationKey ?? this.task.name
  }

  get summary(): TaskSummary {
    return {
      taskId: this.taskId,
      name: this.task.name,
      operationKey: this.operationKey,
      correlationId: this.correlationId,
      attempt: this.lastAttempt?.attempt ?? 0,
      maxAttempts: this.policy.maxAttempts,
      workerId: this.lastAttempt?.workerId,
    }
  }

  get isSettled(): boolean {
    return this.state.kind === 'settled'
  }

  /** From acceptance on, the task's own signal and deadline may end it. */
  watchLimits(): void {
    const { signal, deadlineMs } = this.task
    const { clock } = this.#host
    const onAbort = () => this.#host.abort(this, new TaskAbortedError(signal?.reason))
    let timer: Timer | undefined
    if (deadlineMs !== undefined && deadlineMs < Number.POSITIVE_INFINITY) {
      this.deadlineAt = clock.now() + deadlineMs
      timer = clock.setTimer(
        () => this.#host.abort(this, new DeadlineExceededError(deadlineMs)),
        deadlineMs,
      )
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    this.stopWatching = () => {
      timer?.cancel()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  startAttempt(workerId: string): Attempt<TaskExecution> {
    const attempt = new Attempt<TaskExecution>(this, (this.lastAttempt?.attempt ?? 0) + 1, workerId)
    this.lastAttempt = attempt
    this.state = attempt
    this.#host.attemptStarted()
    return attempt
  }

  /** Calls the handler, protected as the policy says. Settles with the handler, never before it. */
  callHandler(attempt: Attempt<TaskExecution>): unknown {
    const { observer } = this.#host
    if (observer.hasStartedHook) {
      observer.notify('taskStarted', () => [this.summary])
      // The observer may have aborted it.
      if (attempt.phase === 'abandoned') return undefined
    }
    const { guardOf } = this.policy
    if (guardOf !== undefined)
      return this.#callGuarded(attempt, guardOf(this.task.dependency ?? this.operationKey))
    this.#limitTime(attempt)
    return this.task.run(attempt)
  }

  succeed(attempt: Attempt<TaskExecution>, result: unknown): void {
    this.#endAttempt(attempt)
    this.settle('completed', result)
  }

  fail(attempt: Attempt<TaskExecution>, error: unknown): void {
    this.#endAttempt(attempt)
    this.#afterFailure(attempt, error)
  }

  /** Ends an attempt while its handler runs. The handler learns it from its signal. */
  abandonAttempt(attempt: Attempt<TaskExecution>, reason: Error): void {
    attempt.phase = 'abandoned'
    this.#endAttempt(attempt)
    this.#host.attemptAbandoned(attempt)
    attempt.abort(reason)
  }

  settle(outcome: TaskOutcome, value: unknown): void {
    // A fallback may finish after its task was aborted.
    if (this.isSettled) return
    const { counts, observer } = this.#host
    const { state } = this
    this.state = settled
    counts.count(outcome)
    this.stopWatching?.()
    if (outcome === 'completed') this.resolve?.(value)
    else this.reject?.(value)
    if (observer.hasSettledHook) {
      const error = outcome === 'completed' ? undefined : value
      observer.notify('taskSettled', () => [this.summary, outcome, error])
    }
    this.#host.settled(this, state)
  }

  async #callGuarded(attempt: Attempt<TaskExecution>, guard: Guard): Promise<unknown> {
    let handler: Promise<unknown> | undefined
    try {
      return await guard.run(() => {
        this.#limitTime(attempt)
        handler = (async () => this.task.run(attempt))()
        return unlessAborted(handler, attempt.signal)
      }, attempt.signal)
    } finally {
      // The breaker and the bulkhead are done at once; the worker stays with a handler that does not end.
      await hasSettled(handler)
    }
  }

  #limitTime(attempt: Attempt<TaskExecution>): void {
    const { timeoutMs } = this.policy
    if (timeoutMs === undefined) return
    attempt.timer = this.#host.clock.setTimer(() => {
      const error = new TaskTimeoutError(timeoutMs)
      this.abandonAttempt(attempt, error)
      this.#afterFailure(attempt, error)
      this.#host.dispatch()
    }, timeoutMs)
  }

  #endAttempt(attempt: Attempt<TaskExecution>): void {
    this.state = concluding
    attempt.timer?.cancel()
    this.#host.attemptEnded(this)
  }

  #afterFailure(attempt: Attempt<TaskExecution>, error: unknown): void {
    const { fallback } = this.policy
    const delayMs = this.#retryDelayMs(attempt, error)
    recordFailedAttempt(this, error, delayMs === undefined)
    this.#host.observer.notify('attemptFailed', () => [this.summary, error, delayMs])
    // A listener of the attempt's signal, or the observer, may have aborted it.
    if (this.isSettled) return
    if (delayMs !== undefined) this.#retryAfter(attempt, delayMs)
    else if (fallback === undefined) this.settle('failed', error)
    else void this.#fallBack(fallback, error)
  }

  #retryDelayMs(attempt: Attempt<TaskExecution>, error: unknown): number | undefined {
    try {
      const delayMs = this.policy.nextDelayMs(attempt.attempt, error)
      if (delayMs !== undefined) checkDuration('nextDelayMs', delayMs)
      return delayMs
    } catch {
      // `shouldRetry` or `retryAfterMs` threw, or the policy's delay is none: no reason to try again.
      this.#host.observer.countError()
      return undefined
    }
  }

  #retryAfter(attempt: Attempt<TaskExecution>, delayMs: number): void {
    const timer = this.#host.clock.setTimer(
      // A handler that outlived its timeout never overlaps its own retry.
      () => attempt.whenHandlerSettled(() => this.#host.retryDue(this)),
      delayMs,
    )
    this.state = { kind: 'retry_waiting', timer }
    this.#host.retryScheduled(this)
  }

  async #fallBack(fallback: (error: unknown) => unknown, error: unknown): Promise<void> {
    this.state = fallbackWaiting
    this.#host.fallbackStarted(this)
    try {
      this.settle('completed', await fallback(error))
    } catch (fallbackError) {
      this.settle('failed', fallbackError)
    }
  }
}

/** The state as callers know it: a task whose failure is being handled still runs. */
export function publicState({ kind }: ExecutionState): TaskState {
  return kind === 'concluding' || kind === 'fallback_waiting' ? 'running' : kind
}
