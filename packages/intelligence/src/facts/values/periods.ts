import { namesStudy } from './named-dates.ts'
import type { Days } from '../fact.ts'
import { addDays, oneDay } from './calendar.ts'
import { dateAt } from './dates.ts'
import type { ReadDate } from './read-date.ts'
import { durationAt, timeUnitDays, unboundedDays } from './durations.ts'
import { numberAt } from './numbers.ts'
import { hull, lengths, type Read, sizeOf } from './time-expression.ts'
import type { Token } from './tokens.ts'

/** "from 2/1 to 3/15", "Sept 2025 through Feb 2026", "between January and March", "2/1/26 - present". */
export function periodAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): Read | undefined {
  const text = tokens[index]?.text ?? ''
  const isLed = text === 'from' || text === 'between'
  const start = dateAt(tokens, isLed ? index + 1 : index, noteDay, isLed)
  const from = start ?? (isLed ? undefined : expectedBeforeLink(tokens, index, noteDay))
  if (from === undefined) return undefined
  const link = tokens[from.next]?.text ?? ''
  if (
    !/^(?:to|through|thru|until|till|and|-|–|—)$/.test(link) ||
    (link === 'and' && text !== 'between')
  )
    return undefined
  const isNow = /^(?:present|now|date|today|current|currently)$/.test(
    tokens[from.next + 1]?.text ?? '',
  )
  if (isNow) {
    if (noteDay === undefined) return undefined
    return {
      kind: 'period',
      from: from.days,
      ...lengths([from.days], [oneDay(noteDay)]),
      next: from.next + 2,
    }
  }
  const to = dateAt(tokens, from.next + 1, noteDay, true)
  if (to === undefined) return undefined
  if (isScore(tokens, isLed ? index + 1 : index, from.next + 1))
    return { kind: 'ignored', next: to.next }
  const isYearless = tokens.slice(index, from.next).every((one) => !/^\d{4}$/.test(one.text))
  const start2 = (one: Days, end: Days) =>
    isYearless && one.first > end.last ? yearBefore(one) : one
  const pairs: (readonly [Days, Days])[] = [[start2(from.days, to.days), to.days]]
  if (from.otherwise !== undefined && to.otherwise !== undefined)
    pairs.push([from.otherwise, to.otherwise])
  const possible = pairs.filter(([one, other]) => one.first <= other.last)
  if (possible.length === 0) return undefined
  const starts = possible.map(([one]) => one)
  const ends = possible.map(([, other]) => other)
  return {
    kind: 'period',
    from: hull(starts),
    to: hull(ends),
    ...lengths(starts, ends),
    next: to.next,
  }
}

/** A bare month or "2/1" begins a period if a second date follows: "Jan - Mar 2026", "2/1-3/15". */
function expectedBeforeLink(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): ReadDate | undefined {
  const date = dateAt(tokens, index, noteDay, true)
  if (date === undefined || !/^(?:to|through|thru|-|–)$/.test(tokens[date.next]?.text ?? ''))
    return undefined
  const other = dateAt(tokens, date.next + 1, noteDay, true)
  if (other === undefined) return undefined
  const isNamed = tokens[index]?.kind === 'word'
  const hasYear = tokens.slice(date.next, other.next).some((one) => /^\d{4}$/.test(one.text))
  return isNamed || hasYear || tokens[index + 1]?.text === '/' ? date : undefined
}

/** "strength from 3/5 to 4/5": fractions with the same denominator are not dates. */
function isScore(tokens: readonly Token[], first: number, second: number): boolean {
  const wholeAt = (at: number) =>
    tokens[at + 1]?.text === '/' && tokens[at + 3]?.text !== '/' ? tokens[at + 2]?.text : undefined
  const whole = wholeAt(first)
  return whole !== undefined && whole === wholeAt(second) && /^(?:5|10)$/.test(whole)
}

function yearBefore({ first, last }: Days): Days {
  const back = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return { first: back(first), last: back(last) }
}

/** "since March", "since 3 weeks ago". */
export function sinceAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): Read | undefined {
  const text = tokens[index]?.text ?? ''
  const isSince =
    text === 'since' || (/^(?:starting|beginning)$/.test(text) && tokens[index + 1]?.text !== 'to')
  if (!isSince || noteDay === undefined) return undefined
  let at = index + 1
  while (
    /^(?:the|early|late|mid|-|about|around|last|in|beginning|of|on)$/.test(
      tokens[at]?.text ?? '',
    ) &&
    at < index + 5
  )
    at += 1
  const start =
    agoDays(tokens, at, noteDay) ??
    dateAt(tokens, at, noteDay, true) ??
    dateAt(tokens, at - 1, noteDay, true)
  // "Since the February MRI": the month belongs to the study.
  if (start === undefined || namesStudy(tokens, start.next)) return undefined
  const days = start.otherwise === undefined ? start.days : hull([start.days, start.otherwise])
  return { kind: 'period', from: days, ...lengths([days], [oneDay(noteDay)]), next: start.next }
}

