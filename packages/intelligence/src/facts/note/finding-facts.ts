import type { Finding } from '../fact.ts'
import { addDays } from '../values/calendar.ts'
import { unboundedDays } from '../values/durations.ts'
import { datesOf } from './therapy-course.ts'
import { placed, type Spoken, sourceOf, timesOf, type UnitScope } from './unit-scope.ts'

/** A finding, sign, disease or device, with when it began and for how long it has been there. */
export function findingOf(
  scope: UnitScope,
  { target, mention, assertion, place }: Spoken,
): Finding {
  const times = timesOf(scope, target)
  const { start } = datesOf(
    times.filter((one) => one.kind !== 'day' || one.role !== 'end'),
    scope.noteDay,
  )
  const length = times.find((one) => one.kind === 'duration' || one.kind === 'period')
  const onset = start ?? (length?.kind === 'duration' ? began(scope.noteDay, length) : undefined)
  const lasting = length?.kind === 'duration' || length?.kind === 'period' ? length.days : undefined
  const isDenied = mention.denied === true && assertion.status === 'affirmed'
  return {
    kind: 'finding',
    conceptId: mention.conceptId,
    assertion: isDenied ? { ...assertion, status: 'denied' } : assertion,
    ...placed(place),
    ...(onset === undefined ? {} : { onset }),
    ...(lasting === undefined ? {} : { lastingDays: lasting }),
    from: sourceOf(scope, mention, [...times, ...place.spans]),
  }
}

/** "Pain x 3 weeks" began three weeks ago, give or take half of the unit. */
function began(
  noteDay: string,
  {
    days,
    mostDays,
    slackDays,
  }: { readonly days: number; readonly mostDays: number; readonly slackDays: number },
) {
  const first = mostDays === unboundedDays ? '1900-01-01' : addDays(noteDay, -mostDays - slackDays)
  return { first, last: addDays(noteDay, -Math.max(0, days - slackDays)) }
}
