import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { simulateDay } from './a-day.ts'

/** The defaults, as an operator gets them. The figures are in docs/operations.md. */
const { Ehr: config } = parseConfig({
  Ehr: {
    FhirBaseUrl: 'http://localhost/fhir',
    TokenEndpoint: 'http://localhost/token',
    ClientId: 'id',
    ClientSecret: 'secret',
  },
})
const minute = 60_000

describe('a day under the default configuration', () => {
  it.each([
    { openCount: 20, unknownCount: 0, medianMinutes: 0.5, most: 2 },
    { openCount: 100, unknownCount: 50, medianMinutes: 2, most: 10 },
    { openCount: 1000, unknownCount: 0, medianMinutes: 15, most: 90 },
  ])(
    '$openCount open encounters, $unknownCount unknown ones: within the budget, no chart refused, half seen within $medianMinutes min',
    { timeout: 240_000 },
    async ({ openCount, unknownCount, medianMinutes, most }) => {
      const { sent, refused, latenciesMs, charts } = await simulateDay({
        openCount,
        unknownCount,
        config,
        random: seededRandom(20_261_128),
      })

      const median = (latenciesMs[Math.floor(latenciesMs.length / 2)] ?? Infinity) / minute
      const longest = (latenciesMs.at(-1) ?? Infinity) / minute
      expect(refused).toEqual({ poll: 0, chart: 0, write: 0 })
      expect(sent.poll).toBeLessThanOrEqual(config.RequestsPerDay * config.PollingShare)
      expect(sent.poll + sent.chart + sent.write).toBeLessThanOrEqual(config.RequestsPerDay)
      expect(charts).toBe(latenciesMs.length)
      expect(latenciesMs.length).toBeGreaterThanOrEqual(openCount * 0.97)
      expect(median).toBeLessThan(medianMinutes)
      expect(longest).toBeLessThan(most)
    },
  )
})

/** Mulberry32: the same numbers for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
