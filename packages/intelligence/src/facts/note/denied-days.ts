import type { Days } from '../fact.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { oneDay } from '../values/calendar.ts'

const shortStretch =
  /\b(?:(?:this|during (?:this|the)|in this) (?:stay|admission|visit|hospitalization|encounter|episode|month|week|year)|today|so far this|yet this|since)\b/i

/**
 * The days to which a denial applies, if stated: "No MRI since 2019" until the day of the note, "no echo this
 * stay" at least the day of the note. Undefined: always.
 */
export function deniedDays(
  times: readonly TimeExpression[],
  text: string,
  noteDay: string,
): Days | undefined {
  for (const time of times) {
    if (time.kind === 'period') return { first: time.from.first, last: time.to?.last ?? noteDay }
    if (time.kind === 'day') return time.days
  }
  return shortStretch.test(text) ? oneDay(noteDay) : undefined
}
