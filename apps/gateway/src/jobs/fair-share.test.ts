import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideFairly } from './fair-share.ts'

const load = (practiceId: string, active: number) => ({ practiceId, active })

describe('new leases are divided fairly', () => {
  it.each([
    {
      name: 'one practice gets all',
      count: 3,
      loads: [load('a', 0)],
      limit: undefined,
      given: { a: 3 },
    },
    {
      name: 'practices with equally many leases get equal shares',
      count: 4,
      loads: [load('a', 0), load('b', 0)],
      limit: undefined,
      given: { a: 2, b: 2 },
    },
    {
      name: 'of such practices the first in the list gets the odd one',
      count: 3,
      loads: [load('b', 0), load('a', 0)],
      limit: undefined,
      given: { b: 2, a: 1 },
    },
    {
      name: 'a practice with many leases waits until others have as many',
      count: 3,
      loads: [load('a', 5), load('b', 0)],
      limit: undefined,
      given: { b: 3 },
    },
    {
      name: 'the limit counts the leases that are held',
      count: 9,
      loads: [load('a', 2), load('b', 0)],
      limit: 3,
      given: { a: 1, b: 3 },
    },
    {
      name: 'without practices there are no shares',
      count: 5,
      loads: [],
      limit: undefined,
      given: {},
    },
  ])('$name', ({ count, loads, limit, given }) => {
    const shares = divideFairly(count, loads, limit)

    expect(Object.fromEntries(shares.map((share) => [share.practiceId, share.leaseCount]))).toEqual(
      given,
    )
  })

  it('gives no more than asked for, nothing above the limit, and leaves no practice two leases behind another', () => {
    const loads = fc.array(fc.nat({ max: 6 }), { maxLength: 8 })
    fc.assert(
      fc.property(
        loads,
        fc.nat({ max: 20 }),
        fc.integer({ min: 1, max: 8 }),
        (active, count, limit) => {
          const practices = active.map((count, index) => load(`p${index}`, count))
          const shares = new Map(
            divideFairly(count, practices, limit).map((share) => [
              share.practiceId,
              share.leaseCount,
            ]),
          )
          const total = [...shares.values()].reduce((sum, count) => sum + count, 0)
          const after = practices.map((one) => one.active + (shares.get(one.practiceId) ?? 0))

          expect(total).toBeLessThanOrEqual(count)
          for (const [index, one] of practices.entries())
            if (shares.has(one.practiceId)) expect(after[index]).toBeLessThanOrEqual(limit)
          // A practice that got a lease has no more of them than any other would have had with that lease.
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
