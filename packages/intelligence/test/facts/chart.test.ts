import type { ClinicalBundle, DocumentEntry, OrderEntry } from '@authscript/prior-auth'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../src/facts/fact.ts'
import { factsOf } from '../../src/facts/fact-store.ts'
import { factsOfChart } from '../../src/facts/facts-of-chart.ts'
import { loadLexicon } from '../../src/lexicon/lexicon.ts'
import { aBundle } from '../a-bundle.ts'
import { lexicon, stages } from './a-lexicon.ts'

const asOf = '2026-06-15'
const icd = 'http://hl7.org/fhir/sid/icd-10-cm'
const loinc = 'http://loinc.org'
const cpt = 'http://www.ama-assn.org/go/cpt'
const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const source = (resourceType: string, resourceId = 'one') => ({ resourceType, resourceId })
const coded = (system: string, code: string, text?: string) => ({
  codings: [{ system, code }],
  ...(text === undefined ? {} : { text }),
})
const words = (text: string) => ({ codings: [], text })

function chart(parts: Partial<ClinicalBundle>): ClinicalBundle {
  return {
    ...aBundle(),
    conditions: [],
    observations: [],
    procedures: [],
    medications: [],
    documents: [],
    reports: [],
    ...parts,
  }
}

function factsIn(parts: Partial<ClinicalBundle>, order: Partial<OrderEntry> = {}): readonly Fact[] {
  return factsOfChart(chart(parts), anOrder(order), asOf, lexicon)
}

function anOrder(order: Partial<OrderEntry> = {}): OrderEntry {
  const [first] = chart({}).orders
  if (first === undefined) throw new Error('the sketch has no order')
  return { ...first, reasons: [], reasonConditionIds: [], ...order }
}

describe('a condition', () => {
  const base = { source: source('Condition'), categories: [] }

  test.each([
    ['active', { clinicalStatus: 'active', verificationStatus: 'confirmed' }, 'affirmed now'],
    ['without statuses', {}, 'affirmed now'],
    ['inactive', { clinicalStatus: 'inactive' }, 'affirmed past'],
    ['in remission', { clinicalStatus: 'remission' }, 'affirmed past'],
    ['resolved', { clinicalStatus: 'resolved' }, 'affirmed resolved'],
    ['abated', { abatementDate: '2026-01-01' }, 'affirmed resolved'],
    ['of a status that contradicts itself', { clinicalStatus: 'unknown' }, 'unsettled now'],
    ['unconfirmed', { verificationStatus: 'unconfirmed' }, 'possible now'],
    ['provisional', { verificationStatus: 'provisional' }, 'possible now'],
    ['differential', { verificationStatus: 'differential' }, 'possible now'],
    ['refuted', { verificationStatus: 'refuted' }, 'unsettled now'],
    ['in error', { verificationStatus: 'entered-in-error' }, undefined],
  ] as const)('that is %s', (_, statuses, expected) => {
    const [fact] = factsIn({ conditions: [{ ...base, ...statuses, code: coded(icd, 'M54.16') }] })

    expect(fact === undefined ? undefined : `${fact.assertion.status} ${fact.assertion.when}`).toBe(
      expected,
    )
  })

  test.each([
    ['its code', coded(icd, 'M54.16'), 'radiculopathy', 'code'],
    ['a code below the lexicon’s', coded(icd, 'M17.11'), 'osteoarthritis', 'code'],
    [
      'another spelling of the system',
      coded('urn:oid:2.16.840.1.113883.6.90', 'm5416'),
      'radiculopathy',
      'code',
    ],
    ['its words', words('Foot drop, left'), 'foot-drop', 'words'],
    ['nothing', coded(icd, 'Z99.9'), '', 'words'],
  ] as const)('is found by %s', (_, code, conceptId, by) => {
    const [fact] = factsIn({ conditions: [{ ...base, code }] })

    expect([fact?.conceptId, fact?.from.kind === 'coded' && fact.from.by]).toEqual([conceptId, by])
  })

  test.each([
    ['Rule out foot drop', 'possible', 'now'],
    ['History of foot drop', 'affirmed', 'past'],
    ['Screening for fever', 'hypothetical', 'now'],
    ['No fever', 'unsettled', 'now'],
  ] as const)('in text keeps its doubt: %s', (text, status, when) => {
    const [fact] = factsIn({ conditions: [{ ...base, code: words(text) }] })

    expect([fact?.assertion.status, fact?.assertion.when]).toEqual([status, when])
  })

  test('keeps its side, sites and days', () => {
    const [fact] = factsIn({
      conditions: [
        {
          ...base,
          code: coded(icd, 'M25.562', 'Pain in left knee'),
          onsetDate: '2026-03',
          recordedDate: '2026-04-02',
        },
      ],
    })

    expect(fact).toMatchObject({
      sites: ['knee'],
      side: 'left',
      onset: { first: '2026-03-01', last: '2026-03-31' },
      from: { day: { first: '2026-04-02' } },
    })
  })

  test('is a reason of the order if the order references it', () => {
    const facts = factsIn(
      { conditions: [{ ...base, code: coded(icd, 'M54.16') }] },
      { reasons: [words('low back pain')], reasonConditionIds: ['one'] },
    )

    expect(facts.map((one) => one.from.kind === 'coded' && [one.from.list, one.conceptId])).toEqual(
      [
        ['conditions', 'radiculopathy'],
        ['order_reasons', 'back-pain'],
        ['order_reasons', 'radiculopathy'],
      ],
    )
  })
})

