import { polarityOf } from '../answers.ts'
import { isEmptyAnswer, isMark, type TextCell } from './cells.ts'
import { type Column, isAnswering } from './columns.ts'
import { type Header, lineStart } from './header.ts'
import type { TableLines } from './table-lines.ts'

/** A cell with its column; the column is `undefined` if two are equally close. */
export interface PlacedCell {
  readonly cell: TextCell
  readonly column: number | undefined
}

/** A mark further than this from the middle of every heading belongs to none. */
const maxMarkDistance = 14
/** Text of a second line begins at most this far from its column's name. */
const slack = 3

/** The cells of a line below a header, each with its column. */
export function placedCells(
  table: TableLines,
  { columns: named, delimiter, places: columns = named }: Header,
  index: number,
): readonly PlacedCell[] {
  const line = table.lines[index]
  if (line === undefined) return []
  if (delimiter !== 'space') {
    const cells = withColonCell(table.cellsAt(index, delimiter), columns.length)
    return cells.map((cell, at) => ({
      cell,
      // One cell more than the header has columns is a comment; with more than that, the columns cannot be
      // determined.
      column: cells.length <= columns.length + 1 ? at : undefined,
    }))
  }
  const headerFrom = columns[0] === undefined ? 0 : lineStart(table.source, columns[0].header.start)
  const isLabelFirst = columns[0] !== undefined && !isAnswering(columns[0])
  return table.tokensAt(index).map((cell, at) => {
    if (at === 0 && isLabelFirst && !isMark(cell.text)) return { cell, column: 0 }
    const isPoint =
      isMark(cell.text) || isEmptyAnswer(cell.text) || polarityOf(cell.text) !== undefined
    const place = isPoint ? (cell.start + cell.end) / 2 - line.from : cell.start - line.from
    return { cell, column: nearest(columns, headerFrom, place, isPoint) }
  })
}

/**
 * The cells of a line that continues the row above: its first column is empty and each text begins at a column.
 * Undefined for any other line.
 */
export function continuedCells(
  table: TableLines,
  { columns: named, delimiter, kind, places: columns = named }: Header,
  index: number,
): readonly PlacedCell[] | undefined {
  const line = table.lines[index]
  const [first, second] = columns
  if (line === undefined || line.isAfterBlank || first === undefined || second === undefined)
    return undefined
  if (isAnswering(first)) return undefined
  const goesOn = (at: number) => {
    const column = columns[at]
    if (column === undefined) return false
    // A name without a name before it is asked under the same heading.
    return kind !== 'answers' || isAnswering(column) || column.role === 'comment'
  }
  if (delimiter !== 'space') {
    const cells = table.cellsAt(index, delimiter)
    if (cells[0]?.text !== '' || cells.length > columns.length) return undefined
    const placed = cells
      .map((cell, column) => ({ cell, column }))
      .filter(({ cell }) => cell.text !== '')
    const isText = placed.every(
      ({ cell: { text }, column }) =>
        goesOn(column) && !isMark(text) && polarityOf(text) === undefined,
    )
    return isText && placed.length > 0 ? placed : undefined
  }
  const from = lineStart(table.source, first.header.start)
  if (line.start - line.from < second.header.start - from - slack) return undefined
  const placed = table.tokensAt(index).map((cell) => ({
    cell,
    column: columns.findIndex(
      ({ header }) => Math.abs(header.start - from - (cell.start - line.from)) <= slack,
    ),
  }))
  const isText = placed.every(
    ({ cell: { text }, column }) =>
      column > 0 &&
      goesOn(column) &&
      !isMark(text) &&
      !isEmptyAnswer(text) &&
      polarityOf(text) === undefined,
  )
  return isText && placed.length > 0 ? placed : undefined
}

/** A row extended by its continuation line. */
export function withContinued(
  row: readonly PlacedCell[],
  more: readonly PlacedCell[],
): readonly PlacedCell[] {
  const joined = [...row]
  for (const { cell, column } of more) {
    const last = joined.at(-1)
    if (last !== undefined && last.column === column)
      joined[joined.length - 1] = {
        column,
        cell: {
          start: last.cell.start,
          end: cell.end,
          text: `${last.cell.text} ${cell.text}`,
        },
      }
    else joined.push({ cell, column })
  }
  return joined
}

function nearest(
  columns: readonly Column[],
  from: number,
  at: number,
  isPoint: boolean,
): number | undefined {
  let best: { readonly column: number; readonly distance: number } | undefined
  let second = Number.POSITIVE_INFINITY
  for (const [column, { header }] of columns.entries()) {
    const place = isPoint ? (header.start + header.end) / 2 : header.start
    const distance = Math.abs(place - from - at)
    if (best === undefined || distance < best.distance) {
      second = best?.distance ?? second
      best = { column, distance }
    } else second = Math.min(second, distance)
  }
  if (best === undefined || (isPoint && best.distance > maxMarkDistance)) return undefined
  return isPoint && second - best.distance < 1 ? undefined : best.column
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

/** The line contains a mark or an answer. */
export const isMarkedRow = (table: TableLines, index: number): boolean =>
  table.tokensAt(index).some(({ text }) => isMark(text) || polarityOf(text) !== undefined)
