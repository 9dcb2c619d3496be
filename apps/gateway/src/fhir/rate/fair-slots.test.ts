import { describe, expect, it } from 'vitest'
import { fairSlots, type Neighbour } from './fair-slots.ts'

const others = (...slots: readonly number[]): readonly Neighbour[] =>
  slots.map((count, index) => ({ nodeId: `n${index + 1}`, slots: count, isGrowing: false }))
const growing = (...slots: readonly number[]): readonly Neighbour[] =>
  others(...slots).map((other) => ({ ...other, isGrowing: true }))

describe('fairSlots', () => {
  it.each([
    { case: 'a single node may have all', others: others(), slots: 15 },
    { case: 'all but one, and one free slot, with an idle node', others: others(1), slots: 13 },
    { case: 'one free slot for any number of idle nodes', others: others(1, 1, 1), slots: 11 },
    { case: 'no more than its part with a node that has its part', others: others(7), slots: 8 },
    { case: 'its part with a node that has more than its part', others: others(14), slots: 8 },
    { case: 'its part immediately with a node that grows', others: growing(2), slots: 8 },
    { case: 'its part with a new node that has nothing yet', others: growing(0), slots: 8 },
    { case: 'what the others do not use', others: others(3, 1), slots: 10 },
  ])('$case', ({ others: neighbours, slots }) => {
    expect(fairSlots({ total: 15, nodeId: 'n0', others: neighbours, turn: 3 })).toBe(slots)
  })

  it('assigns every slot if all nodes need theirs', () => {
    const nodes = ['n0', 'n1', 'n2', 'n3']
    const parts = nodes.map((nodeId) =>
      fairSlots({
        total: 15,
        nodeId,
        others: nodes
          .filter((other) => other !== nodeId)
          .map((other) => ({ nodeId: other, slots: 0, isGrowing: true })),
        turn: 0,
      }),
    )

    expect(parts).toEqual([4, 4, 4, 3])
  })

  it('rotates two slots among three nodes', () => {
    const partsAt = (turn: number) =>
      ['n0', 'n1', 'n2'].map((nodeId, _index, nodes) =>
        fairSlots({
          total: 2,
          nodeId,
          others: nodes
            .filter((other) => other !== nodeId)
            .map((other) => ({ nodeId: other, slots: 0, isGrowing: false })),
          turn,
        }),
      )

    expect([0, 1, 2].map(partsAt)).toEqual([
      [1, 1, 0],
      [1, 0, 1],
      [0, 1, 1],
    ])
  })
})
