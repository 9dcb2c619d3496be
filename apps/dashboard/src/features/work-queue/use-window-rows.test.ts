import { describe, expect, it } from 'vitest'
import { rowsInWindow } from './use-window-rows.ts'

const seenAt = (scrolled: number) => ({
  first: Math.floor(scrolled / 60),
  last: Math.ceil((scrolled + 900) / 60) - 1,
})

describe('the rows near the screen', () => {
  it('are those that are seen and a few beyond, wherever the list is scrolled to', () => {
    for (let scrolled = 0; scrolled <= 3_000_000; scrolled += 7919) {
      const { first, end } = rowsInWindow(-scrolled, 900, 60, 50_000)
      const seen = seenAt(scrolled)

      expect(first).toBeLessThanOrEqual(seen.first)
      expect(end).toBeGreaterThan(Math.min(seen.last, 49_999))
      expect(end - first).toBeLessThanOrEqual(40)
    }
  })

  it('stay the same while less than a few rows are scrolled', () => {
    const ranges = new Set(
      Array.from({ length: 240 }, (_, px) =>
        JSON.stringify(rowsInWindow(-6000 - px, 900, 60, 1000)),
      ),
    )

    expect(ranges.size).toBeLessThanOrEqual(3)
  })

  it('are none of an empty list, and never beyond the end', () => {
    expect(rowsInWindow(200, 900, 60, 0)).toEqual({ first: 0, end: 0 })
    expect(rowsInWindow(-90_000, 900, 60, 10)).toEqual({ first: 10, end: 10 })
    expect(rowsInWindow(5000, 900, 60, 10)).toEqual({ first: 0, end: 0 })
  })
})
