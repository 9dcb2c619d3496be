import type { JsonObject } from '../client/parse-resource.ts'
import { dateAt } from '../to-clinical-bundle/fields.ts'

/** Paths of the dates on which something ended, happened or was recorded. */
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

/** Whether every date of the resource is before `day` (`YYYY-MM-DD`). False for a resource without a date. */
export function isBefore(resource: JsonObject, day: string): boolean {
  const dates = datePaths.flatMap((path) => dateAt(resource, path) ?? [])
  return dates.length > 0 && dates.every((date) => date.slice(0, 10) < day.slice(0, date.length))
}
