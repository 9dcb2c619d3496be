import type { Timer } from '../clock.ts'
import type { TaskContext } from '../task.ts'
import type { TaskExecution } from './task-execution.ts'

const noBaggage: Readonly<Record<string, string>> = Object.freeze({})

/** One attempt at a task, and what its handler sees of it. */
export class Attempt implements TaskContext {
  readonly run: TaskExecution
  readonly attempt: number
  readonly workerId: string
  timer: Timer | undefined = undefined
  /** How it ended is decided. */
  isOver = false
  /** Decided without its handler, by a timeout or an abort: the worker stays with the handler. */
  isLeft = false
  /** Whether the handler may still touch something, also after its outcome no longer counts. */
  isHandlerRunning = true
  #afterHandler: (() => void)[] | undefined = undefined
  /** Made when somebody first asks for the signal: most handlers never do. */
  #abort: AbortController | undefined = undefined
  #abortReason: unknown = undefined
  #isAborted = false

  constructor(run: TaskExecution, attempt: number, workerId: string) {
    this.run = run
    this.attempt = attempt
    this.workerId = workerId
  }

  get taskId(): string {
    return this.run.taskId
  }

  get name(): string {
    return this.run.task.name
  }

  get operationKey(): string {
    return this.run.operationKey
  }

  get correlationId(): string {
    return this.run.correlationId
  }

  get maxAttempts(): number {
    return this.run.policy.maxAttempts
  }

  get deadline(): Date | undefined {
    return this.run.deadlineAt === undefined ? undefined : new Date(this.run.deadlineAt)
  }

  get baggage(): Readonly<Record<string, string>> {
    return this.run.task.baggage ?? noBaggage
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController()
      if (this.#isAborted) this.#abort.abort(this.#abortReason)
    }
    return this.#abort.signal
  }

  abort(reason: unknown): void {
    this.#isAborted = true
    this.#abortReason = reason
    this.#abort?.abort(reason)
  }

  /** Now, when the handler has settled already. */
  whenHandlerSettled(then: () => void): void {
    if (!this.isHandlerRunning) then()
    else if (this.#afterHandler === undefined) this.#afterHandler = [then]
    else this.#afterHandler.push(then)
  }

  handlerSettled(): void {
    this.isHandlerRunning = false
    if (this.#afterHandler !== undefined) for (const then of this.#afterHandler) then()
  }
}
