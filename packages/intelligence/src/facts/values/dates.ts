import type { Days } from '../fact.ts'
import { addDays, isCalendarDay, isoDay, monthDays, oneDay, until, yearDays } from './calendar.ts'
import { isDash } from './numbers.ts'
import { type Token, timeWord } from './tokens.ts'

export interface ReadDate {
  readonly days: Days
  readonly next: number
  /** "3/26" is a day of this year or a month of that: what the other reading gives. */
  readonly otherwise?: Days
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/

/** Words before a date that make even a bare month, season, year or "3/15" one. */
const cues: ReadonlySet<string> = new Set([
  'in',
  'on',
  'since',
  'from',
  'until',
  'till',
  'through',
  'thru',
  'by',
  'during',
  'dated',
  'last',
  'this',
  'past',
  'early',
  'mid',
  'late',
  'before',
  'after',
  'of',
  'circa',
  'began',
  'started',
  'starting',
  'beginning',
  'between',
  'ended',
  'completed',
  'finished',
  'around',
  'stopped',
  'initiated',
  'date',
  'done',
  'performed',
  'obtained',
])

function monthOf(text: string): number {
  return monthName.test(text) ? months.indexOf(text.slice(0, 3)) + 1 : 0
}

/** The cue before a token, over articles and "the": "since the spring", "in mid-March". */
function cueBefore(tokens: readonly Token[], index: number): string | undefined {
  let at = index - 1
  for (let step = 0; step < 4 && at >= 0; step += 1, at -= 1) {
    const text = tokens[at]?.text ?? ''
    if (cues.has(text)) return text
    if (!/^(?:the|-|:|month|year|summer|\()$/.test(text)) return undefined
  }
  return undefined
}

/**
 * A date at a token, as the days that it may mean. What depends on the day of writing ("last March", "yesterday", "3/15") is undefined where
 * that is not known. With `isExpected` a bare month, "3/15" or a year is one too, without a word before it.
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

/** What may stand right before a date without white space: a bracket, and within a range a dash. */
function mayPrecede(sign: Token | undefined, isExpected: boolean): boolean {
  return sign !== undefined && (/^[(:,;~<>[]$/.test(sign.text) || (isExpected && isDash(sign)))
}

function fullYear(text: string, noteDay: string | undefined): number {
  if (text.length !== 2) return Number(text)
  const reference = Number((noteDay ?? '2030').slice(2, 4))
  return Number(text) <= reference + 1 ? 2000 + Number(text) : 1900 + Number(text)
}

/** "2026-03-02", "3/2/2026", "3-2-26", "3/2026", "3.2.2026"; with a word before it also "3/2" and "3/26". */
function numericAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  const parts: string[] = [tokens[index]?.text ?? '']
  let sign: string | undefined
  let next = index + 1
  while (parts.length < 3) {
    const mark = tokens[next]
    const number = tokens[next + 1]
    const isPart =
      mark?.isGlued === true &&
      (mark.text === '/' || isDash(mark) || mark.text === '.') &&
      number?.kind === 'number' &&
      number.isGlued
    if (!isPart || (sign !== undefined && mark.text !== sign)) break
    sign = mark.text
    parts.push(number.text)
    next += 2
  }
  if (tokens[next]?.text === '/' && tokens[next]?.isGlued && tokens[next + 1]?.kind === 'number')
    return undefined
  // "3.2.2026" is read as the number 3.2 and the year.
  const dotted = /^(\d{1,2})\.(\d{1,2})$/.exec(parts[0] ?? '')
  if (dotted !== null && sign === '.' && parts.length === 2)
    return usDate(dotted[1] ?? '', dotted[2] ?? '', parts[1] ?? '', noteDay, next)
  if (sign === undefined || sign === '.' || parts.some((part) => !/^\d{1,4}$/.test(part)))
    return undefined
  const [one = '', two = '', three] = parts
  if (three !== undefined)
    return one.length === 4
      ? isoDate(one, two, three, next)
      : usDate(one, two, three, noteDay, next)
  if (one.length === 4 && two.length === 2)
    return monthDate(Number(one), Number(two), noteDay, next)
  if (two.length === 4 && one.length <= 2) return monthDate(Number(two), Number(one), noteDay, next)
  if (sign !== '/' || one.length > 2 || two.length > 2) return undefined
  // "06/12" is neither a score nor a fraction.
  const isPadded = /^0\d$/.test(one) && two.length === 2
  if (!isExpected && !isPadded && cueBefore(tokens, index) === undefined) return undefined
  return halfDate(one, two, noteDay, next)
}

function isoDate(year: string, month: string, day: string, next: number): ReadDate | undefined {
  return isCalendarDay(Number(year), Number(month), Number(day))
    ? { days: oneDay(isoDay(Number(year), Number(month), Number(day))), next }
    : undefined
}

function usDate(
  month: string,
  day: string,
  yearText: string,
  noteDay: string | undefined,
  next: number,
): ReadDate | undefined {
  if (yearText.length !== 2 && yearText.length !== 4) return undefined
  return isoDate(String(fullYear(yearText, noteDay)), month, day, next)
}

function monthDate(
  year: number,
  month: number,
  noteDay: string | undefined,
  next: number,
): ReadDate | undefined {
  if (!isCalendarDay(year, month, 1)) return undefined
  return { days: upToNote(monthDays(year, month), noteDay), next }
}

/** "3/15": the last such day; "3/26" in 2026 also March of that year. */
function halfDate(
  one: string,
  two: string,
  noteDay: string | undefined,
  next: number,
): ReadDate | undefined {
  if (noteDay === undefined) return undefined
  const asDay = lastDayOf(Number(one), Number(two), noteDay)
  const year = fullYear(two, noteDay)
  const age = Number(noteDay.slice(0, 4)) - year
  const asMonth =
    two.length === 2 &&
    age >= 0 &&
    age <= (asDay === undefined ? 40 : 10) &&
    isCalendarDay(year, Number(one), 1) &&
    monthDays(year, Number(one)).first <= noteDay
      ? upToNote(monthDays(year, Number(one)), noteDay)
      : undefined
  if (asDay === undefined) return asMonth === undefined ? undefined : { days: asMonth, next }
  if (asMonth === undefined) return { days: asDay, next }
  return { days: asDay, otherwise: asMonth, next }
}

function lastDayOf(month: number, day: number, noteDay: string): Days | undefined {
  const year = Number(noteDay.slice(0, 4))
  for (const one of [year, year - 1])
    if (isCalendarDay(one, month, day) && isoDay(one, month, day) <= noteDay)
      return oneDay(isoDay(one, month, day))
  return undefined
}

/** "3 March 2026", "3rd of March". */
function dayAndMonthAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): ReadDate | undefined {
  const day = tokens[index]?.text ?? ''
  if (!/^\d{1,2}$/.test(day)) return undefined
  let at = index + 1
  if (/^(?:st|nd|rd|th)$/.test(tokens[at]?.text ?? '') && tokens[at]?.isGlued) at += 1
  if (tokens[at]?.text === 'of') at += 1
  if (isDash(tokens[at])) at += 1
  const month = monthOf(tokens[at]?.text ?? '')
  if (
    month === 0 ||
    (tokens[at]?.text === 'may' &&
      tokens[at - 1]?.text !== 'of' &&
      tokens[at + 1]?.kind !== 'number')
  )
    return undefined
  const year = writtenYearAt(tokens, isDash(tokens[at + 1]) ? at + 2 : at + 1, noteDay)
  return datedMonth(Number(day), month, year, noteDay, year?.next ?? at + 1)
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
  return {
    days: upToNote(
      partOf(yearDays(Number(text)), tokens[index - 1]?.text ?? '', tokens[index - 2]?.text ?? ''),
      noteDay,
    ),
    next: index + 1,
  }
}

/** "early 2025", "mid-2025", "late March": the part with a margin. */
function partOf(days: Days, before: string, farther: string): Days {
  const word = before === '-' ? farther : before
  const length = (Date.parse(days.last) - Date.parse(days.first)) / 86_400_000 + 1
  if (word === 'early' || word === 'beginning')
    return { first: days.first, last: addDays(days.first, length / 2) }
  if (word === 'late') return { first: addDays(days.first, length / 2), last: days.last }
  if (word === 'mid')
    return { first: addDays(days.first, length / 4), last: addDays(days.last, -length / 4) }
  return days
}

function writtenYearAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): { readonly year: number; readonly next: number } | undefined {
  let at = index
  if (/^(?:,|of|\.)$/.test(tokens[at]?.text ?? '')) at += 1
  const isShort = /^['’]$/.test(tokens[at]?.text ?? '')
  if (isShort) at += 1
  const text = tokens[at]?.text ?? ''
  if (tokens[at]?.kind !== 'number' || !(isShort ? /^\d{2}$/ : /^(?:19|20)\d{2}$/).test(text))
    return undefined
  return { year: fullYear(text, noteDay), next: at + 1 }
}

function datedMonth(
  day: number,
  month: number,
  year: { readonly year: number } | undefined,
  noteDay: string | undefined,
  next: number,
): ReadDate | undefined {
  if (year !== undefined)
    return isCalendarDay(year.year, month, day)
      ? { days: oneDay(isoDay(year.year, month, day)), next }
      : undefined
  const days = noteDay === undefined ? undefined : lastDayOf(month, day, noteDay)
  return days === undefined ? undefined : { days, next }
}

function namedAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  const relative = relativeAt(tokens, index, noteDay)
  if (relative !== undefined) return relative
  const text = tokens[index]?.text ?? ''
  const month = monthOf(text)
  if (month > 0) return monthAt(tokens, index, month, noteDay, isExpected)
  return seasonAt(tokens, index, noteDay, isExpected)
}

function monthAt(
  tokens: readonly Token[],
  index: number,
  month: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  let at = index + 1
  if (tokens[at]?.text === '.' && tokens[at]?.isGlued && tokens[at + 1]?.kind === 'number') at += 1
  const day = tokens[at]?.text ?? ''
  if (tokens[at]?.kind === 'number' && /^\d{1,2}$/.test(day) && !timeWord(tokens[at + 1])) {
    let next = at + 1
    if (/^(?:st|nd|rd|th)$/.test(tokens[next]?.text ?? '') && tokens[next]?.isGlued) next += 1
    const year = writtenYearAt(tokens, next, noteDay)
    const read = datedMonth(Number(day), month, year, noteDay, year?.next ?? next)
    if (read !== undefined) return read
  }
  const year = writtenYearAt(tokens, isDash(tokens[at]) ? at + 1 : at, noteDay)
  const before = tokens[index - 1]?.text ?? ''
  const farther = tokens[index - 2]?.text ?? ''
  if (year !== undefined)
    return {
      days: upToNote(partOf(monthDays(year.year, month), before, farther), noteDay),
      next: year.next,
    }
  const cue = cueBefore(tokens, index)
  if (noteDay === undefined || (cue === undefined && !isExpected)) return undefined
  const isVerb =
    tokens[index]?.text === 'may' ||
    tokens[index]?.text === 'march' ||
    tokens[index]?.text === 'mar'
  if (
    isVerb &&
    !isExpected &&
    !/^(?:in|since|last|early|mid|late|until|through|by|during|from|past|this|around)$/.test(
      cue ?? '',
    )
  )
    return undefined
  const thisYear = Number(noteDay.slice(0, 4))
  const thisMonth = Number(noteDay.slice(5, 7))
  const isBefore = month < thisMonth || (month === thisMonth && cue !== 'last')
  return {
    days: upToNote(
      partOf(monthDays(isBefore ? thisYear : thisYear - 1, month), before, farther),
      noteDay,
    ),
    next: index + 1,
  }
}

const seasons: Readonly<Record<string, readonly [from: string, to: string]>> = {
  spring: ['03-01', '06-20'],
  summer: ['06-01', '09-22'],
  fall: ['09-01', '12-21'],
  autumn: ['09-01', '12-21'],
  winter: ['12-01', '03-20'],
}

/** "in spring", "last fall", "summer of 2025". "The fall" is more often an accident. */
function seasonAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  const name = tokens[index]?.text ?? ''
  const season = Object.hasOwn(seasons, name) ? seasons[name] : undefined
  if (season === undefined) return undefined
  const daysIn = (year: number): Days => ({
    first: `${year}-${season[0]}`,
    last: `${season[1] < season[0] ? year + 1 : year}-${season[1]}`,
  })
  const year = writtenYearAt(tokens, index + 1, noteDay)
  if (year !== undefined) {
    const days = daysIn(year.year)
    // The winter of 2025 may be the one that began before it.
    return {
      days: name === 'winter' ? { first: `${year.year - 1}-12-01`, last: days.last } : days,
      next: year.next,
    }
  }
  const cue = cueBefore(tokens, index)
  const isArticle = tokens[index - 1]?.text === 'the'
  const isTime =
    name === 'fall'
      ? /^(?:last|this|past|early|late|mid)$/.test(cue ?? '') || (cue === 'in' && !isArticle)
      : cue !== undefined || isExpected
  if (noteDay === undefined || !isTime) return undefined
  const now = Number(noteDay.slice(0, 4))
  const found = [now, now - 1, now - 2]
    .map(daysIn)
    .find(({ first, last }) => first <= noteDay && (cue !== 'last' || last < noteDay))
  return found === undefined ? undefined : { days: upToNote(found, noteDay), next: index + 1 }
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** "today", "yesterday", "last week", "on Monday", "earlier this year". */
function relativeAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): ReadDate | undefined {
  if (noteDay === undefined) return undefined
  const text = tokens[index]?.text ?? ''
  const ahead = tokens[index + 1]?.text ?? ''
  const back = (first: number, last: number, next: number): ReadDate => ({
    days: { first: addDays(noteDay, -first), last: addDays(noteDay, -last) },
    next,
  })
  if (text === 'today' || text === 'tonight') return back(0, 0, index + 1)
  if (text === 'yesterday') return back(1, 1, index + 1)
  if (text === 'this' && /^(?:morning|afternoon|evening)$/.test(ahead)) return back(0, 0, index + 2)
  if (text === 'other' && ahead === 'day') return back(7, 2, index + 2)
  if (text === 'last') {
    if (ahead === 'night') return back(1, 1, index + 2)
    if (ahead === 'week') return back(13, 1, index + 2)
    if (ahead === 'month') return { days: lastMonth(noteDay), next: index + 2 }
    if (ahead === 'year')
      return { days: yearDays(Number(noteDay.slice(0, 4)) - 1), next: index + 2 }
  }
  if (text === 'this') {
    if (ahead === 'week') return back(6, 0, index + 2)
    if (ahead === 'month')
      return { days: { first: `${noteDay.slice(0, 8)}01`, last: noteDay }, next: index + 2 }
    if (ahead === 'year')
      return { days: { first: `${noteDay.slice(0, 4)}-01-01`, last: noteDay }, next: index + 2 }
  }
  const weekday = weekdays.indexOf(text)
  if (weekday === -1 || !/^(?:on|last|since|this|past)$/.test(tokens[index - 1]?.text ?? ''))
    return undefined
  const today = new Date(`${noteDay}T00:00:00Z`).getUTCDay()
  const ago = (today - weekday + 7) % 7
  return tokens[index - 1]?.text === 'last'
    ? back(ago === 0 ? 7 : ago + 7, ago === 0 ? 7 : ago, index + 1)
    : back(ago, ago, index + 1)
}

function lastMonth(noteDay: string): Days {
  const month = Number(noteDay.slice(5, 7))
  const year = Number(noteDay.slice(0, 4))
  return month === 1 ? monthDays(year - 1, 12) : monthDays(year, month - 1)
}

function upToNote(days: Days, noteDay: string | undefined): Days {
  return noteDay === undefined ? days : until(days, noteDay)
}
