import { describe, expect, it } from 'vitest'
import { answererFor } from './answer-of.ts'

const answerOf = answererFor({
  'transthoracic-echo': { code: '93306', reasons: ['R06.09'] },
  'knee-mri': {
    code: '73721',
    text: 'MRI right knee',
    bodySite: 'right knee',
    reasons: ['M25.561'],
  },
  'brain-mri': { code: '70553', reasons: ['R51.9'] },
  'home-oxygen': { code: 'E1390', reasons: ['J44.9'] },
  'biologic-rheumatoid-arthritis': { code: 'J1745', text: 'infliximab', reasons: ['M05.79'] },
})

describe('statements that settle nothing', () => {
  it.each([
    [
      'home-oxygen',
      'heart_strain',
      'PMH: cor pulmonale. Cardiology: no cor pulmonale. Will clarify.',
    ],
    [
      'home-oxygen',
      'heart_strain',
      'RT: cor pulmonale on the list.\nDiscrepancy sent to cardiology.',
    ],
    ['home-oxygen', 'heart_strain', 'Echo ordered to look for pulmonary hypertension.'],
    [
      'knee-mri',
      'recent_knee_mri',
      'Will ask the clinic in town whether they did an MRI of the knee.',
    ],
    ['knee-mri', 'meniscal_signs', 'McMurray positive. Side not recorded.'],
    ['knee-mri', 'acute_injury', 'Twisted a knee on 6/2, which side is not stated.'],
    ['knee-mri', 'mechanical_symptoms', 'Locking and catching were not asked about today.'],
    ['transthoracic-echo', 'significant_valve_disease', 'AS: mild / moderate / severe'],
    [
      'transthoracic-echo',
      'significant_valve_disease',
      'Brochure on severe aortic stenosis given.',
    ],
    ['brain-mri', 'demyelinating_disease', 'He rides for the MS Society every year.'],
    [
      'brain-mri',
      'intracranial_tumor',
      'She read online about brain tumors and worries she has one.',
    ],
    [
      'biologic-rheumatoid-arthritis',
      'other_biologic',
      'Current meds: MTX, [illegible] every 2 weeks.',
    ],
  ] as const)('%s %s: %s', (policyId, criterionId, note) => {
    expect(answerOf(policyId, criterionId, note)).toBe('unclear')
  })

  it.each([
    ['home-oxygen', 'heart_strain', 'Cor pulmonale. Will verify insurance.', 'met'],
    [
      'home-oxygen',
      'heart_strain',
      'Cor pulmonale.\n\nHome phone: discrepancy, to be clarified.',
      'met',
    ],
    [
      'knee-mri',
      'meniscal_signs',
      'McMurray positive on the right side, recorded on video.',
      'met',
    ],
    ['transthoracic-echo', 'significant_valve_disease', 'AS: moderate/severe', 'met'],
    ['brain-mri', 'demyelinating_disease', 'Multiple sclerosis since 2019. Brochure given.', 'met'],
    [
      'biologic-rheumatoid-arthritis',
      'other_biologic',
      'Current meds: MTX.\nSigned: [illegible]',
      'not_met',
    ],
  ] as const)('%s %s: %s is %s', (policyId, criterionId, note, answer) => {
    expect(answerOf(policyId, criterionId, note)).toBe(answer)
  })
})

describe('tests and their results', () => {
  it.each([
    ['tb_negative', 'PPD placed 5/11/26, read 5/13/26: 0 mm induration.', 'met'],
    ['tb_negative', 'TB blood test done two weeks ago came back negative.', 'met'],
    ['tb_negative', 'She has never been tested for tuberculosis.', 'not_met'],
    ['tb_negative', 'He refused the TB test.', 'not_met'],
    ['tb_negative', 'QuantiFERON sent today, HIV negative.', 'unclear'],
    ['tb_negative', 'QuantiFERON 6/5/26 indeterminate.', 'unclear'],
    ['hepatitis_b_negative', 'HBsAg | REACTIVE\nanti-HBc | REACTIVE', 'not_met'],
    ['hepatitis_b_negative', 'Hepatitis B screen: negative', 'met'],
    ['tb_negative', 'QuantiFERON: Negative (2/14/26)', 'met'],
    ['tb_negative', 'QuantiFERON: Positive (2/14/26)', 'not_met'],
    ['tb_negative', 'TB test: no', 'not_met'],
    ['tb_negative', 'TB screening: not done', 'not_met'],
    ['tb_negative', 'Will need a negative TB test.', 'unclear'],
    ['ra_diagnosis', 'RA was considered and ruled out.', 'unclear'],
  ] as const)('%s: %s is %s', (criterionId, note, answer) => {
    expect(answerOf('biologic-rheumatoid-arthritis', criterionId, note)).toBe(answer)
  })
})

describe('dangerous wordings of sleep and arthritis', () => {
  const answerOfSleep = answererFor({ cpap: { code: 'E0601', reasons: ['G47.33'] } })

  it.each([
    ['osa_symptoms', 'Denies all OSA symptoms including sleepiness and insomnia.', 'not_met'],
    ['ahi_15', 'AHI above 15 is moderate sleep apnea.', 'unclear'],
    ['ahi_15', 'AHI 11.1 (supine 29.0, lateral 2.5).', 'not_met'],
    ['ahi_5', 'There were only two respiratory events per hour of sleep.', 'not_met'],
    ['ahi_15', 'Home sleep test showed 61 obstructive events hourly.', 'met'],
    ['adult', 'This is a 9-year-old boy with enlarged tonsils.', 'unclear'],
    ['adult', 'Came with her 9-year-old son.', 'met'],
    ['clinical_evaluation', 'No show for sleep evaluation.', 'not_met'],
    ['clinical_evaluation', 'Sleep history taken.', 'met'],
    ['clinical_evaluation', 'Handout: what to expect at your sleep evaluation.', 'unclear'],
  ] as const)('%s: %s is %s', (criterionId, note, answer) => {
    expect(answerOfSleep('cpap', criterionId, note)).toBe(answer)
  })

  it.each([
    ['other_biologic', 'She stopped Xeljanz in March.', 'not_met'],
    ['other_biologic', 'He is not to stop etanercept when the infliximab starts.', 'met'],
    ['other_biologic', 'Remains on Cosentyx monthly.', 'met'],
    ['methotrexate_dose', 'Methotrexate 25 mg/mL: 0.4 mL (10 mg) SC weekly.', 'not_met'],
    ['methotrexate_dose', 'Methotrexate 2.5 mg x 8 weekly.', 'met'],
    ['methotrexate_dose', 'MTX 10 mg Sat AM + 10 mg Sat PM.', 'unclear'],
    ['methotrexate_unsuitable', 'MTX d/c 2/26 for ALT/AST 4x ULN.', 'met'],
    [
      'methotrexate_unsuitable',
      'Went to subQ MTX for absorption, not for side effects.',
      'unclear',
    ],
    ['other_csdmard_trial', 'May try leflunomide later.', 'unclear'],
    ['disease_activity', 'No synovitis and a DAS28 of 2.1.', 'not_met'],
  ] as const)('%s: %s is %s', (criterionId, note, answer) => {
    expect(answerOf('biologic-rheumatoid-arthritis', criterionId, note)).toBe(answer)
  })
})
