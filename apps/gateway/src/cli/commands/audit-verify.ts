import { reachDatabase } from '../../backup/database-access.ts'
import { auditRows, type AuditAnchor } from '../../store/audit-log.ts'
import {
  type AuditFault,
  type AuditVerification,
  verifyAudit,
} from '../../store/audit-verification.ts'
import { connectDatabase } from '../../store/database.ts'
import { defineCommand, UsageError } from '../command.ts'
import { configOption, runOnDatabase } from '../database-command.ts'

const maxShown = 50

export const auditVerify = defineCommand({
  name: 'audit verify',
  description: `Checks the audit trail: that no row was changed, removed, replaced or moved since it was written. The gateway may be running.
It prints the newest row as NUMBER:SHA-256. Keep it where nobody who can change the database can change it. Passed later as
--anchor, it shows rows that are missing at the end, and a trail that was written again as a whole. The gateway's log has it every hour.`,
  positionals: [],
  options: {
    ...configOption,
    anchor: {
      type: 'string',
      placeholder: 'NUMBER:SHA-256',
      description: 'the newest row as an earlier verification printed it',
    },
  },
  examples: [
    'authscript audit verify --config gateway.config.json',
    'authscript audit verify --anchor 1204:9f86d081884c…',
  ],
  async run({ config, anchor }, _positionals, terminal) {
    const expected = anchor === undefined ? undefined : parseAnchor(anchor)
    let exitCode = 0
    const code = await runOnDatabase('audit verify', config, terminal, async (options) => {
      await using reachable = await reachDatabase(options)
      const database = await connectDatabase(reachable.connection, {
        poolSize: 2,
        onError: () => undefined,
      })
      try {
        // One snapshot: rows that are written meanwhile are not part of it.
        const verification = await database.db
          .transaction()
          .setIsolationLevel('repeatable read')
          .execute((transaction) => verifyAudit(auditRows(transaction), expected))
        if (verification.faults.length > 0 || verification.anchor === 'different') exitCode = 1
        return reportOf(verification, expected)
      } finally {
        await database.close()
      }
    })
    return code === 0 ? exitCode : code
  },
})

/** @throws {UsageError} it is not what a verification prints */
function parseAnchor(text: string): AuditAnchor {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (sequence === undefined || hash === undefined)
    throw new UsageError('--anchor is NUMBER:SHA-256, as "audit verify" printed it')
  return { sequence: Number(sequence), hash }
}

function reportOf(
  { rowCount, first, last, faults, anchor }: AuditVerification,
  expected: AuditAnchor | undefined,
): string {
  if (rowCount === 0 && faults.length === 0 && expected === undefined)
    return 'the audit trail has no rows yet'
  const rows = `${rowCount} rows${rowCount === 0 ? '' : ` (${first} to ${last.sequence})`}`
  const shown = faults.slice(0, maxShown).map(sentenceOf)
  const more = faults.length > maxShown ? [`and ${faults.length - maxShown} more`] : []
  const verdict =
    faults.length === 0
      ? `${rows}: none was changed, removed or moved`
      : `${rows}; THE TRAIL IS NOT WHAT WAS WRITTEN:`
  return [
    verdict,
    ...shown,
    ...more,
    ...anchorLine(anchor, expected),
    `newest row: ${last.sequence}:${last.hash}`,
  ].join('\n')
}

function anchorLine(
  anchor: AuditVerification['anchor'],
  expected: AuditAnchor | undefined,
): readonly string[] {
  switch (anchor) {
    case 'none':
      return []
    case 'found':
      return [`row ${expected?.sequence} is the one of the anchor`]
    case 'removed':
      return [`retention has removed row ${expected?.sequence}, so the anchor cannot be checked`]
    case 'different':
      return [`row ${expected?.sequence} is not the one of the anchor`]
    default:
      return anchor satisfies never
  }
}

function sentenceOf(fault: AuditFault): string {
  switch (fault.kind) {
    case 'changed':
      return `row ${fault.sequence} was changed`
    case 'replaced':
      return `row ${fault.sequence} was replaced: the next row was not written after it`
    case 'reordered':
      return `row ${fault.sequence} was moved: it was row ${fault.was}`
    case 'missing':
      return `${rangeOf(fault)} missing`
    case 'truncated':
      return `${rangeOf(fault)} missing at the end`
    default:
      return fault satisfies never
  }
}

const rangeOf = ({ from, to }: { readonly from: number; readonly to: number }) =>
  from === to ? `row ${from} is` : `rows ${from} to ${to} are`
