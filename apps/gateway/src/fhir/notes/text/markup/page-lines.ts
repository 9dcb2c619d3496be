import { type Cell, TableRows } from './table-rows.ts'

interface Frame {
  readonly lines: string[]
  line: string
  endsInSpace: boolean
  /** The line only has a list mark, whose text may follow in its own block. */
  isMark: boolean
  /** Identifies the current line, to check whether a `LinePlace` is in it. */
  lineNumber: number
}

interface Table {
  readonly rows: TableRows
  cells: Cell[] | undefined
  cell: { readonly frame: Frame; readonly isHeader: boolean; readonly rowSpan: number } | undefined
  /** Cells of earlier rows that span the following rows, by column. */
  spanning: Map<number, { readonly cell: Cell; rowsLeft: number }>
}

/** A position in a line that may still be unfinished. */
export interface LinePlace {
  readonly frame: Frame
  readonly lineNumber: number
  readonly offset: number
}

/** Deeper tables are page layout: their cells become blocks. The limit also keeps hostile nesting linear. */
const maxTableDepth = 12
const maxIndent = 5
/** Longer than any real line. The limit keeps the work per line independent of the page's length. */
const maxLine = 4000

/** Builds the lines of a page: blocks, list items, headings, and tables with one line per row. */
export class PageLines {
  readonly #tables: Table[] = []
  #frame: Frame = emptyFrame()
  #ignoredTables = 0

  /** Adds text to the line; collapses whitespace. */
  text(text: string): void {
    const folded = text.replaceAll(/\s+/g, ' ')
    if (this.#frame.line.length + folded.length > maxLine) this.block()
    const frame = this.#frame
    // `endsInSpace` is kept separately, because reading the end of a concatenated string copies all of it.
    const isAtSpace = frame.line === '' || frame.endsInSpace
    const added = isAtSpace && folded.startsWith(' ') ? folded.slice(1) : folded
    if (added === '') return
    if (added.trim() !== '') frame.isMark = false
    frame.line += added
    frame.endsInSpace = added.endsWith(' ')
  }

  /** Adds text with its line breaks. */
  preformatted(text: string): void {
    for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
      if (index > 0) this.lineBreak()
      if (this.#frame.line.length + line.length > maxLine) this.block()
      if (line.trim() !== '') this.#frame.isMark = false
      this.#frame.line += line.replaceAll('\t', ' ')
      this.#frame.endsInSpace = false
    }
  }

  /** Ends the line; a second call adds an empty line. */
  lineBreak(): void {
    if (
      this.#frame.line.trim() === '' &&
      this.#frame.lines.at(-1) !== '' &&
      this.#frame.lines.length > 0
    )
      this.#frame.lines.push('')
    else this.block()
  }

  /** Ends the line, if it has text. */
  block(): void {
    const frame = this.#frame
    const line = frame.line.trimEnd()
    if (frame.isMark) return
    if (line.trim() !== '') frame.lines.push(line)
    frame.line = ''
    frame.endsInSpace = true
    frame.lineNumber += 1
  }

  heading(): void {
    this.block()
    if (this.#frame.lines.length > 0 && this.#frame.lines.at(-1) !== '') this.#frame.lines.push('')
  }

  item(depth: number): void {
    this.endItem()
    this.#mark(`${'  '.repeat(Math.max(0, Math.min(depth, maxIndent) - 1))}- `)
  }

  /** Ends the line and removes a mark without text. */
  endItem(): void {
    const frame = this.#frame
    if (frame.isMark) frame.line = frame.line.replace(/(?:^ *-|[:;]) $/, '')
    frame.isMark = false
    this.block()
  }

  /** Starts the definition (or a further one) of the term in this line or the previous one. */
  definition(isFurther: boolean): void {
    const frame = this.#frame
    if (frame.isMark) return
    this.block()
    const term = (frame.lines.at(-1)?.length ?? 0) <= maxLine ? (frame.lines.pop() ?? '') : ''
    if (term !== '') this.#mark(`${term}${/[:?;]$/.test(term) ? '' : isFurther ? ';' : ':'} `)
  }

  #mark(mark: string): void {
    this.#frame.line = mark
    this.#frame.endsInSpace = true
    this.#frame.isMark = true
  }

  place(): LinePlace {
    const { lineNumber, line } = this.#frame
    return { frame: this.#frame, lineNumber, offset: line.length }
  }

  /** Adds a tick box, before its label if the label is already in this line. */
  box(isChecked: boolean, label: LinePlace | undefined): void {
    const sign = isChecked ? '[x] ' : '[ ] '
    const frame = this.#frame
    const isInLine =
      label !== undefined && label.frame === frame && label.lineNumber === frame.lineNumber
    const at = isInLine ? label.offset : frame.line.length
    const before = frame.line.slice(0, at)
    const gap = before === '' || before.endsWith(' ') ? '' : ' '
    const after = frame.line.slice(at).trimStart()
    frame.line = `${before}${gap}${sign}${after}`
    frame.isMark = false
    if (after === '') frame.endsInSpace = true
    if (frame.line.length > maxLine) this.block()
  }

  openTable(): void {
    this.block()
    if (this.#tables.length >= maxTableDepth) {
      this.#ignoredTables += 1
      return
    }
    // The rows are added where the table is.
    const { lines } = this.#frame
    this.#tables.push({
      rows: new TableRows((line) => lines.push(line)),
      cells: undefined,
      cell: undefined,
      spanning: new Map(),
    })
  }

