import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DayState, dayRequests } from './day-requests.ts'

const hour = 3_600_000
const noneAvailable = { poll: 0, chart: 0, write: 0 }
const state: DayState = {
  reserved: 0,
  reservedPolls: 0,
  dayEndsInMs: 24 * hour,
  nodes: 1,
  available: noneAvailable,
  wanted: 120,
}
const share = (overrides: Partial<DayState>, perDay = 50_000) =>
  dayRequests({ perDay, pollingShare: 0.6 }).share({ ...state, ...overrides })

describe("a day's requests by lane", () => {
  it.each([
    { when: 'at midnight', given: {}, reserve: { poll: 120, chart: 120, write: 0 } },
    {
      when: 'when polls are an hour ahead of an even spread',
      given: { reserved: 1250, reservedPolls: 1250 },
      reserve: { poll: 0, chart: 120, write: 0 },
    },
    {
      when: 'when the next hour has released as many again',
      given: { reserved: 1250, reservedPolls: 1250, dayEndsInMs: 23 * hour },
      reserve: { poll: 120, chart: 120, write: 0 },
    },
    {
      when: 'when polls have used their share',
      given: { reserved: 30_000, reservedPolls: 30_000, dayEndsInMs: hour },
      reserve: { poll: 0, chart: 120, write: 0 },
    },
    {
      when: 'when charts have used more than theirs',
      given: { reserved: 48_900, reservedPolls: 10_000, dayEndsInMs: hour },
      reserve: { poll: 0, chart: 100, write: 8 },
    },
    {
      when: 'when only the last ones are left',
      given: { reserved: 49_000, reservedPolls: 10_000, dayEndsInMs: hour },
      reserve: { poll: 0, chart: 0, write: 8 },
    },
    {
      when: 'of the last ones for four nodes',
      given: { reserved: 49_992, reservedPolls: 10_000, dayEndsInMs: hour, nodes: 4 },
      reserve: { poll: 0, chart: 0, write: 2 },
    },
    {
      when: 'when nothing is left',
      given: { reserved: 50_000, reservedPolls: 10_000, dayEndsInMs: hour },
      reserve: { poll: 0, chart: 0, write: 0 },
    },
    {
      when: 'when a node holds more than it can send',
      given: {
        reserved: 300,
        reservedPolls: 100,
        available: { poll: 100, chart: 200, write: 0 },
        wanted: 8,
      },
      reserve: { poll: -92, chart: -192, write: 0 },
    },
  ])('$when: $reserve', ({ given, reserve }) => {
    expect(share(given).reserve).toEqual(reserve)
  })

  it.each([
    { reserved: 0, isSpent: { poll: false, chart: false, write: false } },
    { reserved: 49_000, isSpent: { poll: false, chart: true, write: false } },
    { reserved: 50_000, isSpent: { poll: true, chart: true, write: true } },
  ])('with $reserved requests reserved, is spent: $isSpent', ({ reserved, isSpent }) => {
    expect(share({ reserved }).isSpent).toEqual(isSpent)
  })

  it('never reserves more than the day has, nor more polls than their share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 24 * hour }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(500),
        (perDay, pollingShare, used, usedPolls, dayEndsInMs, nodes, wanted) => {
          const day = dayRequests({ perDay, pollingShare })
          const reserved = Math.floor(perDay * used)
          const reservedPolls = Math.floor(Math.min(reserved, day.polls) * usedPolls)

          const { reserve } = day.share({
            ...state,
            reserved,
            reservedPolls,
            dayEndsInMs,
            nodes,
            wanted,
          })

          expect(reserved + reserve.poll + reserve.chart + reserve.write).toBeLessThanOrEqual(
            perDay,
          )
          expect(reservedPolls + reserve.poll).toBeLessThanOrEqual(day.polls)
          for (const count of Object.values(reserve)) expect(count).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})
