import { describe, expect, it } from 'vitest'
import { ago, coded, type FactChart, finding, measured, study, therapy } from './a-chart.ts'
import { ask } from './a-question.ts'

/** Options of a query: for each one case that it changes, and one that it does not. */
type Row = readonly [says: string, rest: string, chart: FactChart, value: string, reason?: RegExp]

const note = (...visit: FactChart['visit'] & object) => ({ visit })
const placed = 'any: [{ finding: [weakness], sites: [lower-extremity], isPlaced: true }]'
const noted = 'any: [{ finding: [foot-drop], notesOnly: true }]'
const unchanged = 'any: [{ finding: [weakness], notCourse: [stable, better] }]'
const exact = 'any: [{ finding: [weakness], exactly: true }]'
const known = 'any: [{ finding: [weakness], known: true }]'
const goals = 'any: [{ finding: [goal], orPlanned: true }]'
const going = 'any: [{ therapy: [methotrexate], ongoing: true }]'
const weakest =
  "any: [{ measure: [strength], take: lowest, value: { atMost: { value: 3, unit: '1', source: paper } } }]"
const since = 'any: [{ finding: [effusion], newSince: [mri] }]'
const either =
  'any: [{ name: bad, finding: [weakness], severity: [severe] }, { finding: [foot-drop] }]\ndeniedBy: [[foot-drop]]'
const kinds = 'any: [{ finding: [weakness] }]\ndeniedBy: [[leg-weakness]]'
const year = '{ value: 12, unit: months, source: paper }'
const never = `any: [{ study: [mri], within: ${year} }]\nsilence: not_met`

const rows: readonly Row[] = [
  ['of the required part', placed, note(finding('weakness', { sites: ['knee'] })), 'met'],
  ['of no part', placed, note(finding('weakness')), 'unclear'],
  ['denied of no part', placed, note(finding('weakness', { status: 'denied' })), 'not_met'],
  ['by a note', noted, note(finding('foot-drop')), 'met'],
  ['by a code', noted, { visit: [], coded: [coded(finding('foot-drop'))] }, 'unclear'],
  ['without a stated course', unchanged, note(finding('weakness')), 'met'],
  ['unchanged', unchanged, note(finding('weakness', { course: 'stable' })), 'not_met', /is stable/],
  ['the concept itself', exact, note(finding('weakness')), 'met'],
  ['a narrower one', exact, note(finding('leg-weakness')), 'unclear'],
  ['only suspected', known, note(finding('weakness', { status: 'possible' })), 'unclear'],
  ['planned', goals, note(finding('goal', { phase: 'planned' })), 'met'],
  ['taken now', going, note(therapy('methotrexate')), 'met'],
  ['of the past', going, note(therapy('methotrexate', { when: 'past' })), 'not_met', /has ended/],
  ['failed', going, note(therapy('methotrexate', { outcome: 'failed' })), 'unclear', /is ongoing/],
  [
    'the weakest of several',
    weakest,
    note(measured('strength', 5, { unit: '1' }), measured('strength', 2, { unit: '1' })),
    'met',
  ],
  [
    'after the study',
    since,
    note(study('mri', { day: ago(90) }), finding('effusion', { onset: ago(20) })),
    'met',
  ],
  [
    'before the study',
    since,
    note(study('mri', { day: ago(90) }), finding('effusion', { onset: ago(200) })),
    'not_met',
    /began before the study of/,
  ],
  [
    'without a study',
    since,
    note(finding('effusion', { onset: ago(20) })),
    'unclear',
    /no earlier/,
  ],
  [
    'a severity that is not stated, and the closing set denied',
    either,
    note(finding('weakness'), finding('foot-drop', { status: 'denied' })),
    'not_met',
  ],
  [
    'the denial of a narrower concept that the set names',
    kinds,
    note(finding('leg-weakness', { status: 'denied' })),
    'not_met',
  ],
  [
    'a denial of one admission does not close the year, and breaks its silence',
    never,
    note(study('mri', { status: 'denied', day: ago(3) })),
    'unclear',
  ],
  [
    'a denial of the whole year',
    `any: [{ study: [mri], within: ${year} }]`,
    note(
      study('mri', {
        status: 'denied',
        day: { first: ago(366).first, last: ago(0).last },
      }),
    ),
    'not_met',
  ],
]

describe('the options of a query', () => {
  it.each(
    rows.map(
      ([says, rest, chart, value, reason = /./]) => [says, rest, chart, value, reason] as const,
    ),
  )('%s, query %s', (_, rest, chart, value, reason) => {
    const { answer } = ask(rest, chart)

    expect([answer.answer, answer.reason]).toEqual([value, expect.stringMatching(reason)])
  })
})
