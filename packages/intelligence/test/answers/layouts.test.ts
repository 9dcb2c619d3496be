import type { AnswerValue } from '@authscript/prior-auth'
import { type ChartSketch, orderId, toBundle } from '@authscript/labelled-cases'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/index.ts'

const orders = {
  'biologic-rheumatoid-arthritis': { code: 'J1745', text: 'infliximab', reasons: ['M05.79'] },
  cpap: { code: 'E0601', reasons: ['G47.33'] },
  'home-oxygen': { code: 'E1390', reasons: ['J44.9'] },
  'lumbar-spine-mri': { code: '72148', reasons: ['M54.16'] },
  'lumbar-epidural-injection': { code: '62323', reasons: ['M54.16'] },
  'outpatient-physical-therapy': { code: '97110', reasons: ['M54.50'] },
  'transthoracic-echo': { code: '93306', reasons: ['R06.09'] },
} satisfies Record<string, ChartSketch['order']>

/** What the product answers to one question of a policy. */
function answerOf(
  policyId: keyof typeof orders,
  criterionId: string,
  lines: readonly string[],
): AnswerValue | undefined {
  const chart: ChartSketch = { order: orders[policyId], note: lines.join('\n') }
  const analysis = analyze(toBundle(chart), orderId, { switchedOn: [policyId] })
  return analysis.outcome === 'assessed'
    ? analysis.answers.find((one) => one.criterionId === criterionId)?.answer
    : undefined
}

describe('a question with its answer on the line', () => {
  it.each([
    [
      ['Have you used injected drugs?        No', 'Recent fall or accident?             No'],
      'not_met',
    ],
    [
      ['Have you had cancer?                 No', 'Recent fall or accident?             Yes'],
      'met',
    ],
    [
      ['Have you used injected drugs?        No', 'Recent fall or accident?   (not answered)'],
      'unclear',
    ],
  ] as const)('is no heading of a table: %s', (lines, expected) => {
    const more = ['Osteoporosis?   No', 'Steroids for months?   No']
    expect(answerOf('lumbar-spine-mri', 'fracture_risk', [...lines, ...more])).toBe(expected)
  })

  it.each([
    [['Hematocrit greater than 56? no'], 'not_met'],
    [['Hematocrit greater than 56? yes'], 'met'],
    [['Hct > 56 % .............. No'], 'not_met'],
    [['Hematocrit greater than 56? no, Hct 43.0'], 'not_met'],
    [['Hematocrit greater than 56? not known'], 'unclear'],
  ] as const)('turns the bound that it asks for: %s', (lines, expected) => {
    expect(answerOf('home-oxygen', 'hematocrit_56', lines)).toBe(expected)
  })
})

describe('dots that lead to an answer', () => {
  it.each([
    ['AHI ................ 9.7 /h', 'met'],
    ['AHI (CMS 4%) ....... 9.7 /h', 'met'],
    ['1. AHI . . . . . . . 9.7', 'met'],
    ['AHI ................ 2.1 /h', 'not_met'],
    ['AHI ................ ***', 'unclear'],
    ['AHI ................ pending', 'unclear'],
  ])('are a colon: %s', (line, expected) => {
    expect(answerOf('cpap', 'ahi_5', ['PSG 05/27/2026', line])).toBe(expected)
  })

  it('answer the question before them and not the one behind', () => {
    const form = [
      'Have you had a fever in the last week? ............ No',
      'Are you taking an antibiotic now? ................. No',
      'Any infection now? ................................ Yes',
      'Did methotrexate make you sick? ................... No',
    ]
    expect(answerOf('biologic-rheumatoid-arthritis', 'active_infection', form)).toBe('met')
  })
})

describe('a place that nobody filled in', () => {
  it.each([
    [['Cardiac hx: ***     Prior echo: none'], 'not_met'],
    [['Cardiac hx: {CARDIAC:***}   Prior echo: none'], 'not_met'],
    [['Cardiac hx: none    Prior echo: ***'], 'unclear'],
  ] as const)('leaves the field beside it as it is: %s', (lines, expected) => {
    expect(answerOf('transthoracic-echo', 'recent_echo', lines)).toBe(expected)
  })
})

describe('none, in more words than one', () => {
  it.each([
    ['Infection: none found on exam', 'not_met'],
    ['Infection: none identified', 'not_met'],
    ['Infection: none seen today', 'not_met'],
    ['Infection: none that I treat', 'unclear'],
  ])('is never a yes: %s', (line, expected) => {
    expect(answerOf('biologic-rheumatoid-arthritis', 'active_infection', [line])).toBe(expected)
  })
})

describe('a line of boxes with one answer among other options', () => {
  it.each([
    ['Other biologic / JAK     [x] no  [ ] stopping  [ ] concurrent', 'not_met'],
    ['Other biologic / JAK     [ ] no  [ ] stopping  [ ] concurrent', 'unclear'],
  ])('is answered by the one that is ticked: %s', (line, expected) => {
    expect(answerOf('biologic-rheumatoid-arthritis', 'other_biologic', [line])).toBe(expected)
  })

  it.each([
    ['[x] neg [ ] pos', 'met'],
    ['[ ] neg [x] pos', 'not_met'],
    ['[ ] neg [ ] pos', 'unclear'],
  ])('tells what a test came to: %s', (boxes, expected) => {
    const lines = [`Hep B sAg   ${boxes}   05/28/2026`, `Hep B cAb   ${boxes}   05/28/2026`]
    expect(answerOf('biologic-rheumatoid-arthritis', 'hepatitis_b_negative', lines)).toBe(expected)
  })
})

describe('a result of which the day is not stated', () => {
  it.each([
    ['T-SPOT.TB negative per old chart, date not stated', 'unclear'],
    ['QuantiFERON negative (undated)', 'unclear'],
    ['QuantiFERON negative 05/2026', 'met'],
  ])('is none of the last year: %s', (line, expected) => {
    expect(answerOf('biologic-rheumatoid-arthritis', 'tb_negative', [line])).toBe(expected)
  })
})
