import { conceptsOf, namesOfQuery } from '../../answers/alternatives.ts'
import type { ConceptTree } from '../../answers/chart-facts.ts'
import type { Policy } from '../policy.ts'
import type { LintProblem } from './lint-problem.ts'
import { queriesOf } from './queries-of.ts'

/** Concepts that the lexicon does not have, and names in `deniedBy` that match no alternative. */
export function lintConcepts(
  policy: Policy,
  conceptIds: ReadonlySet<string> | undefined,
  concepts: ConceptTree,
): readonly LintProblem[] {
  return [
    ...(conceptIds === undefined ? [] : unknownConcepts(policy, conceptIds)),
    ...lintDeniedBy(policy, concepts),
  ]
}

type NamedPlace = readonly [path: string, conceptIds: readonly string[]]

function* unknownConcepts(policy: Policy, conceptIds: ReadonlySet<string>): Generator<LintProblem> {
  const ofCriteria = policy.criteria.map(
    ({ criterionId, contradictedBy = [] }): NamedPlace => [
      `criteria.${criterionId}.contradictedBy`,
      contradictedBy,
    ],
  )
  const ofQueries = [...queriesOf(policy)].flatMap(({ path, query }): readonly NamedPlace[] => [
    [path, conceptsOf(query)],
    [`${path}.sites`, ('sites' in query && query.sites) || []],
    [`${path}.notSites`, ('notSites' in query && query.notSites) || []],
    [`${path}.newSince`, ('newSince' in query && query.newSince) || []],
    [`${path}.conditions`, ('conditions' in query && query.conditions) || []],
    [`${path}.conditionsAll`, ('conditionsAll' in query && query.conditionsAll) || []],
    [`${path}.notConditions`, ('notConditions' in query && query.notConditions) || []],
  ])
  for (const [at, ids] of [...ofCriteria, ...ofQueries])
    for (const id of ids)
      if (!conceptIds.has(id)) {
        const near = nearest(id, conceptIds)
        const hint = near.length === 0 ? '' : `; the closest are ${near.join(', ')}`
        yield {
          rule: 'unknown_concept',
          path: at,
          message: `"${id}" is not a concept of the lexicon${hint}`,
        }
      }
}

const maxHints = 3

/** Concepts that share a word of their id, most words first. */
function nearest(id: string, conceptIds: ReadonlySet<string>): readonly string[] {
  const words = new Set(id.split('-').filter((word) => word.length > 2))
  return [...conceptIds]
    .map((other) => ({
      other,
      shared: other.split('-').filter((word) => words.has(word)).length,
    }))
    .filter(({ shared }) => shared > 0)
    .sort((one, other) => other.shared - one.shared || one.other.localeCompare(other.other))
    .slice(0, maxHints)
    .map(({ other }) => other)
}

function* lintDeniedBy({ criteria }: Policy, concepts: ConceptTree): Generator<LintProblem> {
  for (const { criterionId, any, deniedBy } of criteria) {
    const names = [...new Set(any.flatMap(namesOfQuery))]
    for (const [index, set] of (deniedBy ?? []).entries())
      for (const name of set)
        if (!names.some((wider) => concepts.isA(name, wider)))
          yield {
            rule: 'unknown_alternative',
            path: `criteria.${criterionId}.deniedBy.${index}`,
            message: `"${name}" is not an alternative; allowed: ${names.join(', ')}, and concepts narrower than one of these`,
          }
    const own = any.flatMap((query) => query.name ?? [])
    for (const name of own.filter((one, index) => own.indexOf(one) !== index))
      yield {
        rule: 'named_twice',
        path: `criteria.${criterionId}.any`,
        message: `two alternatives have the name ${name}`,
      }
  }
}
