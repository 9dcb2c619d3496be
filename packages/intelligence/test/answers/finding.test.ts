import { describe, expect, it } from 'vitest'
import { ability, ago, coded, copied, type FactChart, finding, says, therapy } from './a-chart.ts'
import { ask } from './a-question.ts'

type Row = readonly [says: string, query: string, chart: FactChart, value: string, reason?: RegExp]
const withReason = ([says, query, chart, value, reason = /./]: Row) =>
  [says, query, chart, value, reason] as const

const drop = '{ finding: [foot-drop] }'
const ever = '{ finding: [cancer], when: ever }'
const severe = '{ finding: [weakness], severity: [severe] }'
const worse = '{ finding: [weakness], course: [new, worse] }'
const lately = 'source: paper'
const begun = `{ finding: [weakness], newWithin: { value: 60, unit: days, ${lately} } }`
const side = '{ finding: [effusion], side: of_order }'
const legs = '{ finding: [weakness], sites: [lower-extremity], notSites: [upper-extremity] }'
const listed = '{ finding: [foot-drop], codedOnly: true }'
const note = (...visit: FactChart['visit'] & object) => ({ visit })
const old = (...facts: FactChart['visit'] & object) => ({
  visit: [],
  older: [{ daysAgo: 200, facts }],
})

