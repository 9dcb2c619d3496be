import { polarityOf } from '../answers.ts'
import { hasBoxes } from '../boxes/box-parts.ts'
import type { Line } from '../lines.ts'
import { cellsOf, type Delimiter, isMark, type TextCell } from './cells.ts'
import { type Column, columnOf, groupsOf, isAnswering } from './columns.ts'
import { isTableRule, maxColumns, type TableLines } from './table-lines.ts'

export interface Header {
  readonly columns: readonly Column[]
  readonly delimiter: Delimiter
  /** `answers`: it has columns for yes and no; `values`: the meaning of each column is known; `unread`: it is not. */
  readonly kind: 'answers' | 'values' | 'unread'
  /** The names that place cells into columns, if a second header line replaces some of them. */
  readonly places?: readonly Column[]
  /** What a second header line says about each column: how its values were measured. */
  readonly under?: readonly (TextCell | undefined)[]
}

/** Finds table headers; each line is examined once. */
export class Headers {
  readonly #table: TableLines
  readonly #known: (Header | null | undefined)[] = []

  constructor(table: TableLines) {
    this.#table = table
  }

  at(index: number): Header | undefined {
    const known = this.#known[index]
    if (known !== undefined) return known ?? undefined
    const header = headerAt(this.#table, index)
    this.#known[index] = header ?? null
    return header
  }
}

function headerAt(table: TableLines, index: number): Header | undefined {
  const line = table.lines[index]
  const next = table.lines[index + 1]
  if (line === undefined || next === undefined || line.text.length > 400) return undefined
  // A line with boxes contains answers itself.
  if (hasBoxes(line.text) && !table.isHeaderLine(line)) return undefined
  const dated = datedHeader(table, line, index)
  if (dated !== undefined) return dated
  const isMarked = table.isHeaderLine(line) || (line.text.includes('|') && isTableRule(next.text))
  const below = isTableRule(next.text) ? index + 2 : index + 1
  for (const { columns: named, delimiter } of splits(table, line, index)) {
    const columns = withMinus(named)
    if (columns.length < 2 || columns.length > maxColumns) continue
    if (namesAnswers(columns) && (isMarked || !next.isAfterBlank))
      return { columns, delimiter, kind: 'answers' }
    const known = columns.filter(({ role }) => role !== 'meaningless').length
    const isMeant = known >= 2 && known * 2 >= columns.length
    if (isMarked)
      return {
        columns,
        delimiter,
        kind: isMeant || isContrasted(table, columns, below, delimiter) ? 'values' : 'unread',
      }
    if (next.isAfterBlank) continue
    const texts = columns.map(({ header: { text } }) => text)
    const areWords = texts.every((text) => text.length <= 40 && !/[.!]$|:\s/.test(text))
    // The digit in "SpO2" is not a number.
    const hasNumber = texts.some((text) => /(?<!\p{L})\d/u.test(text) && !condition.test(text))
    const isAligned = table.cellsAt(index + 1, delimiter).length >= 2
    const isGatewayRow = delimiter === 'pipe' && /^[^|]{1,80}: /.test(next.text)
    if (
      areWords &&
      !hasNumber &&
      isMeant &&
      known >= columns.length - 1 &&
      (isAligned || isGatewayRow)
    )
      return { columns, delimiter, kind: 'values' }
    if (areWords && isOfSides(table, columns, below, delimiter))
      return { columns, delimiter, kind: 'values' }
    if (areWords && isContrasted(table, columns, below, delimiter))
      return { columns, delimiter, kind: 'values' }
  }
  return undefined
}

const dash = /^\(?[-–—−]\)?$/

/**
 * A dash names the column for absent findings if a plus names the column for present ones; alone it has no
 * meaning.
 */
function withMinus(columns: readonly Column[]): readonly Column[] {
  const hasPlus = columns.some(({ header: { text } }) => /^\(?\+\)?$/.test(text))
  if (!hasPlus) return columns
  return columns.map((column) =>
    dash.test(column.header.text) ? { ...column, role: 'no' } : column,
  )
}

const namesSides = /^(?:side|laterality|knees?|hips?|shoulders?|joints?|leg|limb)$/i
const isSide = /^(?:right|left|rt|lt|r|l)(?: (?:knee|hip|shoulder|side|leg))?$/i

/** "Side | Tonnis" above "Right | 0": each row has the values of one side. */
function isOfSides(
  table: TableLines,
  [first, ...others]: readonly Column[],
  below: number,
  delimiter: Delimiter,
): boolean {
  if (first === undefined || others.length === 0 || !namesSides.test(first.header.text))
    return false
  const row = table.lines[below]
  if (row === undefined || row.isAfterBlank) return false
  const cells = table.cellsAt(below, delimiter)
  return cells.length === others.length + 1 && isSide.test(cells[0]?.text ?? '')
}

const moment =
  /^(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d-\d\d(?:-\d\d)?)(?: (?:at )?\d{1,2}:?\d\d)?$/
const stage =
  /^(?:initial|intake|eval(?:uation)?|soc|start(?: of care)?|baseline|prior|previous|last(?: visit)?|current|today|now|re-?eval|progress|d\/?c|discharge|goals?|ltg|stg)$/i

/** Dates alone as column headings: the names of the measurements have no heading. */
function datedHeader(table: TableLines, line: Line, index: number): Header | undefined {
  const next = table.lines[index + 1]
  if (next === undefined || next.isAfterBlank || table.delimiterAt(index) !== 'space')
    return undefined
  const cells = table.cellsAt(index, 'space')
  const days = cells.filter(({ text }) => moment.test(text)).length
  if (days < 2 || !cells.every(({ text }) => moment.test(text) || stage.test(text)))
    return undefined
  const row = table.cellsAt(index + 1, 'space')
  const column = (cells[0]?.start ?? line.start) - line.from
  const isUnder =
    row.length === cells.length + 1 &&
    next.start - next.from + slack < column &&
    /\p{L}/u.test(row[0]?.text ?? '')
  if (!isUnder) return undefined
  const label = columnOf({ start: line.from, end: line.from, text: '' })
  return { columns: [label, ...cells.map(columnOf)], delimiter: 'space', kind: 'values' }
}

const condition =
  /^(?:ra|r\/a|room air|(?:at )?rest(?:ing)?|walk(?:ing)?|(?:on )?exertion|exercise|ambulat\w+|sleep(?:ing)?|sitting|seated|standing|supine|recovery|(?:nc|o2)? ?\d{1,2}(?:\.\d)? ?(?:l|lpm|l\/min|liters?)(?: ?(?:nc|o2|oxygen))?)(?:[ ,/]+(?:ra|room air|rest|walk(?:ing)?))?$/i

/** A second header line with the conditions under which each column's values were measured. */
export function conditionsUnder(
  table: TableLines,
  { columns, delimiter, kind }: Header,
  index: number,
): readonly TextCell[] | undefined {
  const line = table.lines[index]
  if (kind !== 'values' || line === undefined || line.isAfterBlank) return undefined
  const cells = table.cellsAt(index, delimiter)
  const said = cells.slice(1)
  const isWhole = cells.length === columns.length && said.length > 0
  return isWhole && said.every(({ text }) => condition.test(text)) ? cells : undefined
}

const figure = /^[<>≤≥~+-]{0,2}\d[\d.,/:%°+ -]{0,20}\s?[A-Za-z/%°]{0,6}$/
const span =
  /^(?:(?:at )?\d{1,3} ?(?:weeks?|wks?|w|months?|mos?|m|days?|d|years?|yrs?)|\d{1,4}(?:[/-]\d{1,4}){1,2}|(?:19|20)\d\d)$/i
/** In a table laid out with spaces, a cell begins at most this far from its column's name. */
const slack = 3

/**
 * At least three columns with names as headings and numbers or dates below each of them: a table, whatever the
 * columns are called.
 */
function isContrasted(
  table: TableLines,
  columns: readonly Column[],
  below: number,
  delimiter: Delimiter,
): boolean {
  const [first, ...others] = columns
  if (first === undefined || others.length < 2) return false
  if (
    columns.some(({ header: { text } }) => (figure.test(text) && !span.test(text)) || isMark(text))
  )
    return false
  if (columns.some(({ header: { text } }) => polarityOf(text) !== undefined)) return false
  const at = isSubheader(table, columns, below, delimiter) ? below + 1 : below
  const row = table.lines[at]
  if (row === undefined || row.isAfterBlank) return false
  const cells = table.cellsAt(at, delimiter)
  if (cells.length < 3 || cells.length > columns.length) return false
  const hasFigure = cells.some(({ text }) => figure.test(text))
  if (!hasFigure) return false
  if (delimiter !== 'space') return cells.length === columns.length
  const from = lineStart(table.source, first.header.start)
  const names = columns.map(({ header }) => header.start - from)
  return cells.every((cell) =>
    names.some((name) => Math.abs(name - (cell.start - row.from)) <= slack),
  )
}

/** A second header line: nothing under the first name, dates or lengths of time under others. */
export function isSubheader(
  table: TableLines,
  columns: readonly Column[],
  index: number,
  delimiter: Delimiter,
): boolean {
  const line = table.lines[index]
  const second = columns[1]?.header
  const first = columns[0]?.header
  if (line === undefined || line.isAfterBlank || first === undefined || second === undefined)
    return false
  if (line.text.length > 400) return false
  const cells = table.cellsAt(index, delimiter)
  const filled = cells.filter(({ text }) => text !== '')
  if (filled.length === 0 || filled.length >= columns.length) return false
  if (!filled.every(({ text }) => span.test(text))) return false
  return delimiter === 'space'
    ? line.start - line.from + slack >= second.start - lineStart(table.source, first.start)
    : cells[0]?.text === ''
}

/** A header of answer columns has one for a denial. */
const denies = /(?:^|[\s|])(?:No|N|NO|no|Negative|Neg|negative|neg|Absent|absent|-)(?:$|[\s|])/
const answerWords =
  /(?<=^|\s)(?:Yes|No|Y|N|YES|NO|yes|no|Positive|Negative|Pos|Neg|positive|negative|pos|neg|Present|Absent|present|absent|\+|-|Unknown|N\/A)(?=\s|$)/g

interface Split {
  readonly columns: readonly Column[]
  readonly delimiter: Delimiter
}

/** The ways to split a header line into columns. Names of answers may be separated by single spaces. */
function splits(table: TableLines, line: Line, index: number): readonly Split[] {
  const delimiter = table.delimiterAt(index)
  const ways =
    delimiter === undefined ? [] : [{ columns: table.columnsAt(index, delimiter), delimiter }]
  if (delimiter === 'tab' || line.text.length > 200 || !denies.test(line.text)) return ways
  const named = line.text.replaceAll('|', ' ')
  const found = [...named.matchAll(answerWords)]
  if (found.length < 2) return ways
  const cells: TextCell[] = []
  let from = 0
  const pushText = (to: number) => {
    for (const cell of cellsOf(named.slice(from, to).trimEnd(), line.start + from, 'space'))
      if (cell.text !== '') cells.push(cell)
  }
  for (const { index: at, 0: text } of found) {
    pushText(at)
    cells.push({ start: line.start + at, end: line.start + at + text.length, text })
    from = at + text.length
  }
  pushText(named.length)
  return [
    ...ways.filter(({ columns: { length } }) => length >= 3),
    { columns: cells.map(columnOf), delimiter: 'space' },
  ]
}

/** Each label has two answer options, or a column for the answer. */
function namesAnswers(columns: readonly Column[]): boolean {
  if (!columns.some((column) => !isAnswering(column))) return false
  if (isAnsweredQuestion(columns)) return false
  return groupsOf(columns).every((group) => {
    const roles = new Set(group.map((at) => columns[at]?.role))
    const isLabelled = group.some((at) => columns[at]?.role === 'label')
    const answers = [...roles].filter(
      (role) => role === 'yes' || role === 'no' || role === 'unknown',
    )
    return answers.length >= 2 || (isLabelled && (answers.length === 1 || roles.has('answer')))
  })
}

/** "Have you had cancer?   No" is an answered question, not a header. */
function isAnsweredQuestion(columns: readonly Column[]): boolean {
  const answers = columns.filter(({ role }) => role === 'yes' || role === 'no')
  return (
    answers.length === 1 &&
    columns.every((column) => column.role !== 'answer') &&
    columns.some(({ header: { text } }) => text.endsWith('?'))
  )
}

export const lineStart = (source: string, at: number): number =>
  source.lastIndexOf('\n', at - 1) + 1
