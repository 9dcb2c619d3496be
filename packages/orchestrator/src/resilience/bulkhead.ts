import { BulkheadFullError } from '../errors.ts'

/** At most `limit` calls at once, at most `queue` waiting for a place; an abort ends a wait at once. */
export class Bulkhead {
  readonly #limit: number
  readonly #queue: number
  #running = 0
  readonly #waiting = new Set<() => void>()

  constructor(options: { readonly limit: number; readonly queue: number }) {
    if (!(Number.isInteger(options.limit) && options.limit > 0)) {
      throw new RangeError(`limit must be a positive integer, got ${options.limit}`)
    }
    this.#limit = options.limit
    this.#queue = options.queue
  }

  get runningCount(): number {
    return this.#running
  }

  get waitingCount(): number {
    return this.#waiting.size
  }

  /** @throws {BulkheadFullError} when no place is free and the queue is full */
  async run<Result>(call: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    await this.#enter(signal)
    try {
      return await call()
    } finally {
      this.#leave()
    }
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    if (this.#running < this.#limit) {
      this.#running += 1
      return
    }
    if (this.#waiting.size >= this.#queue) throw new BulkheadFullError(this.#limit)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = () => {
      this.#waiting.delete(resolve)
      reject(signal?.reason)
    }
    this.#waiting.add(resolve)
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      await promise
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** The place goes from hand to hand: `#running` counts it throughout, so nobody slips in between. */
  #leave(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#running -= 1
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
