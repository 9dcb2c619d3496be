import { createDeferred } from '../deferred.ts'
import { BulkheadFullError } from '../errors.ts'
import { checkCount } from '../check-count.ts'
import { checkOptions } from '../check-options.ts'
import type { Layer } from './layer.ts'
import { defaultResilienceSettings } from './settings.ts'

export interface BulkheadOptions {
  /** Calls that may run at once. @default 16 */
  readonly limit?: number
  /** Calls that may wait for a free place; 0 refuses them. @default 128 */
  readonly queue?: number
}

/** Runs at most `limit` calls at once; at most `queue` more wait for a free place. An abort ends a wait at once. */
export class Bulkhead {
  readonly #limit: number
  readonly #queue: number
  #running = 0
  readonly #waiting = new Set<() => void>()

  /**
   * @throws {TypeError} naming an option that does not exist or is of another kind
   * @throws {RangeError} naming the option that is out of range
   */
  constructor(options: BulkheadOptions = {}) {
    checkOptions(options, { limit: 'number', queue: 'number' })
    const { bulkheadLimit, bulkheadQueue } = defaultResilienceSettings
    const { limit = bulkheadLimit, queue = bulkheadQueue } = options
    checkCount('limit', limit)
    if (!(queue >= 0)) throw new RangeError(`queue must be at least 0, got ${queue}`)
    this.#limit = limit
    this.#queue = queue
  }

  get runningCount(): number {
    return this.#running
  }

  get waitingCount(): number {
    return this.#waiting.size
  }

  /**
   * Makes the call when a place is free.
   *
   * @throws {BulkheadFullError} when no place is free and the queue is full
   */
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
    const { promise, resolve, reject } = createDeferred<void>()
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

  /** Passes the place to the next call. `#running` counts it throughout, so that no other call can take it in between. */
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

export function bulkheadLayer(bulkhead: Bulkhead): Layer {
  return (call, context) => bulkhead.run(() => call(context), context.signal)
}
