import type { ChartSketch } from '@authscript/labelled-cases'
import { describe, expect, it } from 'vitest'
import { answererFor } from './answer-of.ts'

const orders = {
  'biologic-rheumatoid-arthritis': { code: 'J1745', text: 'infliximab', reasons: ['M05.79'] },
  cpap: { code: 'E0601', reasons: ['G47.33'] },
  'home-oxygen': { code: 'E1390', reasons: ['J44.9'] },
  'lumbar-spine-mri': { code: '72148', reasons: ['M54.16'] },
  'lumbar-epidural-injection': { code: '62323', reasons: ['M54.16'] },
  'outpatient-physical-therapy': { code: '97110', reasons: ['M54.50'] },
  'transthoracic-echo': { code: '93306', reasons: ['R06.09'] },
} satisfies Record<string, ChartSketch['order']>

const answerTo = answererFor(orders)
const answerOf = (policyId: keyof typeof orders, criterionId: string, lines: readonly string[]) =>
  answerTo(policyId, criterionId, lines.join('\n'))

describe('a question with its answer on the same line', () => {
  it.each([
    [
      ['Have you used injected drugs?        No', 'Recent fall or accident?             No'],
      'not_met',
    ],
    [
      ['Have you had cancer?                 No', 'Recent fall or accident?             Yes'],
      'met',
    ],
    [
      ['Have you used injected drugs?        No', 'Recent fall or accident?   (not answered)'],
      'unclear',
    ],
  ] as const)('is not a table header: %s', (lines, expected) => {
    const more = ['Osteoporosis?   No', 'Steroids for months?   No']
    expect(answerOf('lumbar-spine-mri', 'fracture_risk', [...lines, ...more])).toBe(expected)
  })

  it.each([
    [['Hematocrit greater than 56? no'], 'not_met'],
    [['Hematocrit greater than 56? yes'], 'met'],
    [['Hct > 56 % .............. No'], 'not_met'],
    [['Hematocrit greater than 56? no, Hct 43.0'], 'not_met'],
    [['Hematocrit greater than 56? not known'], 'unclear'],
  ] as const)('reverses the bound in the question: %s', (lines, expected) => {
    expect(answerOf('home-oxygen', 'hematocrit_56', lines)).toBe(expected)
  })
})

describe('dot leaders', () => {
  it.each([
    ['AHI ................ 9.7 /h', 'met'],
    ['AHI (CMS 4%) ....... 9.7 /h', 'met'],
    ['1. AHI . . . . . . . 9.7', 'met'],
    ['AHI ................ 2.1 /h', 'not_met'],
    ['AHI ................ ***', 'unclear'],
    ['AHI ................ pending', 'unclear'],
  ])('act as a colon: %s', (line, expected) => {
    expect(answerOf('cpap', 'ahi_5', ['PSG 05/27/2026', line])).toBe(expected)
  })

  it('belong to the question before them and not to the next one', () => {
    const form = [
      'Have you had a fever in the last week? ............ No',
      'Are you taking an antibiotic now? ................. No',
      'Any infection now? ................................ Yes',
      'Did methotrexate make you sick? ................... No',
    ]
    expect(answerOf('biologic-rheumatoid-arthritis', 'active_infection', form)).toBe('met')
  })
})

describe('an empty field', () => {
  it.each([
    [['Cardiac hx: ***     Prior echo: none'], 'not_met'],
    [['Cardiac hx: {CARDIAC:***}   Prior echo: none'], 'not_met'],
    [['Cardiac hx: none    Prior echo: ***'], 'unclear'],
  ] as const)('does not affect the field beside it: %s', (lines, expected) => {
    expect(answerOf('transthoracic-echo', 'recent_echo', lines)).toBe(expected)
  })
})

describe('none, in several words', () => {
  it.each([
    ['Infection: none found on exam', 'not_met'],
    ['Infection: none identified', 'not_met'],
    ['Infection: none seen today', 'not_met'],
    ['Infection: none that I treat', 'unclear'],
  ])('is never a yes: %s', (line, expected) => {
    expect(answerOf('biologic-rheumatoid-arthritis', 'active_infection', [line])).toBe(expected)
  })
})

