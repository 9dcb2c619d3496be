import { checkDuration } from '../check-duration.ts'
import { checkOptions } from '../check-options.ts'

export interface RateLimitSettings {
  /** Attempts that may start within any `intervalMs`, retries included. */
  readonly tasks: number
  readonly intervalMs: number
}

/**
 * A sliding window: the start of an attempt is counted for exactly `intervalMs`. It takes 8 bytes, up to twice that, for each attempt
 * that started in the interval, however many the limit allows.
 */
export class RateLimit {
  readonly #tasks: number
  readonly #intervalMs: number
  /** When attempts started, oldest first. Those before `#oldest` no longer count. */
  readonly #startedAt: number[] = []
  #oldest = 0

  /** @throws {RangeError} naming the setting that is out of range */
  constructor(settings: RateLimitSettings) {
    checkOptions(
      settings,
      { tasks: 'number', intervalMs: 'number' },
      { what: 'rateLimit', prefix: 'rateLimit.', required: ['tasks', 'intervalMs'] },
    )
    const { tasks, intervalMs } = settings
    if (!(Number.isInteger(tasks) && tasks > 0))
      throw new RangeError(`rateLimit.tasks must be a positive integer, got ${tasks}`)
    checkDuration('rateLimit.intervalMs', intervalMs, { isPositive: true, isFinite: true })
    this.#tasks = tasks
    this.#intervalMs = intervalMs
  }

  /** Milliseconds until another attempt may start; 0 when it may now. */
  waitMs(now: number): number {
    if (this.#countIn(now) < this.#tasks) return 0
    return (this.#startedAt[this.#oldest] as number) + this.#intervalMs - now
  }

  /** Attempts that may start now, counted up to `most`. */
  startable(now: number, most: number): number {
    return Math.min(most, this.#tasks - this.#countIn(now))
  }

  /** `waitMs` must be 0. */
  started(now: number): void {
    this.#startedAt.push(now)
  }

  /** Attempts that started in the interval which ends now. */
  #countIn(now: number): number {
    const startedAt = this.#startedAt
    while (
      this.#oldest < startedAt.length &&
      (startedAt[this.#oldest] as number) + this.#intervalMs <= now
    ) {
      this.#oldest += 1
    }
    // Half of the entries are removed at a time, so that each is moved about once.
    if (this.#oldest * 2 > startedAt.length) {
      startedAt.splice(0, this.#oldest)
      this.#oldest = 0
    }
    return startedAt.length - this.#oldest
  }
}
