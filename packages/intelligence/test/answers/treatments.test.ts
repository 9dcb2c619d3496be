import { describe, expect, it } from 'vitest'
import { ago, type Coded, coded, copied, type FactChart, study, therapy } from './a-chart.ts'
import { ask } from './a-question.ts'

type Row = readonly [says: string, query: string, chart: FactChart, value: string, reason?: RegExp]
const withReason = ([says, query, chart, value, reason = /./]: Row) =>
  [says, query, chart, value, reason] as const

const by = 'source: paper'
const weeks = `atLeast: { value: 6, unit: weeks, ${by} }`
const lately = `within: { value: 6, unit: months, ${by} }`
const pt = `{ therapy: [physical-therapy], ${weeks}, ${lately} }`
const tried = `{ therapy: [nsaid], ${lately} }`
const failed = '{ therapy: [physical-therapy], outcome: [failed, not_tolerated] }'
const dosed = `{ therapy: [methotrexate], dose: { atLeast: { value: 15, unit: mg, ${by} } } }`
const relief = `{ therapy: [epidural-injection], relief: { percent: { value: 50, ${by} }, lasting: { value: 3, unit: months, ${by} } } }`
const any = `{ therapy: [physical-therapy, home-exercise, chiropractic], ${weeks}, ${lately} }`
const two = `{ therapy: [nsaid, acetaminophen, bracing], distinct: { value: 2, ${by} } }`
const note = (...visit: FactChart['visit'] & object) => ({ visit })
const old = (daysAgo: number, ...facts: FactChart['visit'] & object) => ({
  visit: [],
  older: [{ daysAgo, facts }],
})
const sessions = (
  ...daysAgo: readonly number[]
): { readonly visit: []; readonly coded: readonly Coded[] } => ({
  visit: [],
  coded: daysAgo.map((day) =>
    coded(
      therapy('physical-therapy', { start: ago(day), end: ago(day) }),
      'procedures',
      'cpt 97110',
    ),
  ),
})

