import type { Span } from '../../document/note-document.ts'
import type { Days } from '../fact.ts'
import { addDays, daysBetween, oneDay } from './calendar.ts'
import { dateAt, type ReadDate } from './dates.ts'
import { durationAt, isCode, timeUnitDays, unboundedDays } from './durations.ts'
import { isDash, numberAt, numberOrRangeAt } from './numbers.ts'
import { readsAs, type Token } from './tokens.ts'

interface Place extends Span {
  /** Indexes of its tokens: `tokens.slice(first, next)`. */
  readonly first: number
  readonly next: number
}

/** What a text says of time, in order and without overlap. `ignored`: a rate, an age, a follow-up: not a length of anything done. */
export type TimeExpression = Place &
  (
    | {
        readonly kind: 'duration'
        readonly days: number
        readonly mostDays: number
        readonly slackDays: number
        /** `of`: "8 weeks of"; `for`: "for 8 weeks", "x 8 weeks", "(8 weeks)"; `none`: neither. */
        readonly tie: 'of' | 'for' | 'none'
        /** "over the past 3 months": it reaches to the day of the note. */
        readonly isToNote: boolean
        /** "2w6": twice a week for six weeks. */
        readonly isRate?: true
      }
    | {
        readonly kind: 'period'
        readonly from: Days
        /** Absent of "since March": to the day of the note. */
        readonly to?: Days
        readonly days?: number
        readonly mostDays?: number
      }
    | { readonly kind: 'day'; readonly days: Days; readonly role: 'on' | 'start' | 'end' }
    /** "4 of 12 visits": four, `outOf` twelve. */
    | { readonly kind: 'sessions'; readonly count: number; readonly outOf?: number }
    | { readonly kind: 'ignored'; readonly isRate?: true }
  )

type Read = { readonly next: number } & Readable
type Readable = TimeExpression extends infer One
  ? One extends TimeExpression
    ? Omit<One, keyof Place>
    : never
  : never

