import { isBare, polarityOf } from '../answers.ts'
import { boxPartsOf, hasBoxes } from '../boxes/box-parts.ts'
import { circledFieldsOf } from '../boxes/circled-answers.ts'
import { isRule } from '../headings/heading.ts'
import { isSystem } from '../headings/section-names.ts'
import type { Line } from '../lines.ts'
import type { Cell } from '../note-document.ts'
import { answerRow, type PlacedCell, unreadRow } from './answer-rows.ts'
import {
  cellsOf,
  type Delimiter,
  delimiterOf,
  isEmptyAnswer,
  isMark,
  type TextCell,
  tokensOf,
} from './cells.ts'
import { type Column, columnOf, groupsOf, isAnswering } from './columns.ts'
import { looseRow } from './loose-rows.ts'
import { coverOf, type RowField, spanOf } from './row-field.ts'

/** More columns than a page has. */
const mostColumns = 24
const longestLabel = 80
/** A mark further than this from every heading's middle stands under none. */
const farthest = 14

export interface TableSource {
  readonly source: string
  readonly lines: readonly Line[]
  /** Starts of lines that the mark-up makes a table's heading. */
  readonly headerLines: ReadonlySet<number>
  /** Whether a section begins at this line. */
  readonly isSection: (index: number) => boolean
}

export interface Table {
  readonly fields: readonly RowField[]
  /** The line behind the table. */
  readonly next: number
}

interface Header {
  readonly columns: readonly Column[]
  readonly delimiter: Delimiter
  readonly kind: 'answers' | 'values' | 'unread'
}

const separatorLine = /^[|\s:+=-]{3,}$/
export const isTableRule = (text: string): boolean =>
  text.length <= 400 && separatorLine.test(text) && /-{2,}|={2,}/.test(text)

/** The table with a heading that begins at a line; undefined where none does. */
export function readTable(source: TableSource, index: number): Table | undefined {
  const transposed = readTransposed(source, index)
  if (transposed !== undefined) return transposed
  const header = headerAt(source, index)
  if (header === undefined) return undefined
  const fields: RowField[] = []
  let next = index + 1
  for (; next < source.lines.length; next += 1) {
    const line = source.lines[next]
    if (line === undefined) break
    if (isTableRule(line.text) || isRule(line.text)) continue
    if (source.isSection(next) || !isRowOf(header, line, source)) break
    if (
      headerAt(source, next)?.kind === 'answers' ||
      (line.isAfterBlank && readTransposed(source, next))
    )
      break
    fields.push(...rowFields(header, line, source))
  }
  return { fields, next }
}

/** The fields of a row without a heading, where its cells are plain to see. */
export function readLooseRow(line: Line, source: string): readonly RowField[] | undefined {
  const delimiter = isTableRule(line.text) ? undefined : delimiterOf(line.text)
  if (delimiter === undefined) return undefined
  const cells = rowCells(line, delimiter, source)
  if (cells.length < 2 || cells.length > mostColumns) return undefined
  if (delimiter === 'pipe') {
    // "Fever: No | Cough: Yes" are pairs, which the sentence's own grammar reads.
    return cells.some(({ text }) => /[:?]\s/.test(text)) ? undefined : looseRow(cells)
  }
  const isAnswered = cells.slice(1).some(({ text }) => polarityOf(text) !== undefined)
  const isLed = cells.length === 2 && polarityOf(cells[0]?.text ?? '') !== undefined
  const isMarked = cells.some(({ text }) => /^[xX✓✔✗✘]$/.test(text))
  const isShort = cells.every(
    ({ text }) =>
      text.length <= longestLabel && (polarityOf(text) !== undefined || !/[.!?:]$/.test(text)),
  )
  return isShort && (isAnswered || isLed || isMarked) ? looseRow(cells) : undefined
}

