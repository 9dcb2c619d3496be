/** Another node and its slots. */
export interface Neighbour {
  readonly nodeId: string
  readonly slots: number
  /** It received more slots recently, or is new: it gets its full part. */
  readonly isGrowing: boolean
}

export interface FairSlotsOptions {
  readonly total: number
  readonly nodeId: string
  readonly others: readonly Neighbour[]
  /** Increases with time: while there are fewer slots than nodes, the slots rotate. */
  readonly turn: number
}

/**
 * The maximum slots that a node may claim, so that each node can have its equal part and no node keeps slots that another needs.
 *
 * Each node is entitled to an equal part. A node that needs less keeps what it uses, at least one slot, and the others share the rest of
 * its part, except one slot: while any node has less than its part, one slot stays free. A node that begins to need more takes that
 * slot immediately; the others see that it grows and leave it its full part.
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
