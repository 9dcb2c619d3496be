import type { AnswerValue } from '@authscript/prior-auth'
import { type ChartSketch, orderId, toBundle } from '@authscript/labelled-cases'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/index.ts'

/** The product's answer to one question of a policy. */
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
  ])('is not a trial for this one: %s', (note, expected) => {
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
    // The end is not stated.
    ['PT begun 3/1/2026. Low back pain.', 'unclear'],
    ['PT started in March; thinks he went to half of it. Low back pain.', 'unclear'],
    ['PT since 3/1/2026, attendance spotty. Low back pain.', 'unclear'],
    // It was certainly too short.
    ['PT begun 6/1/2026. Low back pain.', 'not_met'],
    ['PT since 05/28, 4 of 12 visits so far.', 'not_met'],
  ])('counts only as far as its length is known: %s', (note, expected) => {
    expect(answerOf('lumbar-spine-mri', 'active_therapy', { order: lumbarMri, note })).toBe(
      expected,
    )
  })
})

const hip = { code: '27130', text: 'Left total hip arthroplasty', reasons: ['M16.12'] }

describe('a denial for the present', () => {
  it.each([
    ['Left hip pain. Not on pain medicine.', 'unclear'],
    ['Left hip pain. Not currently taking analgesics.', 'unclear'],
    ['Left hip pain. Nil analgesia at present.', 'unclear'],
    ['Left hip pain. Currently without analgesics.', 'unclear'],
    ['Left hip pain. At the moment no pain medicine.', 'unclear'],
    ['Analgesics: none at present', 'unclear'],
    ['Left hip pain. No longer takes ibuprofen.', 'met'],
    ['Naproxen for 6 months. At present she takes nothing for it.', 'met'],
    // For the whole time until now.
    ['Has never taken analgesics.', 'not_met'],
    ['Has not tried analgesics to date.', 'not_met'],
    ['Not on any pain medicine and never was.', 'not_met'],
    ['Analgesics: none', 'not_met'],
  ])('does not rule out an earlier trial: %s', (note, expected) => {
    expect(answerOf('total-hip-arthroplasty', 'medication_trial', { order: hip, note })).toBe(
      expected,
    )
  })
})

const knee = { code: '27447', text: 'Right total knee arthroplasty', reasons: ['M17.11'] }

describe('two interpretations of the same films', () => {
  it.each([
    ['X-ray right knee, radiology: KL 2. My reading: bone on bone, KL 4.', 'unclear'],
    ['Right knee, radiology: Kellgren-Lawrence 2. My reading: bone on bone.', 'unclear'],
    ['X-ray right knee: bone on bone, KL 4.', 'met'],
    ['X-ray right knee: severe joint space narrowing, KL 3.', 'met'],
  ])('settle nothing if they disagree: %s', (note, expected) => {
    expect(answerOf('total-knee-arthroplasty', 'severe_imaging', { order: knee, note })).toBe(
      expected,
    )
  })
})

describe('pain with an activity', () => {
  it.each([
    ['Right knee pain on stairs for a month.', 'unclear'],
    ['Right knee: stairs hurt.', 'unclear'],
    ['Right knee pain limits stairs.', 'met'],
    ['Difficulty with stairs because of the right knee.', 'met'],
    ['Cannot climb stairs because of right knee pain.', 'met'],
    ['Climbs stairs only with a rail, right knee pain.', 'met'],
  ])('is not a limitation: %s', (note, expected) => {
    expect(
      answerOf('total-knee-arthroplasty', 'functional_limitation', { order: knee, note }),
    ).toBe(expected)
  })
})

describe('a grade in Roman numerals', () => {
  it.each([
    ['X-ray right knee: KL IV.', 'met'],
    ['X-ray right knee: Kellgren-Lawrence grade III/IV.', 'met'],
    ['X-ray right knee: K-L stage III.', 'met'],
    ['X-ray right knee: KL II.', 'not_met'],
    // The other knee.
    ['X-ray: L KL IV.', 'unclear'],
    // Reported by the patient, not seen on a film.
    ['He says "the cartilage is all gone".', 'unclear'],
  ])('is a number: %s', (note, expected) => {
    expect(answerOf('total-knee-arthroplasty', 'severe_imaging', { order: knee, note })).toBe(
      expected,
    )
  })
})

describe('what could not be done', () => {
  it.each([
    ['MRI could not be done because of the pacemaker.', 'not_met'],
    ['MRI brain cannot be performed.', 'not_met'],
    ['MRI brain 5/2/2026: normal.', 'met'],
  ])('was not done: %s', (note, expected) => {
    const order = { code: '70551', reasons: ['G45.9'] }

    expect(answerOf('brain-mri', 'recent_brain_mri', { order, note })).toBe(expected)
  })

  it.each([
    ['Right knee: McMurray could not do because of pain.', 'unclear'],
    ['Right knee: McMurray limited by guarding.', 'unclear'],
    ['Right knee: McMurray positive.', 'met'],
  ])('has no result: %s', (note, expected) => {
    const order = { code: '73721', text: 'MRI right knee', reasons: ['M25.561'] }

    expect(answerOf('knee-mri', 'meniscal_signs', { order, note })).toBe(expected)
  })
})

describe('a leg that the patient calls strong and others see dragging', () => {
  it.each([
    ['Denies leg weakness, though wife says he drags the left foot.', 'unclear'],
    ['Left foot drop on examination.', 'met'],
  ])('is a contradiction: %s', (note, expected) => {
    expect(answerOf('lumbar-spine-mri', 'motor_deficit', { order: lumbarMri, note })).toBe(expected)
  })
})
