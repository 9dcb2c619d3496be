import type { Span } from '../../document/note-document.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Days, Therapy } from '../fact.ts'
import { addDays, daysBetween, oneDay } from '../values/calendar.ts'
import type { TimeExpression } from '../values/time-expression.ts'

/** The course of a therapy, from the times that belong to it. */
export interface Course
  extends Pick<Therapy, 'start' | 'end' | 'lastedDays' | 'lastedAtMostDays' | 'sessions'> {
  readonly spans: readonly Span[]
}

/** Whether a stated length is the length of something that was done. */
export function isCarriedOut({ phase, status }: Assertion): boolean {
  return (
    phase !== 'planned' && phase !== 'not_done' && status !== 'hypothetical' && status !== 'denied'
  )
}

interface Length {
  readonly days: number
  readonly maxDays: number
}

/**
 * Uses the first of several lengths; a partial number of sessions shortens the length over which they were
 * spread.
 */
export function courseOf(
  times: readonly TimeExpression[],
  noteDay: string | undefined,
  isDone: boolean,
  isOngoing = false,
): Course {
  const said = datesOf(times, noteDay)
  // "3/2 to 4/10" has ended, even if something else is ongoing.
  const goesOn = isOngoing && (said.end === undefined || said.end.first === said.start?.first)
  const dated = goesOn && said.start !== undefined ? { start: said.start } : said
  const spans = times.map(({ start, end }) => ({ start, end }))
  if (!isDone) return { ...dated, spans }
  const sessions = times.find((one) => one.kind === 'sessions')
  const length = shortened(
    lengthOf(times) ??
      between(
        goesOn && noteDay !== undefined ? { ...dated, end: oneDay(noteDay) } : dated,
        areVisits(times),
      ),
    sessions,
  )
  return {
    ...dated,
    ...(length === undefined ? {} : { lastedDays: length.days }),
    ...(length === undefined || length.days === length.maxDays
      ? {}
      : { lastedAtMostDays: length.maxDays }),
    ...(sessions?.kind === 'sessions' ? { sessions: sessions.count } : {}),
    spans,
  }
}

function lengthOf(times: readonly TimeExpression[]): Length | undefined {
  const stated = times.find((one) => one.kind === 'duration')
  if (stated?.kind === 'duration') return stated
  const period = times.find((one) => one.kind === 'period')
  return period?.kind === 'period' && period.days !== undefined
    ? { days: period.days, maxDays: period.maxDays ?? period.days }
    : undefined
}

/** "Seen on 5/12 and 5/14": days of sessions that are not stated to be the first and the last. */
function areVisits(times: readonly TimeExpression[]): boolean {
  const days = times.filter((one) => one.kind === 'day')
  return days.length > 1 && days.every((one) => one.role === 'on')
}

function between(
  { start, end }: { readonly start?: Days; readonly end?: Days },
  isOfVisits: boolean,
): Length | undefined {
  if (isOfVisits) return undefined
  if (start === undefined || end === undefined || start.first === end.first) return undefined
  const most = daysBetween(start.first, end.last)
  return most < 0
    ? undefined
    : { days: Math.max(0, daysBetween(start.last, end.first)), maxDays: most }
}

/** "4 of 12 visits over 6 weeks": at least a third of the time, with no known upper limit. */
function shortened(
  length: Length | undefined,
  sessions: TimeExpression | undefined,
): Length | undefined {
  if (length === undefined || sessions?.kind !== 'sessions' || sessions.outOf === undefined)
    return length
  if (sessions.outOf <= sessions.count) return length
  return {
    days: Math.floor((length.days * sessions.count) / sessions.outOf),
    maxDays: length.maxDays,
  }
}

/** When it began and ended. A bare day is both, "since" and "started" give the beginning, "completed" the end. */
export function datesOf(
  times: readonly TimeExpression[],
  noteDay: string | undefined,
): { readonly start?: Days; readonly end?: Days } {
  let start: Days | undefined
  let end: Days | undefined
  let on: Days | undefined
  let latest: Days | undefined
  for (const time of times) {
    if (time.kind === 'period') {
      start ??= time.from
      end ??= time.to
    }
    if (time.kind === 'day') {
      if (time.role === 'start') start ??= time.days
      else if (time.role === 'end') end ??= time.days
      else {
        on ??= time.days
        if (time.days.last > (latest?.last ?? '')) latest = time.days
      }
    }
    if (time.kind === 'duration' && time.isToNote && noteDay !== undefined) {
      start ??= { first: addDays(noteDay, -time.maxDays), last: addDays(noteDay, -time.days) }
      end ??= oneDay(noteDay)
    }
  }
  if (on !== undefined && start === undefined && end === undefined)
    return { start: on, end: latest ?? on }
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
}
