import type { Therapy } from '../../facts/fact.ts'
import { daysBetween } from '../days.ts'

/**
 * A longer gap between coded sessions starts a new course.
 *
 * Our default: no payer defines where a course ends.
 */
const maxPauseDays = 30

/**
 * Fewer sessions never make a course of several weeks, however they are spaced. Our default: one
 * week between two sessions.
 */
const fewSessions = 3

/** In days; `most` if the chart leaves it open: "4 to 6 weeks", "in 2020". */
export interface Length {
  readonly least: number
  readonly most: number
}

/**
 * The length of a course: as stated, else from its beginning to its end, else until the encounter
 * if it is ongoing. Undefined if the chart does not say.
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
  // "Begun 3/9" without a statement that it is ongoing.
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
  /** The days with a session, sorted, without duplicates. */
  readonly days: readonly string[]
  /** From the first day to the last. */
  readonly lastedDays: number
}

/** Groups coded procedures of one therapy, each of one day, into courses; the longest first. */
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
      daysBetween(last.day, one.day) <= maxPauseDays
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
