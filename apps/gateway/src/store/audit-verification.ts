import { type ChainedRow, hashOf } from './audit-chain.ts'
import { type AuditAnchor, type AuditChain, parseRemoval } from './audit-log.ts'

/** What is wrong with an audit trail. */
export type AuditFault =
  /** The row is not what was written. */
  | { readonly kind: 'changed'; readonly sequence: number }
  /** The row matches its own hash, but not the hash that the next row or the anchor has of it. */
  | { readonly kind: 'replaced'; readonly sequence: number }
  | { readonly kind: 'missing'; readonly from: number; readonly to: number }
  /** The row is not at the position at which it was written. */
  | { readonly kind: 'reordered'; readonly sequence: number; readonly was: number }
  /** The newest rows are gone. */
  | { readonly kind: 'truncated'; readonly from: number; readonly to: number }

export interface AuditVerification {
  readonly rowCount: number
  /** The sequence of the oldest row; 0 without rows. */
  readonly first: number
  readonly last: AuditAnchor
  /** In the order of the chain. */
  readonly faults: readonly AuditFault[]
  /** `removed`: retention has removed the row of the anchor, so it could not be compared. */
  readonly anchor: 'none' | 'found' | 'removed' | 'different'
}

interface Trail {
  chain(): Promise<AuditChain>
  chained(after: number, limit: number): Promise<readonly ChainedRow[]>
}

const batchSize = 1000
/** For this many changed rows the original position is searched for. */
const maxSought = 300

/** Reads a trail from its first row to its last and compares each row with its hash and with the previous row. */
export async function verifyAudit(trail: Trail, anchor?: AuditAnchor): Promise<AuditVerification> {
  const { removed, last } = await trail.chain()
  const faults: AuditFault[] = []
  const changed: ChainedRow[] = []
  let previous: (AuditAnchor & { readonly isSound: boolean }) | undefined
  let first = 0
  let rowCount = 0
  let explained = 0
  let anchored: string | undefined
  for (;;) {
    const rows = await trail.chained(previous?.sequence ?? 0, batchSize)
    for (const row of rows) {
      const { sequence, hash } = row
      rowCount += 1
      if (first === 0) first = sequence
      const before = previous ?? { ...removed, isSound: true }
      const isNext = sequence === before.sequence + 1
      if (!isNext) faults.push({ kind: 'missing', from: before.sequence + 1, to: sequence - 1 })
      const isSound = hashOf(row) === hash
      if (!isSound) changed.push(row)
      // The previous row was rewritten, with a hash that matches its new content.
      else if (isNext && before.isSound && row.previousHash !== before.hash)
        faults.push(notFollowing(before.sequence, removed.sequence))
      if (isSound && row.action === 'retention') {
        const removal = parseRemoval(row.detail)
        if (removal?.sequence === removed.sequence && removal.hash === removed.hash)
          explained = removal.sequence
      }
      if (sequence === anchor?.sequence) anchored = hash
      previous = { sequence, hash, isSound }
    }
    if (rows.length < batchSize) break
  }
  const newest = previous ?? removed
  faults.push(...placesOf(changed, faults))
  // Rows were removed, and no row of the trail records it.
  if (explained < removed.sequence)
    faults.push({ kind: 'missing', from: explained + 1, to: removed.sequence })
  const end = Math.max(last.sequence, anchor?.sequence ?? 0)
  if (newest.sequence < end) faults.push({ kind: 'truncated', from: newest.sequence + 1, to: end })
  else if (newest.sequence > last.sequence || newest.hash !== last.hash)
    if (previous?.isSound === true) faults.push({ kind: 'replaced', sequence: newest.sequence })
  const comparison = compareAnchor(anchor, removed, anchored)
  if (comparison === 'different' && anchored !== undefined && anchor !== undefined)
    if (!changed.some(({ sequence }) => sequence === anchor.sequence))
      faults.push({ kind: 'replaced', sequence: anchor.sequence })
  return {
    rowCount,
    first,
    last: { sequence: newest.sequence, hash: newest.hash },
    faults: inOrder(faults),
    anchor: comparison,
  }
}

/** The next row does not continue the chain from this one. */
function notFollowing(sequence: number, removed: number): AuditFault {
  if (sequence === 0) return { kind: 'changed', sequence: 1 }
  return sequence === removed
    ? { kind: 'missing', from: 1, to: removed }
    : { kind: 'replaced', sequence }
}

function compareAnchor(
  anchor: AuditAnchor | undefined,
  removed: AuditAnchor,
  found: string | undefined,
): AuditVerification['anchor'] {
  if (anchor === undefined) return 'none'
  if (anchor.sequence < removed.sequence) return 'removed'
  const hash = anchor.sequence === removed.sequence ? removed.hash : found
  return hash === anchor.hash ? 'found' : 'different'
}

/** A changed row may be a row that was written at another position. */
function placesOf(
  changed: readonly ChainedRow[],
  faults: readonly AuditFault[],
): readonly AuditFault[] {
  const places = [
    ...changed.map(({ sequence }) => sequence),
    ...faults.flatMap((fault) => (fault.kind === 'missing' ? [fault.from, fault.to] : [])),
  ].slice(0, maxSought)
  return changed.map((row, index) => {
    const { sequence } = row
    const was =
      index < maxSought
        ? places.find((place) => hashOf({ ...row, sequence: place }) === row.hash)
        : undefined
    return was === undefined ? { kind: 'changed', sequence } : { kind: 'reordered', sequence, was }
  })
}

const placeOf = (fault: AuditFault) => ('sequence' in fault ? fault.sequence : fault.from)

/** In the order of the chain, each once. */
function inOrder(faults: readonly AuditFault[]): readonly AuditFault[] {
  const distinct = new Map(faults.map((fault) => [JSON.stringify(fault), fault]))
  return [...distinct.values()].toSorted((one, other) => placeOf(one) - placeOf(other))
}
