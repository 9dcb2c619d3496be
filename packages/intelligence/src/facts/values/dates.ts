import { yearDays } from './calendar.ts'
import { dayAndMonthAt, namedAt } from './named-dates.ts'
import { isDash } from './numbers.ts'
import { numericAt } from './numeric-dates.ts'
import { cueBefore, partOf, type ReadDate, upToNote } from './read-date.ts'
import type { Token } from './tokens.ts'

/**
 * A date at a token, as the days that it may mean. Undefined for a date relative to an unknown day of writing
 * ("last March", "yesterday", "3/15"). With `isExpected`, a bare month, "3/15" or a year counts as a date
 * without a preceding cue.
 */
export function dateAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected = false,
): ReadDate | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  if (token.kind === 'number') {
    if (token.isGlued && !mayPrecede(tokens[index - 1], isExpected)) return undefined
    return (
      numericAt(tokens, index, noteDay, isExpected) ??
      dayAndMonthAt(tokens, index, noteDay) ??
      yearAt(tokens, index, noteDay, isExpected)
    )
  }
  return token.kind === 'word' ? namedAt(tokens, index, noteDay, isExpected) : undefined
}

/** What may directly precede a date: a bracket, or a dash within a range. */
function mayPrecede(sign: Token | undefined, isExpected: boolean): boolean {
  return sign !== undefined && (/^[(:,;~<>[]$/.test(sign.text) || (isExpected && isDash(sign)))
}

/** A year by itself: "in 2019", "(2019)". */
function yearAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  const text = tokens[index]?.text ?? ''
  if (!/^(?:19|20)\d{2}$/.test(text)) return undefined
  const isBracketed = tokens[index - 1]?.text === '(' && tokens[index + 1]?.text === ')'
  if (!isExpected && !isBracketed && cueBefore(tokens, index) === undefined) return undefined
  const { first, last } = partOf(
    yearDays(Number(text)),
    tokens[index - 1]?.text ?? '',
    tokens[index - 2]?.text ?? '',
  )
  // "2022 or 2023": the year is unknown.
  const other = tokens[index + 2]?.text ?? ''
  const isEither =
    /^(?:or|\/)$/.test(tokens[index + 1]?.text ?? '') && /^(?:19|20)\d{2}$/.test(other)
  const end = isEither && Number(other) > Number(text) ? yearDays(Number(other)).last : last
  return { days: upToNote({ first, last: end }, noteDay), next: isEither ? index + 3 : index + 1 }
}
