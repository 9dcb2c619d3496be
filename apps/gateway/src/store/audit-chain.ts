import { createHash } from 'node:crypto'

/**
 * The chain of hashes of the audit trail, computed here as the database's `append_audit` computes it (migration 0025), so that a trail can
 * be checked without trusting the database that holds it.
 */

/** A row as it is hashed. `occurredAt` is UTC with six digits of a second. */
export interface ChainedRow {
  readonly sequence: number
  readonly occurredAt: string
  readonly action: string
  readonly outcome: string
  readonly operation: string | null
  readonly personId: string | null
  readonly label: string | null
  readonly roles: readonly string[]
  readonly address: string | null
  readonly requestId: string | null
  readonly practiceIds: readonly string[]
  readonly patientIds: readonly string[]
  readonly encounterIds: readonly string[]
  readonly workItemIds: readonly string[]
  readonly count: number
  readonly detail: string | null
  readonly previousHash: string
  readonly hash: string
}

/** Each field with its length in bytes, so that no two lists of fields give the same text. */
function textOf(fields: readonly (string | null)[]): string {
  return fields
    .map((field) => (field === null ? '-' : `${Buffer.byteLength(field)}:${field}`))
    .join(',')
}

/** The SHA-256 that a row must have, in hexadecimal. */
export function hashOf(row: Omit<ChainedRow, 'hash'>): string {
  const content = textOf([
    row.previousHash,
    String(row.sequence),
    row.occurredAt,
    row.action,
    row.outcome,
    row.operation,
    row.personId,
    row.label,
    textOf(row.roles),
    row.address,
    row.requestId,
    textOf(row.practiceIds),
    textOf(row.patientIds),
    textOf(row.encounterIds),
    textOf(row.workItemIds),
    String(row.count),
    row.detail,
  ])
  return createHash('sha256').update(content).digest('hex')
}
