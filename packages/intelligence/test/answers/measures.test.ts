import { describe, expect, it } from 'vitest'
import { ability, ago, coded, type FactChart, measured } from './a-chart.ts'
import { ask } from './a-question.ts'

type Row = readonly [says: string, query: string, chart: FactChart, value: string, reason?: RegExp]
const withReason = ([says, query, chart, value, reason = /./]: Row) =>
  [says, query, chart, value, reason] as const

const by = 'source: paper'
const ahi = `{ measure: [ahi], value: { atLeast: { value: 15, unit: /h, ${by} } } }`
const bmi = `{ measure: [bmi], value: { below: { value: 40, unit: kg/m2, ${by} } } }`
const lately = `{ measure: [ahi], within: { value: 12, unit: months, ${by} } }`
const rest = `{ measure: [saturation], value: { atMost: { value: 88, unit: '%', ${by} } }, conditions: [at-rest], notConditions: [on-oxygen] }`
const up = `{ measure: [gait-speed], improved: true, value: { above: { value: 0, unit: m/s, ${by} } } }`
const down = `{ measure: [disability-index], improved: true, value: { atMost: { value: 100, unit: '%', ${by} } } }`
const note = (...visit: FactChart['visit'] & object) => ({ visit })
const h = { unit: '/h' }
const pct = { unit: '%' }