describe('a line of boxes with one answer among other options', () => {
  it.each([
    ['Other biologic / JAK     [x] no  [ ] stopping  [ ] concurrent', 'not_met'],
    ['Other biologic / JAK     [ ] no  [ ] stopping  [ ] concurrent', 'unclear'],
  ])('is answered by the ticked option: %s', (line, expected) => {
    expect(answerOf('biologic-rheumatoid-arthritis', 'other_biologic', [line])).toBe(expected)
  })

  it.each([
    ['[x] neg [ ] pos', 'met'],
    ['[ ] neg [x] pos', 'not_met'],
    ['[ ] neg [ ] pos', 'unclear'],
  ])('gives the result of a test: %s', (boxes, expected) => {
    const lines = [`Hep B sAg   ${boxes}   05/28/2026`, `Hep B cAb   ${boxes}   05/28/2026`]
    expect(answerOf('biologic-rheumatoid-arthritis', 'hepatitis_b_negative', lines)).toBe(expected)
  })
})

describe('a result without a stated day', () => {
  it.each([
    ['T-SPOT.TB negative per old chart, date not stated', 'unclear'],
    ['QuantiFERON negative (undated)', 'unclear'],
    ['QuantiFERON negative 05/2026', 'met'],
  ])('does not count for the last year: %s', (line, expected) => {
    expect(answerOf('biologic-rheumatoid-arthritis', 'tb_negative', [line])).toBe(expected)
  })
})

describe('days as column headings', () => {
  const gas = (last: string) => [
    'ARTERIAL BLOOD GAS',
    '              06/10 04:12     06/13 06:30     06/15 07:05',
    `  Source      RA              2 L NC          ${last}`,
    '  pH          7.29            7.38            7.41',
    '  pO2         44 (LL)         68              53 (L)',
  ]

  it('use the newest value', () => {
    expect(answerOf('home-oxygen', 'pao2_55', gas('RA'))).toBe('met')
    expect(answerOf('home-oxygen', 'pao2_60', gas('RA'))).toBe('not_met')
  })

  const flowsheet = (heading: string) => [
    'Vitals Flowsheet',
    '             06/15/26    03/11/26    12/02/25',
    'BP           128/80      130/78      124/76',
    `${heading.padEnd(13)}97          86          97`,
  ]

  it('apply the row name to each value', () => {
    expect(answerOf('home-oxygen', 'resting_saturation_88', flowsheet('SpO2 (RA)'))).toBe('not_met')
    // Neither the gas nor the activity is stated.
    expect(answerOf('home-oxygen', 'resting_saturation_88', flowsheet('SpO2'))).toBe('unclear')
  })

  it.each([
    [['22.4', '22.9', '18.0'], 'met'],
    // Better than the last value, but not than the first.
    [['22.4', '22.9', '22.6'], 'unclear'],
    [['22.4', '18.0', '20.0'], 'unclear'],
  ] as const)('compare with the first and the last value: %s', (values, expected) => {
    const lines = [
      '             12/2025    03/2026    06/2026',
      `TUG (s)      ${values.map((one) => one.padEnd(11)).join('')}`,
    ]
    expect(answerOf('outpatient-physical-therapy', 'progress_shown', lines)).toBe(expected)
  })

  it('ignore the column of goals', () => {
    const lines = [
      'MEASURES                 05/04/26   06/15/26   LTG',
      'QuickDASH                79.5       47.7       < 20',
      'R shoulder ER PROM       5          38         60',
      'R shoulder flexion PROM  65         138        165',
    ]
    expect(answerOf('outpatient-physical-therapy', 'progress_shown', lines)).toBe('met')
  })
})

describe('a list of medicines in columns', () => {
  const listed = (title: string, start: string) => [
    title,
    'Medication                     Sig                                   Start date',
    `• methotrexate 2.5 MG tablet   Take 8 tablets (20 mg) once a week    ${start}`,
    '• folic acid 1 MG tablet       Take 1 tablet daily                   1/12/2026',
  ]

  it.each([
    ['Current Outpatient Medications', '1/12/2026', 'met'],
    ['Current Outpatient Medications', '6/1/2026', 'not_met'],
    // The duration is not stated.
    ['Discontinued Medications', '1/12/2026', 'unclear'],
  ])('gives the start of a drug: %s, %s', (title, start, expected) => {
    expect(
      answerOf('biologic-rheumatoid-arthritis', 'methotrexate_trial', listed(title, start)),
    ).toBe(expected)
  })
})

