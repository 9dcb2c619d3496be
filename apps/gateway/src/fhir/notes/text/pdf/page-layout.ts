import { isAnswer, isMark } from '../markup/table-rows.ts'

/** A piece of text on a page, with its lower left corner in points; y points upwards. */
export interface Piece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  /** Font size in points. */
  readonly size: number
}

interface Line {
  readonly y: number
  readonly size: number
  readonly pieces: Piece[]
}

interface Cell {
  readonly text: string
  readonly x: number
  readonly end: number
}

/** A gap of this many font sizes separates cells; a smaller one is a space. */
const cellGap = 1.8
const wordGap = 0.12
/** Lines in columns of prose have at least this many characters; cells of tables have fewer. */
const proseLine = 30
/** A mark belongs to a column if its name is at most this many points away horizontally. */
const columnReach = 40

/**
 * The lines of a page in reading order. A row of a table stays on one line. Two columns of prose that are written one after the other in
 * the file are read one after the other.
 */
export function layOutPage(pieces: readonly Piece[]): readonly string[] {
  const lines: string[] = []
  for (const block of columnsOf(pieces.filter(({ text }) => text.trim() !== ''))) {
    let columns: readonly Cell[] = []
    for (const line of linesOf(block)) {
      const cells = cellsOf(line)
      if (
        cells.filter(({ text }) => isAnswer(text)).length >= 2 &&
        cells.length >= 2 &&
        !cells.some(({ text }) => isMark(text)) &&
        columns.length === 0
      )
        columns = cells.filter(({ text }) => isAnswer(text))
      lines.push(toLine(cells, columns))
    }
  }
  return lines
}

/** The pieces in file order, split where a new column of prose begins next to the previous one. */
function columnsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const runs: Piece[][] = []
  let last: Piece | undefined
  for (const piece of pieces) {
    const run = runs.at(-1)
    // The position moved up the page: another column, or something drawn later.
    if (run === undefined || (last !== undefined && piece.y > last.y + 2 * last.size))
      runs.push([piece])
    else run.push(piece)
    last = piece
  }
  const blocks: Piece[][] = []
  for (const run of runs) {
    const before = blocks.at(-1)
    if (before === undefined || isColumnBeside(before, run)) blocks.push([...run])
    else for (const piece of run) before.push(piece)
  }
  return blocks
}

function isColumnBeside(left: readonly Piece[], right: readonly Piece[]): boolean {
  const edge = right.reduce((least, { x }) => Math.min(least, x), Infinity)
  const top = right.reduce((most, { y }) => Math.max(most, y), -Infinity)
  const beside = left.filter(({ y }) => y <= top)
  return (
    beside.length > 2 &&
    beside.every(({ x, width }) => x + width <= edge + 1) &&
    isProse(beside) &&
    isProse(right)
  )
}

function isProse(pieces: readonly Piece[]): boolean {
  const lines = linesOf(pieces)
  const characters = pieces.reduce((sum, { text }) => sum + text.length, 0)
  return lines.length > 2 && characters / lines.length >= proseLine
}

function linesOf(pieces: readonly Piece[]): readonly Line[] {
  const lines: Line[] = []
  for (const piece of [...pieces].sort((a, b) => b.y - a.y)) {
    const line = lines.at(-1)
    if (line !== undefined && Math.abs(line.y - piece.y) <= 0.4 * Math.max(line.size, piece.size))
      line.pieces.push(piece)
    else lines.push({ y: piece.y, size: piece.size, pieces: [piece] })
  }
  return lines
}

function cellsOf({ pieces }: Line): readonly Cell[] {
  const cells: Cell[] = []
  for (const { text, x, width, size } of [...pieces].sort((a, b) => a.x - b.x)) {
    const last = cells.at(-1)
    const gap = last === undefined ? Infinity : x - last.end
    if (last === undefined || gap > cellGap * size)
      cells.push({ text: text.trim(), x, end: x + width })
    else {
      const space = gap > wordGap * size || /\s$/.test(last.text) || /^\s/.test(text) ? ' ' : ''
      cells[cells.length - 1] = {
        text: `${last.text.trimEnd()}${space}${text.trim()}`,
        x: last.x,
        end: Math.max(last.end, x + width),
      }
    }
  }
  return cells
}

function toLine(cells: readonly Cell[], columns: readonly Cell[]): string {
  let line = ''
  let last = ''
  for (const [index, cell] of cells.entries()) {
    const text = index > 0 && isMark(cell.text) ? (columnOf(cell, columns) ?? cell.text) : cell.text
    if (index === 0) line = text
    else
      line +=
        isAnswer(text) && last.length <= 80
          ? `${/[:?.]$/.test(last) ? ' ' : ': '}${text}`
          : ` | ${text}`
    last = text
  }
  return line
}

function columnOf({ x, end }: Cell, columns: readonly Cell[]): string | undefined {
  const middle = (cell: { readonly x: number; readonly end: number }) => (cell.x + cell.end) / 2
  const [nearest] = [...columns].sort(
    (a, b) => Math.abs(middle(a) - middle({ x, end })) - Math.abs(middle(b) - middle({ x, end })),
  )
  return nearest !== undefined && Math.abs(middle(nearest) - middle({ x, end })) <= columnReach
    ? nearest.text
    : undefined
}
