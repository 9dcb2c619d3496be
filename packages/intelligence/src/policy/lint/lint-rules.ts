import { type Leaf, leavesOf, criterionOf } from '../algebra.ts'
import type { Query } from '../criterion.ts'
import type { Policy, Rule } from '../policy.ts'
import { type Duration, daysOf } from '../sourced.ts'
import type { LintProblem } from './lint-problem.ts'

/** Rules with more leaves are not checked exhaustively. Our policies have at most a dozen. */
const maxLeaves = 16

/**
 * Rules that name unknown criteria, criteria that no rule uses, and pathways that can never be met or are
 * redundant.
 */
export function lintRules(policy: Policy): readonly LintProblem[] {
  const named = [policy.always, ...policy.pathways.map((one) => one.rule)].flatMap(leavesOf)
  return [
    ...lintNames(policy, named),
    ...lintCounts(policy, named),
    ...(named.every((leaf) => hasCriterion(policy, leaf)) ? lintReach(policy) : []),
  ]
}

function lintNames(policy: Policy, named: readonly Leaf[]): readonly LintProblem[] {
  const ids = policy.criteria.map((one) => one.criterionId)
  const twice = [ids, policy.pathways.map((one) => one.pathwayId)].flatMap((names) =>
    names.filter((id, index) => names.indexOf(id) !== index),
  )
  const asked = new Set(named.map(criterionOf))
  return [
    ...twice.map((id) => ({
      rule: 'named_twice',
      path: 'criteria',
      message: `${id} is used twice`,
    })),
    ...[...asked]
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        rule: 'unknown_criterion',
        path: 'pathways',
        message: `no criterion ${id}; allowed: ${ids.join(', ')}`,
      })),
    ...ids
      .filter((id) => !asked.has(id))
      .map((id) => ({
        rule: 'unused_criterion',
        path: `criteria.${id}`,
        message: 'no rule uses it',
      })),
  ]
}

function lintCounts(policy: Policy, named: readonly Leaf[]): readonly LintProblem[] {
  return named.flatMap((leaf) => {
    if (!('countOf' in leaf)) return []
    const path = `countOf ${leaf.countOf}`
    const criterion = policy.criteria.find((one) => one.criterionId === leaf.countOf)
    const { atLeast, atMost } = leaf
    return [
      ...(atLeast === undefined && atMost === undefined
        ? [{ rule: 'unsatisfiable_criterion', path, message: 'counts without a bound' }]
        : []),
      ...(atLeast !== undefined && atMost !== undefined && atLeast.value > atMost.value
        ? [{ rule: 'unsatisfiable_criterion', path, message: 'atLeast is greater than atMost' }]
        : []),
      ...(criterion === undefined || criterion.any.every((query) => isCountable(query, leaf.within))
        ? []
        : [
            {
              rule: 'count_without_window',
              path,
              message:
                'the counted criterion needs its own "within", at least as long as the window of the count',
            },
          ]),
    ]
  })
}

/** Silence covers the window of a count only if the query itself looks back at least as far. */
function isCountable(query: Query, window: Duration): boolean {
  if ('all' in query) return query.all.every((one) => isCountable(one, window))
  if (!('within' in query) || query.within === undefined) return false
  return daysOf(query.within) >= daysOf(window)
}

function hasCriterion(policy: Policy, leaf: Leaf): boolean {
  return policy.criteria.some((one) => one.criterionId === criterionOf(leaf))
}

type Assignment = ReadonlySet<string>

/**
 * Tries every combination of yes and no. A criterion's windows and counts are separate variables that imply the
 * criterion.
 */
function lintReach(policy: Policy): readonly LintProblem[] {
  const keys = [
    ...new Set(
      [policy.always, ...policy.pathways.map((one) => one.rule)].flatMap(leavesOf).map(keyOf),
    ),
  ]
  if (keys.length > maxLeaves)
    return [
      {
        rule: 'too_many_leaves',
        path: 'pathways',
        message: `${keys.length} leaves; at most ${maxLeaves} are checked`,
      },
    ]
  const assignments = assignmentsOf(keys).filter((assignment) => isConsistent(assignment, policy))
  const inAlways = assignments.filter((assignment) => holds(policy.always, assignment))
  if (inAlways.length === 0)
    return [{ rule: 'unreachable_pathway', path: 'always', message: 'nothing can satisfy it' }]
  return policy.pathways.flatMap((pathway, index) => {
    const path = `pathways.${pathway.pathwayId}`
    const walked = inAlways.filter((assignment) => holds(pathway.rule, assignment))
    if (walked.length === 0)
      return [
        {
          rule: 'unreachable_pathway',
          path,
          message: 'nothing can satisfy it together with "always"',
        },
      ]
    const isRedundant = policy.pathways.some(
      (other, place) =>
        other !== pathway &&
        walked.every((assignment) => holds(other.rule, assignment)) &&
        // Of two equivalent pathways, the later one is reported as redundant.
        (place < index ||
          !inAlways
            .filter((assignment) => holds(other.rule, assignment))
            .every((assignment) => holds(pathway.rule, assignment))),
    )
    return isRedundant
      ? [{ rule: 'needless_pathway', path, message: 'another pathway is met whenever this one is' }]
      : []
  })
}

function* subsets(keys: readonly string[]): Generator<Assignment> {
  for (let bits = 0; bits < 2 ** keys.length; bits += 1)
    yield new Set(keys.filter((_, index) => (bits & (2 ** index)) !== 0))
}

function assignmentsOf(keys: readonly string[]): readonly Assignment[] {
  return [...subsets(keys)]
}

/** A yes within a window implies a yes; that a wider window contains a narrower one is not modeled. */
function isConsistent(assignment: Assignment, policy: Policy): boolean {
  return [policy.always, ...policy.pathways.map((one) => one.rule)]
    .flatMap(leavesOf)
    .every((leaf) => {
      if ('countOf' in leaf || !('within' in leaf) || !assignment.has(keyOf(leaf))) return true
      return (
        assignment.has(keyOf({ criterion: leaf.criterion })) || !isAsked(policy, leaf.criterion)
      )
    })
}

function isAsked(policy: Policy, criterionId: string): boolean {
  return [policy.always, ...policy.pathways.map((one) => one.rule)]
    .flatMap(leavesOf)
    .some((leaf) => !('countOf' in leaf) && !('within' in leaf) && leaf.criterion === criterionId)
}

function keyOf(leaf: Leaf): string {
  return JSON.stringify(leaf)
}

function holds(rule: Rule, assignment: Assignment): boolean {
  if ('unless' in rule) return !holds(rule.unless, assignment)
  if ('all' in rule) return rule.all.every((one) => holds(one, assignment))
  if ('any' in rule) return rule.any.some((one) => holds(one, assignment))
  if ('of' in rule) return rule.of.filter((one) => holds(one, assignment)).length >= rule.atLeast
  return assignment.has(keyOf(rule))
}
