import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageFactor, ageStepsMs, atPace, pollPace } from './poll-pace.ts'

const hour = 3_600_000
const day = 24 * hour
const intervals = { openMs: 5000, signedMs: 300_000, maxRefusedBackoffMs: 900_000 }
const requestsPerDay = 30_000
const wholeDay = { requests: requestsPerDay, ms: day }
const watched = ({ open = [0, 0, 0, 0], signed = 0, refused = 0 }) => ({ open, signed, refused })

describe('the polling interval', () => {
  it.each([
    { openCount: 0, left: wholeDay, intervalS: 5 },
    { openCount: 1, left: wholeDay, intervalS: 5 },
    { openCount: 2, left: wholeDay, intervalS: 6 },
    { openCount: 9, left: wholeDay, intervalS: 26 },
    { openCount: 20, left: wholeDay, intervalS: 58 },
    { openCount: 100, left: wholeDay, intervalS: 288 },
    { openCount: 1000, left: wholeDay, intervalS: 2880 },
    { openCount: 100, left: { requests: 15_000, ms: day / 2 }, intervalS: 288 },
    { openCount: 100, left: { requests: 30_000, ms: day / 2 }, intervalS: 144 },
    { openCount: 100, left: { requests: 20_000, ms: hour }, intervalS: 18 },
    { openCount: 100, left: { requests: 7500, ms: day / 2 }, intervalS: 576 },
    // At least a quarter of the day's even rate is assumed to be available.
    { openCount: 100, left: { requests: 0, ms: day / 2 }, intervalS: 1152 },
    { openCount: 100, left: { requests: 0, ms: 1 }, intervalS: 1152 },
  ])(
    'of $openCount new encounters with $left.requests requests left for $left.ms ms is $intervalS s',
    ({ openCount, left, intervalS }) => {
      const pace = pollPace({
        watched: watched({ open: [openCount, 0, 0, 0] }),
        intervals,
        left,
        requestsPerDay,
      })

      expect(Math.round(atPace(intervals, pace).openMs / 1000)).toBe(intervalS)
    },
  )

  it('of new encounters is hardly affected by old ones', () => {
    const paceOf = (open: number[]) =>
      pollPace({ watched: watched({ open }), intervals, left: wholeDay, requestsPerDay }).open

    expect(paceOf([20, 0, 0, 600])).toBeCloseTo(paceOf([30, 0, 0, 0]))
  })

  it('of signed and refused encounters yields to open ones, except for a fifth of the requests', () => {
    const { open, slow } = pollPace({
      watched: watched({ open: [100, 0, 0, 0], signed: 100, refused: 100 }),
      intervals,
      left: wholeDay,
      requestsPerDay,
    })

    expect(Math.round((intervals.openMs * open) / 1000)).toBe(360)
    // 28,800 and 9,600 polls would be due, 6,000 are available.
    expect(slow).toBeCloseTo(6.4)
  })

  it('of signed encounters takes what open ones leave', () => {
    const { open, slow } = pollPace({
      watched: watched({ open: [1, 0, 0, 0], signed: 60 }),
      intervals,
      left: wholeDay,
      requestsPerDay,
    })

    expect(open).toBe(1)
    expect(slow).toBeCloseTo(17_280 / 12_720)
  })

  it('makes the polls of the rest of the day fit, whatever is watched', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(5000), { minLength: 4, maxLength: 4 }),
        fc.nat(5000),
        fc.nat(5000),
        fc.integer({ min: 1, max: day }),
        fc.double({ min: 0.25, max: 4, noNaN: true }),
        (open, signed, refused, ms, rate) => {
          const left = { requests: (requestsPerDay * rate * ms) / day, ms }

          const pace = pollPace({
            watched: { open, signed, refused },
            intervals,
            left,
            requestsPerDay,
          })

          const paced = atPace(intervals, pace)
          const polls =
            open.reduce(
              (sum, count, step) =>
                sum + (count * ms) / (paced.openMs * ageFactor([0, ...ageStepsMs][step] ?? 0)),
              0,
            ) +
            (signed * ms) / paced.signedMs +
            (refused * ms) / paced.maxRefusedBackoffMs
          expect(polls).toBeLessThanOrEqual(left.requests * 1.000_001 + 1e-6)
          expect(pace.open).toBeGreaterThanOrEqual(1)
          expect(pace.slow).toBeGreaterThanOrEqual(1)
        },
      ),
    )
  })
})
