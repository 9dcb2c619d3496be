/** A column of a file for a spreadsheet. */
export type CsvColumn<Row> = readonly [title: string, valueOf: (row: Row) => string | null]

/** Without it, Excel reads the file in the code page of the machine. */
const byteOrderMark = '\ufeff'

export function csvHeadOf<Row>(columns: readonly CsvColumn<Row>[]): string {
  return byteOrderMark + lineOf(columns.map(([title]) => title))
}

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
export function csvLinesOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return rows.map((row) => lineOf(columns.map(([, valueOf]) => valueOf(row) ?? ''))).join('')
}

const lineOf = (cells: readonly string[]) => `${cells.map(cellOf).join(',')}\r\n`

/**
 * Quoted where it has to be. A spreadsheet would run a cell that begins like a formula, even a quoted one, one after spaces, and one in the wide
 * letters of East Asia: an apostrophe makes it text.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellOf(value: string): string {
  const text = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
