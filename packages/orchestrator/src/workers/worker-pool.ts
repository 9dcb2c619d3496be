import { AsyncResource } from 'node:async_hooks'
import { checkCount } from '../options.ts'
import { taskStorage } from '../task.ts'
import type { Attempt } from '../execution/attempt.ts'
import type { TaskExecution } from '../execution/task-execution.ts'

/** Attempts that one worker makes in a row before it lets the event loop look at timers and sockets. */
const attemptsPerTurn = 1024

/** Whom the workers work for. */
export interface WorkerHost {
  /** The next task, out of the queue; undefined when none may run. */
  next(): TaskExecution | undefined
  begin(run: TaskExecution, workerId: string): Attempt
  /** Calls the task's handler, guarded as its policy says. */
  call(attempt: Attempt): unknown
  succeeded(attempt: Attempt, result: unknown): void
  failed(attempt: Attempt, error: unknown): void
  /** A worker has nothing to do. */
  rested(): void
}

interface Worker {
  readonly workerId: string
  /** What it does, or was woken to do. */
  attempt: Attempt | undefined
  isHired: boolean
  resume: (() => void) | undefined
}

/**
 * A number of slots, each with a worker that takes one task after the other; resizable while they work.
 *
 *   idle ──assign()──► busy ──the handler settles──► the next task, or idle, or gone when there are more workers than slots
 *                       └────leave()──► the worker stays behind with a handler that does not end; a fresh one takes its slot
 *
 * Handlers run in the asynchronous context in which the pool was made, never in that of whoever happened to submit a task or to end
 * the one before.
 */
export class WorkerPool {
  readonly #workplace: WorkerHost
  readonly #staff = new Set<Worker>()
  readonly #idle: Worker[] = []
  readonly #freeNames: string[] = []
  readonly #home = new AsyncResource('WorkerPool')
  #size = 0
  #alive = 0
  #busy = 0
  #named = 0

  constructor(size: number, workplace: WorkerHost) {
    this.#workplace = workplace
    this.resize(size)
  }

  get size(): number {
    return this.#size
  }

  get busyCount(): number {
    return this.#busy
  }

  /** Workers that could take a task at once. */
  get idleCount(): number {
    return this.#idle.length
  }

  /** What they are at. */
  *attempts(): IterableIterator<Attempt> {
    for (const { attempt } of this.#staff) if (attempt !== undefined) yield attempt
  }

  /** A surplus worker goes when its task is done. */
  resize(size: number): void {
    checkCount('workerCount', size)
    this.#size = size
    while (this.#alive < size) this.#hire()
    while (this.#alive > size) {
      const worker = this.#idle.pop()
      if (worker === undefined) return
      this.#dismiss(worker)
      worker.resume?.()
    }
  }

  /** Gives this task to an idle worker; there has to be one. */
  assign(run: TaskExecution): void {
    const worker = this.#idle.pop() as Worker
    this.#start(worker, run)
    worker.resume?.()
  }

  /** The attempt's end was decided without its handler: the worker stays behind with it, and a fresh one takes the slot. */
  leave(attempt: Attempt): void {
    for (const worker of this.#staff) if (worker.attempt === attempt) this.#dismiss(worker)
    attempt.isLeft = true
    this.#busy -= 1
    if (this.#alive < this.#size) this.#hire()
  }

  #hire(): void {
    const workerId = this.#freeNames.pop() ?? `worker-${(this.#named += 1)}`
    const worker: Worker = { workerId, attempt: undefined, isHired: true, resume: undefined }
    this.#staff.add(worker)
    this.#alive += 1
    this.#idle.push(worker)
    this.#home.runInAsyncScope(() => void this.#serve(worker))
  }

  #dismiss(worker: Worker): void {
    worker.isHired = false
    this.#staff.delete(worker)
    this.#alive -= 1
    this.#freeNames.push(worker.workerId)
  }

  #start(worker: Worker, run: TaskExecution): void {
    this.#busy += 1
    worker.attempt = this.#workplace.begin(run, worker.workerId)
  }

  async #serve(worker: Worker): Promise<void> {
    let inARow = 0
    for (;;) {
      const { attempt } = worker
      if (attempt === undefined) {
        if (!worker.isHired) return
        inARow = 0
        await new Promise<void>((resolve) => {
          worker.resume = resolve
        })
        continue
      }
      let outcome: unknown
      let hasSucceeded = false
      try {
        // A task may have been aborted between its assignment and this.
        if (!attempt.isLeft) outcome = await this.#home.runInAsyncScope(this.#call, this, attempt)
        hasSucceeded = true
      } catch (error) {
        outcome = error
      }
      attempt.handlerSettled()
      if (attempt.isLeft) return
      worker.attempt = undefined
      this.#busy -= 1
      if (hasSucceeded) this.#workplace.succeeded(attempt, outcome)
      else this.#workplace.failed(attempt, outcome)
      inARow += 1
      if (inARow === attemptsPerTurn) {
        inARow = 0
        await nextTurn()
      }
      this.#proceed(worker)
    }
  }

  #call(attempt: Attempt): unknown {
    taskStorage.enterWith(attempt)
    return this.#workplace.call(attempt)
  }

  #proceed(worker: Worker): void {
    if (this.#alive > this.#size) {
      this.#dismiss(worker)
      return
    }
    const run = this.#workplace.next()
    if (run !== undefined) {
      this.#start(worker, run)
      return
    }
    this.#idle.push(worker)
    this.#workplace.rested()
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