/**
 * All time expressions of a unit, in one pass. `noteDay` is the day that "ago" and "since" count from; `isDateAt` tells where a bare year or "6/12" is a
 * date.
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

/** Most tokens begin no time: seen at once, before any reader. A number before a number counts nothing, unless it is a year. */
function mayBegin(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  if (token === undefined) return false
  if (token.kind === 'word') return !plainWord.test(token.text)
  if (token.kind === 'sign') return /^[<>~≈≥≤.×]$/.test(token.text)
  // Within a chain of numbers ("3/3/3", "1,1,1") only the first may begin one.
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

/** "62-year-old", "45 yo", "age 45". */
function ageAt(tokens: readonly Token[], index: number): Read | undefined {
  if (/^(?:age|aged)$/.test(tokens[index]?.text ?? '')) {
    const age = numberAt(tokens, tokens[index + 1]?.text === ':' ? index + 2 : index + 1)
    return age === undefined ? undefined : { kind: 'ignored', next: age.next }
  }
  const age = numberAt(tokens, index)
  if (age === undefined) return undefined
  const at = isDash(tokens[age.next]) ? age.next + 1 : age.next
  if (/^(?:yo|yof|yom)$/.test(tokens[at]?.text ?? '')) return { kind: 'ignored', next: at + 1 }
  if (readsAs(tokens, at, ['y', '/', 'o'])) return { kind: 'ignored', next: at + 3 }
  if (!/^(?:years?|yrs?|y|months?)$/.test(tokens[at]?.text ?? '')) return undefined
  const behind = isDash(tokens[at + 1]) ? at + 2 : at + 1
  if (/^(?:old|o)$/.test(tokens[behind]?.text ?? '')) return { kind: 'ignored', next: behind + 1 }
  return readsAs(tokens, behind, ['of', 'age']) ? { kind: 'ignored', next: behind + 2 } : undefined
}

/** "2w6": twice a week for six weeks. */
function shorthandAt(tokens: readonly Token[], index: number): Read | undefined {
  const [times, letter, count] = [tokens[index], tokens[index + 1], tokens[index + 2]]
  const isRead =
    /^[1-7]$/.test(times?.text ?? '') &&
    letter?.text === 'w' &&
    letter.isGlued &&
    /^\d{1,2}$/.test(count?.text ?? '') &&
    count?.isGlued === true
  if (!isRead) return undefined
  return { ...exactly(Number(count.text) * 7, 'for'), isRate: true, next: index + 3 }
}

const perUnit = /^(?:days?|d|nights?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|h|visits?)$/
const often =
  /^(?:times?|x|visits?|sessions?|treatments?|days?|nights?|doses?|tabs?|tablets?|hours?|minutes?|min|mins)$/

/** "twice a week", "3x/wk", "two a month", "every 3 months", "q 6 hours", "3 days per week". */
function rateAt(tokens: readonly Token[], index: number): Read | undefined {
  const text = tokens[index]?.text ?? ''
  if (text === 'every' || text === 'q' || text === 'each') {
    const amount = numberOrRangeAt(tokens, index + 1)
    const at = amount?.next ?? (tokens[index + 1]?.text === 'other' ? index + 2 : index + 1)
    const unit = isDash(tokens[at]) ? at + 1 : at
    return perUnit.test(tokens[unit]?.text ?? '') && text !== 'each'
      ? { kind: 'ignored', isRate: true, next: unit + 1 }
      : undefined
  }
  const count = /^(?:once|twice|thrice|several|few|multiple)$/.test(text)
    ? { next: index + 1 }
    : numberOrRangeAt(tokens, index)
  if (count === undefined || (tokens[index]?.isGlued === true && isCode(tokens, index)))
    return undefined
  let at = count.next
  if (often.test(tokens[at]?.text ?? '')) at += 1
  if (/^(?:daily|weekly|monthly|nightly)$/.test(tokens[at]?.text ?? ''))
    return { kind: 'ignored', isRate: true, next: at + 1 }
  const isEach = /^(?:a|an|per|each|every|\/)$/.test(tokens[at]?.text ?? '')
  if (isEach && perUnit.test(tokens[at + 1]?.text ?? ''))
    return { kind: 'ignored', isRate: true, next: at + 2 }
  // "3x wk"
  const isTimes = tokens[at - 1]?.text === 'x' && at > count.next
  return isTimes && /^(?:wk|week|day|month|mo)$/.test(tokens[at]?.text ?? '')
    ? { kind: 'ignored', isRate: true, next: at + 1 }
    : undefined
}

const between =
  /^(?:the|a|an|her|his|their|my|prescribed|planned|total|ordered|recommended|scheduled|required|authorized|approved|initial|full|of)$/
const sessionNoun = /^(?:visits?|sessions?|appointments?|appts?|treatments?)$/

function overDeterminers(tokens: readonly Token[], index: number): number {
  let at = index
  while (at < index + 5 && between.test(tokens[at]?.text ?? '')) at += 1
  return at
}

/** "2 of 6 weeks" is two, "half of her six weeks" three, "4 of 12 visits" four, "week 2 of 6" two at most. */
function partOfWholeAt(tokens: readonly Token[], index: number): Read | undefined {
  const text = tokens[index]?.text ?? ''
  if (text === 'week' || text === 'wk' || text === 'visit' || text === 'session') {
    const part = numberAt(tokens, index + 1)
    const link = part === undefined ? 0 : ofAt(tokens, part.next)
    const whole = link === 0 || part === undefined ? undefined : numberAt(tokens, link)
    if (part === undefined || whole === undefined) return undefined
    return /^v|^s/.test(text)
      ? { kind: 'sessions', count: part.value, outOf: whole.value, next: whole.next }
      : {
          ...exactly(part.value * 7, 'none'),
          days: Math.max(0, part.value - 1) * 7,
          next: whole.next,
        }
  }
  const share = shareAt(tokens, index)
  if (share !== undefined) {
    const whole = durationAt(tokens, share.next)
    if (whole !== undefined) {
      const days = Math.floor(whole.days * share.value)
      return { ...exactly(days, tieBehind(tokens, whole.next)), next: whole.next }
    }
    const visits = sessionsBehind(tokens, share.next)
    return visits === undefined
      ? undefined
      : {
          kind: 'sessions',
          count: Math.floor(visits.count * share.value),
          outOf: visits.count,
          next: visits.next,
        }
  }
  const part = numberAt(tokens, index)
  if (part === undefined || (tokens[index]?.isGlued === true && isCode(tokens, index)))
    return undefined
  // "2 weeks of the 6 weeks", "4 visits of 12"
  const partUnit = timeUnitDays(tokens[part.next])
  const isVisits = sessionNoun.test(tokens[part.next]?.text ?? '')
  const link = ofAt(tokens, partUnit !== undefined || isVisits ? part.next + 1 : part.next)
  if (link === 0) return undefined
  const whole = numberAt(tokens, overDeterminers(tokens, link))
  if (whole === undefined || whole.value < part.value) return undefined
  if (isVisits) return { kind: 'sessions', count: part.value, outOf: whole.value, next: whole.next }
  const visits = sessionsBehind(tokens, overDeterminers(tokens, link))
  if (visits !== undefined && partUnit === undefined)
    return { kind: 'sessions', count: part.value, outOf: visits.count, next: visits.next }
  const full = durationAt(tokens, overDeterminers(tokens, link))
  const unit = partUnit ?? timeUnitDays(tokens[(full?.next ?? 0) - 1])
  const isDuration = unit !== undefined && (full !== undefined || partUnit !== undefined)
  return isDuration
    ? {
        ...exactly(Math.round(part.value * unit), tieBehind(tokens, full?.next ?? whole.next)),
        next: full?.next ?? whole.next,
      }
    : undefined
}

/** Behind "of", "out of", "of the", or a slash right behind the number; 0 where none stands. */
function ofAt(tokens: readonly Token[], index: number): number {
  if (tokens[index]?.text === 'of') return index + 1
  if (readsAs(tokens, index, ['out', 'of'])) return index + 2
  const token = tokens[index]
  return token?.text === '/' && token.isGlued ? index + 1 : 0
}

function shareAt(
  tokens: readonly Token[],
  index: number,
): { readonly value: number; readonly next: number } | undefined {
  const text = tokens[index]?.text ?? ''
  const value =
    text === 'half' || text === 'halfway'
      ? 0.5
      : text === 'third'
        ? 1 / 3
        : text === 'quarter'
          ? 0.25
          : undefined
  if (value === undefined) return undefined
  let at = index + 1
  if (/^(?:of|through|into|way)$/.test(tokens[at]?.text ?? '')) at += 1
  if (tokens[at]?.text === 'through') at += 1
  // "half a year" is a length, not a part of one.
  if (at === index + 1 && tokens[at]?.text === 'a') return undefined
  const next = overDeterminers(tokens, at)
  return numberAt(tokens, next) === undefined ? undefined : { value, next }
}

function exactly(days: number, tie: 'of' | 'for' | 'none') {
  return { kind: 'duration', days, mostDays: days, slackDays: 0, tie, isToNote: false } as const
}

/** "from 2/1 to 3/15", "Sept 2025 through Feb 2026", "between January and March", "2/1/26 - present". */
function periodAt(
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

/** A bare month or "2/1" begins a period where a second one follows: "Jan - Mar 2026", "2/1-3/15". */
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

/** "strength from 3/5 to 4/5": fractions of the same whole are no days. */
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

function hull(all: readonly Days[]): Days {
  const firsts = all.map((one) => one.first).sort()
  const lasts = all.map((one) => one.last).sort()
  return { first: firsts[0] ?? '', last: lasts.at(-1) ?? '' }
}

function lengths(starts: readonly Days[], ends: readonly Days[]) {
  const least = starts.map((one, index) => daysBetween(one.last, ends[index]?.first ?? one.last))
  const most = starts.map((one, index) => daysBetween(one.first, ends[index]?.last ?? one.first))
  return { days: Math.max(0, Math.min(...least)), mostDays: Math.max(0, ...most) }
}

/** "since March", "since 3 weeks ago". */
function sinceAt(
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
  if (start === undefined) return undefined
  const days = start.otherwise === undefined ? start.days : hull([start.days, start.otherwise])
  return { kind: 'period', from: days, ...lengths([days], [oneDay(noteDay)]), next: start.next }
}

/** "over the past 3 months" is a length that ends now; "in the last 6 months" only says when. */
function pastStretchAt(
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
  // "last week", "last year" without a number are calendar words.
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
    days: { first: addDays(noteDay, -read.mostDays), last: noteDay },
    next: read.next,
  }
}

function sizeOf({
  days,
  mostDays,
  slackDays,
}: {
  readonly days: number
  readonly mostDays: number
  readonly slackDays: number
}) {
  return { days, mostDays, slackDays }
}

/** "3 weeks ago", "2 years earlier", "years ago". */
function agoAt(
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
    (word === 'prior' && tokens[read.next + 1]?.text !== 'to')
  if (!isAgo) return undefined
  const first =
    read.mostDays === unboundedDays
      ? '1900-01-01'
      : addDays(noteDay, -read.mostDays - read.slackDays)
  const least = addDays(noteDay, -Math.max(0, read.days - read.slackDays))
  return { days: { first, last: least }, next: read.next + 1 }
}

function bareYearsAt(tokens: readonly Token[], index: number) {
  const days =
    /^(?:years|months|weeks|days|decades)$/.test(tokens[index]?.text ?? '') &&
    tokens[index + 1]?.text === 'ago'
  const unit = tokens[index]?.text === 'decades' ? 3652 : timeUnitDays(tokens[index])
  return days && unit !== undefined
    ? { days: Math.round(unit * 2), mostDays: unboundedDays, slackDays: 0, next: index + 1 }
    : undefined
}

/** "in 6 weeks", "within 2 weeks", "next 3 months", "every": what is to come. */
function followUpAt(tokens: readonly Token[], index: number): Read | undefined {
  if (!/^(?:in|within|next|coming|another)$/.test(tokens[index]?.text ?? '')) return undefined
  const read = durationAt(tokens, tokens[index + 1]?.text === 'the' ? index + 2 : index + 1)
  return read === undefined || tokens[read.next]?.text === 'ago'
    ? undefined
    : { kind: 'ignored', next: read.next }
}

function sessionsBehind(
  tokens: readonly Token[],
  index: number,
): { readonly count: number; readonly next: number } | undefined {
  const count = numberAt(tokens, index)
  if (count === undefined) return undefined
  let at = count.next
  if (isDash(tokens[at])) at += 1
  // "12 supervised physical therapy visits": a few words may stand between.
  for (let step = 0; step < 5; step += 1, at += 1) {
    const token = tokens[at]
    if (token === undefined || (token.kind !== 'word' && !/^[-/]$/.test(token.text)))
      return undefined
    if (sessionNoun.test(token.text)) return { count: count.value, next: at + 1 }
    if (
      /^(?:of|for|and|or|with|to|in|on|per|a|then|but|ago|was|were|is)$/.test(token.text) ||
      timeUnitDays(token) !== undefined
    )
      return undefined
  }
  return undefined
}

/** "12 visits", "12 PT sessions", "went three times". */
function sessionsAt(tokens: readonly Token[], index: number): Read | undefined {
  if (tokens[index]?.isGlued === true && isCode(tokens, index)) return undefined
  const visits = sessionsBehind(tokens, index)
  if (visits !== undefined) return { kind: 'sessions', ...visits }
  const text = tokens[index]?.text ?? ''
  const isGone = /^(?:went|attended|came|gone|tried|been)$/.test(tokens[index - 1]?.text ?? '')
  // "went 2x"
  if (
    isGone &&
    /^\d{1,2}$/.test(text) &&
    tokens[index + 1]?.text === 'x' &&
    tokens[index + 1]?.isGlued
  )
    return { kind: 'sessions', count: Number(text), next: index + 2 }
  if (/^(?:once|twice)$/.test(text))
    return /^(?:went|attended|came|gone|tried)$/.test(tokens[index - 1]?.text ?? '')
      ? { kind: 'sessions', count: text === 'once' ? 1 : 2, next: index + 1 }
      : undefined
  const count = numberAt(tokens, index)
  return count !== undefined && tokens[count.next]?.text === 'times'
    ? { kind: 'sessions', count: count.value, next: count.next + 1 }
    : undefined
}

function lengthAt(tokens: readonly Token[], index: number): Read | undefined {
  const read = durationAt(tokens, index)
  if (read === undefined) return undefined
  // "#3 weeks" and "day 3" are other numbers; "6 weeks old" an age of something; "2 weeks post-op" a day.
  const isPlace = /^(?:old|postop|post|status|s)$/.test(tokens[read.next]?.text ?? '')
  if (isPlace) return { kind: 'ignored', next: read.next }
  const behind = tieBehind(tokens, read.next)
  const isOver = tokens[index]?.text === 'over'
  // "3 visits over two weeks" is a stretch of two weeks, "over two weeks of therapy" is more than that.
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

function tieBehind(tokens: readonly Token[], index: number): 'of' | 'none' {
  const text = tokens[index]?.text ?? ''
  if (text === 'of' || text === 'worth') return 'of'
  return /^(?:history|course|trial|program|period|stint|h|hx)$/.test(text) &&
    /^(?:of|\/)$/.test(tokens[index + 1]?.text ?? '')
    ? 'of'
    : 'none'
}

/** A date by itself, with what it is the day of. */
function dayAt(
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

/** "started in March" begins then, "completed 3/15" ends. The nearest word before the date decides. */
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
