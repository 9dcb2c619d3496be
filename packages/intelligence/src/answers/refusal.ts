import type { Criterion } from '../policy/criterion.ts'
import { conceptsOf, isDeniable } from './alternatives.ts'
import type { ConceptTree } from './chart-facts.ts'
import type { QueryAnswer } from './query-answer.ts'

/** One alternative of a criterion with its answer. */
export interface Alternative {
  readonly query: Criterion['any'][number]
  readonly answer: QueryAnswer
}

/** Why the answer is no: a set of alternatives is denied, or all of them fall short. */
export function refusalOf(
  criterion: Criterion,
  alternatives: readonly Alternative[],
  concepts: ConceptTree,
): string | undefined {
  const because = (some: readonly Alternative[]) =>
    [
      ...new Set(
        some.filter((one) => one.answer.value === 'not_met').map((one) => one.answer.because),
      ),
    ].join('; ')
  if (criterion.deniedBy !== undefined) {
    const closing = criterion.deniedBy.find((set) =>
      set.every((name) => isDeniedByName(name, alternatives, concepts)),
    )
    if (closing === undefined) return undefined
    const named = alternatives.filter(({ query }) =>
      closing.some(
        (name) =>
          query.name === name || conceptsOf(query).some((wider) => concepts.isA(name, wider)),
      ),
    )
    return because(named) || firstRefusal(named) || 'the chart denies it'
  }
  const deniable = alternatives.filter((one) => isDeniable(one.query))
  const asked = deniable.length > 0 ? deniable : alternatives
  return asked.every((one) => one.answer.value === 'not_met') ? because(asked) : undefined
}

/**
 * Whether this name is denied: the name of a query; a concept of a query; or a narrower concept,
 * denied itself or through a wider one.
 */
function isDeniedByName(
  name: string,
  alternatives: readonly Alternative[],
  concepts: ConceptTree,
): boolean {
  return alternatives.some(({ query, answer }) => {
    if (query.name === name) return answer.value === 'not_met'
    if (!conceptsOf(query).some((wider) => concepts.isA(name, wider))) return false
    return (
      answer.value === 'not_met' ||
      answer.denied.has(name) ||
      answer.readings.some(
        (one) =>
          one.as === 'denies' && one.isWhole === true && concepts.isA(name, one.fact.conceptId),
      )
    )
  })
}

function firstRefusal(alternatives: readonly Alternative[]): string | undefined {
  return alternatives
    .flatMap((one) => one.answer.readings)
    .flatMap((one) => (one.as === 'denies' || one.as === 'short' ? [one.because] : []))
    .at(0)
}