describe('injections in rows', () => {
  const rows = (relief: string, duration: string) => [
    'Injection history',
    '  #   Date         Level / type         % relief   Duration',
    `  1   09-24-2025   L4-5 interlaminar    ${relief.padEnd(11)}${duration}`,
    `  2   01-24-2026   L4-5 interlaminar    ${relief.padEnd(11)}${duration}`,
  ]

  it.each([
    ['80 %', '4 mo', 'met'],
    ['30 %', '4 mo', 'not_met'],
    ['80 %', '2 wk', 'not_met'],
    ['--', '4 mo', 'unclear'],
  ])('give the amount and duration of relief: %s, %s', (relief, duration, expected) => {
    expect(answerOf('lumbar-epidural-injection', 'relief_before', rows(relief, duration))).toBe(
      expected,
    )
  })
})

describe('the name of a study above its findings', () => {
  const table = (title: string, ...days: readonly string[]) => [
    title,
    '  Date         LVEF     AVA      Mean grad    Vmax     MR',
    ...days.map((day) => `  ${day.padEnd(13)}60 %     1.2      24           3.2      trace`),
  ]

  it.each([
    [table('Prior Echo', '04/22/2025', '05/02/2024'), 'met'],
    [table('Prior Echo', '04/22/2019', '05/02/2018'), 'unclear'],
    // A chest film says nothing about the heart.
    [table('Chest x-ray', '04/22/2025', '05/02/2024'), 'unclear'],
    [
      ['Prior Echo', '  Date         Site       Comment', '  04/22/2025   Mercy      cancelled'],
      'unclear',
    ],
  ])('is dated by each row: %s', (lines, expected) => {
    const answer = answerOf('transthoracic-echo', 'echo_within_3_years', lines)
    expect(answer === 'met').toBe(expected === 'met')
  })

  it.each([
    [
      ['HOME SLEEP APNEA TEST - FINAL REPORT', 'Device: Type III   Date of recording: 2026-05-19'],
      'met',
    ],
    [
      ['HOME SLEEP APNEA TEST - FINAL REPORT', 'Device: Type III   Date of recording: 2021-05-19'],
      'unclear',
    ],
    [['HOME SLEEP APNEA TEST - REPORT REQUESTED', 'Date of request: 2026-05-19'], 'unclear'],
    [['HOME SLEEP APNEA TEST', 'to be scheduled'], 'unclear'],
  ])('is dated by its report: %s', (lines, expected) => {
    const answer = answerOf('cpap', 'sleep_study', lines)
    expect(answer === 'met').toBe(expected === 'met')
  })

  it('assigns the index of a part of the night to that part', () => {
    const report = ['PSG 05/27/26', 'AHI ............... 9.7 /h', 'AHI REM ........... 28.0 /h']
    expect(answerOf('cpap', 'ahi_15', report)).toBe('not_met')
    expect(answerOf('cpap', 'ahi_5', report)).toBe('met')
  })
})

describe('several saturations in a statement', () => {
  it.each([
    ['Six minute walk, room air: start 94 %, at 2 min 89 %, at 4 min 84 %.', 'met'],
    ['Six minute walk, room air: start 94 %, at 2 min 93 %, at 4 min 92 %.', 'not_met'],
    ['Six minute walk on 3 L: start 94 %, at 2 min 89 %, at 4 min 84 %.', 'unclear'],
  ])('belong to the walk at the beginning: %s', (note, expected) => {
    expect(answerOf('home-oxygen', 'exertional_saturation_88', [note])).toBe(expected)
  })

  it.each([
    ['In-office SpO2 rest: 87% RA (repeat 87%)', 'met'],
    ['In-office SpO2 rest: 89% RA (repeat 90%)', 'not_met'],
    ['SpO2 89 % RA at rest (05/18 visit: 87 %).', 'not_met'],
    ['SpO2 89 % RA at rest (repeat 87 %).', 'unclear'],
  ])('in brackets repeat the value before them: %s', (note, expected) => {
    expect(answerOf('home-oxygen', 'resting_saturation_88', [note])).toBe(expected)
  })
})