function headerAt({ source, lines, headerLines }: TableSource, index: number): Header | undefined {
  const line = lines[index]
  const next = lines[index + 1]
  if (line === undefined || next === undefined || line.text.length > 400) return undefined
  const isMarked =
    headerLines.has(line.start) || (line.text.includes('|') && isTableRule(next.text))
  for (const { cells, delimiter } of splits(line, source)) {
    if (cells.length < 2 || cells.length > mostColumns) continue
    const columns = cells.map(columnOf)
    if (namesAnswers(columns) && (isMarked || !next.isAfterBlank))
      return { columns, delimiter, kind: 'answers' }
    const known = columns.filter(({ role }) => role !== 'meaningless').length
    const isMeant = known >= 2 && known * 2 >= columns.length
    if (isMarked) return { columns, delimiter, kind: isMeant ? 'values' : 'unread' }
    const isWords = cells.every(({ text }) => text.length <= 40 && !/\d|[.!]$|:\s/.test(text))
    const isAligned = !next.isAfterBlank && cellsOf(next.text, 0, delimiter).length >= 2
    const isGatewayRow =
      delimiter === 'pipe' && /^[^|]{1,80}: /.test(next.text) && !next.isAfterBlank
    if (isMeant && isWords && known >= columns.length - 1 && (isAligned || isGatewayRow))
      return { columns, delimiter, kind: 'values' }
  }
  return undefined
}

/** A heading of answers has one that denies. */
const denies = /(?:^|[\s|])(?:No|N|NO|Negative|Neg|Absent|-)(?:$|[\s|])/

/** The ways to part a heading into columns. Spaces between the names of answers may be single. */
function splits(
  line: Line,
  source: string,
): readonly { readonly cells: readonly TextCell[]; readonly delimiter: Delimiter }[] {
  const delimiter = delimiterOf(line.text)
  const ways =
    delimiter === undefined ? [] : [{ cells: rowCells(line, delimiter, source), delimiter }]
  if (delimiter === 'tab' || line.text.length > 200 || !denies.test(line.text)) return ways
  const named = line.text.replaceAll('|', ' ')
  const words =
    /(?<=^|\s)(?:Yes|No|Y|N|YES|NO|Positive|Negative|Pos|Neg|Present|Absent|\+|-|Unknown|N\/A)(?=\s|$)/g
  const found = [...named.matchAll(words)]
  if (found.length < 2) return ways
  const cells: TextCell[] = []
  let from = 0
  const pushText = (to: number) => {
    for (const cell of cellsOf(named.slice(from, to).trimEnd(), line.start + from, 'space'))
      if (cell.text !== '') cells.push(cell)
  }
  for (const { index, 0: text } of found) {
    pushText(index)
    cells.push({ start: line.start + index, end: line.start + index + text.length, text })
    from = index + text.length
  }
  pushText(named.length)
  return [...ways.filter(({ cells: { length } }) => length >= 3), { cells, delimiter: 'space' }]
}

/** Each label has two answers to choose from, or a column for the answer. */
function namesAnswers(columns: readonly Column[]): boolean {
  if (!columns.some((column) => !isAnswering(column))) return false
  return groupsOf(columns).every((group) => {
    const roles = new Set(group.map((at) => columns[at]?.role))
    const isLabelled = group.some((at) => columns[at]?.role === 'label')
    const answers = [...roles].filter(
      (role) => role === 'yes' || role === 'no' || role === 'unknown',
    )
    return answers.length >= 2 || (isLabelled && (answers.length === 1 || roles.has('answer')))
  })
}

function isRowOf(header: Header, line: Line, { source }: TableSource): boolean {
  if (line.text.length > 2000) return false
  if (header.delimiter === 'pipe') {
    if (line.text.includes('|'))
      return !line.isAfterBlank || (header.kind === 'answers' && isMarkedRow(line))
    return (
      !line.isAfterBlank &&
      (/^[^:|]{1,80}:(?:\s|$)/.test(line.text) ||
        /^\[[ xX]\] /.test(line.text) ||
        isGroupName(line.text))
    )
  }
  if (line.isAfterBlank && !isMarkedRow(line)) return false
  if (/^(?:[-*•]|\d+[.)])\s/.test(line.text)) return false
  if (/^[A-Z][\w /-]{0,40}:/.test(line.text) || hasOwnBoxes(line.text)) return false
  const cells = rowCells(line, header.delimiter, source)
  if (cells.length >= 2) return true
  return line.text.length <= longestLabel && !/[.:]$/.test(line.text)
}

