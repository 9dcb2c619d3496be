import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'cpap',
  cases: [
    {
      caseId: 'Polysomnography with an AHI of 32.4 in an EHR template',
      chart: {
        order: { code: 'E0601', text: 'CPAP auto-titrating 5-15 cm H2O', reasons: ['G47.33'] },
        patient: { birthDate: '1974-06-06', gender: 'male' },
        note: `SLEEP MEDICINE FOLLOW UP

CHIEF COMPLAINT: Review of sleep study results

HISTORY OF PRESENT ILLNESS:
52 y.o. male referred for loud nightly snoring and witnessed apneas. Wife sleeps in the other room. Falls asleep in front of the TV and at red lights. Epworth 17/24. Bed 10:30p, up 6a, nocturia x 2, morning dry mouth.

PAST MEDICAL HISTORY: hypertension, prediabetes. No coronary disease. No prior stroke.

ROS: Psych - negative for depression, anxiety. Sleep - negative for insomnia, cataplexy, restless legs.

EXAM: BMI 36.1, neck 18 in, Mallampati IV, tonsils 1+, nasal septum midline. BP 148/90.

DATA: In-lab PSG 5/14/2026: AHI 32.4/h, supine 51, nadir SpO2 79%, TST 352 min.

ASSESSMENT/PLAN:
1. Obstructive sleep apnea, severe. Start auto CPAP, heated humidifier, mask of choice.
2. HTN - expect improvement.
3. Follow up 31-90 days w/ download.`,
        conditions: [
          { code: 'G47.33', text: 'Obstructive sleep apnea (adult)', daysAgo: 20 },
          { code: 'I10', text: 'Essential (primary) hypertension', daysAgo: 1800 },
        ],
        observations: [
          { code: '69990-0', text: 'Apnea hypopnea index', value: 32.4, unit: '/h', daysAgo: 32 },
        ],
        procedures: [{ code: '95810', text: 'Polysomnography, 4 or more parameters', daysAgo: 32 }],
      },
      truth: {
        osa_diagnosis: 'met',
        adult: 'met',
        sleep_study: 'met',
        ahi_15: 'met',
        ahi_5: 'met',
        osa_symptoms: 'met',
        comorbidity: 'met',
        clinical_evaluation: 'met',
      },
      spans: {
        osa_diagnosis: 'Obstructive sleep apnea, severe',
        sleep_study: 'In-lab PSG 5/14/2026',
        ahi_15: 'AHI 32.4/h',
        ahi_5: 'AHI 32.4/h',
        osa_symptoms: 'Epworth 17/24',
        comorbidity: 'PAST MEDICAL HISTORY: hypertension',
        clinical_evaluation: 'loud nightly snoring and witnessed apneas',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'A home test of 8.4 an hour in a sleepy nurse without heart disease',
      chart: {
        order: { code: 'E0601', text: 'CPAP device', reasons: ['G47.33'] },
        patient: { birthDate: '1987-01-17', gender: 'female' },
        note: `I saw this 39-year-old night-shift nurse in consultation for unrefreshing sleep. For about a year she has snored, and her partner has heard her stop breathing and gasp. She struggles to stay awake while charting and twice pulled over on the drive home because her eyes were closing. She scored 15 on the Epworth scale. She sleeps seven hours on her days off and feels no better for it.

She is otherwise healthy and has no hypertension, no coronary disease and has never had a stroke. Her father had a heart attack at 58 and wears a CPAP. She takes only an oral contraceptive.

On examination she weighs 171 pounds, with a BMI of 28, blood pressure 112/70, a narrow, high-arched palate and mild retrognathia.

We did a home sleep apnea test on April 30, 2026. The apnea-hypopnea index was 8.4 events per hour with a lowest saturation of 87 percent.

She therefore has mild obstructive sleep apnea that accounts for her sleepiness. We talked over an oral appliance, which she would rather not have, and settled on CPAP.`,
        conditions: [
          { code: 'G47.33', text: 'Obstructive sleep apnea (adult) (pediatric)', daysAgo: 10 },
        ],
        procedures: [{ code: '95806', text: 'Sleep study, unattended', daysAgo: 46 }],
        medications: [{ text: 'norethindrone-ethinyl estradiol 1 mg-20 mcg tablet' }],
      },
      truth: {
        osa_diagnosis: 'met',
        adult: 'met',
        sleep_study: 'met',
        ahi_15: 'not_met',
        ahi_5: 'met',
        osa_symptoms: 'met',
        comorbidity: 'not_met',
        clinical_evaluation: 'met',
      },
      spans: {
        osa_diagnosis: 'mild obstructive sleep apnea',
        sleep_study: 'home sleep apnea test on April 30, 2026',
        ahi_15: 'apnea-hypopnea index was 8.4 events per hour',
        ahi_5: 'apnea-hypopnea index was 8.4 events per hour',
        osa_symptoms: 'struggles to stay awake while charting',
        comorbidity: 'no hypertension, no coronary disease and has never had a stroke',
        clinical_evaluation:
          'she has snored, and her partner has heard her stop breathing and gasp',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Primary snoring with an AHI of 3.1, the diagnosis ruled out',
      chart: {
        order: { code: 'E0601', text: 'CPAP', reasons: ['R06.83'] },
        patient: { birthDate: '1980-10-10', gender: 'male' },
        note: `f/u sleep study
45M snores, wife complains. No witnessed apneas. No daytime sleepiness, ESS 4. No insomnia, no memory or concentration problems, mood good.
No HTN, no CAD/MI, no CVA.
FHx: OSA in brother (on CPAP) and both uncles.
PSG 5/27/26: TST 401 min, AHI 3.1, RDI 4.0, nadir 91%. Slept supine 60% of night. No PLMs.
PE: BMI 27, neck 16, Mallampati II, BP 118/76. Deviated septum to L.
Imp: primary snoring. Study does NOT show obstructive sleep apnea.
Plan: side sleeping, cut EtOH, ENT re septum. Discussed that CPAP is not indicated medically; he would still like it ordered in case insurance pays since brother did so well with it. Order sent per pt request. f/u prn.`,
        conditions: [{ code: 'R06.83', text: 'Snoring', daysAgo: 60 }],
        procedures: [{ code: '95810', text: 'Polysomnography', daysAgo: 19 }],
      },
      truth: {
        osa_diagnosis: 'not_met',
        adult: 'met',
        sleep_study: 'met',
        ahi_15: 'not_met',
        ahi_5: 'not_met',
        osa_symptoms: 'not_met',
        comorbidity: 'not_met',
        clinical_evaluation: 'met',
      },
      spans: {
        osa_diagnosis: 'does NOT show obstructive sleep apnea',
        sleep_study: 'PSG 5/27/26',
        ahi_15: 'AHI 3.1, RDI 4.0',
        ahi_5: 'AHI 3.1, RDI 4.0',
        osa_symptoms:
          'No daytime sleepiness, ESS 4. No insomnia, no memory or concentration problems, mood good',
        comorbidity: 'No HTN, no CAD/MI, no CVA',
        clinical_evaluation: '45M snores, wife complains. No witnessed apneas',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'The note says 21 an hour and the result says 11.8, no symptoms and the problem list unread',
      chart: {
        order: { code: 'E0601', text: 'CPAP fixed 9 cm H2O', reasons: ['G47.33'] },
        patient: { birthDate: '1966-02-25', gender: 'male' },
        note: `PULMONARY / SLEEP

Mr. Example returns to go over his study. He came to us because his
hunting buddies would no longer share a cabin with him: loud snoring, long
pauses, a snort at the end. He feels fine. He denies daytime sleepiness
(Epworth 5), trouble concentrating, low mood and trouble falling or staying
asleep. His father and brother both have high blood pressure.

Exam: wt 224, neck 17.5, Mallampati III, crowded oropharynx. Lungs clear.
Heart regular, no edema.

Home sleep test 3/18/26, 6.2 h of good signal, AHI 21 per hour,
low sat 84%.

Impression
  Obstructive sleep apnea.
Plan
  Fixed CPAP at 9, nasal pillows, DME to set up. Weight loss.
  Will check a blood pressure log; cuff out of order today.`,
        observations: [
          { code: '69990-0', text: 'Apnea hypopnea index', value: 11.8, unit: '/h', daysAgo: 89 },
        ],
        procedures: [{ code: '95806', text: 'Home sleep study, unattended', daysAgo: 89 }],
        incomplete: ['Condition'],
      },
      truth: {
        osa_diagnosis: 'met',
        adult: 'met',
        sleep_study: 'met',
        ahi_15: 'unclear',
        ahi_5: 'met',
        osa_symptoms: 'not_met',
        comorbidity: 'unclear',
        clinical_evaluation: 'met',
      },
      spans: {
        osa_diagnosis: 'Obstructive sleep apnea',
        sleep_study: 'Home sleep test 3/18/26',
        ahi_5: 'AHI 21 per hour',
        osa_symptoms: 'denies daytime sleepiness',
        clinical_evaluation: `loud snoring, long
pauses, a snort at the end`,
      },
      recommendation: 'needs_info',
    },
    {
      caseId: 'A study on an undated scan that nobody can read, plus a plan for another',
      chart: {
        order: { code: 'E0601', text: 'CPAP replacement', reasons: ['G47.33'] },
        patient: { birthDate: '1959-12-12', gender: 'female' },
        note: `New pt est care
Moved from Ohio. PMH per pt: OSA, CAD s/p DES to LAD 2021, hypothyroid, GERD.

OSA: dx'd by sleep MD back home. Machine lost in the move. Without it she snores, wakes gasping, and has to nap every afternoon; nods off reading. Says her study was "moderate" but does not recall the number. Brought a faxed copy, date cut off and AHI not legible. Records release signed. If we can't get them will repeat HSAT.

ROS: (-) CP, SOB, palps, edema. (-) HA. (-) depression.

O: 132/78 HR 66 BMI 33.4
OP crowded. RRR no m/r/g. CTAB. No edema.

A/P
1 OSA - CPAP ordered, records requested
2 CAD - stable, cont ASA, rosuva, metop
3 Hypothyroid - TSH
RTC 3 mo`,
        conditions: [
          { code: 'G47.33', text: 'Obstructive sleep apnea', daysAgo: 0 },
          {
            code: 'I25.10',
            text: 'Atherosclerotic heart disease of native coronary artery without angina',
            daysAgo: 0,
          },
        ],
        medications: [
          { text: 'aspirin 81 mg' },
          { text: 'rosuvastatin 20 mg' },
          { text: 'metoprolol succinate 50 mg' },
        ],
      },
      truth: {
        osa_diagnosis: 'met',
        adult: 'met',
        sleep_study: 'unclear',
        ahi_15: 'unclear',
        ahi_5: 'unclear',
        osa_symptoms: 'met',
        comorbidity: 'met',
        clinical_evaluation: 'met',
      },
      spans: {
        osa_diagnosis: "OSA: dx'd by sleep MD",
        osa_symptoms: 'has to nap every afternoon',
        comorbidity: 'CAD s/p DES to LAD 2021',
        clinical_evaluation: 'she snores, wakes gasping',
      },
      recommendation: 'needs_info',
    },
    {
      caseId: 'Severe apnea on a study from 2017 and expressly none since',
      chart: {
        order: { code: 'E0601', text: 'New CPAP machine', reasons: ['G47.33'] },
        patient: { birthDate: '1953-03-30', gender: 'male' },
        note: `ASSESSMENT AND PLAN
Obstructive sleep apnea: current device is 9 years old and dying. Requesting a new CPAP. His only sleep study was the polysomnogram of February 2017 (AHI 41); he has not had another study since and refuses to repeat it.
History of stroke: lacunar, 2020, on clopidogrel.
Hypertension: at goal.

SUBJECTIVE
73-year-old who has slept with CPAP every night for years. When the machine quit for a week last month the snoring and choking came right back, his wife says, and he dozed off over breakfast. Denies insomnia. Mood is fine. No chest pain. Grandson, who lives with them, has narcolepsy.

OBJECTIVE
BP 128/74, pulse 70, BMI 31. Oropharynx Mallampati III. Download from the old machine: 6.8 h/night, residual AHI 1.9 on therapy.

MEDICATIONS
clopidogrel, amlodipine, atorvastatin`,
        conditions: [
          { code: 'G47.33', text: 'Obstructive sleep apnea (adult)', daysAgo: 3300 },
          {
            code: 'Z86.73',
            text: 'Personal history of TIA and cerebral infarction without residual deficits',
            daysAgo: 1900,
          },
          { code: 'I10', text: 'Hypertension', daysAgo: 4000 },
        ],
        procedures: [{ code: '95810', text: 'Polysomnography', daysAgo: 3400 }],
        medications: [{ text: 'clopidogrel 75 mg tablet' }, { text: 'amlodipine 10 mg tablet' }],
      },
      truth: {
        osa_diagnosis: 'met',
        adult: 'met',
        sleep_study: 'not_met',
        ahi_15: 'met',
        ahi_5: 'met',
        osa_symptoms: 'met',
        comorbidity: 'met',
        clinical_evaluation: 'met',
      },
      spans: {
        osa_diagnosis: 'Obstructive sleep apnea',
        sleep_study: 'has not had another study since',
        ahi_15: 'AHI 41',
        ahi_5: 'AHI 41',
        osa_symptoms: 'dozed off over breakfast',
        comorbidity: 'History of stroke: lacunar, 2020',
        clinical_evaluation: 'the snoring and choking came right back',
      },
      recommendation: 'requirements_not_met',
    },
  ],
}
