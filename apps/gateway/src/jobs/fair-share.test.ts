import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideFairly } from './fair-share.ts'

const load = (practiceId: string, active: number) => ({ practiceId, active })

describe('free places are divided fairly', () => {
  it.each([
    {
      name: 'one practice gets all',
      places: 3,
      loads: [load('a', 0)],
      limit: undefined,
      given: { a: 3 },
    },
    {
      name: 'equals get equal parts',
      places: 4,
      loads: [load('a', 0), load('b', 0)],
      limit: undefined,
      given: { a: 2, b: 2 },
    },
    {
      name: 'of equals the first in turn gets the odd one',
      places: 3,
      loads: [load('b', 0), load('a', 0)],
      limit: undefined,
      given: { b: 2, a: 1 },
    },
    {
      name: 'who has many out waits until others have as many',
      places: 3,
      loads: [load('a', 5), load('b', 0)],
      limit: undefined,
      given: { b: 3 },
    },
    {
      name: 'the limit counts what is out',
      places: 9,
      loads: [load('a', 2), load('b', 0)],
      limit: 3,
      given: { a: 1, b: 3 },
    },
    { name: 'nobody waits, nobody gets', places: 5, loads: [], limit: undefined, given: {} },
  ])('$name', ({ places, loads, limit, given }) => {
    const shares = divideFairly(places, loads, limit)

    expect(Object.fromEntries(shares.map((share) => [share.practiceId, share.places]))).toEqual(
      given,
    )
  })

  it('gives no more than there is, nobody past the limit, and leaves none below another by two', () => {
    const loads = fc.array(fc.nat({ max: 6 }), { maxLength: 8 })
    fc.assert(
      fc.property(
        loads,
        fc.nat({ max: 20 }),
        fc.integer({ min: 1, max: 8 }),
        (active, places, limit) => {
          const practices = active.map((count, index) => load(`p${index}`, count))
          const shares = new Map(
            divideFairly(places, practices, limit).map((share) => [share.practiceId, share.places]),
          )
          const total = [...shares.values()].reduce((sum, count) => sum + count, 0)
          const after = practices.map((one) => one.active + (shares.get(one.practiceId) ?? 0))

          expect(total).toBeLessThanOrEqual(places)
          for (const [index, one] of practices.entries())
            if (shares.has(one.practiceId)) expect(after[index]).toBeLessThanOrEqual(limit)
          // A practice that got a place has no more leases than another would have had with it.
          for (const [index, one] of practices.entries()) {
            if (!shares.has(one.practiceId)) continue
            for (const other of after)
              if (other < limit) expect(after[index]).toBeLessThanOrEqual(other + 1)
          }
        },
      ),
    )
  })
})