/** Boxes with texts of their own behind them, not marks under the table's heading. */
function hasOwnBoxes(text: string): boolean {
  if (!hasBoxes(text)) return circledFieldsOf(text, 0) !== undefined
  const parts = boxPartsOf(text, 0)
  const firstBox = parts.findIndex(({ kind }) => kind === 'box')
  return firstBox !== -1 && parts.slice(firstBox).some(({ kind }) => kind === 'text')
}

const isMarkedRow = (line: Line): boolean =>
  tokensOf(line.text, line.start).some(({ text }) => isMark(text) || polarityOf(text) !== undefined)

const isGroupName = (text: string): boolean => text.length <= 40 && !/[.:]$/.test(text)

function rowFields(header: Header, line: Line, { source }: TableSource): readonly RowField[] {
  if (
    isSystem(line.text) ||
    (isGroupName(line.text) && /^[A-Z][A-Z ]+$/.test(line.text) && header.delimiter !== 'pipe')
  )
    return [{ kind: 'group', ...spanOf(line), quote: spanOf(line) }]
  const placed = placedCells(header, line, source)
  const filled = placed.filter(({ cell }) => cell.text !== '').map(({ cell }) => cell)
  const [first] = filled
  if (first !== undefined && filled.length === 1 && isSystem(first.text))
    return [{ kind: 'group', ...spanOf(first), quote: spanOf(first) }]
  if (header.kind === 'answers') return answerFields(header, line, placed)
  return valueFields(header, placed)
}

function answerFields(
  header: Header,
  line: Line,
  placed: readonly PlacedCell[],
): readonly RowField[] {
  if (header.delimiter === 'pipe' && !line.text.includes('|')) {
    const box = /^\[([ xX])\] +/.exec(line.text)
    if (box !== null)
      return [
        {
          kind: 'row',
          start: line.start + box[0].length,
          end: line.end,
          polarity: box[1] === ' ' ? 'unmarked' : 'unknown',
          quote: spanOf(line),
        },
      ]
    const colon = line.text.indexOf(':')
    if (colon !== -1) {
      const label = { start: line.start, end: line.start + colon, text: line.text.slice(0, colon) }
      const text = line.text.slice(colon + 1).trim()
      const answer = { start: line.end - text.length, end: line.end, text }
      if (polarityOf(text) === undefined) return unreadRow([label, answer])
      return looseRow([label, answer])
    }
  }
  return answerRow(placed, header.columns)
}

/** Columns whose answer is of the whole row; "Relief: no" is not. */
const governs =
  /^(?:done|tried|completed|present|y ?\/ ?n|yes ?\/ ?no|yes or no|performed|received|current)\??$/i

/** A row of therapies, results, medicines: its cells with their headings. An answer in it speaks of its own column. */
function valueFields(header: Header, placed: readonly PlacedCell[]): readonly RowField[] {
  const filled = placed.filter(({ cell }) => cell.text !== '')
  const last = filled.findLastIndex(
    ({ cell }) =>
      polarityOf(cell.text) === undefined && !isEmptyAnswer(cell.text) && !isMark(cell.text),
  )
  const spoken = filled.slice(0, last + 1).map(({ cell }) => cell)
  if (spoken.length === 0) return []
  const cells = filled.map(({ cell, column }): Cell => {
    const title = column === undefined ? undefined : header.columns[column]?.header
    return {
      ...spanOf(cell),
      ...(title === undefined || title.text === '' ? {} : { header: spanOf(title) }),
    }
  })
  const governing = filled.find(
    ({ column }) => column !== undefined && governs.test(header.columns[column]?.header.text ?? ''),
  )
  const answer = governing === undefined ? undefined : polarityOf(governing.cell.text)
  const isMarked = filled.some(({ cell }) => isMark(cell.text))
  const isUnread =
    isMarked ||
    (header.kind === 'unread' && spoken.every(({ text }) => isBare(text) && !/\d/.test(text)))
  const polarity = isUnread ? 'unknown' : answer
  return [
    {
      kind: 'row',
      ...coverOf(spoken),
      ...(polarity === undefined ? {} : { polarity }),
      cells,
      quote: coverOf(filled.map(({ cell }) => cell)),
    },
  ]
}

