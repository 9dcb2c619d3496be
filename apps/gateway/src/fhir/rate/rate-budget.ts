import type { Clock } from '../clock.ts'
import { EhrQuotaExhaustedError } from './fhir-errors.ts'

export type Lane = 'poll' | 'chart'

export interface RateBudgetOptions {
  readonly perSecond: number
  /** Starts anew at midnight GMT. */
  readonly perDay: number
  readonly clock: Clock
}

const dayMs = 86_400_000
/** A second, and what a timer may fire early: Node's tick in whole milliseconds, and not in step with the clock. */
const windowMs = 1010

/**
 * Keeps us within the EHR's limits, as the EHR counts them.
 *
 * There are `perSecond` slots. A request holds one from before it is sent until one second after its answer began. The EHR receives
 * a request between those two moments. So if more than `perSecond` requests reached it within one second, two of them held the same
 * slot; but the later one was sent a second after the earlier one was answered, and thus reached the EHR more than a second after
 * it. The price is the latency: a slot serves one request in (1 s + latency).
 *
 * Polls and chart reads take turns when both wait, so neither starves the other.
 */
export class RateBudget {
  readonly #options: RateBudgetOptions
  readonly #closing = new AbortController()
  readonly #waiting: Record<Lane, Set<() => void>> = { poll: new Set(), chart: new Set() }
  #lastLane: Lane = 'poll'
  #held = 0
  #day = 0
  #today = 0
  #closedUntil = 0

  constructor(options: RateBudgetOptions) {
    this.#options = options
  }

  /** Requests begun since midnight GMT. */
  get spentToday(): number {
    return this.#today
  }

  /**
   * Waits for a slot. Call the returned function once, when the answer began or failed.
   *
   * @throws {EhrQuotaExhaustedError} when the day's budget is spent
   */
  async take(lane: Lane, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    this.#spendDay()
    while (this.#held >= this.#options.perSecond || this.#openInMs() > 0) {
      await this.#wait(lane, signal)
    }
    this.#held += 1
    this.#lastLane = lane
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      void this.#releaseLater()
    }
  }

  /** The EHR asked for a pause: nobody sends before it is over. */
  closeFor(delayMs: number): void {
    const until = this.#options.clock.now().getTime() + delayMs
    if (until <= this.#closedUntil) return
    this.#closedUntil = until
    void this.#pause(delayMs).then(() => this.#wakeNext())
  }

  stop(): void {
    this.#closing.abort()
  }

  async #releaseLater(): Promise<void> {
    await this.#pause(windowMs)
    this.#held -= 1
    this.#wakeNext()
  }

  #pause(delayMs: number): Promise<void> {
    return this.#options.clock.sleep(delayMs, this.#closing.signal).catch(() => undefined)
  }

  #openInMs(): number {
    return this.#closedUntil - this.#options.clock.now().getTime()
  }

  #spendDay(): void {
    const now = this.#options.clock.now().getTime()
    const day = Math.floor(now / dayMs)
    if (day !== this.#day) {
      this.#day = day
      this.#today = 0
    }
    if (this.#today >= this.#options.perDay) {
      throw new EhrQuotaExhaustedError(
        `the daily budget of ${this.#options.perDay} requests to the EHR is spent; it starts anew at midnight GMT (Athena__RequestsPerDay)`,
        { retryAfterMs: (day + 1) * dayMs - now },
      )
    }
    this.#today += 1
  }

  async #wait(lane: Lane, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = () => {
      // One that was woken and gone passes its turn on.
      if (!this.#waiting[lane].delete(resolve)) this.#wakeNext()
      reject(signal.reason)
    }
    this.#waiting[lane].add(resolve)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #wakeNext(): void {
    if (this.#openInMs() > 0) return
    const first: Lane = this.#lastLane === 'poll' ? 'chart' : 'poll'
    const second: Lane = first === 'poll' ? 'chart' : 'poll'
    for (let free = this.#options.perSecond - this.#held; free > 0; free -= 1) {
      const lane = this.#waiting[first].size > 0 ? first : second
      const [next] = this.#waiting[lane]
      if (next === undefined) return
      this.#waiting[lane].delete(next)
      next()
    }
  }
}
