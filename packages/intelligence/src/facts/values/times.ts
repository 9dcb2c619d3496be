import { durationAt } from './durations.ts'
import { partOfWholeAt, sessionNoun, sessionsAt, tieBehind } from './parts-of-whole.ts'
import { agoAt, dayAt, pastStretchAt, periodAt, sinceAt } from './periods.ts'
import { ageAt, followUpAt, rateAt, shorthandAt } from './rates.ts'
import { type Read, sizeOf, type TimeExpression } from './time-expression.ts'
import type { Token } from './tokens.ts'

/**
 * All time expressions of a unit, in one pass. `noteDay` is the day that "ago" and "since" refer to; `isDateAt`
 * says where a bare year or "6/12" is a date.
 */
export function timesIn(
  tokens: readonly Token[],
  noteDay: string | undefined,
  isDateAt: (index: number) => boolean = () => false,
): readonly TimeExpression[] {
  const found: TimeExpression[] = []
  let index = 0
  while (index < tokens.length) {
    const read = readAt(tokens, index, noteDay, isDateAt)
    const first = tokens[index]
    if (read === undefined || first === undefined) {
      index += 1
      continue
    }
    const { next, ...rest } = read
    const last = tokens[next - 1] ?? first
    found.push({ ...rest, first: index, next, start: first.start, end: last.end })
    index = Math.max(next, index + 1)
  }
  return found
}

const readers: readonly ((
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
) => Read | undefined)[] = [
  ageAt,
  shorthandAt,
  rateAt,
  partOfWholeAt,
  periodAt,
  sinceAt,
  pastStretchAt,
  agoAt,
  followUpAt,
  sessionsAt,
  lengthAt,
  (tokens, index, noteDay) => dayAt(tokens, index, noteDay),
]

function readAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isDateAt: (index: number) => boolean,
): Read | undefined {
  if (isDateAt(index)) {
    const read = periodAt(tokens, index, noteDay) ?? dayAt(tokens, index, noteDay, true)
    if (read !== undefined) return read
  }
  if (!mayBegin(tokens, index)) return undefined
  for (const reader of readers) {
    const read = reader(tokens, index, noteDay)
    if (read !== undefined) return read
  }
  return undefined
}

const plainWord =
  /^(?:the|and|was|were|with|had|has|her|his|is|to|he|she|pain|patient|no|not|denies)$/

/**
 * A quick test, because most tokens do not begin a time. A number before another number is not a count, unless
 * it is a year.
 */
function mayBegin(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  if (token === undefined) return false
  if (token.kind === 'word') return !plainWord.test(token.text)
  if (token.kind === 'sign') return /^[<>~≈≥≤.×]$/.test(token.text)
  // In a chain of numbers ("3/3/3", "1,1,1") only the first may begin one.
  const isChained =
    token.isGlued &&
    /^[/,]$/.test(tokens[index - 1]?.text ?? '') &&
    tokens[index - 2]?.kind === 'number'
  if (isChained) return false
  return (
    tokens[index + 1]?.kind !== 'number' ||
    token.text.length === 4 ||
    /^[½¼¾⅓⅔]$/.test(tokens[index + 1]?.text ?? '') ||
    tokens[index + 2]?.text === '/'
  )
}

function lengthAt(tokens: readonly Token[], index: number): Read | undefined {
  const read = durationAt(tokens, index)
  if (read === undefined) return undefined
  // "#3 weeks" and "day 3" are ordinals; "6 weeks old" is an age; "2 weeks post-op" is a day.
  const isPlace = /^(?:old|postop|post|status|s)$/.test(tokens[read.next]?.text ?? '')
  if (isPlace) return { kind: 'ignored', next: read.next }
  const behind = tieBehind(tokens, read.next)
  const isOver = tokens[index]?.text === 'over'
  // "3 visits over two weeks" is a period of two weeks, "over two weeks of therapy" is more than that.
  const isStretch =
    isOver && [1, 2, 3].some((step) => sessionNoun.test(tokens[index - step]?.text ?? ''))
  const plain = isStretch ? (durationAt(tokens, index + 1) ?? read) : read
  const tie = behind === 'of' ? 'of' : isOver ? 'for' : tieBefore(tokens, index)
  return { ...sizeOf(plain), kind: 'duration', tie, isToNote: false, next: read.next }
}

function tieBefore(tokens: readonly Token[], index: number): 'for' | 'none' {
  let at = index - 1
  while (
    at > index - 5 &&
    /^(?:the|a|an|full|total|of|at|least|about|over|period|approximately|least|\.)$/.test(
      tokens[at]?.text ?? '',
    )
  ) {
    if (/^(?:over)$/.test(tokens[at]?.text ?? '')) return 'for'
    at -= 1
  }
  return /^(?:for|x|×|over|during|lasting|lasted|throughout|\(|:|times|duration|spanning|totaling)$/.test(
    tokens[at]?.text ?? '',
  )
    ? 'for'
    : 'none'
}
