/** Base of every error this package throws. Each `code` is documented in docs/errors.md. */
export abstract class OrchestratorError extends Error {
  abstract readonly code: string
}

/** The backlog already holds `capacity` tasks. Nothing was enqueued, so submitting again is safe. */
export class QueueFullError extends OrchestratorError {
  override readonly name = 'QueueFullError'
  readonly code = 'queue_full'
  readonly capacity: number

  constructor(capacity: number) {
    super(`queue is full (capacity ${capacity})`)
    this.capacity = capacity
  }
}

/** The orchestrator is draining or stopped and accepts no more work. Nothing was enqueued. */
export class OrchestratorStoppedError extends OrchestratorError {
  override readonly name = 'OrchestratorStoppedError'
  readonly code = 'orchestrator_stopped'

  constructor() {
    super('orchestrator is stopping and accepts no more work')
  }
}

/** A task with this key is queued, waiting for a retry, or running; or its timed-out handler has not settled yet. */
export class DuplicateTaskError extends OrchestratorError {
  override readonly name = 'DuplicateTaskError'
  readonly code = 'duplicate_task'
  readonly key: string

  constructor(key: string) {
    super(`a task with key ${key} is already accepted`)
    this.key = key
  }
}

/** One attempt took longer than `timeoutMs`. Its signal has aborted; the handler may still be running. */
export class TaskTimeoutError extends OrchestratorError {
  override readonly name = 'TaskTimeoutError'
  readonly code = 'task_timeout'
  readonly timeoutMs: number

  constructor(timeoutMs: number) {
    super(`attempt took longer than ${timeoutMs} ms`)
    this.timeoutMs = timeoutMs
  }
}

/** The task was aborted by its signal or by the end of a drain; `cause` is the signal's reason. */
export class TaskAbortedError extends OrchestratorError {
  override readonly name = 'TaskAbortedError'
  readonly code = 'task_aborted'

  constructor(cause: unknown) {
    super('task was aborted', { cause })
  }
}

/** The task did not finish within its overall deadline, whatever its attempts. */
export class DeadlineExceededError extends OrchestratorError {
  override readonly name = 'DeadlineExceededError'
  readonly code = 'deadline_exceeded'
  readonly deadlineMs: number

  constructor(deadlineMs: number) {
    super(`task did not finish within ${deadlineMs} ms`)
    this.deadlineMs = deadlineMs
  }
}

/** The dependency failed too often; calls are refused for a while. Nothing was called. `cause` is the failure that opened the circuit. */
export class CircuitOpenError extends OrchestratorError {
  override readonly name = 'CircuitOpenError'
  readonly code = 'circuit_open'
  readonly dependency: string
  /** Whole milliseconds until a call may be made again. */
  readonly retryAfterMs: number

  /** `retryAfterMs` is rounded up. */
  constructor(dependency: string, retryAfterMs: number, cause?: unknown) {
    const wholeMs = Math.ceil(retryAfterMs)
    const remaining = wholeMs < 1000 ? `${wholeMs} ms` : `${Math.ceil(wholeMs / 1000)} s`
    super(
      `circuit breaker of ${dependency} is open for another ${remaining}`,
      cause === undefined ? undefined : { cause },
    )
    this.dependency = dependency
    this.retryAfterMs = wholeMs
  }
}

/** The bulkhead has no free place and its queue is full. Nothing was called. */
export class BulkheadFullError extends OrchestratorError {
  override readonly name = 'BulkheadFullError'
  readonly code = 'bulkhead_full'
  readonly limit: number

  constructor(limit: number) {
    super(`bulkhead is full (limit ${limit})`)
    this.limit = limit
  }
}
