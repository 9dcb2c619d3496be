import { bulletLength } from '../text-blocks.ts'
import type { Line } from '../lines.ts'
import type { Span } from '../note-document.ts'
import { cellsOf } from '../tables/cells.ts'
import { asksForAll } from './box-group.ts'
import { hasBoxes, isAnswersOnly } from './box-parts.ts'

/** Longer text is not the name of a group of boxes. */
const maxNameLength = 60
/** A box may begin at most this far to the left of its column's name. */
const slack = 3

/** The column names on a line above lines of boxes; undefined if the line has none. */
export function boxHeadingsOf(line: Line, next: Line | undefined): readonly Span[] | undefined {
  if (next === undefined || next.isAfterBlank || line.text.length > 3 * maxNameLength)
    return undefined
  if (bulletLength(line.text) > 0 || !hasBoxes(next.text) || hasBoxes(line.text)) return undefined
  if (isAnswersOnly(next.text) || asksForAll(line.text)) return undefined
  const cells = cellsOf(line.text, line.start, 'space').filter(({ text }) => text !== '')
  const areNames = cells.every(
    ({ text }) => text.length <= maxNameLength && !/[.;!,]$/.test(text) && /\p{L}/u.test(text),
  )
  return areNames && cells.length > 0 ? cells.map(({ start, end }) => ({ start, end })) : undefined
}

interface Name {
  readonly span: Span
  readonly column: number
  readonly isOther: boolean
}

/** The names of the box columns that are currently read. */
export class BoxHeadings {
  #names: readonly Name[] = []
  #line: Line | undefined

  open(line: Line, names: readonly Span[]): void {
    this.#names = names.map((span) => ({
      span,
      column: span.start - line.from,
      isOther: /^(?:any )?(?:other|additional|further)\b/i.test(
        line.text.slice(span.start - line.start, span.end - line.start),
      ),
    }))
    this.#line = undefined
  }

  line(line: Line): void {
    this.#line = line
  }

  close(): void {
    this.#names = []
  }

  /** The name that governs a position, unless it refers to what is not named elsewhere, as "Other treatment" does. */
  governing(at: number): Span | undefined {
    const name = this.#nameOver(at)
    return name?.isOther === true ? undefined : name?.span
  }

  /** The column name above a position of the current line. */
  over(at: number): Span | undefined {
    return this.#nameOver(at)?.span
  }

  #nameOver(at: number): Name | undefined {
    const [first] = this.#names
    if (first === undefined || this.#line === undefined) return undefined
    const column = at - this.#line.from
    return this.#names.findLast((name) => name.column <= column + slack) ?? first
  }
}
