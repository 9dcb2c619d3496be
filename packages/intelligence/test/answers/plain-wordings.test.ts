import type { ChartSketch } from '@authscript/labelled-cases'
import { describe, expect, it } from 'vitest'
import { answererFor } from './answer-of.ts'

const orders = {
  'brain-mri': { code: '70553', reasons: ['R51.9'] },
  'transthoracic-echo': { code: '93306', reasons: ['R06.09'] },
  'knee-mri': {
    code: '73721',
    text: 'MRI right knee',
    bodySite: 'right knee',
    reasons: ['M25.561'],
  },
  'lumbar-spine-mri': { code: '72148', reasons: ['M54.16'] },
  'home-oxygen': { code: 'E1390', reasons: ['J44.9'] },
  'outpatient-physical-therapy': { code: '97110', reasons: ['M54.50'] },
  'biologic-rheumatoid-arthritis': { code: 'J1745', text: 'infliximab', reasons: ['M05.79'] },
  'total-hip-arthroplasty': {
    code: '27130',
    text: 'Left total hip arthroplasty',
    reasons: ['M16.12'],
  },
  'total-knee-arthroplasty': {
    code: '27447',
    text: 'Right total knee arthroplasty',
    reasons: ['M17.11'],
  },
} as const satisfies Record<string, ChartSketch['order']>

const answerOf = answererFor(orders)

