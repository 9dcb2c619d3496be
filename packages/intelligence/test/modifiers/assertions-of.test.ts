import { describe, expect, test } from 'vitest'
import type { Assertion } from '../../src/modifiers/assertion.ts'
import { aDocument, assertionsIn, assertionOfMarked, type UnitShape } from './a-unit.ts'

type Said = Partial<Omit<Assertion, 'cues'>>

const layouts: readonly (readonly [string, UnitShape, Said])[] = [
  ['«fever»', { polarity: 'no' }, { status: 'denied' }],
  ['«fever»', { polarity: 'yes' }, { status: 'affirmed' }],
  ['«fever»', { polarity: 'unmarked' }, { status: 'unsettled' }],
  ['«fever»', { polarity: 'unknown' }, { status: 'unsettled' }],
  ['No «fever»', { polarity: 'yes' }, { status: 'denied' }],
  ['No «fever»', { polarity: 'no' }, { status: 'unsettled' }],
  ['«fever», chills', { section: 'review_of_systems' }, { status: 'unsettled' }],
  ['Positive for «fever»', { section: 'review_of_systems' }, { status: 'affirmed' }],
  ['Has «fever» at night', { section: 'review_of_systems' }, { status: 'affirmed' }],
  ['«fever»', { kind: 'row' }, { status: 'unsettled' }],
  ['«fever»', { lead: 'Patient denies' }, { status: 'denied' }],
  ['«fever»', { lead: 'Denies the following:' }, { status: 'denied' }],
  ['«fever»', { lead: 'Call us if:' }, { status: 'hypothetical' }],
  ['«fever»', { lead: 'Differential:' }, { status: 'possible' }],
  ['«fever»', { lead: 'He denies chills but reports:' }, { status: 'affirmed' }],
  ['«gait» steady', { lead: 'Denies:' }, { status: 'unsettled' }],
  ['«fever»', { section: 'instructions' }, { status: 'hypothetical' }],
  ['«breast cancer»', { section: 'family_history' }, { subject: 'other' }],
  ['«physical therapy» twice a week', { section: 'plan' }, { phase: 'planned' }],
  ['Completed «physical therapy»', { section: 'plan' }, { phase: 'done' }],
  ['«naproxen» 500 mg', { section: 'medications' }, { phase: 'done' }],
  ['«naproxen»', { section: 'allergies' }, { status: 'unsettled' }],
  ['«gait»', {}, { status: 'unsettled' }],
]

test.each(layouts)('reads "%s" under %o', (text, shape, said) => {
  expect(assertionOfMarked(text, shape)).toMatchObject(said)
})

const scopes: readonly (readonly [string, Said])[] = [
  ['No fever, «chills» or night sweats.', { status: 'denied' }],
  ['No fever, left «leg weakness» since Tuesday.', { status: 'affirmed' }],
  ['No fever, left «leg weakness».', { status: 'unsettled' }],
  ['No trauma (but «foot drop»).', { status: 'affirmed' }],
  ['No trauma but «foot drop».', { status: 'affirmed' }],
  ['Trauma neg, «fever» for two days.', { status: 'affirmed' }],
  ['Has never had a «seizure».', { status: 'denied' }],
  ['No «loss of consciousness» in the crash.', { status: 'denied' }],
  ['Unable to void overnight, «urinary retention» on scan.', { status: 'affirmed' }],
  ['«Does not lift» foot.', { status: 'affirmed' }],
  ['Denies any pain other than «low back pain».', { status: 'affirmed' }],
  ['Negative «MRI» for discitis.', { status: 'affirmed' }],
  ['Negative MRI for «discitis».', { status: 'denied' }],
  ['MRI ruled out «discitis».', { status: 'denied' }],
  ['MRI to rule out «discitis».', { status: 'possible' }],
  ['No suspected «discitis».', { status: 'denied' }],
  ['Likely no «discitis».', { status: 'possible' }],
  ['Any «fever»?', { status: 'unsettled' }],
  ['Any «fever»? No.', { status: 'denied' }],
  ['Has {no/some} «fever».', { status: 'unsettled' }],
  ['His brother has «cancer».', { subject: 'other' }],
  ['His brother had cancer; he has «fever».', { subject: 'patient' }],
  ['Ready for «surgery», finished physical therapy.', { phase: 'planned' }],
  ['Finished «physical therapy», will order MRI.', { phase: 'done' }],
  ['Finished physical therapy, will order «MRI».', { phase: 'planned' }],
  ['«Physical therapy» was ordered but he never went.', { phase: 'not_done', status: 'denied' }],
  ['No «physical therapy».', { phase: 'not_stated', status: 'denied' }],
]

test.each(scopes)('reads "%s" by scope', (text, said) => {
  expect(assertionOfMarked(text)).toMatchObject(said)
})

test('withdraws a statement that the next one corrects', () => {
  const document = aDocument(['Fever on arrival.', 'Correction: chills only.'])

  const assertions = assertionsIn(document)

  expect(assertions.get('fever')?.status).toBe('unsettled')
  expect(assertions.get('chills')?.status).toBe('affirmed')
})

test.each([
  ['Any fever?', 'No.', 'denied'],
  ['Any fever?', 'Yes, since Monday.', 'affirmed'],
  ['Any fever?', 'Not really sure.', 'unsettled'],
  ['Any fever?', 'No, but maybe.', 'unsettled'],
] as const)('reads the answer to "%s": "%s"', (lead, text, status) => {
  expect(assertionsIn(aDocument([text], { lead })).get('fever')?.status).toBe(status)
})

test.each(['no ', 'no fever ', 'fever, ', 'gait, ', 'if ', 'weakness of the '])(
  'reads a long run of "%s" without a quadratic search',
  (text) => {
    const once = aDocument([text.repeat(Math.ceil(100_000 / text.length))])

    expect(() => assertionsIn(once)).not.toThrow()
  },
)

describe('a title for plans', () => {
  const lead = 'Repeat physical therapy visit planned:'

  test('does not apply to a row with an answer below it', () => {
    const row = { lead, kind: 'row', polarity: 'yes' } as const

    expect(assertionOfMarked('«Physical therapy» since June?', row).phase).not.toBe('planned')
  })

  test('applies to text below it without an answer', () => {
    expect(assertionOfMarked('«Physical therapy» twice a week', { lead }).phase).toBe('planned')
  })
})
