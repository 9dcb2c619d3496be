import type { ConceptTree } from '../../answers/chart-facts.ts'
import { typesOf } from '../../answers/closed-world.ts'
import type { ListedType } from '../../answers/unread-sources.ts'
import type { Policy } from '../policy.ts'
import { daysOf } from '../sourced.ts'
import type { LintProblem } from './lint-problem.ts'
import { queriesOf } from './queries-of.ts'

/** How many months back each kind of resource is read; kinds that are absent are read completely. */
export type LookBackMonths = { readonly [Type in ListedType]?: number }

/** A look-back of twelve months covers a window of twelve months. */
const slackDays = 3

/**
 * Silence counts as no only for the period that was read, so a criterion with a window longer than the look-back
 * could never be answered with no.
 */
export function* lintLookBack(
  policy: Policy,
  lookBack: LookBackMonths,
  concepts: ConceptTree,
): Generator<LintProblem> {
  const silent = new Set(
    policy.criteria.filter((one) => one.silence === 'not_met').map((one) => one.criterionId),
  )
  for (const { path, criterionId, query } of queriesOf(policy)) {
    if (!silent.has(criterionId)) continue
    const types = typesOf(query, { concepts })
    if (types === undefined) continue
    const isOfNow =
      'function' in query ||
      ('finding' in query && query.when !== 'ever' && query.within === undefined)
    const within = 'within' in query ? query.within : undefined
    for (const type of new Set<ListedType>([...types, 'DocumentReference'])) {
      const months = lookBack[type]
      if (months === undefined || isOfNow) continue
      if (within === undefined)
        yield {
          rule: 'look_back',
          path,
          message: `silence is not_met without a window, but ${type} is read only ${months} months back; add "within" of at most that`,
        }
      else if (daysOf(within) > daysOf({ value: months, unit: 'months' }) + slackDays)
        yield {
          rule: 'look_back',
          path,
          message: `silence is not_met within ${within.value} ${within.unit}, but ${type} is read only ${months} months back; raise the look-back of ${type} in the configuration, or remove silence`,
        }
    }
  }
}