const rows: readonly Row[] = [
  ['stated', drop, note(finding('foot-drop')), 'met', /stated in the note \(06\/15\/2026\)/],
  ['denied', drop, note(finding('foot-drop', { status: 'denied' })), 'not_met', /denies foot drop/],
  [
    'possible',
    drop,
    note(finding('foot-drop', { status: 'possible' })),
    'unclear',
    /only as a possibility/,
  ],
  ['under a condition', drop, note(finding('foot-drop', { status: 'hypothetical' })), 'unclear'],
  ['unsettled', drop, note(finding('foot-drop', { status: 'unsettled' })), 'unclear'],
  ['of another person', drop, note(finding('foot-drop', { subject: 'other' })), 'unclear'],
  [
    'denied of another person',
    drop,
    note(finding('foot-drop', { subject: 'other', status: 'denied' })),
    'unclear',
  ],
  ['not mentioned', drop, note(), 'unclear', /does not say/],
  [
    'stated and denied',
    drop,
    note(finding('foot-drop'), finding('foot-drop', { status: 'denied' })),
    'unclear',
    /contradicts itself/,
  ],
  [
    'stated and supposed',
    drop,
    note(finding('foot-drop'), finding('foot-drop', { status: 'possible' })),
    'met',
  ],
  [
    'denied and supposed',
    drop,
    note(finding('foot-drop', { status: 'denied' }), finding('foot-drop', { status: 'possible' })),
    'unclear',
  ],
  [
    'denied, and to come back for',
    drop,
    note(
      finding('foot-drop', { status: 'denied' }),
      finding('foot-drop', { status: 'hypothetical' }),
    ),
    'not_met',
  ],
  ['resolved', drop, note(finding('foot-drop', { when: 'resolved' })), 'not_met', /has resolved/],
  ['of the past', drop, note(finding('foot-drop', { when: 'past' })), 'unclear'],
  [
    'in the past and denied now',
    drop,
    note(finding('foot-drop', { when: 'past' }), finding('foot-drop', { status: 'denied' })),
    'not_met',
  ],
  ['of an older note', drop, old(finding('foot-drop')), 'unclear'],
  ['denied in an older note', drop, old(finding('foot-drop', { status: 'denied' })), 'unclear'],
  ['copied', drop, note(copied(finding('foot-drop'))), 'unclear'],
  [
    'only planned for',
    drop,
    note(finding('foot-drop', { phase: 'planned' })),
    'unclear',
    /only planned/,
  ],
  ['a narrower one', '{ finding: [weakness] }', note(finding('leg-weakness')), 'met'],
  [
    'a narrower concept denied',
    '{ finding: [weakness] }',
    note(finding('leg-weakness', { status: 'denied' })),
    'unclear',
  ],
  [
    'a wider one denied',
    '{ finding: [leg-weakness] }',
    note(finding('weakness', { status: 'denied' })),
    'not_met',
  ],
  ['a wider one stated', '{ finding: [leg-weakness] }', note(finding('weakness')), 'unclear'],
  [
    'a wider one denied, the narrower stated',
    '{ finding: [leg-weakness] }',
    note(finding('weakness', { status: 'denied' }), finding('leg-weakness')),
    'unclear',
  ],
  [
    'one of two concepts denied',
    '{ finding: [fever, chills] }',
    note(finding('fever', { status: 'denied' })),
    'unclear',
    /only a part is denied/,
  ],
  [
    'both concepts denied',
    '{ finding: [fever, chills] }',
    note(finding('fever', { status: 'denied' }), finding('chills', { status: 'denied' })),
    'not_met',
  ],
  [
    'one denied, the other stated',
    '{ finding: [fever, chills] }',
    note(finding('fever', { status: 'denied' }), finding('chills')),
    'met',
  ],

  ['once true is true', ever, old(finding('cancer')), 'met'],
  ['of the past', ever, note(finding('cancer', { when: 'past' })), 'met'],
  ['resolved', ever, note(finding('cancer', { when: 'resolved' })), 'met'],
  ['denied today', ever, note(finding('cancer', { status: 'denied' })), 'not_met'],
  [
    'in the past, not now',
    ever,
    note(finding('cancer', { when: 'past' }), finding('cancer', { status: 'denied' })),
    'met',
  ],
  [
    'stated before, denied today',
    ever,
    {
      visit: [finding('cancer', { status: 'denied' })],
      older: [{ daysAgo: 100, facts: [finding('cancer')] }],
    },
    'unclear',
  ],
  [
    'denied before, stated today',
    ever,
    {
      visit: [finding('cancer')],
      older: [{ daysAgo: 100, facts: [finding('cancer', { status: 'denied' })] }],
    },
    'met',
  ],

  ['severe', severe, note(finding('weakness', { severity: 'severe' })), 'met'],
  [
    'mild',
    severe,
    note(finding('weakness', { severity: 'mild' })),
    'not_met',
    /weakness is mild; required: severe/,
  ],
  [
    'without a stated severity',
    severe,
    note(finding('weakness')),
    'unclear',
    /without its severity/,
  ],
  [
    'no severe one',
    severe,
    note(finding('weakness', { status: 'denied', severity: 'severe' })),
    'not_met',
  ],
  [
    'no severe one, if any is required',
    '{ finding: [weakness] }',
    note(finding('weakness', { status: 'denied', severity: 'severe' })),
    'unclear',
  ],
  [
    'a mild one, and no severe one',
    '{ finding: [weakness] }',
    note(
      finding('weakness', { severity: 'mild' }),
      finding('weakness', { status: 'denied', severity: 'severe' }),
    ),
    'met',
  ],
  ['getting worse', worse, note(finding('weakness', { course: 'worse' })), 'met'],
  [
    'stable',
    worse,
    note(finding('weakness', { course: 'stable' })),
    'not_met',
    /stable; required: new or worse/,
  ],
  ['without a stated course', worse, note(finding('weakness')), 'unclear'],
  ['no new one', worse, note(finding('weakness', { status: 'denied', course: 'new' })), 'not_met'],
  [
    'no new one, if any is required',
    '{ finding: [weakness] }',
    note(finding('weakness', { status: 'denied', course: 'new' })),
    'unclear',
  ],

  ['begun last month', begun, note(finding('weakness', { onset: ago(30) })), 'met'],
  [
    'begun last year',
    begun,
    note(finding('weakness', { onset: ago(400) })),
    'not_met',
    /since 05\/11\/2025; required: started in the last 60 days/,
  ],
  [
    'begun some day of last year',
    begun,
    note(finding('weakness', { onset: ago(400, 200) })),
    'not_met',
    /since some day from 05\/11\/2025 to 11\/27\/2025;/,
  ],
  [
    'started in a period that the window cuts',
    begun,
    note(finding('weakness', { onset: ago(90, 30) })),
    'unclear',
  ],
  ['for three weeks', begun, note(finding('weakness', { lastingDays: 21 })), 'met'],
  ['for a year', begun, note(finding('weakness', { lastingDays: 365 })), 'not_met'],
  ['new', begun, note(finding('weakness', { course: 'new' })), 'met'],
  ['without a stated beginning', begun, note(finding('weakness')), 'unclear'],

  [
    'on the side of the order',
    side,
    { ...note(finding('effusion', { side: 'right' })), orderSide: 'right' },
    'met',
  ],
  [
    'on the other side',
    side,
    { ...note(finding('effusion', { side: 'left' })), orderSide: 'right' },
    'unclear',
    /on the left side; the order is for the right side/,
  ],
  [
    'on both sides',
    side,
    { ...note(finding('effusion', { side: 'both' })), orderSide: 'right' },
    'met',
  ],
  ['without a stated side', side, { ...note(finding('effusion')), orderSide: 'right' }, 'met'],
  ['on a side, if the order has no side', side, note(finding('effusion', { side: 'left' })), 'met'],
  [
    'denied of the other side',
    side,
    { ...note(finding('effusion', { side: 'left', status: 'denied' })), orderSide: 'right' },
    'unclear',
  ],
  [
    'denied of the side of the order',
    side,
    { ...note(finding('effusion', { side: 'right', status: 'denied' })), orderSide: 'right' },
    'not_met',
  ],
  [
    'denied of one side, if any is required',
    '{ finding: [effusion] }',
    note(finding('effusion', { side: 'right', status: 'denied' })),
    'unclear',
  ],
  [
    'left there, right denied',
    '{ finding: [effusion] }',
    note(
      finding('effusion', { side: 'left' }),
      finding('effusion', { side: 'right', status: 'denied' }),
    ),
    'met',
  ],
  ['of the leg', legs, note(finding('weakness', { sites: ['knee'] })), 'met'],
  [
    'of the arm',
    legs,
    note(finding('weakness', { sites: ['upper-extremity'] })),
    'unclear',
    /does not say/,
  ],
  ['without a stated part', legs, note(finding('weakness')), 'met'],
  [
    'of a larger part',
    '{ finding: [pain], sites: [lumbar-spine] }',
    note(finding('pain', { sites: ['spine'] })),
    'unclear',
    /larger part/,
  ],
  [
    'denied of a larger part',
    '{ finding: [pain], sites: [lumbar-spine] }',
    note(finding('pain', { sites: ['spine'], status: 'denied' })),
    'not_met',
  ],
  [
    'denied of one part, if any is required',
    '{ finding: [weakness] }',
    note(finding('weakness', { sites: ['knee'], status: 'denied' })),
    'unclear',
  ],
  [
    'denied, with its inherent part of the body',
    drop,
    note(finding('foot-drop', { sites: ['foot'], status: 'denied' })),
    'not_met',
  ],

  [
    'coded as active',
    drop,
    { visit: [], coded: [coded(finding('foot-drop'))] },
    'met',
    /found in coded data/,
  ],
  [
    'coded as resolved',
    drop,
    { visit: [], coded: [coded(finding('foot-drop', { when: 'resolved' }))] },
    'unclear',
  ],
  [
    'coded as resolved, with any status accepted',
    '{ finding: [foot-drop], anyStatus: true }',
    { visit: [], coded: [coded(finding('foot-drop', { when: 'resolved' }))] },
    'met',
  ],
  [
    'coded as unconfirmed',
    drop,
    { visit: [], coded: [coded(finding('foot-drop', { status: 'possible' }))] },
    'unclear',
    /not as confirmed/,
  ],
  [
    'coded as refuted',
    drop,
    { visit: [], coded: [coded(finding('foot-drop', { status: 'denied' }))] },
    'unclear',
  ],
  [
    'a reason of the order',
    drop,
    { visit: [], coded: [coded(finding('foot-drop'), 'order_reasons')] },
    'met',
  ],
  [
    'on a list that the query excludes',
    '{ finding: [foot-drop], lists: [order_reasons] }',
    { visit: [], coded: [coded(finding('foot-drop'))] },
    'unclear',
  ],
  [
    'on the list of procedures',
    '{ finding: [knee-replacement], lists: [procedures] }',
    { visit: [], coded: [coded(therapy('knee-replacement'), 'procedures')] },
    'met',
  ],
  [
    'by a code of the policy',
    '{ finding: [foot-drop], codes: [{ system: icd10cm, under: [M21.37] }] }',
    { visit: [], coded: [coded(finding(''), 'conditions', 'icd10cm M21.371')] },
    'met',
  ],
  [
    'by an excluded code',
    '{ finding: [foot-drop], codes: [{ system: icd10cm, under: [M21], except: [M21.37] }] }',
    { visit: [], coded: [coded(finding(''), 'conditions', 'icd10cm M21.371')] },
    'unclear',
  ],
  [
    'by a code beside a denial in the note',
    '{ finding: [foot-drop], codes: [{ system: icd10cm, under: [M21.37] }] }',
    {
      visit: [finding('foot-drop', { status: 'denied' })],
      coded: [coded(finding(''), 'conditions', 'icd10cm M21.371')],
    },
    'unclear',
    /contradicts/,
  ],
  [
    'stated in a note, if it must be coded',
    listed,
    note(finding('foot-drop')),
    'unclear',
    /does not say/,
  ],
  [
    'coded, if it must be coded',
    listed,
    { visit: [], coded: [coded(finding('foot-drop'))] },
    'met',
  ],
  [
    'coded long ago',
    `{ finding: [foot-drop], within: { value: 60, unit: days, ${lately} } }`,
    { visit: [], coded: [coded(finding('foot-drop', { onset: ago(400) }))] },
    'unclear',
    /older than the question allows/,
  ],
  [
    'coded without a day',
    `{ finding: [foot-drop], within: { value: 60, unit: days, ${lately} } }`,
    { visit: [], coded: [coded(finding('foot-drop'))] },
    'unclear',
  ],
  [
    'the list could not be read, and nothing is stated',
    drop,
    { visit: [], incomplete: ['Condition'] },
    'unclear',
    /the problem list could not be read/,
  ],
  [
    'the list could not be read, and the note denies it',
    drop,
    { visit: [finding('foot-drop', { status: 'denied' })], incomplete: ['Condition'] },
    'not_met',
  ],
  [
    'the list could not be read, and the note denies it for all time',
    '{ finding: [foot-drop], when: ever }',
    { visit: [finding('foot-drop', { status: 'denied' })], incomplete: ['Condition'] },
    'unclear',
    /could not be read/,
  ],
  [
    'the list could not be read, and the note states it',
    drop,
    { visit: [finding('foot-drop')], incomplete: ['Condition'] },
    'met',
  ],
  ['an ongoing therapy', '{ finding: [steroids] }', note(therapy('steroids')), 'met'],
  ['a limit of function', '{ finding: [walking] }', note(ability('walking', 'limited')), 'met'],
]

