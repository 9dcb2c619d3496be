import type { Span } from '../note-document.ts'
import type { BoxField } from './box-field.ts'
import type { BoxPart } from './box-parts.ts'

type Valued = Extract<BoxField, { readonly kind: 'valued' }>

/** "PO2: 59 mmHg": a name with its number. */
export const isMeasured = (part: BoxPart): boolean =>
  part.kind === 'text' &&
  /[:=]\s*[<>~]?\s*\d[\d.,]*\s*(?:%|[a-z]+\s?[a-z]*)?\s*$/i.test(part.text.slice(-40))

/** "PO2: 59 mmHg  (x) room air  ( ) on O2": the ticked option describes the value before the boxes. */
export function valueUnderOptions(name: BoxPart, options: readonly BoxPart[]): Valued | undefined {
  const last = options.findLastIndex((part) => part.kind === 'box' && part.mark !== 'empty')
  const until = options[last + 1]
  if (last === -1 || until === undefined) return undefined
  const blanks = options.slice(0, last + 1).flatMap((part, index): readonly Span[] => {
    const before = options[index - 1]
    const isTicked = before?.kind === 'box' && before.mark !== 'empty'
    return part.kind === 'text' && isTicked ? [] : [{ start: part.start, end: part.end }]
  })
  const end = options.at(-1)?.end ?? until.end
  return {
    kind: 'valued',
    start: name.start,
    end: until.end,
    blanks,
    quote: { start: name.start, end },
  }
}
