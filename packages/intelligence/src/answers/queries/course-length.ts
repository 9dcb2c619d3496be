import type { Therapy } from '../../facts/fact.ts'
import { daysBetween } from '../days.ts'

/**
 * Coded sessions further apart than this are of two courses.
 *
 * Our default: no payer says where a course ends.
 */
const longestPauseDays = 30

/** So few sessions of a therapy make no course of weeks, however they lay. Our default: a week between two. */
const fewSessions = 3

/** In days; `most` where the chart leaves it open: "4 to 6 weeks", "in 2020". */
export interface Length {
  readonly least: number
  readonly most: number
}

/**
 * How long a course was: as it is said, else from its beginning to its end, else until the visit where it goes on. Undefined where the chart does not say.
 */
export function lengthOfCourse(fact: Therapy, asOf: string): Length | undefined {
  if (fact.lastedDays !== undefined)
    return { least: fact.lastedDays, most: fact.lastedAtMostDays ?? fact.lastedDays }
  // "Went to two sessions and stopped"
  const isShort =
    fact.from.kind === 'note' &&
    fact.sessions !== undefined &&
    fact.sessions > 0 &&
    fact.sessions <= fewSessions
  if (isShort && fact.isOngoing !== true) return { least: 0, most: fact.sessions * 7 }
  if (fact.start === undefined) return undefined
  const isGoingOn =
    fact.end === undefined && fact.assertion.when === 'now' && fact.assertion.phase === 'done'
  const isEntry = fact.from.kind === 'coded' && fact.from.list === 'procedures'
  const end = fact.end ?? (isGoingOn && !isEntry ? { first: asOf, last: asOf } : undefined)
  // "Begun 3/9", and nobody says that it goes on.
  if (fact.from.kind === 'note' && fact.end === undefined && fact.isOngoing !== true)
    return end === undefined
      ? undefined
      : { least: 0, most: Math.max(0, daysBetween(fact.start.first, asOf)) }
  return end === undefined
    ? undefined
    : {
        least: Math.max(0, daysBetween(fact.start.last, end.first)),
        most: Math.max(0, daysBetween(fact.start.first, end.last)),
      }
}

export interface Sessions {
  readonly facts: readonly Therapy[]
  /** The days on which there was one, in order, each once. */
  readonly days: readonly string[]
  /** From the first to the last. */
  readonly lastedDays: number
}

/** Coded procedures of one therapy, each of one day, added up to courses; the longest first. */
export function coursesOf(facts: readonly Therapy[]): readonly Sessions[] {
  const dated = facts
    .flatMap((fact) => {
      const day = (fact.end ?? fact.start)?.last
      return day === undefined ? [] : [{ fact, day }]
    })
    .sort((one, other) => one.day.localeCompare(other.day))
  const courses: { fact: Therapy; day: string }[][] = []
  for (const one of dated) {
    const current = courses.at(-1)
    const last = current?.at(-1)
    if (
      current !== undefined &&
      last !== undefined &&
      daysBetween(last.day, one.day) <= longestPauseDays
    )
      current.push(one)
    else courses.push([one])
  }
  return courses
    .map((course) => {
      const days = [...new Set(course.map((one) => one.day))]
      return {
        facts: course.map((one) => one.fact),
        days,
        lastedDays: daysBetween(days[0] ?? '', days.at(-1) ?? '') || 0,
      }
    })
    .sort((one, other) => other.lastedDays - one.lastedDays)
}
