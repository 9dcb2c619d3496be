import { americanDate } from '@authscript/prior-auth'
import type { Days, Fact, Side } from '../facts/fact.ts'
import type { Bounds, Duration, Limit } from '../policy/sourced.ts'
import type { AnswerContext } from './answer-context.ts'
import { latestDayOf } from './days.ts'

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

/** " (06/15/2026)", or an empty string if the chart gives no day. */
export function dayInBrackets(fact: Fact): string {
  const day = latestDayOf(fact)
  return day === undefined ? '' : ` (${americanDate(day)})`
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
