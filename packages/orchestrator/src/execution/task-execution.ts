import type { Timer } from '../clock.ts'
import type { TaskNote } from '../observer.ts'
import type { Linked } from '../queue/linked-list.ts'
import type { Policy } from '../resilience/policy-generator.ts'
import type { Task } from '../task.ts'
import type { Attempt } from './attempt.ts'

export type TaskState = 'queued' | 'key_waiting' | 'running' | 'retry_waiting' | 'settled'

export type TaskOutcome = 'completed' | 'failed' | 'aborted'

/**
 * One accepted task on its way. It waits for its key only if another task has it, and counts against the backlog in every state
 * but `running` and `settled`.
 *
 *   key_waiting ──► queued ──► running ──► settled
 *                     ▲           │
 *                     └─ retry_waiting
 */
export class TaskExecution implements Linked<TaskExecution> {
  readonly number: number
  readonly task: Task<unknown>
  readonly policy: Policy
  /** Milliseconds since the epoch: when it last began to wait for a worker. */
  queuedAt: number
  state: TaskState = 'queued'
  /** Milliseconds since the epoch. */
  deadlineAt: number | undefined = undefined
  /** The attempt under way, or the last one. */
  attempt: Attempt | undefined = undefined
  attempts = 0
  holdsKey = false
  /** Running, but not with a worker any more: its fallback is asked. */
  isAnswering = false
  retryTimer: Timer | undefined = undefined
  previous: TaskExecution | undefined = undefined
  next: TaskExecution | undefined = undefined
  /** Lets go of the task's deadline and of its signal. */
  releaseLimits: (() => void) | undefined = undefined
  readonly #resolve: ((result: unknown) => void) | undefined
  readonly #reject: ((error: unknown) => void) | undefined

  constructor(
    number: number,
    task: Task<unknown>,
    policy: Policy,
    acceptedAt: number,
    resolve: ((result: unknown) => void) | undefined,
    reject: ((error: unknown) => void) | undefined,
  ) {
    this.number = number
    this.task = task
    this.policy = policy
    this.queuedAt = acceptedAt
    if (task.deadlineMs !== undefined) this.deadlineAt = acceptedAt + task.deadlineMs
    this.#resolve = resolve
    this.#reject = reject
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

  get dependency(): string {
    return this.task.dependency ?? this.operationKey
  }

  get note(): TaskNote {
    return {
      taskId: this.taskId,
      name: this.task.name,
      operationKey: this.operationKey,
      correlationId: this.correlationId,
      attempt: this.attempts,
      maxAttempts: this.policy.maxAttempts,
      workerId: this.attempt?.workerId,
    }
  }

  settle(outcome: TaskOutcome, value: unknown): void {
    this.state = 'settled'
    this.retryTimer?.cancel()
    this.releaseLimits?.()
    if (outcome === 'completed') this.#resolve?.(value)
    else this.#reject?.(value)
  }
}
