import type { Assertion } from '../../modifiers/assertion.ts'
import type { Days, Finding, Therapy } from '../fact.ts'
import { daysBetween } from '../values/calendar.ts'
import type { Meaning } from './chart-entry.ts'

export function placed({
  conceptId,
  sites,
  side,
}: Meaning): Pick<Finding, 'conceptId' | 'sites' | 'side'> {
  return { conceptId, sites, ...(side === undefined ? {} : { side }) }
}

/** A doubt in the text of an entry without a code counts, but it never makes a doubtful status certain. */
export function hedged(assertion: Assertion, { hedge }: Meaning): Assertion {
  if (hedge === undefined) return assertion
  const status = assertion.status === 'affirmed' ? (hedge.status ?? 'affirmed') : assertion.status
  const when = assertion.when === 'now' ? (hedge.when ?? 'now') : assertion.when
  return { ...assertion, status, when, subject: hedge.subject ?? assertion.subject }
}

/** A single day is a session; two days are a course. A course in progress has no end. */
export function courseOf(
  start: Days | undefined,
  end: Days | undefined,
  { phase }: Assertion,
  status: string | undefined,
): Pick<Therapy, 'start' | 'end' | 'lastedDays' | 'lastedAtMostDays'> {
  const last = end ?? (status === 'in-progress' ? undefined : start)
  const dates = {
    ...(start === undefined ? {} : { start }),
    ...(last === undefined ? {} : { end: last }),
  }
  if (phase !== 'done' || start === undefined || end === undefined) return dates
  const most = daysBetween(start.first, end.last)
  const least = Math.max(0, daysBetween(start.last, end.first))
  if (most <= 0) return dates
  return { ...dates, lastedDays: least, ...(most === least ? {} : { lastedAtMostDays: most }) }
}