describe('an observation', () => {
  const base = {
    source: source('Observation'),
    categories: [],
    components: [],
    status: 'final',
    effectiveDate: '2026-06-01',
  }
  const quantity = (value: number, rest: object = {}) => ({
    kind: 'quantity' as const,
    value,
    ...rest,
  })

  test.each([
    [
      'a value',
      coded(loinc, '10230-1'),
      quantity(35, { unit: '%', unitCode: '%' }),
      { value: 35, unit: '%' },
    ],
    ['no unit', coded(loinc, '10230-1'), quantity(35), { value: 35 }],
    [
      'a comparator',
      coded(loinc, '10230-1'),
      quantity(20, { unitCode: '%', comparator: '<' }),
      { value: 20, comparator: '<' },
    ],
    [
      'a spoken unit',
      coded(loinc, '69990-0'),
      quantity(32, { unit: 'events/hr' }),
      { value: 32, unit: '/h' },
    ],
    [
      'a wrong unit code',
      coded(loinc, '59408-5'),
      quantity(85, { unit: '%', unitCode: '1' }),
      { value: 85, unit: '%' },
    ],
    [
      'a value as text',
      coded(loinc, '39156-5'),
      { kind: 'text' as const, text: '32.1 kg/m2' },
      { value: 32.1, unit: 'kg/m2' },
    ],
    [
      'a range',
      coded(loinc, '10230-1'),
      { kind: 'range' as const, low: 35, high: 40, unit: '%' },
      { value: 35, high: 40 },
    ],
    [
      'words',
      words('LVEF'),
      quantity(35, { unit: '%' }),
      { conceptId: 'ejection-fraction', value: 35 },
    ],
    ['an unknown code', coded(loinc, '9999-9'), quantity(5), { conceptId: '', value: 5 }],
    [
      'a condition in its words',
      words('SpO2 at rest'),
      quantity(88, { unit: '%' }),
      { conditions: ['at-rest'] },
    ],
  ] as const)('with %s', (_, code, value, expected) => {
    const [fact] = factsIn({ observations: [{ ...base, code, value }] })

    expect(fact).toMatchObject({ kind: 'measurement', ...expected })
  })

  test('without a unit has none', () => {
    const [fact] = factsIn({
      observations: [{ ...base, code: coded(loinc, '10230-1'), value: quantity(35) }],
    })

    expect(fact).not.toHaveProperty('unit')
  })

  test.each([
    ['entered-in-error', undefined],
    ['cancelled', undefined],
    ['preliminary', 'unsettled'],
    ['amended', 'affirmed'],
  ] as const)('of status %s', (status, expected) => {
    const [fact] = factsIn({
      observations: [
        { ...base, status, code: coded(loinc, '10230-1'), value: quantity(35, { unit: '%' }) },
      ],
    })

    expect(fact?.assertion.status).toBe(expected)
  })

  test('with an impossible value settles nothing', () => {
    const [fact] = factsIn({
      observations: [
        { ...base, code: coded(loinc, '59408-5'), value: quantity(850, { unit: '%' }) },
      ],
    })

    expect(fact?.assertion.status).toBe('unsettled')
  })

  test.each([
    ['positive', 'affirmed'],
    ['Negative', 'denied'],
    ['see note', 'unsettled'],
  ] as const)('of a sign says whether it is present: %s', (text, status) => {
    const [fact] = factsIn({
      observations: [{ ...base, code: words('Straight leg raise'), value: { kind: 'text', text } }],
    })

    expect(fact).toMatchObject({
      kind: 'finding',
      conceptId: 'straight-leg-raise-positive',
      assertion: { status },
    })
  })

  test.each([
    [
      'Negative',
      { 'tuberculosis-test-negative': 'affirmed', 'tuberculosis-test-positive': 'denied' },
    ],
    [
      'NONREACTIVE',
      { 'tuberculosis-test-negative': 'affirmed', 'tuberculosis-test-positive': 'denied' },
    ],
    [
      'Not detected',
      { 'tuberculosis-test-negative': 'affirmed', 'tuberculosis-test-positive': 'denied' },
    ],
    [
      'Positive',
      { 'tuberculosis-test-positive': 'affirmed', 'tuberculosis-test-negative': 'denied' },
    ],
    [
      'Reactive',
      { 'tuberculosis-test-positive': 'affirmed', 'tuberculosis-test-negative': 'denied' },
    ],
    // No judgement.
    ['Indeterminate', { 'tuberculosis-test': 'unsettled' }],
    ['see report', { 'tuberculosis-test': 'unsettled' }],
    ['', { 'tuberculosis-test': 'unsettled' }],
  ] as const)('of a test is interpreted by the text of its value: %s', (text, expected) => {
    const entry = { ...base, code: coded(loinc, '71773-6'), value: { kind: 'text' as const, text } }

    const facts = factsOfChart(chart({ observations: [entry] }), anOrder(), asOf, loadLexicon())

    const said = facts.filter((one) => one.conceptId.startsWith('tuberculosis'))
    expect(Object.fromEntries(said.map((one) => [one.conceptId, one.assertion.status]))).toEqual(
      expected,
    )
  })

  test('of a preliminary test settles nothing', () => {
    const entry = {
      ...base,
      status: 'preliminary',
      code: coded(loinc, '71773-6'),
      value: { kind: 'text' as const, text: 'Negative' },
    }

    const facts = factsOfChart(chart({ observations: [entry] }), anOrder(), asOf, loadLexicon())

    expect(facts.every((one) => one.assertion.status === 'unsettled')).toBe(true)
  })

  test('gives a fact for each component', () => {
    const facts = factsIn({
      observations: [
        {
          ...base,
          code: words('Vital signs'),
          components: [
            { code: coded(loinc, '59408-5'), value: quantity(88, { unit: '%' }) },
            { code: coded(loinc, '39156-5'), value: quantity(32) },
          ],
        },
      ],
    })

    expect(facts.map((one) => one.conceptId)).toEqual(['oxygen-saturation', 'body-mass-index'])
  })

  test('written later is left out', () => {
    expect(
      factsIn({
        observations: [
          {
            ...base,
            effectiveDate: '2026-07-01',
            code: coded(loinc, '10230-1'),
            value: quantity(35),
          },
        ],
      }),
    ).toEqual([])
  })
})

