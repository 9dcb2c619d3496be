import type { Timer } from '../clock.ts'
import type { TaskNote } from '../options.ts'
import type { Policy } from '../resilience/policy-generator.ts'
import type { Task } from '../task.ts'

/**
 * One accepted task on its way.
 *
 *   queued ──► running ──► settled
 *     ▲           │
 *     └─ retry_waiting
 */
export class TaskRun {
  readonly taskId: string
  readonly task: Task<unknown>
  readonly policy: Policy
  readonly priority: number
  readonly group: string
  readonly acceptedAt: number
  state: 'queued' | 'running' | 'retry_waiting' | 'settled' = 'queued'
  attempt = 0
  workerId: string | undefined
  retryTimer: Timer | undefined
  deadlineTimer: Timer | undefined
  /** Made when something first needs to abort the task from outside. */
  #abort: AbortController | undefined
  #onTaskAbort: (() => void) | undefined
  readonly #resolve: ((result: unknown) => void) | undefined
  readonly #reject: ((error: unknown) => void) | undefined

  constructor(options: {
    taskId: string
    task: Task<unknown>
    policy: Policy
    acceptedAt: number
    resolve: ((result: unknown) => void) | undefined
    reject: ((error: unknown) => void) | undefined
  }) {
    this.taskId = options.taskId
    this.task = options.task
    this.policy = options.policy
    this.priority = options.task.priority ?? 0
    this.group = options.task.group ?? ''
    this.acceptedAt = options.acceptedAt
    this.#resolve = options.resolve
    this.#reject = options.reject
  }

  get correlationId(): string {
    return this.task.correlationId ?? this.taskId
  }

  get operationKey(): string {
    return this.task.operationKey ?? this.task.name
  }

  get note(): TaskNote {
    return {
      taskId: this.taskId,
      name: this.task.name,
      correlationId: this.correlationId,
      attempt: this.attempt,
      maxAttempts: this.policy.maxAttempts,
      workerId: this.workerId,
    }
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController()
    return this.#abort.signal
  }

  get isAborted(): boolean {
    return this.#abort?.signal.aborted === true
  }

  abort(reason: unknown): void {
    this.#abort ??= new AbortController()
    this.#abort.abort(reason)
  }

  /** Hears the task's own signal until the task has settled. */
  followSignal(onAbort: () => void): void {
    this.#onTaskAbort = onAbort
    this.task.signal?.addEventListener('abort', onAbort, { once: true })
  }

  settle(outcome: 'completed' | 'failed' | 'aborted', value: unknown): void {
    this.state = 'settled'
    this.retryTimer?.cancel()
    this.deadlineTimer?.cancel()
    if (this.#onTaskAbort !== undefined) {
      this.task.signal?.removeEventListener('abort', this.#onTaskAbort)
    }
    if (outcome === 'completed') this.#resolve?.(value)
    else this.#reject?.(value)
  }
}
