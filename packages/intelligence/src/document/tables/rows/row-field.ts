import { hasNegation, isBare, isMixed } from '../../answers.ts'
import type { Cell, LayoutPolarity, Span } from '../../note-document.ts'
import type { TextCell } from '../cells.ts'

/** What a row says: a piece of text with what its columns say of it. */
export interface RowField extends Span {
  /** `pair`: a key with the text beside it, which the words decide. */
  readonly kind: 'row' | 'pair' | 'comment' | 'group'
  readonly polarity?: LayoutPolarity
  /** The row's label or the column's heading, where it governs a cell that stands alone. */
  readonly leads?: readonly Span[]
  readonly cells?: readonly Cell[]
  readonly quote: Span
  /** Borders inside the field that part nothing: its text is read across them. */
  readonly blanks?: readonly Blank[]
}

/** A piece of the source that is read as white space, or as a sign and white space. */
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

/** Text that a column of answers holds: the column speaks for all of it, unless the text turns round. */
export function polarityInColumn(
  text: string,
  polarity: LayoutPolarity,
): LayoutPolarity | undefined {
  if (/\b(?:but|however|except|although|other than)\b/i.test(text)) return 'unknown'
  return polarity === 'yes' && hasNegation(text) ? undefined : polarity
}

/** A comment beside an answer; one that only names things says nothing that could be placed. */
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

/** A label with its answer: a yes takes the comments behind it, any other answer does not. */
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

/** The mark of a question that was answered: it leaves nothing open. */
function withoutMark({ start, end, text }: TextCell): TextCell {
  const asked = text.replace(/[\s?:]{1,4}$/, '')
  return asked === ''
    ? { start, end, text }
    : { start, end: end - text.length + asked.length, text: asked }
}

export const spanOf = ({ start, end }: Span): Span => ({ start, end })
