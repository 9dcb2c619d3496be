import type { Measurement } from '../../facts/fact.ts'
import type { MeasureQuery } from '../../policy/criterion.ts'
import type { Bounds } from '../../policy/sourced.ts'
import type { AnswerContext } from '../answer-context.ts'
import { daysOfFact, latestDayOf } from '../days.ts'
import type { FactReading } from '../reading.ts'
import { dayInBrackets, nameOf } from '../wording.ts'
import { compareFact, newestOf, valueOf } from './values.ts'

/**
 * Compares two values of different days: the later must be better, which is higher if the query has
 * lower bounds and lower if it has upper bounds. Without bounds only a note that says "better"
 * shows which direction is better.
 */
export function readImprovement(
  facts: readonly Measurement[],
  { value: bounds }: MeasureQuery,
  context: AnswerContext,
): readonly FactReading[] {
  const newest = newestOf(facts)
  const earlier = newestOf(facts.filter((fact) => !newest.includes(fact)))
  const [later] = newest
  const [before] = earlier
  if (later === undefined) return []
  const name = nameOf(later.conceptId, context)
  // A single value, or values that cannot be compared, say nothing about progress; a note that
  // denies progress still answers.
  const open = (because: string): readonly FactReading[] =>
    facts.map((fact) => ({ as: 'open', fact, because, lacks: 'degree' }))
  if (later.assertion.course === 'better')
    return [{ as: 'supports', fact: later, because: `${name} is better${dayInBrackets(later)}` }]
  if (before === undefined || (latestDayOf(before) === undefined && before.isEarlier !== true))
    return open(`only one value of ${name} is given`)
  const hasOneEach =
    new Set(newest.map(valueOf)).size === 1 && new Set(earlier.map(valueOf)).size === 1
  if (
    !hasOneEach ||
    before.unit !== later.unit ||
    later.high !== undefined ||
    before.high !== undefined
  )
    return open(`the values of ${name} cannot be compared`)
  const direction = directionOf(bounds) ?? directionOfMeasure(later.conceptId, context)
  if (direction === undefined) return open(`it is not stated whether ${name} is better`)
  const said = `${name} ${valueOf(before)}${dayInBrackets(before)}, then ${valueOf(later)}${dayInBrackets(later)}`
  // Not worse than the last value, and better than the first.
  const first = oldestOf(facts)
  const isBetter =
    (later.value - before.value) * direction >= 0 &&
    first.every((one) => (later.value - one.value) * direction > 0)
  if (isBetter && compareFact(later, bounds) === 'inside')
    return [later, before].map((fact) => ({ as: 'supports', fact, because: said }))
  return [{ as: 'short', fact: later, rank: 1, because: `${said}; required: improvement` }]
}

/** The values of the oldest known day, or the earlier ones if no day is known. */
function oldestOf(facts: readonly Measurement[]): readonly Measurement[] {
  const days = facts.map((fact) => daysOfFact(fact)?.first ?? '')
  const oldest = days.reduce((one, other) => (other < one ? other : one))
  const found = facts.filter((_, index) => days[index] === oldest)
  const earlier = found.filter((fact) => fact.isEarlier === true)
  return earlier.length > 0 ? earlier : found
}

/** From the lexicon: the direction of the measure, or of the nearest wider measure that has one. */
function directionOfMeasure(conceptId: string, context: AnswerContext): 1 | -1 | undefined {
  const row = context.concepts.get(conceptId)
  if (row?.betterIs !== undefined) return row.betterIs === 'higher' ? 1 : -1
  for (const wider of row?.broader ?? []) {
    const found = wider === conceptId ? undefined : directionOfMeasure(wider, context)
    if (found !== undefined) return found
  }
  return undefined
}

function directionOf(bounds: Bounds | undefined): 1 | -1 | undefined {
  const reachesUp = bounds?.atLeast !== undefined || bounds?.above !== undefined
  const reachesDown = bounds?.atMost !== undefined || bounds?.below !== undefined
  if (reachesUp === reachesDown) return undefined
  return reachesUp ? 1 : -1
}
