import { AsyncResource } from 'node:async_hooks'
import type { Attempt } from '../execution/attempt.ts'
import type { TaskExecution } from '../execution/task-execution.ts'
import { checkCount } from '../check-count.ts'
import { taskStorage } from '../task.ts'

/** Attempts that the workers make, all together, before they let the event loop handle timers and sockets. */
const attemptsPerTurn = 1024

/** Supplies the workers with tasks. */
export interface WorkerHost {
  /** Whether a task waits for a worker or for capacity. */
  readonly hasWaitingTask: boolean
  /** The next task, taken out of the queue; undefined when none may start now. */
  next(): TaskExecution | undefined
  /** A worker has become idle. */
  workerIdle(): void
}

interface Worker {
  readonly workerId: string
  /** The attempt that it makes, or was woken to make. */
  attempt: Attempt<TaskExecution> | undefined
  /** Set while it sleeps. */
  wake: (() => void) | undefined
  // Made once for each worker, not once for each attempt.
  readonly makeAttempt: () => void
  readonly onResult: (result: unknown) => void
  readonly onError: (error: unknown) => void
}

/**
 * A number of slots, each with a worker that takes one task after the other. It can be resized while they work.
 *
 *   idle ──assign()──► busy ──the handler settles──► the next task, or idle, or retired when there are more workers than slots
 *                       └────abandon()──► the worker stays with a handler that does not end; a new one takes its slot
 *
 * Handlers run in the asynchronous context in which the pool was created, never in that of the code that submitted the task. With
 * `hasAsyncContext` each call of a handler has a context of its own, which carries the attempt and hides what an earlier handler
 * entered.
 */
export class WorkerPool {
  readonly #host: WorkerHost
  readonly #hasAsyncContext: boolean
  readonly #workers = new Set<Worker>()
  readonly #idle: Worker[] = []
  readonly #freeIds: string[] = []
  readonly #context = new AsyncResource('WorkerPool')
  #size = 0
  /** Of `#workers`, kept apart because it is read after every task. */
  #workerCount = 0
  #busyCount = 0
  /** Since the event loop last had its turn, or longer ago. */
  #attemptsInTurn = 0
  readonly #waitingForTurn: Worker[] = []
  #idCount = 0

  constructor(size: number, host: WorkerHost, hasAsyncContext: boolean) {
    this.#host = host
    this.#hasAsyncContext = hasAsyncContext
    this.resize(size)
  }

  get size(): number {
    return this.#size
  }

  get busyCount(): number {
    return this.#busyCount
  }

  /** Workers that could take a task at once. */
  get idleCount(): number {
    return this.#idle.length
  }

  /** The attempts under way. */
  *attempts(): IterableIterator<Attempt<TaskExecution>> {
    for (const { attempt } of this.#workers) if (attempt !== undefined) yield attempt
  }

  /** A surplus worker is retired when its task is done. */
  resize(size: number): void {
    checkCount('workerCount', size)
    this.#size = size
    while (this.#workerCount < size) this.#addWorker()
    while (this.#workerCount > size) {
      const worker = this.#idle.pop()
      if (worker === undefined) return
      this.#retire(worker)
    }
  }

  /** Gives this task to an idle worker. There must be one. */
  assign(execution: TaskExecution): void {
    const worker = this.#idle.pop() as Worker
    this.#start(worker, execution)
    worker.wake?.()
  }

  /** The attempt was ended while its handler runs: the worker stays with the handler, and a new worker takes the slot. */
  abandon(attempt: Attempt<TaskExecution>): void {
    for (const worker of this.#workers) if (worker.attempt === attempt) this.#retire(worker)
    this.#busyCount -= 1
    if (this.#workerCount < this.#size) this.#addWorker()
  }

  #addWorker(): void {
    const worker: Worker = {
      workerId: this.#freeIds.pop() ?? `worker-${(this.#idCount += 1)}`,
      attempt: undefined,
      wake: undefined,
      makeAttempt: () => this.#makeAttempt(worker),
      onResult: (result) => this.#finishAttempt(worker, true, result),
      onError: (error) => this.#finishAttempt(worker, false, error),
    }
    this.#workers.add(worker)
    this.#workerCount += 1
    this.#idle.push(worker)
    this.#context.runInAsyncScope(() => this.#sleep(worker))
  }

  #retire(worker: Worker): void {
    this.#workers.delete(worker)
    this.#workerCount -= 1
    this.#freeIds.push(worker.workerId)
  }

  #start(worker: Worker, execution: TaskExecution): void {
    this.#busyCount += 1
    worker.attempt = execution.startAttempt(worker.workerId)
  }

  /** The promise keeps the worker's asynchronous context: whoever wakes it does not pass on its own. */
  #sleep(worker: Worker): void {
    void new Promise<void>((resolve) => {
      worker.wake = resolve
    }).then(worker.makeAttempt)
  }

  #makeAttempt(worker: Worker): void {
    const attempt = worker.attempt as Attempt<TaskExecution>
    let result: unknown
    try {
      // The task may have been aborted between its assignment and now.
      if (attempt.phase === 'running')
        result = this.#hasAsyncContext
          ? this.#context.runInAsyncScope(this.#callInContext, this, attempt)
          : attempt.execution.callHandler(attempt)
    } catch (error) {
      result = Promise.reject(error)
    }
    // With callbacks that exist already this costs less than an `await`, which makes its own.
    void Promise.resolve(result).then(worker.onResult, worker.onError)
  }

  #finishAttempt(worker: Worker, hasSucceeded: boolean, result: unknown): void {
    const attempt = worker.attempt as Attempt<TaskExecution>
    const isAbandoned = attempt.phase === 'abandoned'
    attempt.handlerSettled()
    // Another worker has this one's slot.
    if (isAbandoned) return
    worker.attempt = undefined
    this.#busyCount -= 1
    if (hasSucceeded) attempt.execution.succeed(attempt, result)
    else attempt.execution.fail(attempt, result)
    this.#attemptsInTurn += 1
    // A worker for which there is nothing to do becomes idle at once.
    if (this.#attemptsInTurn < attemptsPerTurn || !this.#host.hasWaitingTask) this.#takeNext(worker)
    else this.#waitForTurn(worker)
  }

  /** The workers that wait continue together: if each continued by itself, it would make 1024 attempts alone while the others wait. */
  #waitForTurn(worker: Worker): void {
    this.#waitingForTurn.push(worker)
    if (this.#waitingForTurn.length > 1) return
    setImmediate(() => {
      this.#attemptsInTurn = 0
      for (const waiting of this.#waitingForTurn.splice(0)) this.#takeNext(waiting)
    })
  }

  #callInContext(attempt: Attempt<TaskExecution>): unknown {
    taskStorage.enterWith(attempt)
    return attempt.execution.callHandler(attempt)
  }

  #takeNext(worker: Worker): void {
    if (this.#workerCount > this.#size) {
      this.#retire(worker)
      return
    }
    const execution = this.#host.next()
    if (execution !== undefined) {
      this.#start(worker, execution)
      this.#makeAttempt(worker)
      return
    }
    worker.wake = undefined
    this.#idle.push(worker)
    this.#host.workerIdle()
    if (worker.attempt === undefined) this.#sleep(worker)
    else this.#makeAttempt(worker)
  }
}
