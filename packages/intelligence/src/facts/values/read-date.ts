import type { Days } from '../fact.ts'
import { addDays, isCalendarDay, isoDay, oneDay, until } from './calendar.ts'
import type { Token } from './tokens.ts'

export interface ReadDate {
  readonly days: Days
  readonly next: number
  /** "3/26" is a day of this year or a month of 2026; this is the second interpretation. */
  readonly otherwise?: Days
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const monthName =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/

/** Words before a date that make even a bare month, season, year or "3/15" a date. */
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

export function monthOf(text: string): number {
  return monthName.test(text) ? months.indexOf(text.slice(0, 3)) + 1 : 0
}

/** The cue before a token, skipping articles: "since the spring", "in mid-March". */
export function cueBefore(tokens: readonly Token[], index: number): string | undefined {
  let at = index - 1
  for (let step = 0; step < 4 && at >= 0; step += 1, at -= 1) {
    const text = tokens[at]?.text ?? ''
    // "Until the middle of May"
    if (text === 'of' && /^(?:middle|end|start|beginning)$/.test(tokens[at - 1]?.text ?? '')) {
      at -= 1
      continue
    }
    if (cues.has(text)) return text
    if (!/^(?:the|-|:|month|year|summer|\()$/.test(text)) return undefined
  }
  return undefined
}

export function fullYear(text: string, noteDay: string | undefined): number {
  if (text.length !== 2) return Number(text)
  const reference = Number((noteDay ?? '2030').slice(2, 4))
  return Number(text) <= reference + 1 ? 2000 + Number(text) : 1900 + Number(text)
}

export function lastDayOf(month: number, day: number, noteDay: string): Days | undefined {
  const year = Number(noteDay.slice(0, 4))
  for (const one of [year, year - 1])
    if (isCalendarDay(one, month, day) && isoDay(one, month, day) <= noteDay)
      return oneDay(isoDay(one, month, day))
  return undefined
}

/** "early 2025", "mid-2025", "late March": the part of the range, with a margin. */
export function partOf(days: Days, before: string, farther: string): Days {
  const word = before === '-' || before === 'of' ? farther : before
  const length = (Date.parse(days.last) - Date.parse(days.first)) / 86_400_000 + 1
  if (/^(?:early|beginning|start)$/.test(word))
    return { first: days.first, last: addDays(days.first, length / 2) }
  if (word === 'late' || word === 'end')
    return { first: addDays(days.first, length / 2), last: days.last }
  if (word === 'mid' || word === 'middle')
    return { first: addDays(days.first, length / 4), last: addDays(days.last, -length / 4) }
  return days
}

export function writtenYearAt(
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

export function datedMonth(
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

export function upToNote(days: Days, noteDay: string | undefined): Days {
  return noteDay === undefined ? days : until(days, noteDay)
}
