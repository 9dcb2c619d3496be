import { hasBoxes, boxPartsOf } from '../boxes/box-parts.ts'
import { circledFieldsOf } from '../boxes/circled-answers.ts'
import { isRule } from '../headings/heading.ts'
import type { Line } from '../lines.ts'
import { conditionsUnder, type Header, Headers, isSubheader } from './header.ts'
import { columnOf } from './columns.ts'
import {
  continuedCells,
  isMarkedRow,
  type PlacedCell,
  placedCells,
  withContinued,
} from './placed-cells.ts'
import type { RowField } from './rows/row-field.ts'
import { rowFields } from './rows/row-fields.ts'
import { isTableRule, TableLines, type TableSource } from './table-lines.ts'
import { readTransposed, type Table } from './transposed.ts'

const maxLabelLength = 80

/** Reads the tables of a note: a header and the rows below it. */
export class TableReader {
  readonly #table: TableLines
  readonly #headers: Headers

  constructor(source: TableSource) {
    this.#table = new TableLines(source)
    this.#headers = new Headers(this.#table)
  }

  /** Whether a table with a header begins at a line. */
  begins(index: number): boolean {
    return this.#headers.at(index) !== undefined || readTransposed(this.#table, index) !== undefined
  }

  /** The table with a header that begins at a line; undefined if there is none. */
  read(index: number): Table | undefined {
    const transposed = readTransposed(this.#table, index)
    if (transposed !== undefined) return transposed
    const heading = this.#headers.at(index)
    return heading === undefined ? undefined : this.#readUnder(heading, index + 1)
  }

  #readUnder(heading: Header, first: number): Table {
    const table = this.#table
    const fields: RowField[] = []
    let header = heading
    let row: { readonly line: Line; readonly placed: readonly PlacedCell[] } | undefined
    const finishRow = () => {
      if (row !== undefined) fields.push(...rowFields(header, row.line, row.placed))
      row = undefined
    }
    let next = first
    for (; next < table.lines.length; next += 1) {
      const line = table.lines[next]
      if (line === undefined) break
      if (isTableRule(line.text) || isRule(line.text)) continue
      if (
        next === first &&
        header.kind === 'values' &&
        isSubheader(table, header.columns, next, header.delimiter)
      ) {
        header = withSubheader(table, header, next)
        continue
      }
      const under = next === first ? conditionsUnder(table, header, next) : undefined
      if (under !== undefined) {
        header = { ...header, under }
        continue
      }
      const more = row === undefined ? undefined : continuedCells(table, header, next)
      if (row !== undefined && more !== undefined) {
        row = { line: row.line, placed: withContinued(row.placed, more) }
        continue
      }
      if (table.isSection(next) || !isRowOf(table, header, next)) break
      if (
        this.#headers.at(next)?.kind === 'answers' ||
        (line.isAfterBlank && readTransposed(table, next) !== undefined)
      )
        break
      finishRow()
      row = { line, placed: placedCells(table, header, next) }
    }
    finishRow()
    return { fields, next }
  }
}

/** Replaces column names by the names on a second header line, if there is one. */
function withSubheader(table: TableLines, header: Header, index: number): Header {
  const columns = [...header.columns]
  for (const { cell, column } of continuedCells(table, header, index) ?? []) {
    const named = columns[column ?? -1]
    if (named === undefined || column === undefined) continue
    columns[column] = { role: named.role, header: { ...columnOf(cell).header } }
  }
  return { ...header, columns, places: header.columns }
}

function isRowOf(table: TableLines, header: Header, index: number): boolean {
  const line = table.lines[index]
  if (line === undefined || line.text.length > 2000) return false
  if (header.delimiter === 'pipe') {
    if (line.text.includes('|'))
      return !line.isAfterBlank || (header.kind === 'answers' && isMarkedRow(table, index))
    return (
      !line.isAfterBlank &&
      !/^[-*•]\s/.test(line.text) &&
      (/^[^:|]{1,80}:(?:\s|$)/.test(line.text) ||
        /^\[[ xX]\] /.test(line.text) ||
        isGroupName(line.text))
    )
  }
  if (line.isAfterBlank && !isMarkedRow(table, index)) return false
  if (/^(?:[-*•]|\d+[.)])\s/.test(line.text)) return isItemRow(table, header, index)
  if (/^[A-Z][\w /-]{0,40}:/.test(line.text) || hasOwnBoxes(line.text)) return false
  if (table.cellsAt(index, header.delimiter).length >= 2) return true
  return line.text.length <= maxLabelLength && !/[.:]$/.test(line.text)
}

/**
 * "• methotrexate 2.5 mg 8 tablets weekly 1/12/2026": a list item with a cell under each column name is a row.
 */
function isItemRow(table: TableLines, header: Header, index: number): boolean {
  const cells = table.cellsAt(index, header.delimiter)
  return header.kind === 'values' && cells.length >= 2 && cells.length === header.columns.length
}

/** Boxes followed by their own text, not marks in the columns of the table. */
function hasOwnBoxes(text: string): boolean {
  if (!hasBoxes(text)) return circledFieldsOf(text, 0) !== undefined
  const parts = boxPartsOf(text, 0)
  const firstBox = parts.findIndex(({ kind }) => kind === 'box')
  return firstBox !== -1 && parts.slice(firstBox).some(({ kind }) => kind === 'text')
}

export const isGroupName = (text: string): boolean => text.length <= 40 && !/[.:]$/.test(text)