/** "over the past 3 months" is a length that ends now; "in the last 6 months" only states a time. */
export function pastStretchAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): Read | undefined {
  const text = tokens[index]?.text ?? ''
  const isLength = /^(?:over|for|x|×|throughout|these|the|past|last|previous)$/.test(text)
  const isWindow = /^(?:in|within|during)$/.test(text)
  if (!isLength && !isWindow) return undefined
  let at = index
  while (
    at < index + 3 &&
    /^(?:over|for|x|×|throughout|in|within|during|the|these|at|least)$/.test(tokens[at]?.text ?? '')
  )
    at += 1
  if (!/^(?:past|last|previous|prior|preceding)$/.test(tokens[at]?.text ?? '')) return undefined
  const read = durationAt(tokens, at + 1)
  if (read === undefined) return undefined
  // "last week", "last year" without a number are calendar periods.
  if (
    /^(?:past|last|previous|the)$/.test(text) &&
    numberAt(tokens, at + 1) === undefined &&
    tokens[at + 1]?.text !== 'few' &&
    tokens[at + 1]?.text !== 'several'
  )
    return undefined
  if (!isWindow)
    return { ...sizeOf(read), kind: 'duration', tie: 'for', isToNote: true, next: read.next }
  if (noteDay === undefined) return { kind: 'ignored', next: read.next }
  return {
    kind: 'day',
    role: 'on',
    days: { first: addDays(noteDay, -read.maxDays), last: noteDay },
    next: read.next,
  }
}

/** "3 weeks ago", "2 years earlier", "years ago". */
export function agoAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): Read | undefined {
  const ago = agoDays(tokens, index, noteDay)
  return ago === undefined
    ? undefined
    : { kind: 'day', days: ago.days, role: roleBefore(tokens, index), next: ago.next }
}

function agoDays(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): ReadDate | undefined {
  const read = durationAt(tokens, index) ?? bareYearsAt(tokens, index)
  if (read === undefined || noteDay === undefined) return undefined
  const word = tokens[read.next]?.text ?? ''
  const isAgo =
    /^(?:ago|earlier|back|previously)$/.test(word) ||
    (word === 'prior' && tokens[read.next + 1]?.text !== 'to') ||
    isSinceTheLast(tokens, read.next)
  if (!isAgo) return undefined
  const first =
    read.maxDays === unboundedDays ? '1900-01-01' : addDays(noteDay, -read.maxDays - read.slackDays)
  const least = addDays(noteDay, -Math.max(0, read.days - read.slackDays))
  return { days: { first, last: least }, next: read.next + 1 }
}

/** "Four years since he last had an echo", "4 yrs since last TTE": the echo was that long ago. */
function isSinceTheLast(tokens: readonly Token[], index: number): boolean {
  return (
    tokens[index]?.text === 'since' &&
    tokens
      .slice(index + 1, index + 5)
      .some(({ text }) => /^(?:last|latest|previous|prior)$/.test(text))
  )
}

function bareYearsAt(tokens: readonly Token[], index: number) {
  const days =
    /^(?:years|months|weeks|days|decades)$/.test(tokens[index]?.text ?? '') &&
    tokens[index + 1]?.text === 'ago'
  const unit = tokens[index]?.text === 'decades' ? 3652 : timeUnitDays(tokens[index])
  return days && unit !== undefined
    ? { days: Math.round(unit * 2), maxDays: unboundedDays, slackDays: 0, next: index + 1 }
    : undefined
}

/** A date by itself, with its role. */
export function dayAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected = false,
): Read | undefined {
  const date = dateAt(tokens, index, noteDay, isExpected)
  if (date === undefined) return undefined
  const days = date.otherwise === undefined ? date.days : hull([date.days, date.otherwise])
  return { kind: 'day', days, role: roleBefore(tokens, index), next: date.next }
}

const beginning =
  /^(?:started|starting|began|begun|initiated|start|since|onset|commenced|beginning|begin|added|placed)$/

const ending =
  /^(?:completed|finished|ended|stopped|discharged|until|through|thru|till|discontinued|concluded|quit|last|dc'd|ending|end)$/

/** "started in March" is a beginning, "completed 3/15" an end. The nearest word before the date decides. */
function roleBefore(tokens: readonly Token[], index: number): 'on' | 'start' | 'end' {
  for (let at = index - 1; at >= 0 && at >= index - 7; at -= 1) {
    const text = tokens[at]?.text ?? ''
    if (beginning.test(text)) return 'start'
    if (text === 'last' && at >= index - 1) continue
    if (ending.test(text)) return 'end'
    if (/^[.;]$/.test(text)) return 'on'
  }
  return 'on'
}
