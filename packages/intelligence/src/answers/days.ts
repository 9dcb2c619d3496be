import type { Days, Fact, FactSource, Therapy } from '../facts/fact.ts'
import { type Duration, daysOf } from '../policy/sourced.ts'

const dayMs = 86_400_000
/** A server ahead of the practice's clock may write the visit's own entries with the next day's date. */
const mostDaysAhead = 1

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

/** The days that a fact itself names: of a course its end, else its beginning. */
export function ownDaysOf(fact: Fact): Days | undefined {
  switch (fact.kind) {
    case 'finding':
      return fact.onset
    case 'therapy':
      return fact.end ?? daysGoingOn(fact) ?? fact.start
    case 'study':
    case 'measurement':
      return fact.day
    case 'function':
      return undefined
    default:
      return fact satisfies never
  }
}

/** "Since 2024", and it goes on: it is of the day of the note, whenever it began. */
function daysGoingOn({ isOngoing, from }: Therapy): Days | undefined {
  return isOngoing === true && from.kind === 'note' && from.day !== undefined
    ? { first: from.day, last: from.day }
    : undefined
}

/** When a coded entry was recorded, where the facts say so. */
function entryDaysOf(from: Extract<FactSource, { readonly kind: 'coded' }>): Days | undefined {
  return from.day
}

/** The days that a fact is of, as far as the chart says: its own, else that of the note or entry. */
export function daysOfFact(fact: Fact): Days | undefined {
  const { from } = fact
  const own = ownDaysOf(fact)
  if (own !== undefined) return own
  if (from.kind === 'coded') return entryDaysOf(from)
  return from.day === undefined ? undefined : { first: from.day, last: from.day }
}

/** The latest day that a fact can be of: its own, else that of the note that says it. */
export function latestDayOf(fact: Fact): string | undefined {
  const { from } = fact
  return ownDaysOf(fact)?.last ?? (from.kind === 'note' ? from.day : entryDaysOf(from)?.last)
}

/**
 * The day of what a fact tells: of a state the day it was found; of what is done only the day that is given for it, for a note that tells of it without a day is
 * of another one.
 */
export function eventDayOf(fact: Fact): string | undefined {
  return fact.kind === 'therapy' || fact.kind === 'study'
    ? ownDaysOf(fact)?.last
    : latestDayOf(fact)
}

export function isAhead(day: string, asOf: string): boolean {
  return daysBetween(asOf, day) > mostDaysAhead
}

export type WindowPlace = 'inside' | 'outside' | 'unsure'

/** Whether days lie within the window before the visit. `unsure` where a part of them does: a year that the window cuts. */
export function placeInWindow(days: Days, within: Duration, asOf: string): WindowPlace {
  const isOld = (day: string) => daysBetween(day, asOf) > daysOf(within)
  if (isOld(days.last)) return 'outside'
  return isOld(days.first) ? 'unsure' : 'inside'
}

/**
 * Where a fact lies. A note's fact without days of its own is as old as its note at least, and counts "as far as the chart says", unless it is said of
 * the past; a coded entry without a day is nowhere.
 */
export function placeOfFact(fact: Fact, within: Duration | undefined, asOf: string): WindowPlace {
  if (within === undefined) return 'inside'
  const own = ownDaysOf(fact) ?? (fact.from.kind === 'coded' ? entryDaysOf(fact.from) : undefined)
  if (own !== undefined) return placeInWindow(own, within, asOf)
  if (fact.from.kind === 'coded') return fact.from.list === 'order_reasons' ? 'inside' : 'unsure'
  const day = fact.from.day ?? asOf
  if (placeInWindow({ first: day, last: day }, within, asOf) === 'outside') return 'outside'
  return fact.assertion.when === 'now' ? 'inside' : 'unsure'
}
