import { type AnswerValue, evaluateLogic } from '@authscript/prior-auth'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policies } from '../../src/index.ts'
import { evaluateRule, type Judged, type Judgement, leavesOf } from '../../src/policy/algebra.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { toLogic } from '../../src/policy/to-logic.ts'

const asOf = '2026-06-15'
const value = fc.constantFrom<AnswerValue>('met', 'not_met', 'unclear')
const judged: fc.Arbitrary<Judged> = fc.record({
  value,
  days: fc.array(fc.constantFrom('2026-06-10', '2026-05-01', '2026-01-05', '2024-01-01'), {
    maxLength: 5,
  }),
  isClosed: fc.boolean(),
})

const judgementOf = (policy: Policy): fc.Arbitrary<Judgement> =>
  fc.tuple(...policy.criteria.map(() => judged)).map((all) => ({
    asOf,
    answers: new Map(
      policy.criteria.map(({ criterionId }, index) => [criterionId, all[index] as Judged]),
    ),
  }))
const wholeOf = ({ always, pathways }: Policy) => ({
  all: [always, { any: pathways.map(({ rule }) => rule) }],
})

describe.each(policies.map((policy) => ({ policy, id: policy.policyId })))(
  'the logic of $id',
  ({ policy }) => {
    it('gives what the rules give', () => {
      fc.assert(
        fc.property(judgementOf(policy), (judgement) => {
          const result = evaluateLogic(toLogic(policy, judgement), new Map())

          expect(result?.verdict).toBe(evaluateRule(wholeOf(policy), judgement))
          for (const { pathwayId, rule } of policy.pathways)
            expect(result?.pathways.find((one) => one.pathwayId === pathwayId)?.result).toBe(
              evaluateRule(rule, judgement),
            )
        }),
      )
    })

    it('gives with a person’s answers what the rules give with them, and never more', () => {
      const rules = [policy.always, ...policy.pathways.map(({ rule }) => rule)]
      const dated = new Set(
        rules
          .flatMap(leavesOf)
          .flatMap((leaf) =>
            'countOf' in leaf ? [leaf.countOf] : 'within' in leaf ? [leaf.criterion] : [],
          ),
      )
      const ids = policy.criteria.map(({ criterionId }) => criterionId)
      fc.assert(
        fc.property(
          judgementOf(policy),
          fc.dictionary(fc.constantFrom(...ids), value),
          (judgement, typed) => {
            const changed = new Map(Object.entries(typed))
            const answers = new Map([
              ...judgement.answers,
              ...[...changed].map(
                ([id, answer]) =>
                  [id, { value: answer, days: [], isClosed: answer === 'not_met' }] as const,
              ),
            ])
            const result = evaluateLogic(toLogic(policy, judgement), changed)

            const ofRules = evaluateRule(wholeOf(policy), { answers, asOf })
            const saysDated = [...changed].some(([id, answer]) => answer === 'met' && dated.has(id))
            if (saysDated) expect([ofRules, 'unclear']).toContain(result?.verdict)
            else expect(result?.verdict).toBe(ofRules)
          },
        ),
      )
    })
  },
)
