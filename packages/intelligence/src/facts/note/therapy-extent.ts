import type { Span } from '../../document/note-document.ts'
import { daysBetween } from '../values/calendar.ts'
import { numberAt } from '../values/numbers.ts'
import { tokenAt } from '../values/tokens.ts'
import type { Course } from './therapy-course.ts'
import type { FactCandidate, UnitScope } from './unit-scope.ts'

const partly =
  /\b(?:(?:went|been|goes|going|attended|showed up|made it) (?:to |for )?(?:only )?(?:about |maybe |perhaps )?(?:half|some|part|most|a few|a couple|one or two) |(?:half|some|part) of (?:it|them|the (?:visits|sessions|course))|on and off|off and on|sporadic\w*|spotty|irregular\w*|inconsistent\w*|(?:poor|low|limited|incomplete) (?:attendance|compliance|adherence)|missed (?:most|many|several|half|a lot|some)|(?:not sure|unsure|unknown|unclear|not known|uncertain|does not (?:know|recall|remember)|doesn't (?:know|recall|remember)|cannot (?:recall|remember)) (?:how (?:many|long|much|often)|for how long|when (?:it|he|she|they) (?:ended|stopped|finished))|(?:end|stop|finish) date (?:unknown|unclear|not known|not sure)|as (?:much|often) as (?:he|she|they) could)/i

/**
 * "PT since March, attendance spotty", "PT begun 3/9; thinks that he went to half of it": the amount that was
 * done is unknown.
 */
export function isOfUnknownExtent(scope: UnitScope, { mention }: FactCandidate): boolean {
  const { text, unit, targets, times } = scope.parsed
  const from = mention.end - unit.start
  const found = partly.exec(text.slice(from, from + 160))
  if (found === null) return false
  const at = mention.end + found.index
  return !targets.some(
    (one) =>
      one.kind === 'finding' &&
      one.start >= mention.end &&
      one.start < at &&
      !times.some((time) => time.start < one.end && time.end > one.start),
  )
}

/** "Two epidural injections": the number of a plural. */
export function countBefore(scope: UnitScope, { start, end }: Span): number | undefined {
  const { parsed, document } = scope
  if (!/s$/i.test(document.source.slice(start, end))) return undefined
  const { tokens } = parsed
  const first = tokenAt(tokens, start)
  for (const at of [first - 1, first - 2]) {
    const read = numberAt(tokens, at)
    const isWhole =
      read !== undefined && Number.isInteger(read.value) && read.value > 0 && read.value < 100
    if (isWhole && read.next >= first - 1 && read.next <= first && tokens[at]?.isGlued !== true)
      return read.value
  }
  return undefined
}

/** If the amount done is unknown, the length lies between zero and the stated length. */
export function openCourse(course: Course, noteDay: string): Course {
  if (course.lastedDays === undefined && course.start === undefined) return course
  const maxDays =
    course.lastedAtMostDays ??
    course.lastedDays ??
    daysBetween(course.start?.first ?? noteDay, course.end?.last ?? noteDay)
  return { ...course, lastedDays: 0, lastedAtMostDays: Math.max(0, maxDays) }
}

export function startOnly({ end: _end, ...course }: Course): Course {
  return course
}
