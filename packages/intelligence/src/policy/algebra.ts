import type { AnswerValue } from '@authscript/prior-auth'
import type { Rule } from './policy.ts'

/**
 * Combines answers in Kleene's three-valued logic: `unclear` stays `unclear` unless the others settle it.
 *
 * @throws {RangeError} when a rule names a criterion that has no answer
 */
export function evaluateRule(rule: Rule, answers: ReadonlyMap<string, AnswerValue>): AnswerValue {
  if ('criterion' in rule) {
    const answer = answers.get(rule.criterion)
    if (answer === undefined) throw new RangeError(`no criterion ${rule.criterion}`)
    return answer
  }
  if ('unless' in rule) return opposite(evaluateRule(rule.unless, answers))
  if ('all' in rule) return atLeast(rule.all.length, rule.all, answers)
  if ('any' in rule) return atLeast(1, rule.any, answers)
  return atLeast(rule.atLeast, rule.of, answers)
}

function atLeast(
  wanted: number,
  rules: readonly Rule[],
  answers: ReadonlyMap<string, AnswerValue>,
): AnswerValue {
  const values = rules.map((rule) => evaluateRule(rule, answers))
  const met = values.filter((value) => value === 'met').length
  const open = values.filter((value) => value === 'unclear').length
  if (met >= wanted) return 'met'
  return met + open >= wanted ? 'unclear' : 'not_met'
}

export function opposite(value: AnswerValue): AnswerValue {
  if (value === 'unclear') return 'unclear'
  return value === 'met' ? 'not_met' : 'met'
}

/** The criteria that a rule names, each once, in its order. */
export function criteriaOf(rule: Rule): readonly string[] {
  if ('criterion' in rule) return [rule.criterion]
  if ('unless' in rule) return criteriaOf(rule.unless)
  const inner = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.of
  return [...new Set(inner.flatMap(criteriaOf))]
}
