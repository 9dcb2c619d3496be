import { describe, expect, it } from 'vitest'
import { nextRetryDelayMs } from './durable-retry.ts'

const minute = 60_000
const hour = 60 * minute
const defaults = { retryCount: 8, intervalMs: minute, maxIntervalMs: 6 * hour }

describe('durable retries', () => {
  it('grow fourfold to six hours, span a day, and end', () => {
    const waits = Array.from({ length: 9 }, (_, earlier) =>
      nextRetryDelayMs(earlier, defaults, undefined, 0),
    )

    expect(waits).toEqual([
      minute,
      4 * minute,
      16 * minute,
      64 * minute,
      256 * minute,
      6 * hour,
      6 * hour,
      6 * hour,
      undefined,
    ])
    const total = waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0)
    expect(total).toBeGreaterThan(23 * hour)
  })

  it('vary by up to a fifth, and wait at least as long as the other side asks', () => {
    expect(nextRetryDelayMs(0, defaults, undefined, 0.5)).toBe(66_000)
    expect(nextRetryDelayMs(0, defaults, 5 * minute, 0)).toBe(5 * minute)
  })

  it('can be switched off', () => {
    expect(nextRetryDelayMs(0, { ...defaults, retryCount: 0 }, undefined, 0)).toBeUndefined()
  })
})
