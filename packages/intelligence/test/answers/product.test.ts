import type { AnswerValue } from '@authscript/prior-auth'
import { type ChartSketch, orderId, toBundle } from '@authscript/labelled-cases'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/index.ts'

/** What the product answers to one question of a policy. */
function answerOf(
  policyId: string,
  criterionId: string,
  chart: ChartSketch,
): AnswerValue | undefined {
  const analysis = analyze(toBundle(chart), orderId, { switchedOn: [policyId] })
  return analysis.outcome === 'assessed'
    ? analysis.answers.find((one) => one.criterionId === criterionId)?.answer
    : undefined
}

const infliximab = { code: 'J1745', text: 'infliximab', reasons: ['M05.79'] }

describe('a drug for another disease', () => {
  it.each([
    ['Methotrexate 20 mg weekly for 6 months for psoriatic arthritis.', 'unclear'],
    ['Methotrexate 20 mg weekly for 6 months for rheumatoid arthritis.', 'met'],
    ['Methotrexate 20 mg weekly for 6 months for seropositive RA.', 'met'],
    ['Methotrexate 20 mg weekly for 6 months.', 'met'],
  ])('is no trial for this one: %s', (note, expected) => {
    expect(
      answerOf('biologic-rheumatoid-arthritis', 'methotrexate_trial', { order: infliximab, note }),
    ).toBe(expected)
  })
})
