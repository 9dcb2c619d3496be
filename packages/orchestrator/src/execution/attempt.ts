import type { Timer } from '../clock.ts'
import type { Policy } from '../resilience/policy-generator.ts'
import type { Task, TaskContext } from '../task.ts'

const noBaggage: Readonly<Record<string, string>> = Object.freeze({})

/** What an attempt reads from the execution it belongs to. */
export interface AttemptedTask {
  readonly taskId: string
  readonly task: Task<unknown>
  readonly policy: Pick<Policy, 'maxAttempts'>
  readonly operationKey: string
  readonly correlationId: string
  /** Milliseconds since the epoch. */
  readonly deadlineAt: number | undefined
}

/**
 * One attempt at a task, and the context that its handler gets.
 *
 *   running ──the handler settles────────────────────────────────────────────► over
 *      └─a timeout or an abort──► abandoned ──the handler settles, if ever──► over
 */
export class Attempt<Execution extends AttemptedTask = AttemptedTask> implements TaskContext {
  readonly execution: Execution
  readonly attempt: number
  readonly workerId: string
  /** `abandoned`: its end was decided while its handler still runs. The worker stays with the handler. */
  phase: 'running' | 'abandoned' | 'over' = 'running'
  /** Ends the attempt at its timeout. */
  timer: Timer | undefined = undefined
  #afterHandler: (() => void)[] | undefined = undefined
  /** Created when the handler first asks for the signal: most handlers never do. */
  #controller: AbortController | undefined = undefined

  constructor(execution: Execution, attempt: number, workerId: string) {
    this.execution = execution
    this.attempt = attempt
    this.workerId = workerId
  }

  get kind(): 'running' {
    return 'running'
  }

  get taskId(): string {
    return this.execution.taskId
  }

  get name(): string {
    return this.execution.task.name
  }

  get operationKey(): string {
    return this.execution.operationKey
  }

  get correlationId(): string {
    return this.execution.correlationId
  }

  get maxAttempts(): number {
    return this.execution.policy.maxAttempts
  }

  get deadline(): Date | undefined {
    const { deadlineAt } = this.execution
    return deadlineAt === undefined ? undefined : new Date(deadlineAt)
  }

  get baggage(): Readonly<Record<string, string>> {
    return this.execution.task.baggage ?? noBaggage
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  abort(reason: Error): void {
    this.#controller ??= new AbortController()
    this.#controller.abort(reason)
  }

  /** Calls `callback` once the handler has settled: at once when it already has. */
  whenHandlerSettled(callback: () => void): void {
    if (this.phase === 'over') callback()
    else if (this.#afterHandler === undefined) this.#afterHandler = [callback]
    else this.#afterHandler.push(callback)
  }

  handlerSettled(): void {
    this.phase = 'over'
    if (this.#afterHandler !== undefined) for (const callback of this.#afterHandler) callback()
  }
}
