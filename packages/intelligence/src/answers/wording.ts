import { americanDate } from '@authscript/prior-auth'
import type { Days, Fact, Side } from '../facts/fact.ts'
import { monthDays } from '../facts/values/calendar.ts'
import type { Bounds, Duration, Limit } from '../policy/sourced.ts'
import type { AnswerContext } from './answer-context.ts'
import { daysOfFact } from './days.ts'

/** Text for reviewers and payers: no ids, no offsets, American dates. */

export function nameOf(conceptId: string, { concepts }: AnswerContext): string {
  return concepts.get(conceptId)?.name ?? conceptId.replaceAll('-', ' ')
}

export function namesOf(conceptIds: readonly string[], context: AnswerContext): string {
  return listed(
    conceptIds.map((id) => nameOf(id, context)),
    'or',
  )
}

export function listed(words: readonly string[], link: 'and' | 'or'): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${link} ${last}`
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** "6 weeks" where it is whole weeks, else days. */
export function lengthOf(days: number): string {
  return days >= 14 && days % 7 === 0 ? countOf(days / 7, 'week') : countOf(days, 'day')
}

export function durationOf({ value, unit }: Pick<Duration, 'value' | 'unit'>): string {
  return countOf(value, unit.slice(0, -1))
}

export function windowOf({ value, unit }: Pick<Duration, 'value' | 'unit'>): string {
  return value === 1 ? `the last ${unit.slice(0, -1)}` : `the last ${value} ${unit}`
}

/** The day, or between which two it lies. */
export function someDayInWords({ first, last }: Days): string {
  return first === last
    ? americanDate(first)
    : `some day from ${americanDate(first)} to ${americanDate(last)}`
}

/** " (06/15/2026)", " (06/2026)", " (2026)" or " (06/01/2026 to 06/15/2026)": no more precise than the chart; an empty string if it gives no day. */
export function dayInBrackets(fact: Fact): string {
  const days = daysOfFact(fact)
  return days === undefined ? '' : ` (${daysInWords(days)})`
}

/** The day of the note itself, whatever day the note gives for the fact; an empty string if the note has none. */
export function noteDayInBrackets({ from }: Fact): string {
  return from.kind === 'coded' || from.day === undefined ? '' : ` (${americanDate(from.day)})`
}

function daysInWords({ first, last }: Days): string {
  if (first === last) return americanDate(first)
  const [year, month] = [first.slice(0, 4), first.slice(0, 7)]
  if (first === `${year}-01-01` && last === `${year}-12-31`) return year
  if (first === `${month}-01` && last === lastDayOf(month)) return `${month.slice(5)}/${year}`
  return `${americanDate(first)} to ${americanDate(last)}`
}

function lastDayOf(month: string): string {
  return monthDays(Number(month.slice(0, 4)), Number(month.slice(5))).last
}

export function sideInWords(side: Side | undefined): string {
  return side === 'both' || side === undefined ? 'both sides' : `the ${side} side`
}

const unitNames: Readonly<Record<string, string>> = {
  '1': '',
  '/h': ' an hour',
  a: ' years',
  'mm[Hg]': ' mmHg',
  'kg/m2': ' kg/m²',
}

export function valueInWords(value: number, unit: string | undefined): string {
  if (unit === undefined) return `${value}`
  return unit === '%' ? `${value}%` : `${value}${unitNames[unit] ?? ` ${unit}`}`
}

export function boundsInWords({ atLeast, above, atMost, below }: Bounds): string {
  const say = (words: string, limit: Limit | undefined) =>
    limit === undefined ? [] : [`${words} ${valueInWords(limit.value, limit.unit)}`]
  return listed(
    [
      ...say('at least', atLeast),
      ...say('above', above),
      ...say('at most', atMost),
      ...say('below', below),
    ],
    'and',
  )
}
