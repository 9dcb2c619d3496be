import type { Days, Fact, FactSource, Therapy } from '../facts/fact.ts'
import { type Duration, daysOf } from '../policy/sourced.ts'

const dayMs = 86_400_000
/** A server clock ahead of the practice's may date the encounter's own entries one day later. */
const maxDaysAhead = 1

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

/** The days that the fact itself gives: the end of a course, else its beginning. */
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

/** An ongoing therapy ("since 2024") is dated by its note, whenever it began. */
function daysGoingOn({ isOngoing, from }: Therapy): Days | undefined {
  return isOngoing === true && from.kind === 'note' && from.day !== undefined
    ? { first: from.day, last: from.day }
    : undefined
}

/** When a coded entry was recorded, if known. */
function entryDaysOf(from: Extract<FactSource, { readonly kind: 'coded' }>): Days | undefined {
  return from.day
}

/** The days of a fact: its own, else those of its note or entry. */
export function daysOfFact(fact: Fact): Days | undefined {
  const { from } = fact
  const own = ownDaysOf(fact)
  if (own !== undefined) return own
  if (from.kind === 'coded') return entryDaysOf(from)
  return from.day === undefined ? undefined : { first: from.day, last: from.day }
}

/** The latest possible day of a fact: its own, else the day of its note. */
export function latestDayOf(fact: Fact): string | undefined {
  const { from } = fact
  return ownDaysOf(fact)?.last ?? (from.kind === 'note' ? from.day : entryDaysOf(from)?.last)
}

/**
 * The day of the event that a fact reports: for a state, the day it was found; for an act, only a
 * day that is given for it, because a note that reports an act without a day means an earlier one.
 */
export function eventDayOf(fact: Fact): string | undefined {
  return fact.kind === 'therapy' || fact.kind === 'study'
    ? ownDaysOf(fact)?.last
    : latestDayOf(fact)
}

export function isAhead(day: string, asOf: string): boolean {
  return daysBetween(asOf, day) > maxDaysAhead
}

export type WindowPlace = 'inside' | 'outside' | 'unsure'

/**
 * Whether days lie within the window before the encounter. `unsure` if only part of them does, as
 * when the window cuts a year.
 */
export function placeInWindow(days: Days, within: Duration, asOf: string): WindowPlace {
  const isOld = (day: string) => daysBetween(day, asOf) > daysOf(within)
  if (isOld(days.last)) return 'outside'
  return isOld(days.first) ? 'unsure' : 'inside'
}

/**
 * Where a fact lies relative to the window. A fact of a note without its own days is inside if its note is
 * inside and states it for the present, else `unsure`. A coded entry without a day is `unsure`, except a reason of
 * the order, which is inside.
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
