import {
  type Answer,
  type AnswerValue,
  type SupportLevel,
  supportLevelOf,
} from '@authscript/prior-auth'
import {
  criterionOf,
  evaluateLeaf,
  type Judgement,
  opposite,
  toWanted,
  type Wanted,
} from '../policy/algebra.ts'
import type { Policy, Rule } from '../policy/policy.ts'
import { supportBy } from './support-by.ts'

/** How well the chart supports the request. */
export interface Support {
  readonly level: SupportLevel
  /** 0..1; called `confidence` on the wire. */
  readonly value: number
  readonly reason: string
}

/** A form below this value still goes to a person, like every form; it only sorts last. @see docs/support.md */
const floor = 0.05

/**
 * How well the chart supports the request: the weakest answer that the best pathway depends on. Alternatives are
 * not added up, so a patient without a red flag is not scored lower for it.
 *
 * @see docs/support.md - the formula with a worked example
 */
export function scoreSupport(
  policy: Policy,
  answers: ReadonlyMap<string, Answer>,
  judgement: Judgement,
  verdict: AnswerValue,
): Support {
  const [best] = policy.pathways
    .map((pathway) => ({
      label: pathway.label,
      strength: strengthOf({ all: [policy.always, pathway.rule] }, answers, judgement),
    }))
    .sort((one, other) => other.strength - one.strength)
  const value = Math.max(floor, Math.round((best?.strength ?? 0) * 100) / 100)
  const level = supportLevelOf(value)
  const head = `${level} support (${value.toFixed(2)} of 1)`
  const label = best?.label ?? ''
  switch (verdict) {
    case 'met':
      return { level, value, reason: `${head}: based on "${label}"; its weakest answer counts` }
    case 'unclear':
      return {
        level,
        value,
        reason: `${head}: "${label}" is the closest pathway, with answers still open`,
      }
    case 'not_met':
      return { level, value, reason: `${head}: no pathway of the policy can be met` }
    default:
      return verdict satisfies never
  }
}

/** 0..1, monotone: the strength of n required parts is that of the nth strongest. */
export function strengthOf(
  rule: Rule,
  answers: ReadonlyMap<string, Answer>,
  judgement: Judgement,
): number {
  const walk = (wanted: Wanted): number => {
    if ('leaf' in wanted) {
      const value = evaluateLeaf(wanted.leaf, judgement)
      switch (wanted.isWanted ? value : opposite(value)) {
        case 'met':
          // A count of zero on a complete list has only the list as its evidence.
          return answers.get(criterionOf(wanted.leaf))?.confidence || supportBy.absence
        case 'unclear':
          return supportBy.open
        case 'not_met':
          return 0
      }
    }
    return wanted.of.map(walk).sort((a, b) => b - a)[wanted.atLeast - 1] ?? 0
  }
  return walk(toWanted(rule))
}
