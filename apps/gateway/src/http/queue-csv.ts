import { americanDate, type QueueRow, stageWords } from '@authscript/prior-auth'

const columns: readonly (readonly [title: string, valueOf: (row: QueueRow) => string | null])[] = [
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

/** Without it, Excel reads the file in the code page of the machine. */
const byteOrderMark = '\ufeff'

export function csvHead(): string {
  return byteOrderMark + lineOf(columns.map(([title]) => title))
}

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
export function csvOf(rows: readonly QueueRow[]): string {
  return rows.map((row) => lineOf(columns.map(([, valueOf]) => valueOf(row) ?? ''))).join('')
}

const lineOf = (cells: readonly string[]) => `${cells.map(cellOf).join(',')}\r\n`

/**
 * Quoted where it has to be. A spreadsheet would run a cell that begins like a formula, even a quoted one: an apostrophe makes it text.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellOf(value: string): string {
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const dayOf = (date: string | null) => (date === null ? null : americanDate(date))
