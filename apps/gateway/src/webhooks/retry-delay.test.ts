import { describe, expect, it } from 'vitest'
import { retryDelayMs } from './retry-delay.ts'

const intervals = { intervalMs: 5000, maxIntervalMs: 3_600_000 }

describe('the wait before the next attempt', () => {
  it('grows to an hour, so that a day has about thirty attempts', () => {
    const waits = Array.from({ length: 30 }, (_, index) =>
      retryDelayMs(index + 1, intervals, undefined, 0),
    )

    expect(waits.slice(0, 8)).toEqual([
      5000, 15_000, 45_000, 135_000, 405_000, 1_215_000, 3_600_000, 3_600_000,
    ])
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(24 * 3_600_000)
  })

  it('varies, and is what the endpoint asks for, up to an hour', () => {
    expect(retryDelayMs(1, intervals, undefined, 0.999)).toBeGreaterThan(5900)
    expect(retryDelayMs(1, intervals, 120_000, 0)).toBe(120_000)
    expect(retryDelayMs(1, intervals, 999_999_999, 0)).toBe(3_600_000)
    expect(retryDelayMs(4, intervals, 1000, 0)).toBe(135_000)
  })
})