  openRow(): void {
    const table = this.#table()
    if (table === undefined) return this.block()
    this.#closeRow(table)
    this.block()
    table.cells = []
  }

  openCell(isHeader: boolean, rowSpan = 1): void {
    const table = this.#table()
    if (table === undefined) return this.block()
    this.#closeCell(table)
    table.cells ??= []
    table.cell = { frame: this.#frame, isHeader, rowSpan }
    this.#frame = emptyFrame()
  }

  closeCell(): void {
    const table = this.#table()
    if (table === undefined) this.block()
    else this.#closeCell(table)
  }

  closeRow(): void {
    const table = this.#table()
    if (table === undefined) this.block()
    else this.#closeRow(table)
  }

  closeTable(): void {
    if (this.#ignoredTables > 0) {
      this.#ignoredTables -= 1
      return this.block()
    }
    const table = this.#tables.at(-1)
    if (table === undefined) return
    this.#closeRow(table)
    this.block()
    table.rows.finish()
    this.#tables.pop()
  }

  finish(): string {
    while (this.#tables.length > 0) {
      this.#ignoredTables = 0
      this.closeTable()
    }
    this.endItem()
    return this.#frame.lines.join('\n').trim()
  }

  #table(): Table | undefined {
    return this.#ignoredTables > 0 ? undefined : this.#tables.at(-1)
  }

  #closeCell(table: Table): void {
    if (table.cell === undefined) return
    this.endItem()
    const { frame, isHeader, rowSpan } = table.cell
    const lines = this.#frame.lines.filter((line) => line !== '')
    table.cells?.push({ lines, isHeader, ...(rowSpan > 1 ? { rowSpan } : {}) })
    this.#frame = frame
    table.cell = undefined
  }

  #closeRow(table: Table): void {
    this.#closeCell(table)
    if (table.cells !== undefined) table.rows.add(withSpanning(table.cells, table.spanning))
    table.cells = undefined
  }
}

function emptyFrame(): Frame {
  return { lines: [], line: '', endsInSpace: true, isMark: false, lineNumber: 0 }
}

/** Longer cells are not repeated in the rows they span, because hostile tables could repeat them too often. */
const maxRepeated = 100
const maxRowSpan = 50
const maxSpanningColumn = 8

/** The row with the cells of earlier rows that span it, each in its column. */
function withSpanning(
  own: readonly Cell[],
  spanning: Map<number, { readonly cell: Cell; rowsLeft: number }>,
): readonly Cell[] {
  const rest = own.toReversed()
  const row: Cell[] = []
  for (let column = 0; rest.length > 0 || spanning.has(column); column += 1) {
    const above = spanning.get(column)
    if (above === undefined) {
      const cell = rest.pop()
      if (cell === undefined) break
      row.push(cell)
      const isRepeated = cell.lines.reduce((sum, line) => sum + line.length, 0) <= maxRepeated
      if (cell.rowSpan !== undefined && isRepeated && column < maxSpanningColumn)
        spanning.set(column, { cell, rowsLeft: Math.min(cell.rowSpan, maxRowSpan) - 1 })
      continue
    }
    row.push(above.cell)
    above.rowsLeft -= 1
    if (above.rowsLeft <= 0) spanning.delete(column)
  }
  return row
}