describe('a procedure', () => {
  const base = { source: source('Procedure'), bodySites: [], reasons: [], notes: [] }

  test.each([
    ['completed', 'affirmed done'],
    ['in-progress', 'affirmed done'],
    ['preparation', 'affirmed planned'],
    ['not-done', 'unsettled not_done'],
    ['unknown', 'unsettled not_stated'],
    ['entered-in-error', undefined],
  ] as const)('of status %s', (status, expected) => {
    const [fact] = factsIn({
      procedures: [{ ...base, status, code: coded(cpt, '97110'), performedStart: '2026-03-02' }],
    })

    expect(
      fact === undefined ? undefined : `${fact.assertion.status} ${fact.assertion.phase}`,
    ).toBe(expected)
  })

  test('of a study is a study on its day', () => {
    const [fact] = factsIn({
      procedures: [
        { ...base, status: 'completed', code: coded(cpt, '72148'), performedStart: '2026-03-02' },
      ],
    })

    expect(fact).toMatchObject({
      kind: 'study',
      conceptId: 'mri',
      day: { first: '2026-03-02', last: '2026-03-02' },
    })
  })

  test('of a therapy is a fact for each session', () => {
    const procedures = ['2026-03-02', '2026-03-09'].map((day, index) => ({
      ...base,
      source: source('Procedure', `${index}`),
      status: 'completed',
      code: coded(cpt, '97110'),
      performedStart: day,
    }))

    expect(
      factsIn({ procedures }).map((one) => one.kind === 'therapy' && one.start?.first),
    ).toEqual(['2026-03-02', '2026-03-09'])
  })

  test('from one day to another has a length', () => {
    const [fact] = factsIn({
      procedures: [
        {
          ...base,
          status: 'completed',
          code: words('Physical therapy'),
          performedStart: '2026-01-05',
          performedEnd: '2026-03-02',
        },
      ],
    })

    expect(fact).toMatchObject({ conceptId: 'physical-therapy', lastedDays: 56 })
  })

  test('in the future is planned', () => {
    const [fact] = factsIn({
      procedures: [
        { ...base, status: 'completed', code: coded(cpt, '97110'), performedStart: '2026-07-02' },
      ],
    })

    expect(fact?.assertion.phase).toBe('planned')
  })
})

