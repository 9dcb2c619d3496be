import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearestName } from './nearest-name.ts'

describe('the distance of two names', () => {
  it.each([
    ['Port', 'Port', 0],
    ['Prot', 'Port', 1],
    ['Prt', 'Port', 1],
    ['Pport', 'Port', 1],
    ['Pert', 'Port', 1],
    ['', 'Port', 4],
    ['Workers', 'WorkerCount', 5],
  ])('from %j to %j is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })

  it('is the same both ways, and at most the length of the longer name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b)
        expect(distance).toBe(editDistance(b, a))
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
        expect(distance === 0).toBe(a === b)
      }),
      { seed: 20261129 },
    )
  })
})

describe('the nearest name', () => {
  it.each([
    ['WorkerCuont', 'WorkerCount'],
    ['Workers', 'WorkerCount'],
    ['MAX_BACKLOG', 'MaxBacklog'],
    ['Colour', undefined],
  ])('to %s is %s', (name, nearest) => {
    expect(nearestName(name, ['MaxBacklog', 'WorkerCount', 'TimeoutSeconds'])).toBe(nearest)
  })
})
