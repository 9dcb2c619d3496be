import type { JsonObject } from '../client/limits.ts'
import { dateAt } from '../to-clinical-bundle/fields.ts'

/** Where resources say when what they tell of ended, or happened, or was written down. */
const datePaths = [
  'effectivePeriod.end',
  'effectivePeriod.start',
  'effectiveDateTime',
  'effectiveInstant',
  'performedPeriod.end',
  'performedPeriod.start',
  'performedDateTime',
  'authoredOn',
  'date',
  'context.period.end',
  'context.period.start',
  'issued',
]

/** Whether every date of the resource lies before `day` (`YYYY-MM-DD`). One without a date does not. */
export function isBefore(resource: JsonObject, day: string): boolean {
  const dates = datePaths.flatMap((path) => dateAt(resource, path) ?? [])
  return dates.length > 0 && dates.every((date) => date.slice(0, 10) < day.slice(0, date.length))
}