const rows: readonly Row[] = [
  [
    'eight weeks',
    pt,
    note(therapy('physical-therapy', { lastedDays: 56 })),
    'met',
    /physical therapy for 8 weeks/,
  ],
  [
    'three months, and three are required',
    `{ therapy: [physical-therapy], atLeast: { value: 3, unit: months, ${by} } }`,
    note(therapy('physical-therapy', { lastedDays: 91 })),
    'met',
  ],
  [
    'twelve weeks, and three months are required',
    `{ therapy: [physical-therapy], atLeast: { value: 3, unit: months, ${by} } }`,
    note(therapy('physical-therapy', { lastedDays: 84 })),
    'not_met',
  ],
  [
    'relief for three months, and three are required',
    relief,
    note(therapy('epidural-injection', { reliefPercent: 60, reliefDays: 91 })),
    'met',
  ],
  ['six weeks to the day', pt, note(therapy('physical-therapy', { lastedDays: 42 })), 'met'],
  [
    'ten days',
    pt,
    note(therapy('physical-therapy', { lastedDays: 10 })),
    'not_met',
    /the longest course of physical therapy in the last 6 months: 10 days; required: at least 6 weeks/,
  ],
  [
    'two courses, the longer counts',
    pt,
    note(
      therapy('physical-therapy', { lastedDays: 10 }),
      therapy('physical-therapy', { lastedDays: 49 }),
    ),
    'met',
  ],
  [
    'two short courses are not added up',
    pt,
    note(
      therapy('physical-therapy', { lastedDays: 21 }),
      therapy('physical-therapy', { lastedDays: 28 }),
    ),
    'not_met',
    /4 weeks/,
  ],
  ['no length', pt, note(therapy('physical-therapy')), 'unclear', /not stated for how long/],
  [
    'no length, and ten days of the same',
    pt,
    note(therapy('physical-therapy'), therapy('physical-therapy', { lastedDays: 10 })),
    'not_met',
  ],
  [
    'ten days, and home exercise without a stated length',
    any,
    note(therapy('home-exercise'), therapy('physical-therapy', { lastedDays: 10 })),
    'unclear',
  ],
  [
    'from a day to a day',
    pt,
    note(therapy('physical-therapy', { start: ago(80), end: ago(20) })),
    'met',
  ],
  [
    'from a day to a day, too short',
    pt,
    note(therapy('physical-therapy', { start: ago(40), end: ago(20) })),
    'not_met',
    /20 days/,
  ],
  [
    'goes on since',
    pt,
    note(therapy('physical-therapy', { start: ago(60), isOngoing: true })),
    'met',
  ],
  [
    'began, without a statement that it is ongoing',
    pt,
    note(therapy('physical-therapy', { start: ago(60) })),
    'unclear',
  ],
  [
    'began too recently to be long enough',
    pt,
    note(therapy('physical-therapy', { start: ago(20) })),
    'not_met',
  ],
  [
    'only planned',
    pt,
    note(therapy('physical-therapy', { phase: 'planned' })),
    'not_met',
    /only planned/,
  ],
  [
    'planned for six weeks',
    pt,
    note(therapy('physical-therapy', { phase: 'planned', lastedDays: 42 })),
    'not_met',
    /only planned/,
  ],
  [
    'thought of, under a condition',
    pt,
    note(therapy('physical-therapy', { phase: 'planned', status: 'hypothetical' })),
    'unclear',
  ],
  [
    'a kind of it is planned, and another may have been done',
    `{ therapy: [conservative-care], ${weeks} }`,
    note(therapy('physical-therapy', { phase: 'planned' })),
    'unclear',
  ],
  [
    'a drug of the class is planned',
    tried,
    note(therapy('naproxen', { phase: 'planned' })),
    'not_met',
    /only planned/,
  ],
  [
    'planned in an older note',
    pt,
    old(60, therapy('physical-therapy', { phase: 'planned' })),
    'unclear',
  ],
  [
    'planned, and ten days done',
    pt,
    note(
      therapy('physical-therapy', { phase: 'planned' }),
      therapy('physical-therapy', { lastedDays: 10 }),
    ),
    'not_met',
    /10 days/,
  ],
  [
    'planned, and eight weeks done',
    pt,
    note(
      therapy('physical-therapy', { phase: 'planned' }),
      therapy('physical-therapy', { lastedDays: 56 }),
    ),
    'met',
  ],
  [
    'planned, and done for an unknown length',
    pt,
    note(therapy('physical-therapy', { phase: 'planned' }), therapy('physical-therapy')),
    'unclear',
  ],
  [
    'about to begin, if that counts',
    '{ therapy: [bracing], orPlanned: true }',
    note(therapy('bracing', { phase: 'planned' })),
    'met',
    /planned/,
  ],
  [
    'beginning after the visit',
    pt,
    note(therapy('physical-therapy', { start: ago(-10), lastedDays: 42 })),
    'not_met',
    /only planned/,
  ],
  [
    'not done',
    pt,
    note(therapy('physical-therapy', { phase: 'not_done' })),
    'not_met',
    /was not done/,
  ],
  ['denied', pt, note(therapy('physical-therapy', { status: 'denied' })), 'not_met'],
  [
    'denied and eight weeks',
    pt,
    note(
      therapy('physical-therapy', { status: 'denied' }),
      therapy('physical-therapy', { lastedDays: 56 }),
    ),
    'unclear',
    /contradicts/,
  ],
  ['one of three denied', any, note(therapy('physical-therapy', { status: 'denied' })), 'unclear'],
  [
    'all of a kind denied',
    any,
    note(therapy('conservative-care', { status: 'denied' })),
    'not_met',
  ],
  ['the kind done', any, note(therapy('conservative-care', { lastedDays: 56 })), 'unclear'],
  [
    'possibly',
    pt,
    note(therapy('physical-therapy', { status: 'possible', lastedDays: 56 })),
    'unclear',
  ],
  [
    'ten days, possibly more',
    pt,
    note(
      therapy('physical-therapy', { lastedDays: 10 }),
      therapy('physical-therapy', { status: 'possible', lastedDays: 56 }),
    ),
    'unclear',
  ],
  [
    'only named',
    pt,
    note(therapy('physical-therapy', { phase: 'not_stated' })),
    'unclear',
    /not that it was done/,
  ],
  [
    'about a relative',
    pt,
    note(therapy('physical-therapy', { subject: 'other', lastedDays: 56 })),
    'unclear',
  ],
  [
    'ended two years ago',
    pt,
    note(therapy('physical-therapy', { lastedDays: 56, end: ago(730) })),
    'unclear',
    /06\/15\/2024.*required: in the last 6 months/,
  ],
  [
    'in a year that the window cuts',
    pt,
    note(therapy('physical-therapy', { lastedDays: 56, end: ago(300, 100) })),
    'unclear',
    /not stated when/,
  ],
  [
    'in the past without a day',
    pt,
    note(therapy('physical-therapy', { lastedDays: 56, when: 'past' })),
    'unclear',
    /not stated when/,
  ],
  [
    'in a note of three months ago',
    pt,
    old(90, therapy('physical-therapy', { lastedDays: 56 })),
    'met',
  ],
  [
    'in a note of a year ago',
    pt,
    old(365, therapy('physical-therapy', { lastedDays: 56 })),
    'unclear',
  ],
  [
    'copied today from a note of a year ago',
    pt,
    {
      visit: [copied(therapy('physical-therapy', { lastedDays: 56 }))],
      older: [{ daysAgo: 365, facts: [therapy('physical-therapy', { lastedDays: 56 })] }],
    },
    'unclear',
  ],
  [
    'for the neck',
    `{ therapy: [physical-therapy], sites: [lumbar-spine], ${weeks} }`,
    note(therapy('physical-therapy', { lastedDays: 56, sites: ['cervical-spine'] })),
    'unclear',
    /does not say/,
  ],
  [
    'for the other knee',
    `{ therapy: [physical-therapy], side: of_order, ${weeks} }`,
    { ...note(therapy('physical-therapy', { lastedDays: 56, side: 'left' })), orderSide: 'right' },
    'unclear',
    /was for the left side; the order is for the right side/,
  ],
  [
    'for this knee',
    `{ therapy: [physical-therapy], side: of_order, ${weeks} }`,
    { ...note(therapy('physical-therapy', { lastedDays: 56, side: 'right' })), orderSide: 'right' },
    'met',
  ],

  [
    'twelve sessions required, twelve done',
    `{ therapy: [physical-therapy], sessions: { value: 12, ${by} } }`,
    note(therapy('physical-therapy', { sessions: 12 })),
    'met',
    /12 sessions/,
  ],
  [
    'twelve sessions required, four done',
    `{ therapy: [physical-therapy], sessions: { value: 12, ${by} } }`,
    note(therapy('physical-therapy', { sessions: 4 })),
    'not_met',
    /4 sessions of physical therapy; required: at least 12/,
  ],
  [
    'sessions required, none stated',
    `{ therapy: [physical-therapy], sessions: { value: 12, ${by} } }`,
    note(therapy('physical-therapy', { lastedDays: 56 })),
    'unclear',
  ],
  [
    'coded sessions over seven weeks',
    pt,
    sessions(60, 45, 30, 11),
    'met',
    /7 weeks, by 4 coded sessions/,
  ],
  [
    'coded sessions of two kinds, named by what they have in common',
    pt.replace('physical-therapy', 'conservative-care'),
    {
      visit: [],
      coded: [60, 45, 30, 11].map((day, index) =>
        coded(
          therapy(index === 2 ? 'chiropractic' : 'physical-therapy', {
            start: ago(day),
            end: ago(day),
          }),
          'procedures',
          index === 2 ? 'cpt 98940' : 'cpt 97110',
        ),
      ),
    },
    'met',
    /^conservative care for 7 weeks, by 4 coded sessions$/,
  ],
  [
    'coded sessions over two weeks',
    pt,
    sessions(30, 23, 16),
    'not_met',
    /2 weeks; required: at least 6 weeks, by 3 coded sessions/,
  ],
  ['one coded session', pt, sessions(30), 'unclear', /not stated for how long/],
  ['coded sessions with a pause of three months', pt, sessions(170, 165, 70, 60), 'not_met'],
  ['coded sessions before the window', pt, sessions(400, 380, 350), 'unclear'],
  [
    'two sessions of one day are one',
    `{ therapy: [physical-therapy], sessions: { value: 2, ${by} } }`,
    sessions(30, 30),
    'not_met',
    /1 session of/,
  ],
  [
    'coded two weeks, and eight weeks in the note',
    pt,
    { ...sessions(30, 16), visit: [therapy('physical-therapy', { lastedDays: 56 })] },
    'met',
  ],
  [
    'coded two weeks, if the list could not be read completely',
    pt,
    { ...sessions(30, 16), incomplete: ['Procedure'] },
    'unclear',
    /procedures could not be read/,
  ],

  ['tried', tried, note(therapy('naproxen')), 'met'],
  [
    'on the list of medicines',
    tried,
    {
      visit: [],
      coded: [coded(therapy('naproxen', { start: ago(60) }), 'medications', 'rxnorm 7258')],
    },
    'met',
    /coded data/,
  ],
  [
    'prescribed today',
    tried,
    {
      visit: [],
      coded: [
        coded(
          therapy('naproxen', { start: ago(0), phase: 'planned' }),
          'medications',
          'rxnorm 7258',
        ),
      ],
    },
    'not_met',
    /naproxen is only planned/,
  ],
  [
    'on the list without a day',
    tried,
    { visit: [], coded: [coded(therapy('naproxen'), 'medications')] },
    'unclear',
  ],
  ['denies all medicines', tried, note(therapy('pain-medicine', { status: 'denied' })), 'not_met'],
  ['denies one medicine', tried, note(therapy('naproxen', { status: 'denied' })), 'unclear'],
  [
    'denies it, but the medicines could not be read',
    tried,
    { ...note(therapy('nsaid', { status: 'denied' })), incomplete: ['MedicationRequest'] },
    'unclear',
  ],
  [
    'denies it, but the procedures could not be read',
    tried,
    { ...note(therapy('nsaid', { status: 'denied' })), incomplete: ['Procedure'] },
    'not_met',
  ],

  [
    'did not help',
    failed,
    note(therapy('physical-therapy', { outcome: 'failed' })),
    'met',
    /did not help enough/,
  ],
  ['not tolerated', failed, note(therapy('physical-therapy', { outcome: 'not_tolerated' })), 'met'],
  [
    'helped',
    failed,
    note(therapy('physical-therapy', { outcome: 'helped' })),
    'not_met',
    /it helped; required: it did not help enough/,
  ],
  [
    'without a stated outcome',
    failed,
    note(therapy('physical-therapy')),
    'unclear',
    /not stated how/,
  ],
  [
    'the outcome in the next sentence',
    `{ therapy: [physical-therapy], ${weeks}, outcome: [failed] }`,
    note(
      therapy('physical-therapy', { lastedDays: 56 }),
      therapy('physical-therapy', { outcome: 'failed' }),
    ),
    'met',
  ],
  [
    'two outcomes that differ',
    `{ therapy: [physical-therapy], ${weeks}, outcome: [failed] }`,
    note(
      therapy('physical-therapy', { lastedDays: 56 }),
      therapy('physical-therapy', { outcome: 'failed' }),
      therapy('physical-therapy', { outcome: 'helped' }),
    ),
    'unclear',
  ],
  [
    'the dose',
    dosed,
    note(therapy('methotrexate', { dose: '20 mg weekly' })),
    'met',
    /methotrexate 20 mg/,
  ],
  [
    'less than the dose',
    dosed,
    note(therapy('methotrexate', { dose: '7.5 mg weekly' })),
    'not_met',
    /required: at least 15 mg/,
  ],
  [
    'a dose in another unit',
    dosed,
    note(therapy('methotrexate', { dose: '2 tablets' })),
    'unclear',
  ],
  [
    'no dose',
    dosed,
    note(therapy('methotrexate')),
    'unclear',
    /dose of methotrexate is not stated/,
  ],
  [
    'relief enough',
    relief,
    note(therapy('epidural-injection', { reliefPercent: 60, reliefDays: 100 })),
    'met',
    /60% relief/,
  ],
  [
    'too little relief',
    relief,
    note(therapy('epidural-injection', { reliefPercent: 30, reliefDays: 100 })),
    'not_met',
    /30% relief.*required: at least 50%/,
  ],
  [
    'relief too short',
    relief,
    note(therapy('epidural-injection', { reliefPercent: 60, reliefDays: 14 })),
    'not_met',
    /for 2 weeks/,
  ],
  [
    'relief without a stated length',
    relief,
    note(therapy('epidural-injection', { reliefPercent: 60 })),
    'unclear',
  ],
  ['two kinds', two, note(therapy('naproxen'), therapy('bracing')), 'met'],
  [
    'two of one kind',
    two,
    note(therapy('naproxen'), therapy('ibuprofen')),
    'unclear',
    /only NSAIDs; required: 2 different ones/,
  ],
]