const rows: readonly Row[] = [
  [
    'two sides of one day',
    ahi,
    note(measured('ahi', 22, { ...h, side: 'left' }), measured('ahi', 9, { ...h, side: 'right' })),
    'met',
  ],
  [
    'one side and both, of one day',
    ahi,
    note(measured('ahi', 22, { ...h, side: 'left' }), measured('ahi', 9, { ...h, side: 'both' })),
    'unclear',
    /same day/,
  ],
  [
    'an old value of one side, a new one of both',
    ahi,
    note(
      measured('ahi', 22, { ...h, side: 'left', day: ago(90) }),
      measured('ahi', 9, { ...h, side: 'both' }),
    ),
    'not_met',
  ],
  ['enough', ahi, note(measured('ahi', 22, h)), 'met', /AHI 22 an hour \(06\/15\/2026\)/],
  ['the bound itself', ahi, note(measured('ahi', 15, h)), 'met'],
  [
    'too little',
    ahi,
    note(measured('ahi', 9, h)),
    'not_met',
    /AHI 9 an hour \(06\/15\/2026\); required: at least 15 an hour/,
  ],
  ['without a unit, if only one is possible', ahi, note(measured('ahi', 22)), 'met'],
  [
    'in another unit',
    ahi,
    note(measured('ahi', 22, { unit: 'kg' })),
    'unclear',
    /cannot be compared/,
  ],
  ['over 20', ahi, note(measured('ahi', 20, { ...h, comparator: '>' })), 'met'],
  ['under 20', ahi, note(measured('ahi', 20, { ...h, comparator: '<' })), 'unclear'],
  ['a range within', ahi, note(measured('ahi', 20, { ...h, high: 25 })), 'met'],
  [
    'a range over the bound',
    ahi,
    note(measured('ahi', 10, { ...h, high: 25 })),
    'unclear',
    /10 to 25/,
  ],
  ['a range below', ahi, note(measured('ahi', 5, { ...h, high: 9 })), 'not_met'],
  [
    'the newest counts',
    ahi,
    note(measured('ahi', 9, { ...h, day: ago(400) }), measured('ahi', 22, { ...h, day: ago(40) })),
    'met',
  ],
  [
    'the newest counts, and is too little',
    ahi,
    note(measured('ahi', 22, { ...h, day: ago(400) }), measured('ahi', 9, { ...h, day: ago(40) })),
    'not_met',
  ],
  [
    'two different ones of one day',
    ahi,
    note(measured('ahi', 22, h), measured('ahi', 9, h)),
    'unclear',
    /22 an hour and 9 an hour for the same day/,
  ],
  ['two of one day on one side', ahi, note(measured('ahi', 22, h), measured('ahi', 24, h)), 'met'],
  [
    'a note against the list, same day',
    ahi,
    {
      visit: [measured('ahi', 22, { ...h, day: ago(40) })],
      coded: [coded(measured('ahi', 9, { ...h, day: ago(40) }), 'observations')],
    },
    'unclear',
    /same day/,
  ],
  [
    'coded',
    ahi,
    {
      visit: [],
      coded: [coded(measured('ahi', 22, { ...h, day: ago(40) }), 'observations', 'loinc 69990-8')],
    },
    'met',
    /AHI 22/,
  ],
  ['possibly', ahi, note(measured('ahi', 22, { ...h, status: 'possible' })), 'unclear'],
  ['a goal', ahi, note(measured('ahi', 22, { ...h, phase: 'planned' })), 'unclear'],
  ['about a relative', ahi, note(measured('ahi', 31, { ...h, subject: 'other' })), 'unclear'],
  ['none at all', ahi, note(), 'unclear', /does not say/],
  [
    'the results could not be read',
    ahi,
    { ...note(measured('ahi', 9, h)), incomplete: ['Observation'] },
    'unclear',
    /the results could not be read/,
  ],
  [
    'either of two measures',
    `{ measure: [rdi, ahi], value: { atLeast: { value: 15, unit: /h, ${by} } } }`,
    note(measured('ahi', 9, h), measured('rdi', 18, h)),
    'met',
  ],
  ['below', bmi, note(measured('bmi', 39.9, { unit: 'kg/m2' })), 'met'],
  ['not below', bmi, note(measured('bmi', 40, { unit: 'kg/m2' })), 'not_met', /below 40 kg\/m²/],

  ['measured at all', lately, note(measured('ahi', 3, { ...h, day: ago(40) })), 'met'],
  [
    'measured too long ago',
    lately,
    note(measured('ahi', 30, { ...h, day: ago(500) })),
    'unclear',
    /required: in the last 12 months/,
  ],
  [
    'coded without a day',
    lately,
    { visit: [], coded: [coded(measured('ahi', 30, h), 'observations')] },
    'unclear',
    /not stated when/,
  ],
  [
    'in the past without a day',
    lately,
    note(measured('ahi', 30, { ...h, when: 'past' })),
    'unclear',
  ],
  ['dated after the visit', lately, note(measured('ahi', 30, { ...h, day: ago(-20) })), 'unclear'],

  ['at rest', rest, note(measured('saturation', 87, { ...pct, conditions: ['at-rest'] })), 'met'],
  [
    'walking',
    rest,
    note(measured('saturation', 87, { ...pct, conditions: ['walking'] })),
    'unclear',
    /walking; required: at rest/,
  ],
  ['not stated how', rest, note(measured('saturation', 87, pct)), 'unclear', /not whether at rest/],
  [
    'at rest on oxygen',
    rest,
    note(measured('saturation', 87, { ...pct, conditions: ['at-rest', 'on-oxygen'] })),
    'unclear',
  ],
  [
    'enough at rest, low on walking',
    rest,
    note(
      measured('saturation', 93, { ...pct, conditions: ['at-rest'] }),
      measured('saturation', 84, { ...pct, conditions: ['walking'] }),
    ),
    'not_met',
  ],
  [
    'of the other knee',
    `{ measure: [flexion], side: of_order }`,
    { ...note(measured('flexion', 90, { side: 'left' })), orderSide: 'right' },
    'unclear',
    /on the left side/,
  ],

  [
    'up, if higher is better',
    up,
    note(
      measured('gait-speed', 0.6, { unit: 'm/s', day: ago(30) }),
      measured('gait-speed', 0.8, { unit: 'm/s' }),
    ),
    'met',
    /0\.6.*then 0\.8/,
  ],
  [
    'down, if higher is better',
    up,
    note(
      measured('gait-speed', 0.8, { unit: 'm/s', day: ago(30) }),
      measured('gait-speed', 0.6, { unit: 'm/s' }),
    ),
    'not_met',
    /required: improvement/,
  ],
  [
    'down, if lower is better',
    down,
    note(
      measured('disability-index', 60, { ...pct, day: ago(30) }),
      measured('disability-index', 40, pct),
    ),
    'met',
  ],
  [
    'one value only',
    up,
    note(measured('gait-speed', 0.6, { unit: 'm/s' })),
    'unclear',
    /only one value/,
  ],
  [
    'one value, stated to be better',
    up,
    note(measured('gait-speed', 0.6, { unit: 'm/s', course: 'better' })),
    'met',
  ],
  [
    'an unknown direction of improvement',
    '{ measure: [gait-speed], improved: true }',
    note(measured('gait-speed', 0.6, { day: ago(30) }), measured('gait-speed', 0.8)),
    'unclear',
    /not stated whether/,
  ],
  [
    'two units',
    up,
    note(
      measured('gait-speed', 60, { unit: 'cm/s', day: ago(30) }),
      measured('gait-speed', 0.8, { unit: 'm/s' }),
    ),
    'unclear',
    /cannot be compared/,
  ],
]

