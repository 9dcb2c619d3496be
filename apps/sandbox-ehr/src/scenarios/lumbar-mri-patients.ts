import type { ScenarioPatient } from './chart.ts'

const radiculopathy = { icd10: 'M54.16', text: 'Radiculopathy, lumbar region' }
const discDisplacement = {
  icd10: 'M51.26',
  text: 'Other intervertebral disc displacement, lumbar region',
}
const lowBackPain = { icd10: 'M54.50', text: 'Low back pain, unspecified' }
const mriLumbar = 'MRI lumbar spine without contrast'

/** Charts around one question: does this patient's lumbar MRI meet the payer's criteria? */
export const lumbarMriPatients: readonly ScenarioPatient[] = [
  {
    practiceId: '195900',
    number: 60178,
    family: 'Marchetti',
    given: 'Donna',
    gender: 'female',
    birthDate: '1968-03-15',
    payer: 'Prairie Health Plan',
    problems: [
      { ...radiculopathy, daysAgo: 95 },
      { ...discDisplacement, daysAgo: 60 },
      { icd10: 'I10', text: 'Essential (primary) hypertension', daysAgo: 2100 },
    ],
    procedures: [
      { cpt: '97110', text: 'Therapeutic exercises, physical therapy', daysAgo: 72 },
      { cpt: '97110', text: 'Therapeutic exercises, physical therapy', daysAgo: 58 },
      { cpt: '97140', text: 'Manual therapy techniques', daysAgo: 44 },
      { cpt: '97110', text: 'Therapeutic exercises, physical therapy', daysAgo: 23 },
    ],
    medications: [
      {
        text: 'naproxen 500 mg tablet',
        rxnorm: '198013',
        dosage: 'one tablet twice a day with food',
        daysAgo: 88,
        byReference: true,
      },
      {
        text: 'gabapentin 300 mg capsule',
        rxnorm: '310431',
        dosage: 'one capsule at night',
        daysAgo: 40,
      },
    ],
    observations: [
      {
        loinc: '8480-6',
        text: 'Systolic blood pressure',
        category: 'vital-signs',
        value: 132,
        unit: 'mm[Hg]',
        daysAgo: 0,
      },
      {
        loinc: '39156-5',
        text: 'Body mass index',
        category: 'vital-signs',
        value: 27.4,
        unit: 'kg/m2',
        daysAgo: 0,
      },
      {
        loinc: '2160-0',
        text: 'Creatinine',
        category: 'laboratory',
        value: 0.9,
        unit: 'mg/dL',
        daysAgo: 20,
      },
    ],
    encounters: [
      {
        number: 1001,
        scenario: 'approvable: conservative care',
        expectation: 'ready for review: eight weeks of physical therapy and NSAIDs failed',
        daysAgo: 0,
        reason: 'Low back pain with right leg radiation',
        orders: [
          {
            number: 5001,
            cpt: '72148',
            text: mriLumbar,
            reasons: [radiculopathy],
            priority: 'routine',
          },
        ],
        note: `CHIEF COMPLAINT
Low back pain radiating to the right leg for three months.

HISTORY OF PRESENT ILLNESS
58-year-old patient with lumbar radiculopathy, here for follow-up. Pain is 7/10, shooting from the low back to the right calf, worse with sitting. She has completed 8 weeks of physical therapy (12 sessions) without meaningful relief. She has taken naproxen 500 mg twice daily for 10 weeks with minimal improvement. Home exercise program performed daily for 8 weeks.
Symptoms persist despite conservative treatment.

REVIEW OF SYSTEMS
Denies saddle anesthesia. Denies bowel or bladder incontinence. No fever, no chills, no unexplained weight loss. No history of cancer. No recent trauma.

FAMILY HISTORY
Mother had lumbar fusion.

EXAMINATION
Straight leg raise positive on the right at 40 degrees. Strength 5/5 throughout. Decreased sensation over the right L5 dermatome. Reflexes symmetric.

ASSESSMENT AND PLAN
1. Lumbar radiculopathy, right L5, failing conservative care. Order MRI lumbar spine without contrast to evaluate for nerve root compression; results will guide an epidural steroid injection or surgical referral.
2. Continue gabapentin 300 mg at night.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60179,
    family: 'Okonkwo',
    given: 'Samuel',
    gender: 'male',
    birthDate: '1975-11-02',
    payer: 'Blue Mesa Insurance',
    problems: [
      { icd10: 'G83.4', text: 'Cauda equina syndrome', daysAgo: 0 },
      { ...lowBackPain, daysAgo: 6 },
    ],
    observations: [
      {
        loinc: '8310-5',
        text: 'Body temperature',
        category: 'vital-signs',
        value: 36.8,
        unit: 'Cel',
        daysAgo: 0,
      },
    ],
    encounters: [
      {
        number: 1002,
        scenario: 'approvable: red flag',
        expectation: 'ready for review, urgent: signs of cauda equina syndrome',
        daysAgo: 0,
        reason: 'Acute low back pain with urinary retention',
        noteBy: 'binary',
        orders: [
          {
            number: 5002,
            cpt: '72158',
            text: 'MRI lumbar spine without and with contrast',
            reasons: [{ icd10: 'G83.4', text: 'Cauda equina syndrome' }],
            priority: 'urgent',
          },
        ],
        note: `CHIEF COMPLAINT
Severe low back pain for six days, trouble passing urine since yesterday.

HISTORY OF PRESENT ILLNESS
Patient reports new urinary retention since yesterday and saddle anesthesia noticed this morning. Bilateral leg weakness, worse on the left. No prior back surgery. Has not tried physical therapy.

REVIEW OF SYSTEMS
No fever. No weight loss.

EXAMINATION
Reduced perianal sensation. Rectal tone decreased. Left ankle dorsiflexion 3/5, right 4/5.

ASSESSMENT AND PLAN
Suspected cauda equina syndrome. Urgent MRI lumbar spine without and with contrast today. Neurosurgery has been called.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60180,
    family: 'Lindqvist',
    given: 'Erik',
    gender: 'male',
    birthDate: '1990-07-21',
    payer: 'Prairie Health Plan',
    problems: [{ ...lowBackPain, daysAgo: 30 }],
    encounters: [
      {
        number: 1003,
        scenario: 'missing data',
        expectation: 'missing data: the duration of the therapy is not documented',
        daysAgo: 0,
        reason: 'Low back pain',
        orders: [{ number: 5003, cpt: '72148', text: mriLumbar, reasons: [lowBackPain] }],
        note: `HISTORY OF PRESENT ILLNESS
36-year-old with low back pain. He went to physical therapy and did not find it helpful. Some relief with heat.

EXAMINATION
Tender over the lumbar paraspinal muscles. Gait normal.

ASSESSMENT AND PLAN
Low back pain. MRI lumbar spine ordered.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60181,
    family: 'Baptiste',
    given: 'Renée',
    gender: 'female',
    birthDate: '1982-01-30',
    payer: 'Lakeshore Mutual',
    problems: [{ ...radiculopathy, daysAgo: 80 }],
    procedures: [
      { cpt: '97110', text: 'Therapeutic exercises, physical therapy', daysAgo: 75 },
      { cpt: '97110', text: 'Therapeutic exercises, physical therapy', daysAgo: 60 },
      { cpt: '97110', text: 'Therapeutic exercises, physical therapy', daysAgo: 25 },
    ],
    encounters: [
      {
        number: 1004,
        scenario: 'contradiction',
        expectation: 'missing data: coded therapy sessions and the note disagree, both are shown',
        daysAgo: 0,
        reason: 'Leg pain',
        orders: [{ number: 5004, cpt: '72148', text: mriLumbar, reasons: [radiculopathy] }],
        note: `HISTORY OF PRESENT ILLNESS
Persistent left leg pain for eleven weeks. She has not tried physical therapy. No injections.

REVIEW OF SYSTEMS
Denies saddle anesthesia. Denies bowel or bladder dysfunction. No fever. No history of cancer. No trauma.

EXAMINATION
Strength 5/5. Straight leg raise positive on the left.

ASSESSMENT AND PLAN
Lumbar radiculopathy. MRI lumbar spine without contrast.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60182,
    family: 'Đặng-Müller',
    given: 'Zoë',
    gender: 'female',
    birthDate: '1957-09-09',
    payer: 'Prairie Health Plan',
    problems: [
      { text: 'Lumbar radiculopathy', daysAgo: 120 },
      { text: 'Chronic low back pain', daysAgo: 400 },
    ],
    medications: [{ text: 'ibuprofen 600 mg', dosage: 'three times a day', daysAgo: 90 }],
    encounters: [
      {
        number: 1005,
        scenario: 'text-only codes',
        expectation: 'ready for review: the order has no code, and its text names the procedure',
        daysAgo: 0,
        reason: 'Back pain',
        orders: [{ number: 5005, text: mriLumbar }],
        note: `HISTORY OF PRESENT ILLNESS
Chronic low back pain with radiation into the left thigh. Completed 7 weeks of supervised physical therapy, no lasting benefit. Ibuprofen 600 mg three times daily for 12 weeks.

ASSESSMENT AND PLAN
Lumbar radiculopathy. MRI of the lumbar spine.`,
      },
    ],
  },
]
