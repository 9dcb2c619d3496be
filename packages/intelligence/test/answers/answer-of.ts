import type { AnswerValue } from '@authscript/prior-auth'
import { type ChartSketch, orderId, toBundle } from '@authscript/labelled-cases'
import { analyze } from '../../src/index.ts'

/** The product's answer to one question of a policy about a chart with an order and this note. */
export function answererFor<PolicyId extends string>(
  orders: Readonly<Record<PolicyId, NonNullable<ChartSketch['order']>>>,
): (policyId: PolicyId, criterionId: string, note: string) => AnswerValue | undefined {
  return (policyId, criterionId, note) => {
    const chart: ChartSketch = { order: orders[policyId], note }
    const analysis = analyze(toBundle(chart), orderId, { switchedOn: [policyId] })
    return analysis.outcome === 'assessed'
      ? analysis.answers.find((one) => one.criterionId === criterionId)?.answer
      : undefined
  }
}
