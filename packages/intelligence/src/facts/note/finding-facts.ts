import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Finding } from '../fact.ts'
import { addDays } from '../values/calendar.ts'
import { unboundedDays } from '../values/durations.ts'
import { datesOf } from './therapy-course.ts'
import type { ParsedUnit } from './parsed-unit.ts'
import {
  mentionsOfKind,
  placed,
  type FactCandidate,
  sourceOf,
  timesOf,
  type UnitScope,
} from './unit-scope.ts'

/** A finding, sign, disease or device, with its beginning and how long it has been present. */
export function findingOf(
  scope: UnitScope,
  { target, mention, assertion, place }: FactCandidate,
): Finding {
  const times = timesOf(scope, target)
  const { start } = datesOf(
    times.filter((one) => one.kind !== 'day' || one.role !== 'end'),
    scope.noteDay,
  )
  const length = times.find((one) => one.kind === 'duration' || one.kind === 'period')
  const onset = start ?? (length?.kind === 'duration' ? began(scope.noteDay, length) : undefined)
  const lasting = length?.kind === 'duration' || length?.kind === 'period' ? length.days : undefined
  const since = isSinceStudy(scope, assertion)
  const isOver = !isEvent(mention, scope) && isBriefEpisode(scope, mention)
  const isDenied = mention.denied === true && assertion.status === 'affirmed'
  return {
    kind: 'finding',
    conceptId: mention.conceptId,
    assertion: {
      ...assertion,
      ...(isDenied ? { status: 'denied' as const } : {}),
      ...(!isDenied && (since || isNew(scope, mention, assertion))
        ? { course: 'new' as const }
        : {}),
      ...(isOver && assertion.when === 'now' ? { when: 'past' as const } : {}),
    },
    ...placed(place),
    // The day belongs to the study.
    ...(onset === undefined || (since && onset.last < scope.noteDay && !hasOwnDay(times))
      ? {}
      : { onset }),
    ...(lasting === undefined ? {} : { lastingDays: lasting }),
    from: sourceOf(scope, mention, [...times, ...place.spans]),
  }
}

const sinceStudy =
  /\b(?:since|following|after)\s(?:(?:the|that|this|his|her|my|their)\s)?(?:[\w/-]{1,12}\s){0,2}(?:scan )?\(?$/i
const justNow = /\bnow (?:with|has|have|shows?|there is)(?: (?!no\b|not\b)[a-z-]{1,12}){0,3} $/i

/** "Now with a positive Lachman". */
function isNew(scope: UnitScope, { start }: Mention, { status, course, when }: Assertion): boolean {
  if (course !== undefined || status !== 'affirmed' || when !== 'now') return false
  const { text, unit } = scope.parsed
  return justNow.test(text.slice(Math.max(0, start - unit.start - 30), start - unit.start))
}

const known = new WeakMap<ParsedUnit, boolean>()

/** "Since the MRI in May he has had locking". */
function isSinceStudy(scope: UnitScope, { status, course, when }: Assertion): boolean {
  if ((course !== undefined && course !== 'new') || status !== 'affirmed' || when !== 'now')
    return false
  const { parsed } = scope
  const before = known.get(parsed)
  if (before !== undefined) return before
  const is = namesSinceStudy(scope)
  known.set(parsed, is)
  return is
}

function namesSinceStudy(scope: UnitScope): boolean {
  const { text, unit } = scope.parsed
  if (!/\b(?:since|following|after)\b/i.test(text)) return false
  return mentionsOfKind(scope, ['study']).some((study) => {
    const at = study.start - unit.start
    return sinceStudy.test(text.slice(Math.max(0, at - 45), at))
  })
}

/** A calendar day, not only a month. */
function hasOwnDay(times: ReturnType<typeof timesOf>): boolean {
  return times.some((one) => one.kind === 'day' && one.days.first === one.days.last)
}

const brief =
  /\b(?:\d{1,3}|a few|a couple of|several|half an|an?|one|two|three|four|five|six|eight|ten|fifteen|twenty|thirty|forty|forty-five)(?:[ -](?:to|or|\d{1,3}))*[ -]{0,2}(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)\b/i
const again =
  /\b(?:episodes|spells|attacks|bouts|each|recurr\w*|daily|weekly|nightly|every|often|frequent\w*|several times|at a time|comes and goes|since|still|ongoing|again|now|per (?:day|week|month)|times (?:a|per))\b|\d\/(?:d|wk|week|mo|month|day)\b/i

/** Concepts that are events by nature and count once they have happened. */
const events = ['seizure', 'syncope', 'fall', 'trauma', 'stroke', 'transient-ischemic-attack']

function isEvent({ conceptId }: Mention, { lexicon }: UnitScope): boolean {
  return events.some((one) => lexicon.isA(conceptId, one))
}

/** "In April she had ten minutes of slurred speech": an episode of minutes or hours on a past day is over. */
function isBriefEpisode({ parsed, noteDay }: UnitScope, { start, end }: Mention): boolean {
  const { text, unit, times } = parsed
  const from = Math.max(0, start - unit.start - 60)
  if (!brief.test(text.slice(from, end - unit.start + 60)) || again.test(text)) return false
  return times.some((one) => one.kind === 'day' && one.days.last < addDays(noteDay, -1))
}

/** "Pain x 3 weeks" began three weeks ago, plus or minus half a unit. */
function began(
  noteDay: string,
  {
    days,
    maxDays,
    slackDays,
  }: { readonly days: number; readonly maxDays: number; readonly slackDays: number },
) {
  const first = maxDays === unboundedDays ? '1900-01-01' : addDays(noteDay, -maxDays - slackDays)
  return { first, last: addDays(noteDay, -Math.max(0, days - slackDays)) }
}