describe('a finding', () => {
  it.each(rows.map(withReason))('%s, query %s', (_, query, chart, value, reason) => {
    const { answer } = ask(`any: [${query}]`, chart)

    expect([answer.answer, answer.reason]).toEqual([value, expect.stringMatching(reason)])
  })
})

describe('several alternatives', () => {
  const two = 'any: [{ finding: [fever] }, { finding: [foot-drop], codedOnly: true }]'

  it('alternatives that no note can deny are ignored when the rest is denied', () => {
    expect(ask(two, note(finding('fever', { status: 'denied' }))).value).toBe('not_met')
  })

  it('silence on a complete list is not a denial of alternatives that must be coded', () => {
    expect(ask(`any: [${listed}]`, note()).value).toBe('unclear')
  })

  it('the denial of a query closes its named set', () => {
    const named = `
any:
  - { name: any-fever, finding: [fever, chills] }
  - { finding: [spinal-infection] }
deniedBy: [[any-fever]]`

    expect(ask(named, note(finding('fever', { status: 'denied' }))).value).toBe('unclear')
    expect(
      ask(
        named,
        note(finding('fever', { status: 'denied' }), finding('chills', { status: 'denied' })),
      ).value,
    ).toBe('not_met')
  })

  it('a conjunction is no with one no, and open with one open part', () => {
    const both = `any: [{ all: [${drop}, { finding: [weakness], severity: [severe] }] }]`

    expect(
      ask(both, note(finding('foot-drop'), finding('weakness', { severity: 'severe' }))).value,
    ).toBe('met')
    expect(
      ask(both, note(finding('foot-drop'), finding('weakness', { severity: 'mild' }))).value,
    ).toBe('not_met')
    expect(ask(both, note(finding('foot-drop'), finding('weakness'))).value).toBe('unclear')
    expect(ask(both, note(finding('foot-drop'))).value).toBe('unclear')
  })

  it('a denied emergency is shown as evidence against, without the rest', () => {
    const { answer } = ask(
      `any: [${drop}]`,
      note(says('No foot drop.', finding('foot-drop', { status: 'denied' }))),
    )

    expect(answer.evidence).toMatchObject([{ stance: 'refutes', quote: { text: 'No foot drop.' } }])
  })
})
