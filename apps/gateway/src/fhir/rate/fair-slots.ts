/** What another node holds. */
export interface Neighbour {
  readonly nodeId: string
  readonly slots: number
  /** It was given more lately, or is new: it wants what is due to it. */
  readonly isGrowing: boolean
}

export interface FairSlotsOptions {
  readonly total: number
  readonly nodeId: string
  readonly others: readonly Neighbour[]
  /** Moves on with time: while there are fewer slots than nodes, they go round. */
  readonly turn: number
}

/**
 * The most slots that a node may want, so that each can have its equal part and nobody keeps what another needs.
 *
 * An equal part is due to each node. One that needs less keeps what it uses, at least one, and the others have the rest of its part,
 * but for a single slot: as long as some node has less than its part, one slot stays free. A node that begins to need more takes
 * that one at once; it is how the others see it grow, and they leave it its whole part.
 */
export function fairSlots({ total, nodeId, others, turn }: FairSlotsOptions): number {
  const nodes = [nodeId, ...others.map((other) => other.nodeId)].toSorted()
  const each = Math.floor(total / nodes.length)
  const first = each === 0 ? turn : 0
  const partOf = (id: string) => {
    const place = (nodes.indexOf(id) + first) % nodes.length
    return each + (place < total % nodes.length ? 1 : 0)
  }
  let kept = 0
  let spare = 0
  for (const other of others) {
    const part = partOf(other.nodeId)
    const keeps = other.isGrowing ? part : Math.min(Math.max(other.slots, 1), part)
    kept += keeps
    if (keeps < part) spare = 1
  }
  return total - kept - spare
}
