import { describe, expect, it } from 'vitest'
import { answererFor } from './answer-of.ts'

const answerOf = answererFor({
  'brain-mri': { code: '70553', reasons: ['R69'] },
  'transthoracic-echo': { code: '93306', reasons: ['R69'] },
  'home-oxygen': { code: 'E1390', reasons: ['R69'] },
})

type Row = readonly [
  policyId: 'brain-mri' | 'transthoracic-echo' | 'home-oxygen',
  criterionId: string,
  note: string,
  answer: 'met' | 'not_met' | 'unclear',
]

function answers(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    it.each(rows)('%s/%s: %s', (policyId, criterionId, note, answer) => {
      expect(answerOf(policyId, criterionId, note)).toBe(answer)
    })
  })
}

answers('the reason for a study, told in the note', [
  ['brain-mri', 'neurologic_reason', 'Indication for MRI brain: new diplopia.', 'met'],
  ['brain-mri', 'neurologic_reason', 'MRI brain scheduled for Tuesday.', 'unclear'],
  ['brain-mri', 'neurologic_reason', 'Mother has epilepsy. MRI brain requested.', 'unclear'],
  [
    'brain-mri',
    'neurologic_reason',
    'MRI was ordered in error; no neurologic complaints.',
    'not_met',
  ],
  [
    'brain-mri',
    'neurologic_reason',
    'Stable migraine on propranolol, insists on MRI for peace of mind.',
    'unclear',
  ],
  ['transthoracic-echo', 'cardiac_reason', 'Echo ordered for a new murmur.', 'met'],
  ['transthoracic-echo', 'cardiac_reason', 'Baseline echo, trastuzumab to start soon.', 'met'],
  ['transthoracic-echo', 'cardiac_reason', 'Dad has heart failure. TTE on 7/1.', 'unclear'],
  [
    'transthoracic-echo',
    'cardiac_reason',
    'Your doctor may order one for a murmur or heart failure.',
    'unclear',
  ],
  ['home-oxygen', 'oxygen_diagnosis', 'Patient with severe COPD seen today.', 'met'],
  ['home-oxygen', 'oxygen_diagnosis', 'Patients with severe COPD may need oxygen.', 'unclear'],
  ['home-oxygen', 'oxygen_diagnosis', 'No heart or lung disease.', 'not_met'],
  ['home-oxygen', 'oxygen_diagnosis', 'Possible COPD, spirometry pending.', 'unclear'],
])

answers('saturations and gases in tables', [
  [
    'home-oxygen',
    'resting_saturation_88',
    'Position | RA | 2 L NC\nResting | 84% | 93%\nAmbulating | 79% | 90%',
    'met',
  ],
  ['home-oxygen', 'resting_saturation_88', 'Activity | RA\nRest | 95\nWalk | 83', 'not_met'],
  ['home-oxygen', 'exertional_saturation_88', 'Activity | RA\nRest | 95\nWalk | 83', 'met'],
  ['home-oxygen', 'improves_with_oxygen', 'Activity | RA | 2 L\nWalk | 83 | 92', 'met'],
  ['home-oxygen', 'pao2_55', 'Date | PaO2 (RA)\n4/2026 | 64\n6/8/2026 | 51', 'met'],
  ['home-oxygen', 'pao2_55', 'Date | PaO2 (RA)\n4/2026 | 51\n6/8/2026 | 64', 'not_met'],
  ['home-oxygen', 'hematocrit_56', 'Hct | Date\n58 | 1/2026\n49 | 6/2026', 'not_met'],
])

answers('measures and what they were measured under', [
  ['home-oxygen', 'pao2_60', 'Blood gas on room air showed 74.', 'met'],
  ['home-oxygen', 'pao2_60', 'ABG to be drawn tomorrow.', 'unclear'],
  ['home-oxygen', 'pao2_60', 'VBG done: pO2 38.', 'unclear'],
  ['home-oxygen', 'pao2_60', 'PO2 (mmHg): 57  (x) room air  ( ) on oxygen', 'not_met'],
  ['home-oxygen', 'pao2_55', 'PaO2 of 51 was mistyped.', 'unclear'],
  ['home-oxygen', 'hematocrit_56', 'Hgb/Hct 19.9/60.2', 'met'],
  ['home-oxygen', 'hematocrit_56', 'H/H 14.2/43', 'not_met'],
  ['home-oxygen', 'exertional_saturation_88', 'O2 check: amb RA 83, amb 2L 92', 'met'],
  ['home-oxygen', 'exertional_saturation_88', 'Age 82, walks 85 feet on RA, HR 88.', 'unclear'],
  ['home-oxygen', 'exertional_saturation_88', 'SpO2 walking on RA never below 92%.', 'not_met'],
  ['home-oxygen', 'exertional_saturation_88', 'SpO2 86%, unclear if walking.', 'unclear'],
  ['home-oxygen', 'resting_saturation_88', 'Pulse ox 86%, not noted whether at rest.', 'unclear'],
  ['home-oxygen', 'resting_saturation_88', 'Sat 96% seated, no O2 on.', 'not_met'],
  ['home-oxygen', 'improves_with_oxygen', '6MWT: RA 84%, with 2L stayed 93%.', 'met'],
  ['home-oxygen', 'improves_with_oxygen', 'Walking on 2 L sats came up to 94%.', 'met'],
  ['home-oxygen', 'improves_with_oxygen', 'Walking on 4 L: oxygen made no difference.', 'not_met'],
])

answers('what is denied', [
  ['brain-mri', 'focal_deficit', 'Any new focal neuro deficit?  [ ] Yes  [x] No', 'not_met'],
  [
    'brain-mri',
    'focal_deficit',
    'Exam: left pronator drift, decreased sensation left face.',
    'met',
  ],
  ['brain-mri', 'recent_brain_mri', 'MRI of the brain in the past year?  ☐ Yes  ☒ No', 'not_met'],
  ['brain-mri', 'headache_red_flag', 'Headache: with Valsalva or cough (-).', 'unclear'],
  [
    'brain-mri',
    'demyelinating_disease',
    'Multiple sclerosis was ruled out by neurology.',
    'not_met',
  ],
  ['brain-mri', 'demyelinating_disease', 'Walks each year for the MS Society.', 'unclear'],
  [
    'transthoracic-echo',
    'murmur',
    'The murmur that was reported was not audible to me.',
    'not_met',
  ],
  ['home-oxygen', 'heart_strain', 'Echo to look for pulmonary hypertension.', 'unclear'],
  ['transthoracic-echo', 'significant_valve_disease', 'Question of severe AS.', 'unclear'],
])

answers('new, for it was denied of the time before', [
  ['brain-mri', 'seizure', 'Convulsion in the store, no prior history of seizures.', 'met'],
  ['brain-mri', 'seizure', 'No prior history of seizures.', 'not_met'],
  ['brain-mri', 'seizure', 'His first generalized seizure was on June 3.', 'met'],
])

answers('the day of a study', [
  ['transthoracic-echo', 'recent_echo', 'ECHOCARDIOGRAM\nDate of study: 3/3/2026\nEF 60%.', 'met'],
  ['transthoracic-echo', 'recent_echo', 'Order: echo\nDate of study: 7/3/2026', 'not_met'],
  ['brain-mri', 'recent_brain_mri', 'Six years since her last brain MRI.', 'not_met'],
  ['transthoracic-echo', 'echo_within_3_years', 'TTE in 3 years?  [ ] Yes  [x] No', 'not_met'],
])
