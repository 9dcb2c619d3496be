import { americanDate, type QueueRow, stageWords } from '@authscript/prior-auth'
import { type CsvColumn, csvHeadOf, csvLinesOf } from './csv.ts'

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
  ['Due', (row) => dayOf(row.dueOn)],
  ['Urgency', (row) => row.urgency],
  ['Open questions', (row) => String(row.openQuestionCount)],
  ['Questions', (row) => String(row.questionCount)],
  ['Owner', (row) => row.owner],
  [
    'Status',
    (row) => (row.failure?.needsDecision === true ? 'Needs a decision' : stageWords[row.stage]),
  ],
  ['Asked of', (row) => row.informationRequest?.of ?? null],
  ['Failure', (row) => row.failure?.what ?? null],
  ['Encounter', (row) => row.encounterId],
  ['Practice', (row) => row.practiceId],
  ['Updated', (row) => row.updatedAt],
]

export const csvHead = (): string => csvHeadOf(columns)

export const csvOf = (rows: readonly QueueRow[]): string => csvLinesOf(columns, rows)

const dayOf = (date: string | null) => (date === null ? null : americanDate(date))
