import type { Evidence, ObservationEntry } from '@authscript/prior-auth'
import fhirpath from 'fhirpath'
import type { CodedRule } from '../../policy/coded-rule.ts'
import { daysOf } from '../../policy/sourced.ts'
import { isSameSide, type Side } from '../laterality.ts'
import { compareMeasured } from '../units.ts'
import type { ChartIndex } from './chart-index.ts'
import type { Entry } from './listed-entries.ts'
import { sideOfEntry } from './side-of-entry.ts'
import { summaryOf } from './summary.ts'

type Compiled = (resource: unknown, variables: Readonly<Record<string, unknown>>) => unknown

const dayMs = 86_400_000
const maxEvidence = 6

/** What the coded chart says to one rule. */
export interface CodedFindings {
  /** The newest few, supporting or refuting. */
  readonly evidence: readonly Evidence[]
  /** The days of all that supports, not of the few alone. */
  readonly days: readonly string[]
  readonly basis: 'coded' | 'text'
  /** There is something, but doubtful, too little of it, or without a value that can be compared. */
  readonly isMentioned: boolean
}

interface Picked {
  readonly entry: Entry
  readonly basis: 'coded' | 'text'
}

export function readCoded(
  rule: CodedRule,
  chart: ChartIndex,
  orderSide: Side | undefined,
  asOf: string,
): CodedFindings {
  const found = chart
    .find(rule)
    .filter(({ entry }) => rule.side === undefined || isSameSide(sideOfEntry(entry), orderSide))
  const candidates = found
    .filter(({ entry }) => isWithin(entry.day, asOf, rule))
    .filter(({ entry }) => holds(rule, entry, asOf))
  // Nobody can say that these are not what is asked for: an entry without a day, of a long span, or with a status that may mean anything.
  const unplaced = found.filter(
    ({ entry }) =>
      mayBeWithin(entry, asOf, rule) &&
      (entry.isDoubtful || (!isWithin(entry.day, asOf, rule) && holds(rule, entry, asOf))),
  )
  const certain = candidates.filter(({ entry }) => !entry.isDoubtful)
  const asked = rule.latest === true ? newestDay(certain) : certain
  const { inside, outside } =
    rule.value === undefined ? { inside: asked, outside: [] } : byValue(asked, rule)
  const isEnough = hasDays(inside, rule) && lasts(inside, rule)
  const supports = isEnough ? inside : []
  const stance = rule.stance ?? 'supports'
  const opposite = stance === 'supports' ? 'refutes' : 'supports'
  // An old value outside the bounds does not stand against a newer one inside them.
  const against = supports.length > 0 && rule.latest === undefined ? [] : outside
  return {
    evidence: [
      ...supports.slice(0, maxEvidence).map((one) => toEvidence(one, stance)),
      ...against.slice(0, maxEvidence).map((one) => toEvidence(one, opposite)),
    ],
    days: supports.flatMap(({ entry }) => entry.day ?? []),
    basis: supports.length > 0 && supports.every((one) => one.basis === 'text') ? 'text' : 'coded',
    isMentioned: unplaced.length > 0 || candidates.length > supports.length + against.length,
  }
}

const compiled = new Map<string, Compiled>()

function holds(rule: CodedRule, entry: Entry, asOf: string): boolean {
  if (rule.where === undefined) return true
  const parameters = Object.fromEntries(
    Object.entries(rule.parameters ?? {}).map(([name, limit]) => [name, limit.value]),
  )
  const result = compileWhere(rule.where)(entry.resource, { asOf, ...parameters })
  return Array.isArray(result) && result[0] === true
}

/** @throws when it is no FHIRPath; the linter has found it before */
export function compileWhere(where: string): Compiled {
  let expression = compiled.get(where)
  if (expression === undefined) {
    expression = fhirpath.compile(where, undefined, { async: false }) as Compiled
    compiled.set(where, expression)
  }
  return expression
}

/** An entry without a date is outside every window. */
function isWithin(day: string | undefined, asOf: string, { within }: CodedRule): boolean {
  if (within === undefined) return true
  if (day === undefined) return false
  const age = (Date.parse(asOf) - Date.parse(day)) / dayMs
  return age <= daysOf(within) && age >= -1
}

/** Whether some day that the entry may be of lies inside the rule's window. */
export function mayBeWithin({ day, firstDay }: Entry, asOf: string, rule: CodedRule): boolean {
  return day === undefined || firstDay === undefined
    ? rule.within !== undefined
    : isWithin(day, asOf, rule) || (firstDay < day && isWithin(firstDay, asOf, rule))
}

function newestDay(picked: readonly Picked[]): readonly Picked[] {
  const newest = picked[0]?.entry.day
  return picked.filter(({ entry }) => entry.day === newest)
}

function byValue(
  picked: readonly Picked[],
  { value: bounds }: CodedRule,
): { readonly inside: readonly Picked[]; readonly outside: readonly Picked[] } {
  const inside: Picked[] = []
  const outside: Picked[] = []
  for (const one of picked) {
    const { value } = one.entry.resource as ObservationEntry
    if (value?.kind !== 'quantity' || bounds === undefined) continue
    const result = compareMeasured(value, bounds)
    if (result === 'inside') inside.push(one)
    if (result === 'outside') outside.push(one)
  }
  return { inside, outside }
}

function hasDays(picked: readonly Picked[], { days }: CodedRule): boolean {
  return (
    days === undefined || new Set(picked.flatMap(({ entry }) => entry.day ?? [])).size >= days.value
  )
}

function lasts(picked: readonly Picked[], { lasting }: CodedRule): boolean {
  if (lasting === undefined) return true
  const times = picked.flatMap(({ entry }) =>
    entry.day === undefined ? [] : [Date.parse(entry.day)],
  )
  return times.length > 0 && (Math.max(...times) - Math.min(...times)) / dayMs >= daysOf(lasting)
}

function toEvidence({ entry }: Picked, stance: Evidence['stance']): Evidence {
  return {
    source: entry.source,
    path: entry.path,
    summary: summaryOf(entry),
    ...(entry.day === undefined ? {} : { date: entry.day }),
    stance,
  }
}