function placedCells(header: Header, line: Line, source: string): readonly PlacedCell[] {
  const { columns, delimiter } = header
  if (delimiter !== 'space') {
    const cells = withColonCell(rowCells(line, delimiter, source), columns.length)
    return cells.map((cell, index) => ({
      cell,
      // One cell more than the heading has columns is a comment; more, and nobody knows which is which.
      column: cells.length <= columns.length + 1 ? index : undefined,
    }))
  }
  const headerFrom = columns[0] === undefined ? 0 : lineStart(source, columns[0].header.start)
  const isLabelFirst = columns[0] !== undefined && !isAnswering(columns[0])
  return tokensOf(line.text.replaceAll('|', ' '), line.start).map((cell, index) => {
    if (index === 0 && isLabelFirst && !isMark(cell.text)) return { cell, column: 0 }
    const isPoint =
      isMark(cell.text) || isEmptyAnswer(cell.text) || polarityOf(cell.text) !== undefined
    const at = isPoint ? (cell.start + cell.end) / 2 - line.from : cell.start - line.from
    return { cell, column: nearest(columns, headerFrom, at, isPoint) }
  })
}

function nearest(
  columns: readonly Column[],
  from: number,
  at: number,
  isPoint: boolean,
): number | undefined {
  const distances = columns
    .map(({ header }, column) => ({
      column,
      distance: Math.abs((isPoint ? (header.start + header.end) / 2 : header.start) - from - at),
    }))
    .toSorted((a, b) => a.distance - b.distance)
  const [best, second] = distances
  if (best === undefined || (isPoint && best.distance > farthest)) return undefined
  return isPoint && second !== undefined && second.distance - best.distance < 1
    ? undefined
    : best.column
}

/** The gateway writes the first two cells of a row as "label: text". */
function withColonCell(cells: readonly TextCell[], wanted: number): readonly TextCell[] {
  const [first, ...rest] = cells
  if (first === undefined || cells.length !== wanted - 1) return cells
  const colon = first.text.indexOf(': ')
  if (colon === -1) return cells
  return [
    { start: first.start, end: first.start + colon, text: first.text.slice(0, colon) },
    { start: first.start + colon + 2, end: first.end, text: first.text.slice(colon + 2) },
    ...rest,
  ]
}

/** Tabs before the first cell are empty cells; spaces are indent. */
function rowCells(line: Line, delimiter: Delimiter, source: string): readonly TextCell[] {
  return delimiter === 'tab' && line.start - line.from < 100
    ? cellsOf(source.slice(line.from, line.end), line.from, delimiter)
    : cellsOf(line.text, line.start, delimiter)
}

const lineStart = (source: string, at: number): number => source.lastIndexOf('\n', at - 1) + 1

/** Answers under the names of what is asked: "No | Yes" under "Fever | Cough". */
function readTransposed({ source, lines }: TableSource, index: number): Table | undefined {
  const line = lines[index]
  const delimiter = line === undefined ? undefined : delimiterOf(line.text)
  if (line === undefined || delimiter === undefined || line.text.length > 400) return undefined
  const names = rowCells(line, delimiter, source)
  if (names.length < 2 || names.length > mostColumns) return undefined
  if (names.some(({ text }) => polarityOf(text) !== undefined || isMark(text))) return undefined
  const rows: (readonly TextCell[])[] = []
  let next = index + 1
  for (; next < lines.length; next += 1) {
    const row = lines[next]
    if (row === undefined || row.isAfterBlank || row.text.length > 400) break
    if (isTableRule(row.text)) continue
    const cells = rowCells(row, delimiter, source)
    const asked = /^[\d/.: -]{1,30}$/.test(cells[0]?.text ?? '') ? cells.slice(1) : cells
    const isAnswers = asked.length > 0 && asked.every(({ text }) => polarityOf(text) !== undefined)
    if (cells.length !== names.length || !isAnswers) break
    rows.push(cells)
  }
  if (rows.length === 0) return undefined
  const fields = rows.flatMap((cells) =>
    cells.flatMap((cell, column): readonly RowField[] => {
      const name = names[column]
      const polarity = polarityOf(cell.text)
      if (name === undefined || polarity === undefined || name.text === '') return []
      const quote = coverOf([name, cell])
      return rows.length === 1
        ? [{ kind: 'row', ...spanOf(name), polarity, quote }]
        : [{ kind: 'row', ...spanOf(cell), polarity, leads: [spanOf(name)], quote }]
    }),
  )
  return { fields, next }
}
