import type { AnswerValue } from '@authscript/prior-auth'
import {
  type Judgement,
  criterionOf,
  evaluateLeaf,
  type Leaf,
  opposite,
  toWanted,
  type Wanted,
} from './algebra.ts'
import type { Criterion, Rule } from './policy.ts'

/** The cost of supplying a fact, used only to compare alternatives: our own scale. */
const costs: Readonly<Record<Criterion['effort'], number>> = {
  document: 1,
  examine: 2,
  test: 4,
  treat: 8,
}
/**
 * The chart says the opposite, so the patient's condition would have to change, not the chart. Higher than any
 * alternative that only needs documentation.
 */
const contraryCost = 100

export interface Fact {
  readonly criterionId: string
  /** `unclear`: the chart does not settle it. `contrary`: it settles it the wrong way. */
  readonly state: 'unclear' | 'contrary'
  /** Whether a yes or a no is needed. */
  readonly isWanted: boolean
}

/** The cheapest facts that would make a rule `met`; empty if it is. */
export function cheapestFacts(
  rule: Rule,
  judgement: Judgement,
  efforts: ReadonlyMap<string, Criterion['effort']>,
): { readonly cost: number; readonly facts: readonly Fact[] } {
  const solve = (wanted: Wanted): { cost: number; facts: readonly Fact[] } => {
    if ('leaf' in wanted) {
      const value = valueOf(wanted.leaf, wanted.isWanted, judgement)
      if (value === 'met') return { cost: 0, facts: [] }
      const criterionId = criterionOf(wanted.leaf)
      const state = value === 'unclear' ? 'unclear' : 'contrary'
      const cost =
        costs[efforts.get(criterionId) ?? 'document'] + (state === 'contrary' ? contraryCost : 0)
      return { cost, facts: [{ criterionId, state, isWanted: wanted.isWanted }] }
    }
    const chosen = wanted.of
      .map(solve)
      .sort((a, b) => a.cost - b.cost)
      .slice(0, wanted.atLeast)
    return {
      cost: chosen.reduce((sum, one) => sum + one.cost, 0),
      facts: uniqueFacts(chosen.flatMap((one) => one.facts)),
    }
  }
  return solve(toWanted(rule))
}

function valueOf(leaf: Leaf, isWanted: boolean, judgement: Judgement): AnswerValue {
  const value = evaluateLeaf(leaf, judgement)
  return isWanted ? value : opposite(value)
}

function uniqueFacts(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.map((fact) => [`${fact.criterionId} ${fact.isWanted}`, fact])).values()]
}