describe('a measure', () => {
  it.each(rows.map(withReason))('%s, query %s', (_, query, chart, value, reason) => {
    const { answer } = ask(`any: [${query}]`, chart)

    expect([answer.answer, answer.reason]).toEqual([value, expect.stringMatching(reason)])
  })
})

const walking = '{ function: [walking] }'
const either = '{ function: [walking, dressing] }'

const functions: readonly Row[] = [
  ['limited', walking, note(ability('walking', 'limited')), 'met', /walking is limited/],
  [
    'unlimited',
    walking,
    note(ability('walking', 'unlimited')),
    'not_met',
    /walking is not limited/,
  ],
  ['a limit denied', walking, note(ability('walking', 'limited', { status: 'denied' })), 'not_met'],
  [
    'freedom denied',
    walking,
    note(ability('walking', 'unlimited', { status: 'denied' })),
    'unclear',
  ],
  ['only named', walking, note(ability('walking', 'not_stated')), 'unclear'],
  [
    'limited and unlimited',
    walking,
    note(ability('walking', 'limited'), ability('walking', 'unlimited')),
    'unclear',
    /contradicts/,
  ],
  ['one of two unlimited', either, note(ability('walking', 'unlimited')), 'unclear'],
  [
    'one unlimited, the other limited',
    either,
    note(ability('walking', 'unlimited'), ability('dressing', 'limited')),
    'met',
  ],
  [
    'a goal',
    walking,
    note(ability('walking', 'unlimited', { phase: 'planned' })),
    'unclear',
    /goal/,
  ],
  ['before', walking, note(ability('walking', 'limited', { when: 'past' })), 'unclear'],
  ['possibly', walking, note(ability('walking', 'limited', { status: 'possible' })), 'unclear'],
  [
    'of an older note',
    walking,
    { visit: [], older: [{ daysAgo: 90, facts: [ability('walking', 'limited')] }] },
    'unclear',
  ],
  [
    'by the other knee',
    '{ function: [walking], side: of_order }',
    { ...note(ability('walking', 'limited', { side: 'left' })), orderSide: 'right' },
    'unclear',
    /limited by the left side/,
  ],
]

describe('a function', () => {
  it.each(functions.map(withReason))('%s, query %s', (_, query, chart, value, reason) => {
    const { answer } = ask(`any: [${query}]`, chart)

    expect([answer.answer, answer.reason]).toEqual([value, expect.stringMatching(reason)])
  })
})

const adult = `{ patient: age, value: { atLeast: { value: 18, unit: a, ${by} } } }`
const lumbar =
  '{ order: [{ system: cpt, codes: ["72148"] }], otherwise: [{ system: cpt, under: ["7214"] }] }'

const others: readonly Row[] = [
  ['an adult', adult, { patient: { birthDate: '2008-06-15' } }, 'met', /age 18 years/],
  [
    'a day too young',
    adult,
    { patient: { birthDate: '2008-06-16' } },
    'not_met',
    /age 17 years; required: at least 18 years/,
  ],
  [
    'a birth date without its day',
    adult,
    { patient: { birthDate: '1970' } },
    'unclear',
    /date of birth is not known/,
  ],
  ['a woman', '{ patient: gender, is: [female] }', { patient: { gender: 'female' } }, 'met'],
  [
    'a man',
    '{ patient: gender, is: [female] }',
    { patient: { gender: 'male' } },
    'not_met',
    /male; required: female/,
  ],
  ['no gender', '{ patient: gender, is: [female] }', {}, 'unclear', /not recorded/],
  ['the code of the order', lumbar, { order: { code: '72148' } }, 'met', /72148/],
  ['one of the other codes', lumbar, { order: { code: '72146' } }, 'not_met'],
  ['neither', lumbar, { order: { code: '73721' } }, 'unclear', /order does not say/],
]

describe('the order and the patient', () => {
  it.each(others.map(withReason))('%s, query %s', (_, query, chart, value, reason) => {
    const { answer } = ask(`any: [${query}]`, chart)

    expect([answer.answer, answer.reason]).toEqual([value, expect.stringMatching(reason)])
    if (value !== 'unclear') expect(answer.evidence).toHaveLength(1)
  })
})
