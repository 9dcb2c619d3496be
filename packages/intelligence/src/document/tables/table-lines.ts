import type { Line } from '../lines.ts'
import { type Column, columnOf } from './columns.ts'
import { cellsOf, type Delimiter, delimiterOf, type TextCell, tokensOf } from './cells.ts'

/** More columns than fit on a page. */
export const maxColumns = 24

export interface TableSource {
  readonly source: string
  readonly lines: readonly Line[]
  /** Offsets of lines that the markup marks as table headers. */
  readonly headerLines: ReadonlySet<number>
  /** Whether a section begins at this line. */
  readonly isSection: (index: number) => boolean
}

/** The lines of a note as table lines; each is split into cells once and cached. */
export class TableLines {
  readonly source: string
  readonly lines: readonly Line[]
  readonly #headerLines: ReadonlySet<number>
  readonly #isSection: (index: number) => boolean
  readonly #delimiters: (Delimiter | null | undefined)[] = []
  readonly #cells: Readonly<Record<Delimiter, (readonly TextCell[] | undefined)[]>> = {
    pipe: [],
    tab: [],
    space: [],
  }
  readonly #columns: Readonly<Record<Delimiter, (readonly Column[] | undefined)[]>> = {
    pipe: [],
    tab: [],
    space: [],
  }

  constructor({ source, lines, headerLines, isSection }: TableSource) {
    this.source = source
    this.lines = lines
    this.#headerLines = headerLines
    this.#isSection = isSection
  }

  isSection(index: number): boolean {
    return this.#isSection(index)
  }

  isHeaderLine({ start }: Line): boolean {
    return this.#headerLines.has(start)
  }

  /** The delimiter that splits the line into cells; undefined if there is none. */
  delimiterAt(index: number): Delimiter | undefined {
    const known = this.#delimiters[index]
    if (known !== undefined) return known ?? undefined
    const line = this.lines[index]
    const delimiter = line === undefined ? undefined : delimiterOf(line.text)
    this.#delimiters[index] = delimiter ?? null
    return delimiter
  }

  cellsAt(index: number, delimiter: Delimiter): readonly TextCell[] {
    const known = this.#cells[delimiter][index]
    if (known !== undefined) return known
    const line = this.lines[index]
    const cells = line === undefined ? [] : rowCells(line, delimiter, this.source)
    this.#cells[delimiter][index] = cells
    return cells
  }

  columnsAt(index: number, delimiter: Delimiter): readonly Column[] {
    const known = this.#columns[delimiter][index]
    if (known !== undefined) return known
    const columns = this.cellsAt(index, delimiter).map(columnOf)
    this.#columns[delimiter][index] = columns
    return columns
  }

  /** Marks and texts of a line whose columns are determined by position. */
  tokensAt(index: number): readonly TextCell[] {
    const line = this.lines[index]
    return line === undefined ? [] : tokensOf(line.text.replaceAll('|', ' '), line.start)
  }
}

/** Tabs before the first cell are empty cells; spaces are indentation. */
export function rowCells(line: Line, delimiter: Delimiter, source: string): readonly TextCell[] {
  return delimiter === 'tab' && line.start - line.from < 100
    ? cellsOf(source.slice(line.from, line.end), line.from, delimiter)
    : cellsOf(line.text, line.start, delimiter)
}

const separatorLine = /^[|\s:+=-]{3,}$/
export const isTableRule = (text: string): boolean =>
  text.length <= 400 && separatorLine.test(text) && /-{2,}|={2,}/.test(text)
