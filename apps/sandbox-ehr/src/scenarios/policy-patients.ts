import type { ScenarioPatient } from './chart.ts'

/** Orders of other kinds, each with its own policy. */
export const policyPatients: readonly ScenarioPatient[] = [
  {
    practiceId: '195900',
    number: 60191,
    family: 'Lindqvist',
    given: 'Karin',
    gender: 'female',
    birthDate: '1957-08-30',
    payer: 'Prairie Health Plan',
    problems: [
      {
        icd10: 'M17.11',
        text: 'Unilateral primary osteoarthritis, right knee',
        daysAgo: 900,
      },
    ],
    medications: [
      { text: 'meloxicam 15 mg tablet', rxnorm: '152695', dosage: 'daily', daysAgo: 150 },
    ],
    encounters: [
      {
        number: 1021,
        scenario: 'knee replacement',
        expectation: 'ready for review: advanced arthritis, months of failed care, no infection',
        daysAgo: 0,
        reason: 'Right knee pain',
        orders: [
          {
            number: 5021,
            cpt: '27447',
            text: 'Right total knee arthroplasty',
            reasons: [{ icd10: 'M17.11', text: 'Unilateral primary osteoarthritis, right knee' }],
          },
        ],
        note: `HISTORY OF PRESENT ILLNESS
Right knee pain for four years, worse over the last year. She cannot climb stairs without the rail, cannot walk more than one block and needs help with household chores because of the right knee. She completed 16 weeks of physical therapy this spring without lasting relief. She has taken meloxicam for 5 months without relief. A steroid injection into the right knee in March gave two weeks of relief only. No fever, no wound, no sign of infection.

EXAM
Right knee: varus, crepitus, range of motion 5 to 95 degrees, skin intact.

IMAGING
Weight-bearing radiographs of the right knee today show Kellgren-Lawrence grade 4 osteoarthritis with bone-on-bone medial joint space loss.

ASSESSMENT AND PLAN
End-stage osteoarthritis of the right knee, conservative care exhausted. Right total knee arthroplasty.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60192,
    family: 'Tran',
    given: 'Minh',
    gender: 'male',
    birthDate: '1971-02-11',
    payer: 'Blue Mesa Insurance',
    problems: [
      { icd10: 'G47.33', text: 'Obstructive sleep apnea (adult)', daysAgo: 20 },
      { icd10: 'I10', text: 'Essential (primary) hypertension', daysAgo: 1500 },
    ],
    procedures: [{ cpt: '95810', text: 'Polysomnography', daysAgo: 25 }],
    observations: [
      {
        loinc: '69990-0',
        text: 'Apnea hypopnea index',
        category: 'laboratory',
        value: 31,
        unit: '/h',
        daysAgo: 25,
      },
    ],
    encounters: [
      {
        number: 1022,
        scenario: 'CPAP',
        expectation: 'ready for review: severe sleep apnea by a recent study',
        daysAgo: 0,
        reason: 'Sleep study follow-up',
        orders: [
          {
            number: 5022,
            hcpcs: 'E0601',
            text: 'CPAP device',
            reasons: [{ icd10: 'G47.33', text: 'Obstructive sleep apnea (adult)' }],
          },
        ],
        note: `HISTORY OF PRESENT ILLNESS
Seen face to face to go over his sleep study. Loud snoring and witnessed pauses for years, excessive daytime sleepiness, falls asleep at his desk. Polysomnography last month showed an AHI of 31 events per hour.

EXAM
BMI 34. Neck 44 cm. Mallampati III. Lungs clear.

ASSESSMENT AND PLAN
Severe obstructive sleep apnea. CPAP with heated humidifier; education given.`,
      },
    ],
  },
  {
    practiceId: '195900',
    number: 60193,
    family: 'Osei',
    given: 'Abena',
    gender: 'female',
    birthDate: '1990-11-03',
    payer: 'Lakeshore Mutual',
    problems: [{ icd10: 'R51.9', text: 'Headache, unspecified', daysAgo: 10 }],
    encounters: [
      {
        number: 1023,
        scenario: 'headache without a red flag',
        expectation: 'requirements not met: a chronic headache, red flags denied',
        daysAgo: 0,
        reason: 'Headache',
        orders: [
          {
            number: 5023,
            cpt: '70551',
            text: 'MRI brain without contrast',
            reasons: [{ icd10: 'R51.9', text: 'Headache, unspecified' }],
          },
        ],
        note: `HISTORY OF PRESENT ILLNESS
Long-standing headaches, the same for ten years, about twice a month, relieved by ibuprofen. Not new, no change in pattern. No thunderclap onset. No seizures. No focal weakness, no numbness, no vision loss. No history of cancer, not pregnant, no immune suppression. Denies memory loss. No history of stroke or TIA. No history of multiple sclerosis. No brain tumor.

EXAM
Fundi normal, no papilledema. Cranial nerves intact, strength 5/5 throughout, gait normal.

ASSESSMENT AND PLAN
Tension-type headache, stable. MRI of the brain at her request.`,
      },
    ],
  },
]
