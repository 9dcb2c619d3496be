import type { Answer, AnswerValue } from '@authscript/prior-auth'
import { criteriaOf, evaluateRule } from './policy/algebra.ts'
import type { Policy, Rule } from './policy/policy.ts'

export interface Confidence {
  /** 0..1: how surely the chart supports the request. */
  readonly value: number
  readonly reason: string
}

/** Below this a form still goes to a person, as everything does; it only sorts last. @see docs/confidence.md#floor */
const floor = 0.05

/**
 * How surely the chart supports the request: the weakest answer that the best pathway rests on. Alternatives are not added up, so
 * that a patient without a red flag loses nothing by it.
 *
 * @see docs/confidence.md - the formula with a worked example
 */
export function scoreConfidence(
  policy: Policy,
  answers: ReadonlyMap<string, Answer>,
  verdict: AnswerValue,
): Confidence {
  const values = new Map([...answers].map(([id, answer]) => [id, answer.answer]))
  const ways = policy.pathways.map((pathway) => {
    const strength = Math.min(
      strengthOf(policy.always, values, answers),
      strengthOf(pathway.rule, values, answers),
    )
    return { pathway, strength, result: evaluateRule(pathway.rule, values) }
  })
  const best = ways.reduce((one, other) => (other.strength > one.strength ? other : one))
  const value = Math.max(floor, Math.round(best.strength * 100) / 100)
  switch (verdict) {
    case 'met':
      return { value, reason: `rests on "${best.pathway.label}"; its weakest answer counts` }
    case 'unclear':
      return {
        value,
        reason: `"${best.pathway.label}" is the nearest way, with answers still open`,
      }
    case 'not_met':
      return { value, reason: 'no way to satisfy the policy is open' }
    default:
      return verdict satisfies never
  }
}

/** An open answer is worth half of what a certain one is, a negative one nothing. */
function strengthOf(
  rule: Rule,
  values: ReadonlyMap<string, AnswerValue>,
  answers: ReadonlyMap<string, Answer>,
): number {
  if ('criterion' in rule) {
    const answer = answers.get(rule.criterion)
    if (answer === undefined || answer.answer === 'not_met') return 0
    return answer.answer === 'met' ? answer.confidence : 0.4
  }
  if ('unless' in rule) {
    const [inner] = criteriaOf(rule.unless).map((id) => answers.get(id))
    const value = evaluateRule(rule, values)
    return value === 'met' ? (inner?.confidence ?? 1) : value === 'unclear' ? 0.4 : 0
  }
  const inner = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.of
  const wanted = 'all' in rule ? inner.length : 'any' in rule ? 1 : rule.atLeast
  const strengths = inner.map((one) => strengthOf(one, values, answers)).sort((a, b) => b - a)
  return strengths[wanted - 1] ?? 0
}
