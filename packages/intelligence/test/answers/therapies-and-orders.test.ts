import { describe, expect, it } from 'vitest'
import { answererFor } from './answer-of.ts'

const answerOf = answererFor({
  'lumbar-spine-mri': { code: '72148', reasons: ['M54.16'] },
  'lumbar-epidural-injection': { code: '62323', reasons: ['M54.16'] },
  'outpatient-physical-therapy': { code: '97110', reasons: ['M54.50'] },
})

describe('how long an injection helped', () => {
  const relief = (text: string) => answerOf('lumbar-epidural-injection', 'relief_before', text)

  it.each([
    ['Last ESI in December took away 80% of the leg pain until mid-May.', 'met'],
    ['ESI in March cut his pain in half for 4 months.', 'met'],
    ['Pain went from 8/10 to 2/10 after the epidural and stayed there for 14 weeks.', 'met'],
    ['The epidural in March helped for only ten days.', 'not_met'],
    ['That shot did nothing for me.', 'not_met'],
    ['LESI 2/3/26, 80% relief, wore off within two weeks.', 'not_met'],
    ['Prior epidural helped, no details.', 'unclear'],
    ['80% relief from the epidural was gone.', 'unclear'],
  ])('%s', (text, expected) => {
    expect(relief(text)).toBe(expected)
  })
})

describe('a note that contradicts an order’s code', () => {
  it.each([
    ['ESI ordered as palpation-guided, no fluoroscopy.', 'unclear'],
    ['Image guidance: none', 'unclear'],
    ['ESI under fluoroscopic guidance.', 'met'],
  ])('%s', (text, expected) => {
    expect(answerOf('lumbar-epidural-injection', 'image_guidance', text)).toBe(expected)
  })
})

describe('letters after names', () => {
  it.each([
    ['Fever N   IV drug use N   Immune suppression N', 'not_met'],
    ['Fever Y   IV drug use N   Immune suppression N', 'met'],
  ])('%s', (text, expected) => {
    expect(answerOf('lumbar-spine-mri', 'infection', text)).toBe(expected)
  })
})

describe('what is new since a study', () => {
  it.each([
    ['Since the MRI in January she has developed a left foot drop.', 'met'],
    ['No new deficits or red flags since the previous MRI.', 'not_met'],
    ['New neurologic deficit since last imaging? ☐Y ☒N', 'not_met'],
    ['Change since last MRI: ______ (new deficit / red flag / none)', 'unclear'],
  ])('%s', (text, expected) => {
    expect(answerOf('lumbar-spine-mri', 'new_finding', text)).toBe(expected)
  })
})

describe('a value below zero', () => {
  it.each([
    ['T-score -3.1.', 'met'],
    ['T-score: minus 2.8', 'met'],
    ['T-score of 3.1.', 'unclear'],
  ])('%s', (text, expected) => {
    expect(answerOf('lumbar-spine-mri', 'fracture_risk', text)).toBe(expected)
  })
})

describe('plans of therapy', () => {
  it.each([
    ['frequency_duration', 'Seen three times weekly for the next month.', 'met'],
    ['frequency_duration', 'Frequency: not stated', 'not_met'],
    [
      'plan_of_care',
      'Physician signature: ________ Date: ______ (I certify the need for these services)',
      'unclear',
    ],
    ['plan_of_care', 'PT POC signed & faxed back 6/9/26 Dr Lee.', 'met'],
    ['plan_of_care', 'POC not signed by Dr Lee.', 'not_met'],
    ['functional_limitation', 'Denies difficulty walking, climbing stairs or dressing.', 'not_met'],
    ['functional_limitation', 'Unable to don shirt without help.', 'met'],
    ['skilled_need', 'Unable to perform exercises correctly w/o skilled instruction.', 'met'],
  ])('%s: %s', (criterion, text, expected) => {
    expect(answerOf('outpatient-physical-therapy', criterion, text)).toBe(expected)
  })
})