describe('a medication', () => {
  const base = {
    source: source('MedicationRequest'),
    status: 'active',
    intent: 'order',
    medication: coded(rxnorm, '7258', 'naproxen 500 mg tablet'),
  }

  test.each([
    ['prescribed before', { authoredOn: '2026-03-02' }, 'affirmed done'],
    ['prescribed today', { authoredOn: asOf }, 'affirmed planned'],
    ['only proposed', { authoredOn: '2026-03-02', intent: 'proposal' }, 'affirmed planned'],
    ['stopped', { authoredOn: '2026-03-02', status: 'stopped' }, 'affirmed done'],
    ['cancelled', { status: 'cancelled' }, undefined],
    [
      'of an unknown status',
      { status: 'unknown', authoredOn: '2026-03-02' },
      'unsettled not_stated',
    ],
  ] as const)('that was %s', (_, rest, expected) => {
    const [fact] = factsIn({ medications: [{ ...base, ...rest }] })

    expect(
      fact === undefined ? undefined : `${fact.assertion.status} ${fact.assertion.phase}`,
    ).toBe(expected)
  })

  test('prescribed today and before is a renewal', () => {
    const facts = factsIn({
      medications: [
        { ...base, authoredOn: '2026-03-02' },
        { ...base, source: source('MedicationRequest', 'two'), authoredOn: asOf },
      ],
    })

    expect(facts.map((one) => one.assertion.phase)).toEqual(['done', 'done'])
  })

  test('keeps its dose', () => {
    expect(factsIn({ medications: [{ ...base, authoredOn: '2026-03-02' }] })[0]).toMatchObject({
      dose: '500 mg',
      start: { first: '2026-03-02' },
    })
  })

  test('with a code that only shares a prefix is another drug', () => {
    const [fact] = factsIn({ medications: [{ ...base, medication: coded(rxnorm, '72585') }] })

    expect(fact?.conceptId).toBe('')
  })
})

function note(
  resourceId: string,
  text: string,
  date: string,
  rest: Partial<DocumentEntry> = {},
): DocumentEntry {
  return {
    source: source('DocumentReference', resourceId),
    type: words('Progress note'),
    date,
    encounterIds: [],
    content: { kind: 'text', contentType: 'text/plain', text },
    ...rest,
  }
}

function storeOf(parts: Partial<ClinicalBundle>) {
  const bundle = chart(parts)
  const [order] = bundle.orders
  if (order === undefined) throw new Error('the sketch has no order')
  return factsOf(bundle, { ...order, reasons: [], reasonConditionIds: [] }, asOf, lexicon, stages)
}

