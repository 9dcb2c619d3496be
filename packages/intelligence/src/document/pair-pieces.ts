import { hasNegation, isBare, isMixed, namesOnly, polarityOf, settledPolarity } from './answers.ts'
import { relative } from './headings/heading.ts'
import type { LayoutPolarity, Span } from './note-document.ts'
import type { Pair } from './pairs.ts'
import type { TextBlock } from './text-blocks.ts'
import type { Piece } from './unit-list.ts'

/** The line contains only a box; its text is on the next line or missing. */
const onlyMarks = /^[^\p{L}\p{N}]*$/u
/** Only dates and numbers, no names. */
const onlyFigures =
  /^(?:[\s\d/.,()-]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b|\bon\b|\bin\b|\bdone\b)*$/i
/** "No, stays in the back": the rest begins with a verb. */
const says = /^[a-z]+(?:s|ed) (?:in|on|at|to|with|when|the|her|his|only|out|up|down|off|by)\b/
/** "none in the chart", "none since": a "none" with an unknown subject. */
const saysNone = /^(?:none|nil)\b(?!\s+of\b)/i
const excepts = /\b(?:but|except|other than|besides|apart from)\b/i
/** "no, Hct 43.0": a number is information itself; a date is not. */
const hasFigure =
  /(?<![\d./-])\d+(?:\.\d+)?\s?(?:%|mm\b|mg\b|cm\b|\/\s?\d{1,3}\b(?![/-])|(?<=\.\d+)(?![\d./-]))/
/** A longer key is the beginning of a sentence and applies only to that sentence. */
const maxKeyLength = 50
const maxKeyWords = 7

/** The piece of a key, and the key itself if it applies to the rest of the block: "Mother: diabetes. Stroke at 60." */
export function readKey(
  block: TextBlock,
  span: Span,
  { label, answer }: Pair,
  { isDoubtful, isListNext }: { readonly isDoubtful: boolean; readonly isListNext: boolean },
): { readonly piece: Piece; readonly lead: Span | undefined } {
  const key = block.text.slice(label.start, label.end)
  const value = block.text.slice(answer.start, answer.end)
  const keyPolarity = polarityOf(key)
  const isEmpty = onlyMarks.test(value)
  let polarity: LayoutPolarity | undefined
  if (isDoubtful) polarity = 'unknown'
  else if (isEmpty && !isListNext) polarity = isBare(key) ? 'unmarked' : undefined
  else if (keyPolarity !== undefined && !isMixed(value)) polarity = keyPolarity
  else if (saysNone.test(value) && !excepts.test(value)) polarity = 'unknown'
  const isCue =
    keyPolarity !== undefined || hasNegation(key) || /\b(?:reports|positives?)\b/i.test(key)
  const isLong = key.length > maxKeyLength || key.split(/\s+/, maxKeyWords + 1).length > maxKeyWords
  const hasLead = !isCue && !isEmpty && (!isLong || isGoverning(key))
  return {
    piece: {
      kind: 'pair',
      ...placed(block, span),
      polarity,
      blanks: questionMark(block, label, answer),
    },
    lead: hasLead ? placed(block, label) : undefined,
  }
}

/** "Pain today? 2/10" is read as "Pain today: 2/10". */
function questionMark(block: TextBlock, label: Span, answer: Span): Piece['blanks'] {
  const at = block.text.slice(label.end, answer.start).indexOf('?')
  if (at === -1) return undefined
  const start = block.start + label.end + at
  return [{ start, end: start + 1, sign: ':' }]
}

/** A key about another person or about the future applies to the end of its line, even if other keys follow. */
export const isGoverning = (key: string): boolean =>
  relative.test(key) ||
  /\b(?:if|when|return|call|family|fam|fh|risks?|instructions?|goals?)\b/i.test(key)

/** The pieces of a name with its answer: `Fever: no`. */
export function piecesOfPair(
  block: TextBlock,
  { label, polarity, answer, rest }: Pair,
  isDoubtful: boolean,
): readonly Piece[] {
  if (polarity === undefined) return []
  const words = block.text.slice(label.start, label.end)
  const comment = block.text.slice(rest.start, rest.end)
  const hasRest = /[\p{L}\p{N}]/u.test(comment)
  const said = isDoubtful ? 'unknown' : settledPolarity(words, polarity)
  const whole = placed(block, { start: label.start, end: Math.max(rest.end, answer.end) })
  // "Yes, but no chills": the wording decides.
  if (polarity === 'yes' && hasRest)
    return [
      {
        kind: 'pair',
        ...placed(block, { start: label.start, end: rest.end }),
        polarity: isMixed(comment) && said === 'yes' ? undefined : said,
        blanks: questionMark(block, label, answer),
      },
    ]
  // The day of an answer is part of it: "negative (05/2026)".
  if (hasRest && onlyFigures.test(comment))
    return [{ kind: 'pair', ...whole, polarity: said, blanks: [placed(block, answer)] }]
  const quote = placed(block, { start: label.start, end: answer.end })
  const pair: Piece = { kind: 'pair', ...placed(block, label), polarity: said, quote }
  if (!hasRest) return [pair]
  return [
    pair,
    {
      kind: 'sentence',
      ...placed(block, rest),
      polarity: polarityOfRest(polarity, comment),
      leads: [placed(block, label)],
      quote: placed(block, { start: label.start, end: rest.end }),
    },
  ]
}

/** The text after an empty blank is printed on the form: "Date: ____ (I certify the need)". */
function polarityOfRest(answer: LayoutPolarity, comment: string): LayoutPolarity | undefined {
  if (answer === 'unmarked') return 'unmarked'
  return namesOnly(comment) && !says.test(comment) && !hasFigure.test(comment)
    ? 'unknown'
    : undefined
}

export const placed = (block: TextBlock, { start, end }: Span): Span => ({
  start: block.start + start,
  end: block.start + end,
})
