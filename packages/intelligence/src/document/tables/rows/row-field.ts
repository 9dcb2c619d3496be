import { hasNegation, isBare, isMixed } from '../../answers.ts'
import type { Cell, LayoutPolarity, Span } from '../../note-document.ts'
import type { TextCell } from '../cells.ts'

/** A statement of a row: a piece of text with what its columns say about it. */
export interface RowField extends Span {
  /** `pair`: a key with text beside it; the wording decides. */
  readonly kind: 'row' | 'pair' | 'comment' | 'group'
  readonly polarity?: LayoutPolarity
  /** The row's label or the column's heading, if it governs a cell that stands alone. */
  readonly leads?: readonly Span[]
  readonly cells?: readonly Cell[]
  readonly quote: Span
  /** Borders inside the field that do not separate anything: the text is read across them. */
  readonly blanks?: readonly Blank[]
}

/** A piece of the source that is read as white space, or as a character followed by white space. */
export interface Blank extends Span {
  readonly sign?: ':'
}

export function coverOf(spans: readonly Span[]): Span {
  let start = Number.POSITIVE_INFINITY
  let end = 0
  for (const span of spans) {
    start = Math.min(start, span.start)
    end = Math.max(end, span.end)
  }
  return { start: Number.isFinite(start) ? start : 0, end }
}

/** Text in an answer column: the column applies to all of it, unless the text reverses the meaning. */
export function polarityInColumn(
  text: string,
  polarity: LayoutPolarity,
): LayoutPolarity | undefined {
  if (/\b(?:but|however|except|although|other than)\b/i.test(text)) return 'unknown'
  return polarity === 'yes' && hasNegation(text) ? undefined : polarity
}

/** A comment beside an answer; a comment that only names things is not interpreted. */
export function commentField(cell: TextCell, label: Span): RowField {
  const { start, end } = cell
  return {
    kind: 'comment',
    start,
    end,
    leads: [label],
    quote: coverOf([label, cell]),
    ...(isBare(cell.text) ? { polarity: 'unknown' as const } : {}),
  }
}

/** A label with its answer. A yes includes the comments after it; other answers do not. */
export function answeredFields(
  asked: TextCell,
  polarity: LayoutPolarity | undefined,
  { comments, quote }: { readonly comments: readonly TextCell[]; readonly quote: Span },
): readonly RowField[] {
  const label = withoutMark(asked)
  const said = polarity === undefined ? {} : { polarity }
  const behind = comments.filter(({ start }) => start >= label.end)
  const takes = polarity === 'yes' && behind.length > 0 && !behind.some(({ text }) => isMixed(text))
  if (takes)
    return [
      {
        kind: 'row',
        ...coverOf([label, ...behind]),
        ...said,
        cells: [label, ...behind].map(spanOf),
        quote,
      },
    ]
  const { start, end } = label
  return [
    { kind: 'row', start, end, ...said, quote },
    ...comments.map((comment) => commentField(comment, { start, end })),
  ]
}

/** The question mark is removed, because an answered question is not in doubt. */
function withoutMark({ start, end, text }: TextCell): TextCell {
  const asked = text.replace(/[\s?:]{1,4}$/, '')
  return asked === ''
    ? { start, end, text }
    : { start, end: end - text.length + asked.length, text: asked }
}

export const spanOf = ({ start, end }: Span): Span => ({ start, end })
