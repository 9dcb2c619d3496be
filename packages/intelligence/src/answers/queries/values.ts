import { compareMeasured } from '../../facts/values/units.ts'
import type { Measurement } from '../../facts/fact.ts'
import type { Bounds } from '../../policy/sourced.ts'
import { daysOfFact } from '../days.ts'
import { valueInWords } from '../wording.ts'

/**
 * The values of the newest day, and those that may be of that day: "last month". Undated values are used only if
 * no value is dated.
 */
export function newestOf(all: readonly Measurement[]): readonly Measurement[] {
  const current = all.filter((fact) => fact.isEarlier !== true)
  const facts = current.length === 0 ? all : current
  const days = facts.map((fact) => daysOfFact(fact) ?? { first: '', last: '' })
  const newest = days.reduce((one, other) => (one.first > other.first ? one : other), {
    first: '',
    last: '',
  })
  return facts.filter((_, index) => (days[index]?.last ?? '') >= newest.first)
}

/** The lowest or the highest of several values; all of them if their units cannot be compared. */
export function extremeOf(
  facts: readonly Measurement[],
  take: 'lowest' | 'highest',
): readonly Measurement[] {
  if (new Set(facts.map((fact) => fact.unit)).size > 1) return facts
  const ends = facts.map(({ value, high }) => (take === 'lowest' ? value : (high ?? value)))
  const extreme = ends.reduce(
    (one, other) => (take === 'lowest' ? Math.min(one, other) : Math.max(one, other)),
    take === 'lowest' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
  )
  return facts.filter((_, index) => ends[index] === extreme)
}

/** A range must lie completely inside or outside the bounds. */
export function compareFact(
  { value, high, unit, comparator }: Measurement,
  bounds: Bounds | undefined,
): 'inside' | 'outside' | 'unknown' {
  if (bounds === undefined) return 'inside'
  const compare = (one: number) =>
    compareMeasured(
      {
        kind: 'quantity',
        value: one,
        ...(unit === undefined ? {} : { unit }),
        ...(comparator === undefined ? {} : { comparator }),
      },
      bounds,
    )
  const low = compare(value)
  return high === undefined || compare(high) === low ? low : 'unknown'
}

export function valueOf({ value, high, unit, comparator }: Measurement): string {
  const end = valueInWords(high ?? value, unit)
  return `${comparator ?? ''}${high === undefined ? end : `${value} to ${end}`}`
}