describe('denials in other words', () => {
  it.each([
    [
      'lumbar-spine-mri',
      'cauda_equina',
      'Low back pain. Saddle sensation intact. Bladder and bowel as always.',
      'not_met',
    ],
    ['lumbar-spine-mri', 'cauda_equina', 'LBP. No leg sx. no b/b. No saddle numbness.', 'not_met'],
    [
      'lumbar-spine-mri',
      'cauda_equina',
      'Has not noticed numbness in the saddle area; bladder habits are the same as ever.',
      'not_met',
    ],
    [
      'lumbar-spine-mri',
      'cauda_equina',
      'Denies loss of bowel or bladder control. Perianal sensation normal.',
      'not_met',
    ],
    [
      'lumbar-spine-mri',
      'cauda_equina',
      'Bladder/bowel: no change. Groin numbness: none.',
      'not_met',
    ],
    [
      'lumbar-spine-mri',
      'cauda_equina',
      'No change in bowel or bladder habits. no perineal numbness.',
      'not_met',
    ],
    ['lumbar-spine-mri', 'cauda_equina', 'She is numb when she wipes since Saturday.', 'met'],
    ['lumbar-spine-mri', 'cauda_equina', 'Cannot feel it when wiping. Bladder as always.', 'met'],
    [
      'lumbar-spine-mri',
      'cauda_equina',
      'No numbness when wiping. Has been leaking urine off and on, is not sure since when.',
      'unclear',
    ],
    ['lumbar-spine-mri', 'cauda_equina', 'Bowels usual.', 'unclear'],
    ['knee-mri', 'acute_injury', 'Right knee pain, gradual. No injury ever.', 'not_met'],
    [
      'knee-mri',
      'acute_injury',
      'She does not recall any fall or twist. Right knee pain for years.',
      'not_met',
    ],
    [
      'knee-mri',
      'acute_injury',
      'Right knee pain came on by itself, no accident that she can think of.',
      'not_met',
    ],
    ['knee-mri', 'acute_injury', 'No h/o trauma to the R knee. Insidious onset.', 'not_met'],
    [
      'knee-mri',
      'acute_injury',
      'Right knee: woke up with it in early March, no injury.',
      'not_met',
    ],
    ['knee-mri', 'acute_injury', 'Right knee: planted and cut in a game 6/6, felt pop.', 'met'],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('strength, then and now', () => {
  it.each([
    ['lumbar-spine-mri', 'motor_deficit', 'Any new leg weakness? No. Strength 5/5.', 'not_met'],
    ['lumbar-spine-mri', 'motor_deficit', 'Exam: neuro normal.', 'not_met'],
    ['lumbar-spine-mri', 'motor_deficit', 'Exam: neuro nonfocal. SLR negative.', 'not_met'],
    ['lumbar-spine-mri', 'motor_deficit', 'Legs strong and equal on exam.', 'not_met'],
    [
      'lumbar-spine-mri',
      'motor_deficit',
      'Heel and toe walk without difficulty, power full throughout.',
      'not_met',
    ],
    [
      'lumbar-spine-mri',
      'motor_deficit',
      'L hip flexion 4/5, knee extension 4/5 (5/5 recorded on 05/11).',
      'met',
    ],
    ['lumbar-spine-mri', 'motor_deficit', 'EHL 4/5 R today, was 5/5 on 05/04.', 'met'],
    [
      'lumbar-spine-mri',
      'motor_deficit',
      'L hip flexion 4/5. Recorded as 4/5 on 05/11.',
      'unclear',
    ],
    ['lumbar-spine-mri', 'motor_deficit', 'EHL 4+/5 R (was 3/5 on 05/04).', 'unclear'],
    [
      'lumbar-spine-mri',
      'motor_deficit',
      'Strength was 5/5 on the right and on the left.',
      'not_met',
    ],
    ['lumbar-spine-mri', 'motor_deficit', 'EHL 4/5 R, down from 5/5.', 'met'],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('what is new since the study', () => {
  it.each([
    [
      'lumbar-spine-mri',
      'new_finding',
      'MRI L-spine 8/2025 (outside): L4-5 bulge. Says same pain as then. Motor 5/5. No bowel or bladder trouble. No trauma.',
      'not_met',
    ],
    [
      'lumbar-spine-mri',
      'new_finding',
      'MRI of the lumbar spine 01/10/2026 showed a bulge. Nothing new since that MRI. Strength 5/5.',
      'not_met',
    ],
    [
      'lumbar-spine-mri',
      'new_finding',
      'MRI L-spine 01/20/2026 showed L4-5 protrusion. Since Saturday both legs are weak and she cannot pass urine.',
      'met',
    ],
    [
      'lumbar-spine-mri',
      'new_finding',
      'MRI L-spine 01/20/2026 showed L4-5 protrusion. Back pain continues.',
      'unclear',
    ],
    [
      'knee-mri',
      'new_finding',
      'MRI R knee 2/26/2026: meniscus tear. Nothing new since that MRI, no injury ever, same pain.',
      'not_met',
    ],
    [
      'knee-mri',
      'new_finding',
      'MRI of the right knee 01/05/2026. No new injury since and exam unchanged from that time.',
      'not_met',
    ],
    [
      'knee-mri',
      'new_finding',
      'MRI right knee 09/10/2025 showed no tear. On May 30, 2026 he slipped, felt a pop and the knee has locked since.',
      'met',
    ],
    ['knee-mri', 'new_finding', 'MRI R knee 2/26/2026. Same pain as at the last visit.', 'unclear'],
    [
      'lumbar-spine-mri',
      'new_finding',
      'MRI 01/20/2026 lumbar: bulge. Same pain as then, but new foot drop since Monday.',
      'met',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('signs of an examination', () => {
  it.each([
    ['knee-mri', 'meniscal_signs', 'Right knee: McMurray produces a painful clunk.', 'met'],
    ['knee-mri', 'meniscal_signs', "R knee: McMurray's gives a click and pain medially.", 'met'],
    ['knee-mri', 'meniscal_signs', 'Right knee McMurray reproduces her pain.', 'met'],
    [
      'knee-mri',
      'meniscal_signs',
      'Right knee McMurray could not be done because of guarding.',
      'unclear',
    ],
    [
      'knee-mri',
      'mechanical_symptoms',
      'Right knee has given out on him twice just walking. No locking.',
      'met',
    ],
    [
      'knee-mri',
      'mechanical_symptoms',
      'R knee: stuck bent twice last week, had to jiggle it.',
      'met',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('another side and another day', () => {
  it.each([
    ['knee-mri', 'effusion', 'Exam right: no effusion. Left: effusion small, old.', 'not_met'],
    [
      'knee-mri',
      'effusion',
      'Right knee. Examination in May noted a small effusion. When I looked today the effusion had gone.',
      'not_met',
    ],
    ['knee-mri', 'effusion', 'R knee: effusion seen in April has resolved.', 'not_met'],
    ['knee-mri', 'effusion', 'R knee: effusion in April, has not resolved.', 'met'],
    [
      'knee-mri',
      'effusion',
      'Right knee effusion gone in April. Today effusion is back, moderate.',
      'met',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('infection, mentioned and denied', () => {
  it.each([
    [
      'total-knee-arthroplasty',
      'active_infection',
      'Right knee. ROM 0-120, no erythema, skin normal. Afebrile.',
      'not_met',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'No fever. Skin over the right knee intact.',
      'not_met',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'Infection w/u: ESR 8, CRP <3, aspirate no growth. No infection.',
      'not_met',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'No sign of infection at the right knee.',
      'not_met',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'Risks, benefits and alternatives were discussed including but not limited to infection, bleeding and DVT.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'We discussed the risks of surgery, including infection, stiffness, no guarantee of relief.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'Complications such as infection and nerve damage reviewed. Infection labs first: ESR, CRP.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'Infection prevention: chlorhexidine wash, nasal mupirocin.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'Cellulitis of the right leg, on cephalexin.',
      'met',
    ],
    [
      'biologic-rheumatoid-arthritis',
      'active_infection',
      'No signs or symptoms of infection.',
      'not_met',
    ],
    ['biologic-rheumatoid-arthritis', 'active_infection', 'No infectious symptoms.', 'not_met'],
    [
      'biologic-rheumatoid-arthritis',
      'active_infection',
      'She had pneumonia in December, recovered; no fever or cough now.',
      'not_met',
    ],
    [
      'biologic-rheumatoid-arthritis',
      'active_infection',
      'On doxycycline since yesterday for pneumonia, temp 101.8, coughing up green sputum.',
      'met',
    ],
    ['biologic-rheumatoid-arthritis', 'active_infection', 'No fever.', 'unclear'],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'Symptoms including but not limited to fever, infection and pain were reviewed.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'Infection of the right knee wound, on antibiotics.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'active_infection',
      'R knee: effusion small, warm, no redness. T 98.9. Aspirated today, culture sent.',
      'unclear',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('whole examinations', () => {
  it.each([
    [
      'brain-mri',
      'focal_deficit',
      'Cranial nerves normal. Power and tone normal, no drift. Gait normal. Reflexes equal.',
      'not_met',
    ],
    ['brain-mri', 'focal_deficit', 'Neuro exam was completely normal.', 'not_met'],
    ['brain-mri', 'focal_deficit', 'Neuro: nonfocal.', 'not_met'],
    [
      'brain-mri',
      'focal_deficit',
      'Cranial nerves: intact\nMotor: 5/5 x 4\nSensation: intact\nGait: steady',
      'not_met',
    ],
    [
      'brain-mri',
      'focal_deficit',
      'CN II-XII intact, strength 5/5 throughout, sensation intact, coordination normal.',
      'not_met',
    ],
    ['brain-mri', 'focal_deficit', 'Cranial nerves normal.', 'unclear'],
    [
      'brain-mri',
      'focal_deficit',
      'New right face droop since Monday. Cranial nerves otherwise normal. Strength full.',
      'met',
    ],
    ['brain-mri', 'focal_deficit', 'Strength 5/5.', 'unclear'],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('headache, now and before', () => {
  it.each([
    [
      'brain-mri',
      'new_headache',
      'Migraine once a month since her teens. Since Easter the headaches come three times a week, no longer only on the left.',
      'met',
    ],
    [
      'brain-mri',
      'new_headache',
      'Headache - long-standing tension type, unchanged; no red flags.',
      'not_met',
    ],
    ['brain-mri', 'new_headache', 'Headaches for twenty years, same as ever.', 'not_met'],
    ['brain-mri', 'new_headache', 'No headaches to speak of.', 'not_met'],
    ['brain-mri', 'new_headache', 'Pattern: new headache, no headaches before.', 'met'],
    ['brain-mri', 'new_headache', 'Headache for five weeks, never had headaches before.', 'met'],
    [
      'brain-mri',
      'headache_red_flag',
      '54 years old. First headache after age 50. No headaches before.',
      'met',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('memory', () => {
  it.each([
    ['brain-mri', 'cognitive_decline', 'Memory has been getting worse over a year.', 'met'],
    ['brain-mri', 'cognitive_decline', 'Memory good, no change. Thinks clearly.', 'not_met'],
    ['brain-mri', 'cognitive_decline', 'Daughter wonders about memory.', 'unclear'],
    ['brain-mri', 'cognitive_decline', 'Dementia, probably.', 'unclear'],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('other questions', () => {
  it.each([
    ['brain-mri', 'stroke_or_tia', 'TIA on 06/02.', 'met'],
    ['transthoracic-echo', 'cardiac_symptoms', 'no CP/SOB/palps/syncope/edema.', 'not_met'],
    [
      'transthoracic-echo',
      'cardiac_symptoms',
      'Denies DOE, CP, edema, syncope, palpitations.',
      'not_met',
    ],
    [
      'transthoracic-echo',
      'cardiac_symptoms',
      'Chest pain: denies\nDyspnea: denies\nPalpitations: denies',
      'not_met',
    ],
    [
      'transthoracic-echo',
      'cardiac_symptoms',
      'Short of breath on stairs. Denies chest pain.',
      'met',
    ],
    ['transthoracic-echo', 'clinical_change', 'No change since last visit.', 'not_met'],
    ['transthoracic-echo', 'clinical_change', 'Feels same as then, no interval events.', 'not_met'],
    [
      'transthoracic-echo',
      'cardiac_reason',
      'Trastuzumab planned, baseline echo before cycle 1.',
      'met',
    ],
    ['transthoracic-echo', 'cardiac_symptoms', 'Ankle swelling by the end of the day.', 'met'],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('the other valves', () => {
  it.each([
    [
      'transthoracic-echo',
      'significant_valve_disease',
      'TTE 12/15/2025 EF 60, mild MR, LA mildly dilated. No other valve lesion.',
      'not_met',
    ],
    [
      'transthoracic-echo',
      'mild_valve_disease',
      'TTE 12/15/2025 EF 60, mild MR, LA mildly dilated. No other valve lesion.',
      'met',
    ],
    [
      'transthoracic-echo',
      'mild_valve_disease',
      'Last TTE: 07/02/2025, EF 62%, mild MR, other valves normal',
      'met',
    ],
    [
      'transthoracic-echo',
      'significant_valve_disease',
      'Last TTE: 07/02/2025, EF 62%, mild MR, other valves normal',
      'not_met',
    ],
    [
      'transthoracic-echo',
      'significant_valve_disease',
      'Last TTE: 07/02/2025, EF 62%, severe MR, other valves normal',
      'met',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('the heart in a request for oxygen', () => {
  it.each([
    ['home-oxygen', 'heart_strain', 'No leg edema. Echo: RV normal, RVSP 31.', 'not_met'],
    ['home-oxygen', 'heart_strain', 'No edema. No pulmonary hypertension on echo.', 'not_met'],
    ['home-oxygen', 'heart_strain', 'No edema.', 'unclear'],
    [
      'home-oxygen',
      'heart_strain',
      'Some ankle swelling at the end of her shift, same for years.',
      'unclear',
    ],
    ['home-oxygen', 'heart_strain', '2+ pitting edema to the knees, HFpEF.', 'met'],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('restoring and maintaining', () => {
  it.each([
    [
      'outpatient-physical-therapy',
      'maintenance_program',
      'Restorative goals were closed in February when she reached a plateau. Skilled maintenance program.',
      'met',
    ],
    [
      'outpatient-physical-therapy',
      'maintenance_program',
      'Plan: restorative potential reached. Maintenance program to slow decline.',
      'met',
    ],
    [
      'outpatient-physical-therapy',
      'maintenance_program',
      'Restorative, not maintenance.',
      'not_met',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('what grows in a culture', () => {
  it.each([
    [
      'lumbar-spine-mri',
      'cauda_equina',
      'Sensation intact including perineum. Bowels and bladder are fine.',
      'not_met',
    ],
    [
      'lumbar-spine-mri',
      'cauda_equina',
      'Sensation intact. Bowels and bladder are fine.',
      'unclear',
    ],
    [
      'brain-mri',
      'cognitive_decline',
      'Memory - wife says slipping for two years. MoCA 17/30.',
      'met',
    ],
    ['brain-mri', 'cognitive_decline', 'He keeps slipping on the ice. Headache.', 'unclear'],
    [
      'total-hip-arthroplasty',
      'failed_fixation',
      'CRPP fem neck L 2024, screws backed out, nonunion, varus.',
      'met',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})

describe('words that change meaning in context', () => {
  it.each([
    // Feet as a distance are not a part of the body.
    ['total-knee-arthroplasty', 'functional_limitation', 'Walking limited to 50 feet.', 'met'],
    [
      'total-knee-arthroplasty',
      'severe_imaging',
      'X-ray right knee: no joint space left on the medial side.',
      'met',
    ],
    ['knee-mri', 'mechanical_symptoms', 'Right knee pain. It still catches.', 'met'],
    ['knee-mri', 'mechanical_symptoms', 'Right knee pain. It no longer catches.', 'unclear'],
    [
      'biologic-rheumatoid-arthritis',
      'hepatitis_b_negative',
      'Hepatitis B surface antigen is negative and anti-core negative, 4/2/2026.',
      'met',
    ],
    [
      'biologic-rheumatoid-arthritis',
      'hepatitis_b_negative',
      'HBsAg positive 4/2/2026.',
      'not_met',
    ],
    ['home-oxygen', 'resting_saturation_88', 'SpO2 fell from 93 to 87 on air.', 'unclear'],
    ['home-oxygen', 'resting_saturation_88', 'SpO2 87 on room air at rest.', 'met'],
    ['home-oxygen', 'heart_strain', 'Cor pulmonale: nobody made that diagnosis.', 'unclear'],
    [
      'outpatient-physical-therapy',
      'progress_shown',
      'PT progress note. None of the goals was reached.',
      'unclear',
    ],
    ['brain-mri', 'stroke_or_tia', 'Stroke clinic, routine. No stroke or TIA.', 'not_met'],
    ['brain-mri', 'stroke_or_tia', 'Seen by the stroke clinic for a stroke on 6/1/2026.', 'met'],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})
