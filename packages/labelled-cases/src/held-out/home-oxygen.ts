import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'home-oxygen',
  cases: [
    {
      caseId: 'Emphysema with 85 percent at rest on room air today, in prose',
      chart: {
        order: {
          code: 'E1390',
          text: 'Oxygen concentrator 2 L/min continuous',
          reasons: ['J43.9'],
        },
        patient: { birthDate: '1951-04-04', gender: 'male' },
        note: `Mr. Example is 75 and has had emphysema for more than a decade, with an FEV1 of 31 percent predicted last winter. He is stable on his inhalers, has finished no steroids or antibiotics in four months, and comes today because his daughter sees his lips turn blue when he sits at the table.

After ten minutes seated in the exam room, breathing room air, his oxygen saturation was 85 percent on two separate fingers. With two liters by nasal cannula, still seated, it came up to 93 percent. I did not walk him. No arterial blood gas was drawn.

His chest is hyperinflated with distant breath sounds and no wheeze. The jugular veins are flat, there is no ankle edema, and the second heart sound is not loud. An echocardiogram in March showed no pulmonary hypertension and a normal right ventricle. Hematocrit last week was 47.

He is in chronic hypoxemic respiratory failure from emphysema. I am ordering oxygen at 2 liters, around the clock, with a stationary concentrator and portable cylinders. He no longer smokes, and there is no open flame in the home.`,
        conditions: [{ code: 'J43.9', text: 'Emphysema, unspecified', daysAgo: 3900 }],
        observations: [
          {
            code: '59408-5',
            text: 'Oxygen saturation by pulse oximetry, rest, room air',
            value: 85,
            unit: '%',
            daysAgo: 0,
          },
          { code: '4544-3', text: 'Hematocrit', value: 47, unit: '%', daysAgo: 7 },
        ],
      },
      truth: {
        oxygen_diagnosis: 'met',
        pao2_55: 'unclear',
        pao2_60: 'not_met',
        resting_saturation_88: 'met',
        borderline_oxygen: 'met',
        heart_strain: 'not_met',
        hematocrit_56: 'not_met',
        exertional_saturation_88: 'unclear',
        improves_with_oxygen: 'unclear',
      },
      spans: {
        resting_saturation_88: 'breathing room air, his oxygen saturation was 85 percent',
        borderline_oxygen: 'breathing room air, his oxygen saturation was 85 percent',
        heart_strain: 'no pulmonary hypertension and a normal right ventricle',
        hematocrit_56: 'Hematocrit last week was 47',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Lung fibrosis that falls to 82 percent walking and is put right by three liters; shorthand',
      chart: {
        order: { code: 'E1390', text: 'home O2 w/ portable', reasons: ['J84.112'] },
        patient: { birthDate: '1956-09-15', gender: 'female' },
        note: `ILD CLINIC
69F IPF on nintedanib x 14 mo. c/o DOE 1 block, worse since Feb. No cough change, no fever.
ABG RA 6/8/26: 7.42 / 38 / 66
SpO2 rest RA 94%
6MWT today:
  RA: 94 -> 82% at min 3, stopped, Borg 6
  repeat on 3 L NC: nadir 92%, 310 m, Borg 3
PE: bibasilar velcro crackles, clubbing. JVP nl. No LE edema, no RV heave.
Echo 4/26: RVSP 28, no PH. EF 60.
CBC 6/8: Hgb 13.1 Hct 39
PFT: FVC 61%, DLCO 38%
A/P: IPF w/ exertional desat, corrected w/ 3 L. Order O2 3 L w/ activity + POC eval. Rest ok RA. Pulm rehab. Tx referral deferred, pt thinking it over. Continue OFEV, LFTs q3mo.`,
        conditions: [{ code: 'J84.112', text: 'Idiopathic pulmonary fibrosis', daysAgo: 600 }],
        observations: [
          {
            code: '2703-7',
            text: 'Oxygen [Partial pressure] in Arterial blood',
            value: 66,
            unit: 'mm[Hg]',
            daysAgo: 7,
          },
          {
            code: '4544-3',
            text: 'Hematocrit [Volume Fraction] of Blood',
            value: 39,
            unit: '%',
            daysAgo: 7,
          },
        ],
        procedures: [
          { code: '94618', text: 'Pulmonary stress testing, 6-minute walk', daysAgo: 0 },
        ],
        medications: [{ text: 'nintedanib 150 mg capsule', daysAgo: 425 }],
      },
      truth: {
        oxygen_diagnosis: 'met',
        pao2_55: 'not_met',
        pao2_60: 'met',
        resting_saturation_88: 'not_met',
        borderline_oxygen: 'not_met',
        heart_strain: 'not_met',
        hematocrit_56: 'not_met',
        exertional_saturation_88: 'met',
        improves_with_oxygen: 'met',
      },
      spans: {
        pao2_55: 'ABG RA 6/8/26: 7.42 / 38 / 66',
        pao2_60: 'ABG RA 6/8/26: 7.42 / 38 / 66',
        resting_saturation_88: 'SpO2 rest RA 94%',
        borderline_oxygen: 'SpO2 rest RA 94%',
        heart_strain: 'no PH',
        hematocrit_56: 'Hct 39',
        exertional_saturation_88: 'RA: 94 -> 82% at min 3',
        improves_with_oxygen: 'repeat on 3 L NC: nadir 92%',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Breathless but never low: 95 percent at rest, 92 walking, a normal blood gas',
      chart: {
        order: { code: 'E1390', text: 'Home oxygen concentrator', reasons: ['J44.9'] },
        patient: { birthDate: '1962-11-20', gender: 'female' },
        note: `HPI
63 y/o female with COPD, GOLD 2, here at the urging of her sister, who has home oxygen and "swears by it". She gets winded on two flights. No recent exacerbation.

ROS
Resp: + exertional dyspnea, - hemoptysis, - wheeze at night
CV: - chest pain, - orthopnea, - leg swelling

VITALS
BP 124/76  HR 82  RR 16  SpO2 95% on room air at rest

EXAM
Lungs: mildly decreased breath sounds. Heart: regular, P2 normal. Extremities: no edema. Neck: no JVD.

TESTING TODAY
Walk test on room air, 360 meters, lowest saturation 92%. Oxygen was not applied because no desaturation occurred.
ABG, room air: pH 7.41, pCO2 41, pO2 74.
Hct 42.1%.
Echo (Dec): normal RV, no pulmonary hypertension, EF 60-65%.

IMPRESSION
COPD without hypoxemia at rest or with exertion. Does not have heart failure. She requests home oxygen; order placed at her insistence. Add LAMA/LABA. Smoking cessation, Chantix.`,
        conditions: [
          {
            code: 'J44.9',
            text: 'Chronic obstructive pulmonary disease, unspecified',
            daysAgo: 1200,
          },
        ],
        observations: [
          { code: '59408-5', text: 'SpO2', value: 95, unit: '%', daysAgo: 0 },
          { code: '2703-7', text: 'pO2 arterial', value: 74, unit: 'mm[Hg]', daysAgo: 0 },
          { code: '4544-3', text: 'Hematocrit', value: 42.1, unit: '%', daysAgo: 0 },
        ],
      },
      truth: {
        oxygen_diagnosis: 'met',
        pao2_55: 'not_met',
        pao2_60: 'met',
        resting_saturation_88: 'not_met',
        borderline_oxygen: 'not_met',
        heart_strain: 'not_met',
        hematocrit_56: 'not_met',
        exertional_saturation_88: 'not_met',
        improves_with_oxygen: 'unclear',
      },
      spans: {
        pao2_55: 'pO2 74',
        pao2_60: 'pO2 74',
        resting_saturation_88: 'SpO2 95% on room air at rest',
        borderline_oxygen: 'SpO2 95% on room air at rest',
        heart_strain: 'no pulmonary hypertension',
        hematocrit_56: 'Hct 42.1%',
        exertional_saturation_88: 'lowest saturation 92%',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'Only measured while on two liters, no walk possible, and the observations could not be read',
      chart: {
        order: { code: 'E1390', text: 'oxygen, home', reasons: ['J44.9'] },
        patient: { birthDate: '1944-08-08', gender: 'male' },
        note: `POST-HOSPITAL VISIT

81M d/c'd 6/9 after COPD exacerbation (d/c summary not received). Sent home on loaner O2 from the hospital DME closet. Finished pred yesterday.

Feels better, still SOB dressing. No fever. Sputum clear.

Wheelchair today d/t hip pain, could not be walked.
SpO2 94% on 2 L NC. Pt did not want the cannula off, so no room air reading taken.
Lungs: scattered rhonchi. CV: distant. Legs: wrapped for venous ulcers, not examined.

Wife has CHF and uses oxygen at night.

Imp: COPD, recent exac, on oxygen, need for it going forward to be determined.
Plan: RA sat and walk at next visit in 2 wks. ABG if able. Will get hospital records. Echo to look for pulm HTN. Meanwhile order home O2 2 L so loaner can go back.`,
        conditions: [
          { code: 'J44.9', text: 'COPD', daysAgo: 2500 },
          { code: 'I87.2', text: 'Venous insufficiency (chronic) (peripheral)', daysAgo: 900 },
        ],
        incomplete: ['Observation'],
      },
      truth: {
        oxygen_diagnosis: 'met',
        pao2_55: 'unclear',
        pao2_60: 'unclear',
        resting_saturation_88: 'unclear',
        borderline_oxygen: 'unclear',
        heart_strain: 'unclear',
        hematocrit_56: 'unclear',
        exertional_saturation_88: 'unclear',
        improves_with_oxygen: 'unclear',
      },
      spans: {},
      recommendation: 'needs_info',
    },
    {
      caseId: 'A PO2 of 57 with cor pulmonale and swollen legs, dictated',
      chart: {
        order: {
          code: 'E1390',
          text: 'Stationary oxygen concentrator',
          reasons: ['J44.9', 'I27.81'],
        },
        patient: { birthDate: '1958-05-26', gender: 'female' },
        note: `Dictation, pulmonary clinic. This 68-year-old woman has chronic obstructive pulmonary disease and cor pulmonale. She has been in a stable state, on tiotropium and furosemide, with no admission since the autumn. Her husband reports that the swelling of her legs is up to the knees by evening.

Arterial blood gas on room air on June 10, 2026 showed a pH of 7.38, PCO2 of 49 and PO2 of 57. The resting saturation today is 89 percent without oxygen. I did not exercise her.

On physical examination there is a right ventricular heave and a loud pulmonic component. Jugular venous pressure is 12. Pitting edema 2+ to the knees bilaterally. Echocardiogram of May reports an estimated pulmonary artery pressure of 58 with a dilated right ventricle. Hematocrit is 51.

Assessment. Group three pulmonary hypertension with right heart failure and borderline hypoxemia. She had been told in 2022 that her oxygen was fine at 68, but that was four years ago. I will begin oxygen at one to two liters continuously, increase furosemide, and see her in six weeks. Thank you.`,
        conditions: [
          { code: 'J44.9', text: 'Chronic obstructive pulmonary disease', daysAgo: 3000 },
          { code: 'I27.81', text: 'Cor pulmonale (chronic)', daysAgo: 200 },
        ],
        observations: [
          {
            code: '2703-7',
            text: 'Oxygen [Partial pressure] in Arterial blood',
            value: 57,
            unit: 'mm[Hg]',
            daysAgo: 5,
          },
          {
            code: '59408-5',
            text: 'Oxygen saturation in Arterial blood by Pulse oximetry',
            value: 89,
            unit: '%',
            daysAgo: 0,
          },
          { code: '4544-3', text: 'Hematocrit', value: 51, unit: '%', daysAgo: 5 },
        ],
      },
      truth: {
        oxygen_diagnosis: 'met',
        pao2_55: 'not_met',
        pao2_60: 'not_met',
        resting_saturation_88: 'not_met',
        borderline_oxygen: 'met',
        heart_strain: 'met',
        hematocrit_56: 'not_met',
        exertional_saturation_88: 'unclear',
        improves_with_oxygen: 'unclear',
      },
      spans: {
        pao2_55: 'PO2 of 57',
        pao2_60: 'PO2 of 57',
        resting_saturation_88: 'resting saturation today is 89 percent',
        borderline_oxygen: 'PO2 of 57',
        heart_strain: 'chronic obstructive pulmonary disease and cor pulmonale',
        hematocrit_56: 'Hematocrit is 51',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'The vital signs say 84 percent where the note says 96, and the walk is only planned',
      chart: {
        order: { code: 'E1390', text: 'O2 concentrator', reasons: ['J47.9'] },
        patient: { birthDate: '1969-07-01', gender: 'male' },
        note: `Bronchiectasis follow-up

Subjective: 56-year-old man with bronchiectasis after childhood pertussis. Daily sputum, about two tablespoons, no blood. Using vest twice a day. Says that he gets short of breath on hills and that his brother, who has cystic fibrosis, was given oxygen for the same thing.

Review of systems: no ankle swelling, no orthopnea, no weight loss, no fever.

Objective: Comfortable, speaking full sentences. SpO2 96% on room air at rest. Coarse crackles left base. No clubbing. Legs without edema. No history of pulmonary hypertension or heart failure.

Assessment: Bronchiectasis, at baseline. Possible desaturation with exercise.

Plan:
 • six-minute walk next week, with oxygen titration if he drops below 88%
 • azithromycin three times weekly
 • sputum culture incl. AFB
 • home oxygen order entered so that there is no delay`,
        conditions: [{ code: 'J47.9', text: 'Bronchiectasis, uncomplicated', daysAgo: 4500 }],
        observations: [
          {
            code: '59408-5',
            text: 'Oxygen saturation in Arterial blood by Pulse oximetry',
            value: 84,
            unit: '%',
            daysAgo: 0,
          },
        ],
      },
      truth: {
        oxygen_diagnosis: 'met',
        pao2_55: 'unclear',
        pao2_60: 'not_met',
        resting_saturation_88: 'unclear',
        borderline_oxygen: 'unclear',
        heart_strain: 'not_met',
        hematocrit_56: 'unclear',
        exertional_saturation_88: 'unclear',
        improves_with_oxygen: 'unclear',
      },
      spans: {
        heart_strain: 'No history of pulmonary hypertension or heart failure',
      },
      recommendation: 'needs_info',
    },
  ],
}
