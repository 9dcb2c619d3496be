import { americanDate, type OrderStage, type QueueRow } from '@authscript/prior-auth'
import { type CsvColumn, csvHeadOf, csvLinesOf } from './csv.ts'

const stageNames: Readonly<Record<OrderStage, string>> = {
  needs_information: 'Needs information',
  not_met: 'Criteria not met',
  no_criteria: 'No criteria',
  not_required: 'Not required',
  ready_to_sign: 'Ready to sign',
  filing: 'Going to the chart',
  filing_failed: 'Not in the chart',
  to_send: 'To send',
  waiting_for_payer: 'Waiting for payer',
  more_information_asked: 'More information asked',
  authorized: 'Approved',
  denied: 'Denied',
  closed: 'Closed',
  superseded: 'Superseded',
}

const columns: readonly CsvColumn<QueueRow>[] = [
  ['Patient', (row) => row.patientName],
  ['Date of birth', (row) => dayOf(row.birthDate)],
  ['MRN', (row) => row.recordNumber],
  ['Member ID', (row) => row.memberId],
  ['Order', (row) => row.orderDescription],
  ['Code', (row) => row.procedureCode],
  ['Payer', (row) => row.payerName],
  ['Plan', (row) => row.planName],
  ['Provider', (row) => row.providerName],
  ['Planned', (row) => dayOf(row.plannedOn)],
  ['Urgency', (row) => row.urgency],
  ['Open questions', (row) => String(row.openQuestionCount)],
  ['Questions', (row) => String(row.questionCount)],
  ['Owner', (row) => row.owner],
  [
    'Status',
    (row) => (row.failure?.needsDecision === true ? 'Needs a decision' : stageNames[row.stage]),
  ],
  ['Failure', (row) => row.failure?.what ?? null],
  ['Encounter', (row) => row.encounterId],
  ['Practice', (row) => row.practiceId],
  ['Updated', (row) => row.updatedAt],
]

export const csvHead = (): string => csvHeadOf(columns)

export const csvOf = (rows: readonly QueueRow[]): string => csvLinesOf(columns, rows)

const dayOf = (date: string | null) => (date === null ? null : americanDate(date))
