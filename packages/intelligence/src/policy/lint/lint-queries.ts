import { isUnit } from '../../facts/values/units.ts'
import type { Policy } from '../policy.ts'
import { type Bounds, type Duration, daysOf } from '../sourced.ts'
import type { LintProblem } from './lint-problem.ts'
import { type PlainQuery, queriesOf } from './queries-of.ts'

/** Queries that no chart can satisfy. */
export function* lintQueries(policy: Policy): Generator<LintProblem> {
  for (const { path, query } of queriesOf(policy)) {
    for (const message of faultsOfWindow(query)) yield { rule: 'impossible_window', path, message }
    for (const { at, bounds } of boundsOf(query))
      for (const message of faultsOfBounds(bounds))
        yield { rule: 'bad_bounds', path: `${path}.${at}`, message }
    for (const message of faultsOfRequirements(query))
      yield { rule: 'unsatisfiable_query', path, message }
  }
}

function* faultsOfWindow(query: PlainQuery): Generator<string> {
  const within = 'within' in query ? query.within : undefined
  if (within === undefined) return
  const isLonger = (one: Duration | undefined) => one !== undefined && daysOf(one) > daysOf(within)
  if ('therapy' in query && isLonger(query.atLeast))
    yield `atLeast is longer than within: ${said(query.atLeast)} does not fit in ${said(within)}`
  if ('therapy' in query && query.sessions !== undefined && query.sessions.value > daysOf(within))
    yield `requires ${query.sessions.value} sessions in ${daysOf(within)} days`
  if ('therapy' in query && isLonger(query.relief?.lasting))
    yield `relief.lasting is longer than within: ${said(query.relief?.lasting)} does not fit in ${said(within)}`
}

function said(one: Duration | undefined): string {
  return one === undefined ? '' : `${one.value} ${one.unit}`
}

function* faultsOfRequirements(query: PlainQuery): Generator<string> {
  if ('therapy' in query) {
    const { distinct, therapy, orPlanned, atLeast, outcome } = query
    if (distinct !== undefined && distinct.value > therapy.length)
      yield `requires ${distinct.value} different ones of ${therapy.length}`
    if (orPlanned === true && query.ongoing === true)
      yield 'a planned therapy is not ongoing: remove orPlanned or ongoing'
    if (orPlanned === true && (atLeast !== undefined || outcome !== undefined))
      yield 'a planned therapy has no length and no outcome: remove orPlanned, or atLeast and outcome'
  }
  if ('finding' in query) {
    const { codedOnly, severity, course, notCourse, lists, isPlaced, sites } = query
    const both = (course ?? []).filter((one) => notCourse?.includes(one))
    if (both.length > 0) yield `"${both.join(', ')}" is in course and in notCourse`
    if (isPlaced === true && sites === undefined)
      yield 'isPlaced requires sites: add sites or remove isPlaced'
    if (codedOnly === true && (severity !== undefined || course !== undefined))
      yield 'codes state neither severity nor course: remove codedOnly, or these'
    if (lists?.length === 1 && lists[0] === 'order_reasons' && query.within !== undefined)
      yield 'the order belongs to the encounter: remove within'
  }
  if ('take' in query && query.take !== undefined && query.value === undefined)
    yield 'take compares the lowest or highest value with bounds: add value or remove take'
  if (
    'conditionsOf' in query &&
    query.conditionsOf !== undefined &&
    query.conditions === undefined &&
    query.conditionsAll === undefined
  )
    yield 'conditionsOf requires conditions: add conditions or remove conditionsOf'
  if ('notesOnly' in query && query.notesOnly === true) {
    if (query.codes !== undefined)
      yield 'codes are not read with notesOnly: remove notesOnly or codes'
    if ('finding' in query && query.codedOnly === true)
      yield 'neither notes nor codes are read: remove notesOnly or codedOnly'
    if ('finding' in query && query.lists !== undefined)
      yield 'lists are not read with notesOnly: remove notesOnly or lists'
  }
  if (
    'order' in query &&
    query.order.every((set) => set.codes === undefined && set.under === undefined)
  )
    yield 'names no code'
}

function boundsOf(query: PlainQuery): readonly { readonly at: string; readonly bounds: Bounds }[] {
  if ('value' in query && query.value !== undefined) return [{ at: 'value', bounds: query.value }]
  if ('dose' in query && query.dose !== undefined) return [{ at: 'dose', bounds: query.dose }]
  return []
}

function* faultsOfBounds({ atLeast, above, atMost, below }: Bounds): Generator<string> {
  for (const limit of [atLeast, above, atMost, below])
    if (limit !== undefined && !isUnit(limit.unit)) yield `"${limit.unit}" is not a UCUM unit`
  const low = Math.max(
    atLeast?.value ?? Number.NEGATIVE_INFINITY,
    above?.value ?? Number.NEGATIVE_INFINITY,
  )
  const high = Math.min(
    atMost?.value ?? Number.POSITIVE_INFINITY,
    below?.value ?? Number.POSITIVE_INFINITY,
  )
  const isOpenEnd =
    (above?.value === low && low === high) || (below?.value === high && low === high)
  if (low > high || isOpenEnd) yield 'no value is within the bounds'
}
