import type { Clock } from '../clock.ts'
import type { RateRules } from '../modes/mode.ts'

export interface RateLimitSettings {
  readonly perSecond?: number
  /** Resets at midnight GMT. */
  readonly perDay?: number
}

export interface RateVerdict {
  readonly isAllowed: boolean
  readonly headers: Readonly<Record<string, string>>
}

/**
 * A limit of requests per second over a sliding window and per day. Each answer reports the remaining requests
 * in the headers of the mode.
 */
export class RateLimit {
  readonly #clock: Clock
  readonly #names: RateRules
  #settings: RateLimitSettings
  #recent: number[] = []
  #day = 0
  #today = 0

  constructor(settings: RateLimitSettings, names: RateRules, clock: Clock) {
    this.#names = names
    this.#settings = settings
    this.#clock = clock
  }

  set(settings: RateLimitSettings): void {
    this.#settings = settings
    this.#recent = []
    this.#today = 0
  }

  /** Counts a request or refuses it; refused requests do not count. */
  take(): RateVerdict {
    const { perSecond, perDay } = this.#settings
    const now = this.#clock.now()
    const day = Math.floor(now / 86_400_000)
    if (day !== this.#day) {
      this.#day = day
      this.#today = 0
    }
    if (perSecond !== undefined) this.#recent = this.#recent.filter((at) => at > now - 1000)
    const overSecond = perSecond !== undefined && this.#recent.length >= perSecond
    const overDay = perDay !== undefined && this.#today >= perDay
    if (!overSecond && !overDay) {
      if (perSecond !== undefined) this.#recent.push(now)
      this.#today += 1
    }
    const untilMidnight = Math.ceil(((day + 1) * 86_400_000 - now) / 1000)
    const isAllowed = !(overSecond || overDay)
    const retryAfterSeconds = overDay ? untilMidnight : 1
    const left = (limit: number | undefined, used: number) =>
      limit === undefined ? undefined : Math.max(0, limit - used)
    const names = this.#names
    return {
      isAllowed,
      headers: headersOf([
        [names.limitPerSecond, perSecond],
        [names.remainingPerSecond, left(perSecond, this.#recent.length)],
        [names.limitPerDay, perDay],
        [names.remainingPerDay, left(perDay, this.#today)],
        [names.retryAfterSeconds, isAllowed ? undefined : retryAfterSeconds],
        [names.retryAfterMs, isAllowed ? undefined : retryAfterSeconds * 1000],
      ]),
    }
  }
}

function headersOf(
  named: readonly (readonly [string | undefined, number | undefined])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    named.flatMap(([name, value]) =>
      name === undefined || value === undefined ? [] : [[name, String(value)]],
    ),
  )
}
