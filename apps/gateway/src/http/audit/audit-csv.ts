import type { AuditEntryView } from '@authscript/prior-auth'
import { type CsvColumn, csvHeadOf, csvLinesOf } from '../csv.ts'

const listOf = (ids: readonly string[]) => ids.join(' ')

const columns: readonly CsvColumn<AuditEntryView>[] = [
  ['Number', (row) => String(row.sequence)],
  ['Time (UTC)', (row) => row.occurredAt],
  ['Action', (row) => row.action],
  ['Outcome', (row) => row.outcome],
  ['Person', (row) => row.label],
  ['Person ID', (row) => row.personId],
  ['Roles', (row) => listOf(row.roles)],
  ['Address', (row) => row.address],
  ['Request', (row) => row.requestId],
  ['Operation', (row) => row.operation],
  ['Practices', (row) => listOf(row.practiceIds)],
  ['Patients', (row) => listOf(row.patientIds)],
  ['Encounters', (row) => listOf(row.encounterIds)],
  ['Work items', (row) => listOf(row.workItemIds)],
  ['Count', (row) => String(row.count)],
  ['Detail', (row) => row.detail],
  ['SHA-256', (row) => row.hash],
]

export const auditCsvHead = (): string => csvHeadOf(columns)

export const auditCsvOf = (rows: readonly AuditEntryView[]): string => csvLinesOf(columns, rows)
