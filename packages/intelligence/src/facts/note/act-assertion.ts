import type { Unit } from '../../document/note-document.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { TimeExpression } from '../values/times.ts'

/**
 * How a note speaks of something that is done, with what its times say: a past day, a range or a length with no word of a plan means that it was done. A rate
 * with a length is a prescription.
 */
export function withPast(
  assertion: Assertion,
  times: readonly TimeExpression[],
  isRated: boolean,
  { section }: Unit,
  noteDay: string,
): Assertion {
  const mayBe =
    assertion.phase === 'unsaid' &&
    assertion.status === 'affirmed' &&
    section.kind !== 'plan' &&
    section.kind !== 'instructions'
  if (!mayBe) return assertion
  const isPast = times.some((one) => {
    switch (one.kind) {
      case 'day':
        return one.days.last < noteDay
      case 'period':
        return one.from.first < noteDay
      case 'duration':
        return section.kind !== 'assessment' && !isRated && one.tie !== 'none'
      case 'sessions':
        return one.outOf !== undefined
      case 'ignored':
        return false
      default:
        return one satisfies never
    }
  })
  return isPast ? { ...assertion, phase: 'done' } : assertion
}
