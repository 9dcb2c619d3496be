import type { ScenarioPatient } from './chart.ts'

const radiculopathy = { icd10: 'M54.16', text: 'Radiculopathy, lumbar region' }

/**
 * Other cases: nothing to authorize, several orders, several encounters, codes without a policy, another
 * practice.
 */
export const otherPatients: readonly ScenarioPatient[] = [
  {
    practiceId: '195900',
    number: 60183,
    family: 'Haddad',
    given: 'Omar',
    gender: 'male',
    birthDate: '1949-05-12',
    payer: 'Blue Mesa Insurance',
    problems: [
      { icd10: 'E11.9', text: 'Type 2 diabetes mellitus without complications', daysAgo: 3000 },
    ],
    observations: [
      {
        loinc: '4548-4',
        text: 'Hemoglobin A1c',
        category: 'laboratory',
        value: 7.1,
        unit: '%',
        daysAgo: 14,
      },
      {
        loinc: '8480-6',
        text: 'Systolic blood pressure',
        category: 'vital-signs',
        value: 128,
        unit: 'mm[Hg]',
        daysAgo: 0,
      },
    ],
    medications: [
      { text: 'metformin 1000 mg tablet', rxnorm: '861004', dosage: 'twice a day', daysAgo: 300 },
    ],
    encounters: [
      {
        number: 1006,
        scenario: 'no authorization needed',
        expectation: 'not required: a metabolic panel needs no authorization',
        daysAgo: 0,
        reason: 'Diabetes follow-up',
        orders: [{ number: 5006, cpt: '80053', text: 'Comprehensive metabolic panel' }],
        note: `ASSESSMENT AND PLAN
Type 2 diabetes, stable. Continue metformin. Comprehensive metabolic panel today.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60184,
    family: 'Whitfield',
    given: 'Grace',
    gender: 'female',
    birthDate: '2001-12-24',
    payer: 'Lakeshore Mutual',
    problems: [
      { icd10: 'J06.9', text: 'Acute upper respiratory infection, unspecified', daysAgo: 0 },
    ],
    encounters: [
      {
        number: 1007,
        scenario: 'no order',
        expectation: 'processed without a work item: nothing was ordered',
        daysAgo: 0,
        reason: 'Sore throat',
        orders: [],
        note: `ASSESSMENT AND PLAN
Viral upper respiratory infection. Rest and fluids. No orders.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60185,
    family: 'Petrov',
    given: 'Ivan',
    gender: 'male',
    birthDate: '1963-02-18',
    payer: 'Prairie Health Plan',
    problems: [
      { ...radiculopathy, daysAgo: 70 },
      { icd10: 'R51.9', text: 'Headache, unspecified', daysAgo: 10 },
    ],
    procedures: [
      { cpt: '97110', text: 'Therapeutic exercises, physical therapy', daysAgo: 64 },
      { cpt: '97110', text: 'Therapeutic exercises, physical therapy', daysAgo: 15 },
    ],
    medications: [
      { text: 'meloxicam 15 mg tablet', rxnorm: '152695', dosage: 'once a day', daysAgo: 66 },
    ],
    encounters: [
      {
        number: 1008,
        scenario: 'two orders in one visit',
        expectation: 'one ready for review, one without a policy',
        daysAgo: 0,
        reason: 'Back pain and headaches',
        orders: [
          {
            number: 5008,
            cpt: '72148',
            text: 'MRI lumbar spine without contrast',
            reasons: [radiculopathy],
          },
          { number: 5009, cpt: '93880', text: 'Duplex scan of extracranial arteries' },
        ],
        note: `HISTORY OF PRESENT ILLNESS
Right-sided lumbar radiculopathy for ten weeks. He completed seven weeks of physical therapy with no improvement and has taken meloxicam 15 mg daily for 8 weeks.
Also new headaches.

REVIEW OF SYSTEMS
Denies saddle anesthesia, denies bowel or bladder incontinence. No fever. No history of cancer. No trauma.

EXAMINATION
Strength 5/5 in both legs. Straight leg raise positive on the right.

ASSESSMENT AND PLAN
1. Lumbar radiculopathy, failed conservative care: MRI lumbar spine without contrast.
2. Headaches with a carotid bruit: duplex scan.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60186,
    family: 'Nakamura',
    given: 'Keiko',
    gender: 'female',
    birthDate: '1971-06-03',
    payer: 'Blue Mesa Insurance',
    problems: [{ icd10: 'M54.50', text: 'Low back pain, unspecified', daysAgo: 12 }],
    encounters: [
      {
        number: 1009,
        scenario: 'two encounters of one patient: the first',
        expectation: 'requirements not met: pain for twelve days, no therapy yet, no red flag',
        daysAgo: 2,
        reason: 'Low back pain',
        orders: [
          {
            number: 5010,
            cpt: '72148',
            text: 'MRI lumbar spine without contrast',
            reasons: [{ icd10: 'M54.50', text: 'Low back pain, unspecified' }],
          },
        ],
        note: `HISTORY OF PRESENT ILLNESS
Low back pain for 12 days after gardening. She has not tried physical therapy. She has not taken NSAIDs. No home exercise program so far.

REVIEW OF SYSTEMS
Denies saddle anesthesia. Denies bowel or bladder dysfunction. Denies leg weakness. No fever, no chills. No history of cancer. No unexplained weight loss. No recent trauma. No osteoporosis. No steroid use. No intravenous drug use.

EXAMINATION
Strength 5/5. Sensation intact. Gait normal.

ASSESSMENT AND PLAN
Acute low back pain. Will start physical therapy next week. MRI lumbar spine requested by the patient.`,
      },
      {
        number: 1010,
        scenario: 'two encounters of one patient: the second',
        expectation: 'not required: physical therapy evaluation',
        daysAgo: 0,
        reason: 'Physical therapy planning',
        orders: [{ number: 5011, cpt: '99213', text: 'Office visit, established patient' }],
        note: `ASSESSMENT AND PLAN
Low back pain improving. Physical therapy starts next week.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60187,
    family: 'Silva',
    given: 'Mateo',
    gender: 'male',
    birthDate: '1988-08-08',
    payer: 'Prairie Health Plan',
    problems: [{ icd10: 'M06.9', text: 'Rheumatoid arthritis, unspecified', daysAgo: 900 }],
    encounters: [
      {
        number: 1011,
        scenario: 'unknown code',
        expectation: 'no policy: nothing is invented for a drug that no policy covers',
        daysAgo: 0,
        reason: 'Infusion planning',
        orders: [{ number: 5012, hcpcs: 'J0129', text: 'Abatacept infusion' }],
        note: `ASSESSMENT AND PLAN
Rheumatoid arthritis with inadequate response to methotrexate. Plan abatacept infusion.`,
      },
    ],
  },
  {
    practiceId: '1959222',
    number: 70001,
    family: 'Brennan',
    given: 'Patrick',
    gender: 'male',
    birthDate: '1960-10-10',
    payer: 'Lakeshore Mutual',
    problems: [
      { ...radiculopathy, daysAgo: 100 },
      {
        icd10: 'Z85.46',
        text: 'Personal history of malignant neoplasm of prostate',
        daysAgo: 1500,
      },
    ],
    encounters: [
      {
        number: 2001,
        scenario: 'another practice, red flag by history',
        expectation:
          'ready for review in its own practice only: history of cancer with new back pain',
        daysAgo: 0,
        reason: 'New low back pain',
        orders: [
          {
            number: 6001,
            cpt: '72149',
            text: 'MRI lumbar spine with contrast',
            reasons: [radiculopathy],
          },
        ],
        note: `HISTORY OF PRESENT ILLNESS
New low back pain for four weeks, worse at night. History of prostate cancer treated in 2021. Unexplained weight loss of 6 kg.

REVIEW OF SYSTEMS
Denies saddle anesthesia. Denies bowel or bladder incontinence. No fever.

ASSESSMENT AND PLAN
Back pain in a patient with a history of cancer: MRI lumbar spine with contrast to look for metastasis.`,
      },
    ],
  },
]
