import type { ChartSketch } from '@authscript/labelled-cases'
import { describe, expect, it } from 'vitest'
import { answererFor } from './answer-of.ts'

const orders = {
  'knee-mri': { code: '73721', text: 'MRI left knee', reasons: ['M25.562'] },
  'transthoracic-echo': { code: '93306', text: 'TTE', reasons: ['R01.1'] },
  'brain-mri': { code: '70551', text: 'MRI brain', reasons: ['G40.209'] },
  'outpatient-physical-therapy': { code: '97110', text: 'PT', reasons: ['M54.50'] },
  'biologic-rheumatoid-arthritis': { code: 'J1745', text: 'infliximab', reasons: ['M05.79'] },
  'lumbar-spine-mri': { code: '72148', text: 'MRI lumbar spine', reasons: ['M54.50'] },
  'lumbar-epidural-injection': { code: '62323', text: 'LESI', reasons: ['M54.16'] },
} as const satisfies Record<string, ChartSketch['order']>

const answerOf = answererFor(orders)

describe('a mentioned study', () => {
  it.each([
    // Ordered, considered, of the other side, too old: none of them was done recently.
    ['knee-mri', 'recent_knee_mri', 'a/p ACL tear left. mri. brace.', 'not_met'],
    ['knee-mri', 'recent_knee_mri', 'I placed the MRI order today.', 'not_met'],
    [
      'knee-mri',
      'recent_knee_mri',
      'MRI of the right knee in January 2026. MRI left ordered. If the films show arthritis we may cancel the MRI.',
      'not_met',
    ],
    [
      'knee-mri',
      'recent_knee_mri',
      'MRI left knee 2021. She completed PT, discharge summary scanned.',
      'not_met',
    ],
    ['transthoracic-echo', 'echo_within_3_years', 'Echo in 2012, normal. TTE ordered.', 'not_met'],
    ['brain-mri', 'recent_brain_mri', 'A/P\n1. Focal epilepsy - MRI epilepsy protocol', 'not_met'],
    [
      'lumbar-spine-mri',
      'recent_lumbar_mri',
      'ASSESSMENT AND PLAN\nRadiculopathy, failed conservative care: MRI lumbar spine without contrast.',
      'not_met',
    ],
    [
      'lumbar-spine-mri',
      'recent_lumbar_mri',
      'ASSESSMENT AND PLAN\nBack pain after completed therapy - MRI lumbar spine',
      'not_met',
    ],
    ['brain-mri', 'recent_brain_mri', 'Episode of weakness. MRI with diffusion.', 'not_met'],
    ['brain-mri', 'recent_brain_mri', 'Prior imaging:\nMRI for headache.', 'unclear'],
    // A denial of an act may stand anywhere, with any adverb.
    ['brain-mri', 'recent_brain_mri', 'The yearly MRI has not yet been done.', 'not_met'],
    ['brain-mri', 'recent_brain_mri', 'MRI brain is yet to be obtained.', 'not_met'],
    ['transthoracic-echo', 'recent_echo', 'No one ever did an ultrasound of her heart.', 'not_met'],
    ['transthoracic-echo', 'recent_echo', 'Echo has been done 3/2026, never with contrast.', 'met'],
    // Silence does not reach back that far: an order says nothing about an earlier study.
    ['transthoracic-echo', 'echo_within_3_years', 'TTE ordered.', 'unclear'],
    // Done.
    [
      'lumbar-spine-mri',
      'recent_lumbar_mri',
      'ASSESSMENT AND PLAN\nRadiculopathy, confirmed: MRI lumbar spine 3/2026 shows a disc herniation.',
      'met',
    ],
    ['knee-mri', 'recent_knee_mri', 'MRI left knee 3/2/2026: medial tear.', 'met'],
    ['brain-mri', 'recent_brain_mri', 'A/P\n1. Epilepsy. MRI brain 3/2/2026 showed MTS.', 'met'],
    ['transthoracic-echo', 'echo_within_3_years', 'Echo ordered. Pt had one 9/2024.', 'met'],
    // Another person's, none, without a day.
    ['transthoracic-echo', 'recent_echo', 'Echo ordered. Her sister had one 1/2026.', 'not_met'],
    ['transthoracic-echo', 'recent_echo', 'Echo ordered. Has never had one.', 'not_met'],
    ['transthoracic-echo', 'recent_echo', 'Echo ordered. She had one somewhere.', 'unclear'],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('a treatment day', () => {
  it.each([
    ['PT daily note\ntx: STM 15 min, chin tucks.', 'met'],
    ['Last PT visit 6/3/2026.', 'met'],
    ['PT INITIAL EVALUATION\nPlan: 2 x/wk for 8 wk, gait training.', 'not_met'],
    ['Her husband has tried the exercise sheet with her.', 'not_met'],
    ['Has not been to PT.', 'not_met'],
    ['Last PT visit 2/27/2026. She may have had a session or two elsewhere in April.', 'unclear'],
  ])('%s', (note, expected) => {
    expect(answerOf('outpatient-physical-therapy', 'treatment_day', note)).toBe(expected)
  })
})

describe('a drug that is taken', () => {
  const plan = '\n\nPLAN\nRTC.'
  it.each([
    // The dose: the total, not the strength of a tablet; the highest one reached, not a planned one.
    ['methotrexate_dose', 'Takes methotrexate 2.5 mg tablets, 8 tablets weekly.', 'met'],
    ['methotrexate_dose', 'Methotrexate since 9/2025, 15 mg weekly, 20 mg since January.', 'met'],
    ['methotrexate_dose', 'MTX 10 mg/wk since 3/30/2026, going to 15 mg today.', 'not_met'],
    ['methotrexate_dose', 'Takes methotrexate 2.5 mg tablet.', 'unclear'],
    ['methotrexate_dose', 'Takes methotrexate weekly, pantoprazole 40 mg.', 'unclear'],
    // The start: a list of current drugs with a day.
    ['methotrexate_trial', 'Current Medications\nmethotrexate 20 mg weekly 1/12/2026', 'met'],
    ['methotrexate_trial', 'Past Medications\nmethotrexate 20 mg weekly 1/12/2026', 'unclear'],
    ['methotrexate_trial', 'RA not at target on MTX since 1/12/2026.', 'met'],
    // A stopped drug says nothing about another one that is ongoing.
    [
      'other_biologic',
      'Etanercept 04/2020 to 08/2023, stopped. Takes tofacitinib 5 mg BID since 2023.',
      'met',
    ],
    ['other_biologic', 'Keep taking tofacitinib 5 mg BID until seen in August.', 'met'],
    ['other_biologic', 'Etanercept 04/2020 to 08/2023, stopped.', 'not_met'],
    ['other_biologic', 'She has heard about Humira.', 'not_met'],
  ] as const)('%s: %s', (criterionId, note, expected) => {
    expect(answerOf('biologic-rheumatoid-arthritis', criterionId, note)).toBe(expected)
  })

  it.each([
    [`Oxycodone 5 mg left over from the hospital does not touch it.${plan}`, 'met'],
    [`PLAN\noxycodone 5 mg q6h prn for back, since 6/1/2026`, 'met'],
    [`Ibuprofen 600 mg tid, ice.${plan}`, 'met'],
    ['PLAN\noxycodone 5 mg q6h prn for back', 'not_met'],
  ])('%s', (note, expected) => {
    expect(answerOf('lumbar-spine-mri', 'medication_trial', `Low back pain.\n${note}`)).toBe(
      expected,
    )
  })
})

describe('a newest one that is too old', () => {
  it.each([
    ['lumbar-spine-mri', 'active_therapy', 'Low back pain. PT: last in 2023.', 'not_met'],
    ['lumbar-spine-mri', 'active_therapy', 'Low back pain. PT in 2023, and some since.', 'unclear'],
    ['knee-mri', 'knee_radiograph', 'XR left knee 8/2025: OA.', 'not_met'],
    ['knee-mri', 'knee_radiograph', 'XR left knee ordered.', 'unclear'],
    [
      'knee-mri',
      'knee_radiograph',
      'XR left knee 8/2025. Thinks the urgent care took a picture.',
      'unclear',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('a drug that was stopped', () => {
  it.each([
    ['Methotrexate was stopped for mouth sores after 3 weeks.', 'not_met'],
    ['Methotrexate was stopped after five months for hair loss.', 'met'],
    ['Methotrexate had to be stopped 3 weeks ago.', 'unclear'],
  ])('%s', (note, expected) => {
    expect(answerOf('biologic-rheumatoid-arthritis', 'methotrexate_trial', note)).toBe(expected)
  })
})
