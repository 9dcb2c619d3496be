import { polarityOf } from '../answers.ts'
import { isMark, type TextCell } from './cells.ts'
import { coverOf, type RowField, spanOf } from './rows/row-field.ts'
import { isTableRule, maxColumns, type TableLines } from './table-lines.ts'

export interface Table {
  readonly fields: readonly RowField[]
  /** The line after the table. */
  readonly next: number
}

/** Answers below the questions: "No | Yes" under "Fever | Cough". */
export function readTransposed(table: TableLines, index: number): Table | undefined {
  const { lines } = table
  const line = lines[index]
  const under = lines[index + 1]
  if (line === undefined || under === undefined || under.isAfterBlank) return undefined
  const delimiter = table.delimiterAt(index)
  if (delimiter === undefined || line.text.length > 400) return undefined
  const names = table.cellsAt(index, delimiter)
  if (names.length < 2 || names.length > maxColumns) return undefined
  if (names.some(({ text }) => polarityOf(text) !== undefined || isMark(text))) return undefined
  const rows: (readonly TextCell[])[] = []
  let next = index + 1
  for (; next < lines.length; next += 1) {
    const row = lines[next]
    if (row === undefined || row.isAfterBlank || row.text.length > 400) break
    if (isTableRule(row.text)) continue
    const cells = table.cellsAt(next, delimiter)
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
