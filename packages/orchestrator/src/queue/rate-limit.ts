export interface RateLimitSettings {
  /** Attempts that may start within any `intervalMs`, retries included. */
  readonly tasks: number
  readonly intervalMs: number
}

/** A sliding window: the start of an attempt is counted for exactly `intervalMs`. */
export class RateLimit {
  readonly #intervalMs: number
  /** When the latest `tasks` attempts started, as a ring: the oldest is at `#oldest`. */
  readonly #startedAt: number[]
  #oldest = 0

  /** @throws {RangeError} naming the setting that is out of range */
  constructor({ tasks, intervalMs }: RateLimitSettings) {
    if (!(Number.isInteger(tasks) && tasks > 0))
      throw new RangeError(`rateLimit.tasks must be a positive integer, got ${tasks}`)
    if (!(intervalMs > 0 && intervalMs < Infinity))
      throw new RangeError(`rateLimit.intervalMs must be more than 0 and finite, got ${intervalMs}`)
    this.#intervalMs = intervalMs
    this.#startedAt = Array.from({ length: tasks }, () => Number.NEGATIVE_INFINITY)
  }

  /** Milliseconds until another attempt may start; 0 when it may now. */
  waitMs(now: number): number {
    const oldest = this.#startedAt[this.#oldest] as number
    return Math.max(0, oldest + this.#intervalMs - now)
  }

  /** Attempts that may start now, counted up to `most`. */
  startable(now: number, most: number): number {
    const { length } = this.#startedAt
    let count = 0
    while (count < Math.min(most, length)) {
      const startedAt = this.#startedAt[(this.#oldest + count) % length] as number
      if (startedAt + this.#intervalMs > now) break
      count += 1
    }
    return count
  }

  started(now: number): void {
    this.#startedAt[this.#oldest] = now
    this.#oldest = (this.#oldest + 1) % this.#startedAt.length
  }
}