describe('a therapy', () => {
  it.each(rows.map(withReason))('%s, query %s', (_, query, chart, value, reason) => {
    const { answer } = ask(`any: [${query}]`, chart)

    expect([answer.answer, answer.reason]).toEqual([value, expect.stringMatching(reason)])
  })
})

const year = `{ study: [mri], sites: [lumbar-spine], within: { value: 12, unit: months, ${by} } }`
const ofSide = '{ study: [mri], side: of_order }'
const dated = (daysAgo: number) => ({ day: ago(daysAgo) })

const studies: readonly Row[] = [
  ['made in spring', year, note(study('mri', dated(90))), 'met', /MRI \(03\/17\/2026\)/],
  ['with a result and without a day', year, note(study('mri', { hasResult: true })), 'met'],
  [
    'with a result, of the past',
    year,
    note(study('mri', { hasResult: true, when: 'past' })),
    'unclear',
    /not stated when/,
  ],
  ['ordered', year, note(study('mri', { phase: 'planned' })), 'unclear', /only planned/],
  ['planned for next week', year, note(study('mri', dated(-7))), 'unclear', /only planned/],
  ['only named', year, note(study('mri')), 'unclear', /not that it was done/],
  ['denied', year, note(study('mri', { status: 'denied' })), 'not_met', /there was no MRI/],
  ['no imaging', year, note(study('imaging', { status: 'denied' })), 'not_met'],
  [
    'denied, and one done',
    year,
    note(study('mri', { status: 'denied' }), study('mri', dated(90))),
    'unclear',
    /contradicts/,
  ],
  ['too old', year, note(study('mri', dated(800))), 'unclear', /is older than the last 12 months/],
  ['of a year that the window cuts', year, note(study('mri', { day: ago(500, 200) })), 'unclear'],
  [
    'of the head',
    year,
    note(study('mri', { ...dated(90), sites: ['head'] })),
    'unclear',
    /does not say/,
  ],
  [
    'on the list',
    year,
    { visit: [], coded: [coded(study('mri', dated(90)), 'procedures', 'cpt 72148')] },
    'met',
  ],
  ['in a report', year, { visit: [], coded: [coded(study('mri', dated(90)), 'reports')] }, 'met'],
  [
    'the order itself',
    year,
    { visit: [], coded: [coded(study('mri', dated(0)), 'order', 'cpt 72148')] },
    'unclear',
    /does not say/,
  ],
  [
    'of the other side',
    ofSide,
    { ...note(study('mri', { ...dated(90), side: 'left' })), orderSide: 'right' },
    'unclear',
    /other side/,
  ],
  ['possibly', year, note(study('mri', { ...dated(90), status: 'possible' })), 'unclear'],
  ['in an older note, with its day', year, old(60, study('mri', dated(70))), 'met'],
]

