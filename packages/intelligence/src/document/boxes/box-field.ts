import type { LayoutPolarity, Span } from '../note-document.ts'
import type { BoxPart } from './box-parts.ts'

export type Box = Extract<BoxPart, { kind: 'box' }>
export type Text = Extract<BoxPart, { kind: 'text' }>

/**
 * What a line with boxes contains. `answered`: a question with boxes for its answers; `option`: a box with its
 * own text; `lead`: text that governs the options after it; `unread`: text whose box cannot be determined.
 */
export type BoxField =
  | (Span & { readonly kind: 'answered'; readonly polarity: LayoutPolarity; readonly quote: Span })
  /** A name with the one value that is ticked; `blanks`: the boxes and the values that are not ticked. */
  | (Span & { readonly kind: 'valued'; readonly blanks: readonly Span[]; readonly quote: Span })
  | (Span & { readonly kind: 'option'; readonly mark: Box['mark']; readonly quote: Span })
  | (Span & { readonly kind: 'lead' })
  | (Span & { readonly kind: 'comment'; readonly quote: Span })
  | (Span & { readonly kind: 'unread'; readonly quote: Span })

export const isText = (part: BoxPart): part is Text => part.kind === 'text'
export const unread = ({ start, end }: Text): BoxField => ({
  kind: 'unread',
  start,
  end,
  quote: { start, end },
})
export const piece = (part: Text, from: number, to: number): Span => ({
  start: part.start + from,
  end: part.start + to,
})

export function pieceOfText(part: Text, from: number, to = part.text.length): Text {
  let start = from
  let end = to
  while (start < end && /[\s,;:/.)]/.test(part.text.charAt(start))) start += 1
  while (end > start && /[\s,;/]/.test(part.text.charAt(end - 1))) end -= 1
  return {
    kind: 'text',
    start: part.start + start,
    end: part.start + end,
    text: part.text.slice(start, end),
  }
}