describe('the store', () => {
  test('returns facts of narrower concepts, and those of wider ones separately', () => {
    const store = storeOf({
      documents: [note('n', 'Naproxen for 6 weeks. Conservative care.', asOf)],
    })

    expect(store.factsOf(['nsaid']).map((one) => one.conceptId)).toEqual(['naproxen'])
    expect(store.widerFactsOf(['naproxen']).map((one) => one.conceptId)).toEqual([
      'conservative-care',
    ])
  })

  test('dates copied text by the oldest note', () => {
    const text = 'Low back pain for 3 weeks with numbness of the left leg.'
    const store = storeOf({ documents: [note('old', text, '2026-01-10'), note('new', text, asOf)] })

    const copied = store
      .factsOf(['back-pain'])
      .find((one) => one.from.kind === 'note' && one.from.source.resourceId === 'new')
    expect(copied).toMatchObject({
      onset: { last: '2025-12-23' },
      from: { day: '2026-01-10', isCopied: true, isOfEncounter: false },
    })
  })

  test.each([
    ['Low back pain for 3 weeks with numbness of the left\nleg.', true],
    ['Low back pain for 3 weeks\nwith numbness of the left leg.', true],
    ['Seen again. Low back pain for 3 weeks with\nnumbness of the left leg. No fever.', true],
    ['Low back pain for 3 weeks with numbness of the right leg.', false],
    ['Low back pain for 3 weeks with numbness of the left leg, now gone.', false],
  ])('recognizes a copy regardless of line breaks: %j', (text, isCopied) => {
    const older = 'Low back pain for 3 weeks with numbness\nof the left leg.'
    const store = storeOf({
      documents: [note('old', older, '2026-01-10'), note('new', text, asOf)],
    })

    const copied = store
      .factsOf(['back-pain'])
      .find((one) => one.from.kind === 'note' && one.from.source.resourceId === 'new')
    expect(copied?.from).toMatchObject({ isCopied })
  })

  test('does not treat short sentences as copies', () => {
    const store = storeOf({
      documents: [note('old', 'No fever.', '2026-01-10'), note('new', 'No fever.', asOf)],
    })

    expect(
      store.factsOf(['fever']).map((one) => one.from.kind === 'note' && one.from.isCopied),
    ).toEqual([false, false])
  })

  test.each([
    ['in error', { status: 'entered-in-error' }, asOf],
    ['superseded', { status: 'superseded' }, asOf],
    ['later', {}, '2026-07-01'],
  ] as const)('leaves out a note that is %s', (_, rest, date) => {
    const store = storeOf({ documents: [note('n', 'Foot drop.', date, rest)] })

    expect(store.mentionsOf(['foot-drop'])).toEqual([])
    expect(store.factsOf(['foot-drop'])).toEqual([])
    expect(store.setAsideNotes).toHaveLength(1)
  })

  test('knows which notes were not read', () => {
    const store = storeOf({
      documents: [
        note('n', '', asOf, {
          title: 'MRI of the lumbar spine',
          content: { kind: 'unread', reason: 'a scan' },
        }),
      ],
    })

    expect(store.unreadNotes).toMatchObject([{ isOfEncounter: true }])
    expect(store.isReadCompletely('DocumentReference')).toBe(false)
    expect(store.factsOf(['mri'])).toMatchObject([
      {
        assertion: { status: 'unsettled' },
        from: { list: 'documents', text: 'MRI of the lumbar spine' },
      },
    ])
  })

  test('returns facts of every status, and each mention once', () => {
    const store = storeOf({
      documents: [note('n', 'No fever. Fever since Monday.', asOf)],
      conditions: [{ source: source('Condition'), categories: [], code: coded(icd, 'R50.9') }],
    })

    expect(store.factsOf(['fever']).map((one) => one.assertion.status)).toEqual([
      'denied',
      'affirmed',
      'affirmed',
    ])
    expect(store.mentionsOf(['fever'])).toEqual([])
  })

  test('finds coded entries by the codes of a policy', () => {
    const store = storeOf({
      conditions: [{ source: source('Condition'), categories: [], code: coded(icd, 'Q99.9') }],
    })

    expect(store.factsWithCodes([{ system: 'icd10cm', under: ['Q99'] }])).toHaveLength(1)
    expect(
      store.factsWithCodes([{ system: 'icd10cm', under: ['Q99'], except: ['Q99.9'] }]),
    ).toHaveLength(0)
  })
})
