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

const lumbarMri = { code: '72148', reasons: ['M54.16'] }

describe('a therapy that was begun', () => {
  it.each([
    ['PT since 3/1/2026, continues. Low back pain.', 'met'],
    ['PT for the low back since March, twice a week.', 'met'],
    // How far it went is not said.
    ['PT begun 3/1/2026. Low back pain.', 'unclear'],
    ['PT started in March; thinks he went to half of it. Low back pain.', 'unclear'],
    ['PT since 3/1/2026, attendance spotty. Low back pain.', 'unclear'],
    // It cannot have been long enough.
    ['PT begun 6/1/2026. Low back pain.', 'not_met'],
    ['PT since 05/28, 4 of 12 visits so far.', 'not_met'],
  ])('counts as far as it is known to have gone: %s', (note, expected) => {
    expect(answerOf('lumbar-spine-mri', 'active_therapy', { order: lumbarMri, note })).toBe(
      expected,
    )
  })
})
