import { isBare, settledPolarity } from '../answers.ts'
import type { LayoutPolarity, Span } from '../note-document.ts'
import { pairsOf } from '../pairs.ts'
import type { Piece } from '../unit-list.ts'
import { isNoneOfThem } from './box-group.ts'
import type { BoxField } from './box-field.ts'
import { valueAtStart } from './option-values.ts'

/** The unit for a field with boxes; `hasTick`: another box on the line is ticked, so a cross denies. */
export function pieceOfField(
  text: string,
  field: Exclude<BoxField, { kind: 'lead' }>,
  leads: readonly Span[],
  hasTick: boolean,
): Piece {
  const { start, end, quote } = field
  const words = text.slice(start, end)
  switch (field.kind) {
    case 'answered':
      return {
        kind: 'pair',
        start,
        // The question mark is left out: a question that its box answers is not in doubt.
        end: words.endsWith('?') ? end - 1 : end,
        polarity: settledPolarity(words, field.polarity),
        leads,
        quote,
      }
    case 'valued':
      return { kind: 'pair', start, end, leads, quote, blanks: field.blanks }
    case 'comment':
      return {
        kind: 'sentence',
        start,
        end,
        polarity: isBare(words) ? 'unknown' : undefined,
        leads,
        quote,
      }
    case 'unread':
      return { kind: 'option', start, end, polarity: 'unknown', leads, quote }
    case 'option':
      return field.mark === 'empty'
        ? (answeredInWords(text, field, leads) ?? {
            kind: 'option',
            start,
            end,
            polarity: 'unmarked',
            leads,
            quote,
          })
        : {
            kind: 'option',
            start,
            end,
            // "None of these" denies by its wording; everything else has the polarity of its mark.
            polarity: isNoneOfThem(words) ? undefined : ticked(field.mark, hasTick),
            leads,
            quote,
          }
    default:
      return field satisfies never
  }
}

const ticked = (mark: 'checked' | 'cross', hasTick: boolean): LayoutPolarity =>
  mark === 'checked' ? 'yes' : hasTick ? 'no' : 'unknown'

/** "[ ] cancer - never": the text after the name is the answer, not the box. */
function answeredInWords(
  text: string,
  field: BoxField & { readonly quote: Span },
  leads: readonly Span[],
): Piece | undefined {
  const { quote } = field
  const words = text.slice(field.start, field.end)
  const [pair, ...others] = pairsOf(words, { start: 0, end: words.length })
  if (pair !== undefined && others.length === 0 && pair.polarity !== undefined) {
    const start = field.start + pair.label.start
    const end = field.start + pair.label.end
    return {
      kind: 'pair',
      start,
      end,
      polarity: settledPolarity(text.slice(start, end), pair.polarity),
      leads,
      quote,
    }
  }
  const parts = /^(.{2,80}?)(?:\s[-–—]\s|:\s)(.+)$/.exec(words)
  const value = parts?.[2] ?? ''
  return value !== '' && valueAtStart(value) === value.length
    ? { kind: 'pair', start: field.start, end: field.end, leads, quote }
    : undefined
}