describe('a study', () => {
  it.each(studies.map(withReason))('%s, query %s', (_, query, chart, value, reason) => {
    const { answer } = ask(`any: [${query}]`, chart)

    expect([answer.answer, answer.reason]).toEqual([value, expect.stringMatching(reason)])
  })

  it.each<readonly [string, FactChart, string, RegExp]>([
    ['only ordered', note(study('mri', { phase: 'planned' })), 'not_met', /only planned/],
    [
      'of the other side',
      { ...note(study('mri', { ...dated(90), side: 'left' })), orderSide: 'right' },
      'not_met',
      /other side/,
    ],
    ['only named', note(study('mri')), 'unclear', /./],
    ['reports that failed', { visit: [], incomplete: ['Procedure'] }, 'unclear', /procedures/],
  ])('if silence is a no: %s', (_, chart, value, reason) => {
    const { answer } = ask(
      `{ silence: not_met, any: [{ study: [mri], side: of_order, within: { value: 12, unit: months, ${by} } }] }`,
      chart,
    )

    expect([answer.answer, answer.reason]).toEqual([value, expect.stringMatching(reason)])
  })

  it('returns the days that count, and whether all of them are known', () => {
    const counted = ask(
      `{ silence: not_met, any: [{ therapy: [epidural-injection], within: { value: 12, unit: months, ${by} } }] }`,
      {
        visit: [therapy('epidural-injection', { start: ago(40), end: ago(40) })],
        coded: [
          coded(
            therapy('epidural-injection', { start: ago(40), end: ago(40) }),
            'procedures',
            'cpt 62323',
          ),
        ],
      },
    )

    expect([...new Set(counted.days)]).toEqual(['2026-05-06'])
    expect(counted.isClosed).toBe(true)
  })

  it('is not certain of the count if one has no day', () => {
    const counted = ask(
      `{ silence: not_met, any: [{ therapy: [epidural-injection], within: { value: 12, unit: months, ${by} } }] }`,
      { visit: [therapy('epidural-injection')] },
    )

    expect(counted).toMatchObject({ value: 'met', days: [], isClosed: false })
  })
})
