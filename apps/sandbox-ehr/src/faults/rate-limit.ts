import type { Clock } from '../clock.ts'

export interface RateLimitSettings {
  readonly perSecond?: number
  /** Starts anew at midnight GMT. */
  readonly perDay?: number
}

export interface RateVerdict {
  readonly allowed: boolean
  readonly retryAfterSeconds: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Requests per second over a sliding window and per day. Each answer says what is left:
 * `X-RateLimit-Limit-Second`, `X-RateLimit-Remaining-Second`, `X-RateLimit-Limit-Day`, `X-RateLimit-Remaining-Day`.
 */
export class RateLimit {
  readonly #clock: Clock
  #settings: RateLimitSettings
  #recent: number[] = []
  #day = 0
  #today = 0

  constructor(settings: RateLimitSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
  }

  set(settings: RateLimitSettings): void {
    this.#settings = settings
    this.#recent = []
    this.#today = 0
  }

  /** Counts a request, or refuses it; refused ones do not count. */
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
    return {
      allowed: !(overSecond || overDay),
      retryAfterSeconds: overDay ? untilMidnight : 1,
      headers: {
        ...(perSecond === undefined
          ? {}
          : {
              'x-ratelimit-limit-second': String(perSecond),
              'x-ratelimit-remaining-second': String(Math.max(0, perSecond - this.#recent.length)),
            }),
        ...(perDay === undefined
          ? {}
          : {
              'x-ratelimit-limit-day': String(perDay),
              'x-ratelimit-remaining-day': String(Math.max(0, perDay - this.#today)),
            }),
      },
    }
  }
}
