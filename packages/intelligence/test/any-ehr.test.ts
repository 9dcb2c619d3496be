import type {
  ClinicalBundle,
  ConditionEntry,
  CoverageEntry,
  EncounterEntry,
  MedicationEntry,
  NamedProfessional,
  ProcedureEntry,
} from '@authscript/prior-auth'
import { codeSystem } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { compareMeasured } from '../src/facts/values/units.ts'
import { analyze, toFormContent } from '../src/index.ts'
import { chooseCoverage } from '../src/primary-coverage.ts'
import { procedureCodeOf } from '../src/procedure-code.ts'
import { aBundle, type ChartSketch, orderId, encounterDay } from './a-bundle.ts'

const source = (resourceType: string, resourceId: string) => ({ resourceType, resourceId })

function answerOf(bundle: ClinicalBundle, criterionId: string) {
  const analysis = analyze(bundle, orderId)
  if (analysis.outcome !== 'assessed') throw new Error(analysis.outcome)
  return analysis.answers.find((one) => one.criterionId === criterionId)
}

function formOf(bundle: ClinicalBundle) {
  return toFormContent(bundle, analyze(bundle, orderId), encounterDay)
}

describe('a CPT or HCPCS code', () => {
  it.each([
    ['http://www.ama-assn.org/go/cpt', '72148', 'cpt'],
    ['urn:oid:2.16.840.1.113883.6.12', '72148', 'cpt'],
    ['http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'E1390', 'hcpcs'],
    ['urn:oid:2.16.840.1.113883.6.285', '72148', 'cpt'],
    ['http://www.ama-assn.org/go/cpt', 'E1390', 'hcpcs'],
    ['http://loinc.org', '72148', undefined],
    ['http://www.ama-assn.org/go/cpt', '7214', undefined],
    [undefined, '72148', undefined],
  ])('%s %s is of %s', (system, code, expected) => {
    const coding = { code, ...(system === undefined ? {} : { system }) }

    expect(procedureCodeOf({ codings: [coding] }).procedureSystem).toBe(expected)
  })
})

describe('a quantity', () => {
  const limit = (value: number, unit: string) => ({ value, unit, source: 's' })
  const atMost88 = { atMost: limit(88, '%') }
  const atMost55 = { atMost: limit(55, 'mm[Hg]') }
  const atLeast40 = { atLeast: limit(40, 'kg/m2') }
  const atLeast15 = { atLeast: limit(15, '/h') }
  const atLeast4 = { atLeast: limit(4, '1') }

  it.each([
    [{ value: 85 }, atMost88, 'inside'],
    [{ value: 92 }, atMost88, 'outside'],
    [{ value: 0.85 }, atMost88, 'unknown'],
    [{ value: 850 }, atMost88, 'unknown'],
    [{ value: 85, unit: '%' }, atMost88, 'inside'],
    [{ value: 85, unit: 'percent' }, atMost88, 'inside'],
    [{ value: 85, unit: 'pct', unitCode: 'XX-LOCAL' }, atMost88, 'inside'],
    [{ value: 0.85, unitCode: '1' }, atMost88, 'inside'],
    [{ value: 85, unitCode: '1' }, atMost88, 'unknown'],
    [{ value: 0.85, unit: '%' }, atMost88, 'unknown'],
    [{ value: 85, unit: 'furlongs' }, atMost88, 'unknown'],
    [{ value: 85, unit: 'mg/dL' }, atMost88, 'unknown'],
    [{ value: 92, comparator: '<' }, atMost88, 'unknown'],
    [{ value: 85, comparator: '<' }, atMost88, 'inside'],
    [{ value: 50, unit: 'mm Hg' }, atMost55, 'inside'],
    [{ value: 50, unit: 'mmHg', unitCode: 'mmHg' }, atMost55, 'inside'],
    [{ value: 7, unit: 'kPa' }, atMost55, 'inside'],
    [{ value: 50 }, atMost55, 'inside'],
    [{ value: 7 }, atMost55, 'unknown'],
    [{ value: 41, unit: 'Kg/m2' }, atLeast40, 'inside'],
    [{ value: 41, unit: 'kg/m²' }, atLeast40, 'inside'],
    [{ value: 39 }, atLeast40, 'outside'],
    [{ value: 41, unit: 'lb' }, atLeast40, 'unknown'],
    [{ value: 20 }, atLeast15, 'inside'],
    [{ value: 20, unit: 'events/hour' }, atLeast15, 'inside'],
    [{ value: 20, unit: 'events' }, atLeast15, 'unknown'],
    [{ value: 5 }, atLeast4, 'inside'],
    [{ value: 5, unit: ' ' }, atLeast4, 'inside'],
    [{ value: 5, unitCode: '{score}' }, atLeast4, 'inside'],
  ] as const)('%j against %j is %s', (quantity, bounds, expected) => {
    expect(compareMeasured({ kind: 'quantity', ...quantity }, bounds)).toBe(expected)
  })
})

describe('"no MRI in twelve months"', () => {
  const lumbar = { codings: [{ system: codeSystem.cpt, code: '72148' }] }
  const inWords = (text: string) => ({ codings: [], text })
  const procedure = (more: Partial<ProcedureEntry>): ProcedureEntry => ({
    source: source('Procedure', 'q'),
    status: 'completed',
    code: lumbar,
    bodySites: [],
    reasons: [],
    notes: [],
    ...more,
  })
  const withProcedure = (more: Partial<ProcedureEntry>, sketch: ChartSketch = {}) => ({
    ...aBundle(sketch),
    procedures: [procedure(more)],
  })
  const recent = (bundle: ClinicalBundle) => answerOf(bundle, 'recent_lumbar_mri')?.answer

  it.each([
    { performedStart: undefined },
    { performedStart: '2025' },
    { status: 'unknown', performedStart: '2026-02-01' },
    { status: 'reviewed-locally', performedStart: '2026-02-01' },
    { code: inWords('MRI lumbar spine without contrast'), performedStart: '2026-02-01' },
    { code: inWords('MR L-spine'), performedStart: '2026-02-01' },
    { code: inWords('Magnetic resonance imaging of lumbar region') },
    { code: inWords('MRI'), bodySites: [inWords('Lumbar spine')], performedStart: '2026-02-01' },
    {
      code: { codings: [{ system: 'urn:local', code: 'IMG12', display: 'MRI LUMBAR W/O' }] },
      performedStart: '2026-02-01',
    },
  ] as readonly Partial<ProcedureEntry>[])('is not concluded beside %j', (more) => {
    expect(recent(withProcedure(more))).not.toBe('not_met')
  })

  it.each([
    { performedStart: '2019-02-01' },
    { performedStart: '2019' },
    { performedStart: '2024-03' },
    { status: 'not-done', performedStart: '2026-02-01' },
    { status: 'entered-in-error' },
    { status: 'preparation' },
    { code: inWords('MRI lumbar spine'), performedStart: '2019-02-01' },
    { code: inWords('MRI brain'), performedStart: '2026-02-01' },
    { code: inWords('MRI of the right knee') },
    { code: inWords('Lumbar radiograph'), performedStart: '2026-02-01' },
    { code: inWords('Epidural, lumbar'), performedStart: '2026-02-01' },
  ] as readonly Partial<ProcedureEntry>[])('stands beside %j', (more) => {
    expect(recent(withProcedure(more))).toBe('not_met')
  })

  it.each([
    'Lumbar MRI done in February 2026 showed an L5-S1 disc protrusion.',
    'She had an MRI of the lumbar spine four months ago.',
    'MRI L-spine 02/01/2026: disc protrusion at L5-S1.',
    'Outside MRI reviewed with the patient.',
    'Prior lumbar MRI demonstrated stenosis.',
    'Magnetic resonance imaging of the low back was normal in March 2026.',
  ])('is not concluded beside the note "%s"', (note) => {
    expect(recent(aBundle({ note }))).not.toBe('not_met')
  })

  it.each([
    'Low back pain. Plan: order MRI lumbar spine.',
    'Will obtain an MRI of the lumbar spine.',
    'Recommend lumbar MRI to evaluate radiculopathy.',
    'No prior MRI.',
    'He has never had an MRI of the back.',
    'MRI of the lumbar spine in 2019 showed mild stenosis.',
    'MRI brain in March 2026 was normal.',
    'Lumbar x-ray in March 2026 was normal.',
    'Low back pain for two months.',
  ])('stands beside the note "%s"', (note) => {
    expect(recent(aBundle({ note }))).toBe('not_met')
  })

  it.each([
    [{ code: inWords('MRI LUMBAR SPINE WO CONTRAST'), effectiveDate: '2026-02-01' }, 'unclear'],
    [{ code: inWords('MRI LUMBAR SPINE WO CONTRAST') }, 'unclear'],
    [{ code: inWords('MRI LUMBAR SPINE'), effectiveDate: '2019-02-01' }, 'not_met'],
    [{ code: inWords('MRI BRAIN'), effectiveDate: '2026-02-01' }, 'not_met'],
    [{ code: inWords('MRI LUMBAR SPINE'), status: 'cancelled' }, 'not_met'],
  ] as const)('beside the report %j is %s', (report, expected) => {
    const reports = [{ source: source('DiagnosticReport', 'r'), ...report }]

    expect(recent({ ...aBundle(), reports })).toBe(expected)
  })

  it.each([
    ['complete', undefined, 'not_met'],
    ['not_asked', undefined, 'not_met'],
    // That server has no reports at all.
    ['failed', 'ehr_not_found', 'not_met'],
    ['failed', 'ehr_bad_request', 'unclear'],
    ['partial', 'the EHR says 40, 0 came', 'unclear'],
    ['forbidden', 'ehr_forbidden', 'unclear'],
  ] as const)('while reports are %s (%s) is %s', (outcome, reason, expected) => {
    const bundle = aBundle()
    const reports = {
      resourceType: 'DiagnosticReport',
      outcome,
      count: 0,
      strangers: 0,
      malformed: 0,
      ...(reason === undefined ? {} : { reason }),
    }

    expect(recent({ ...bundle, completeness: [...bundle.completeness, reports] })).toBe(expected)
  })

  it('is not concluded if a document has that name, read or not', () => {
    const documents = [
      {
        source: source('DocumentReference', 'd'),
        type: inWords('MRI lumbar spine report'),
        date: '2026-02-01',
        encounterIds: [],
        content: { kind: 'unread' as const, reason: 'a scan' },
      },
    ]

    expect(recent({ ...aBundle(), documents })).toBe('unclear')
  })

  it('for the knee is checked for the same part', () => {
    const bundle = aBundle({
      code: '73721',
      diagnoses: ['M23.221'],
      note: 'MRI of the right knee in February 2026 showed a tear.',
    })

    expect(answerOf(bundle, 'recent_knee_mri')?.answer).toBe('met')
    expect(
      answerOf(aBundle({ code: '73721', diagnoses: ['M23.221'] }), 'recent_knee_mri')?.answer,
    ).toBe('not_met')
  })
})

describe('a drug as a trial', () => {
  const request = (id: string, more: Partial<MedicationEntry>): MedicationEntry => ({
    source: source('MedicationRequest', id),
    medication: { codings: [], text: 'naproxen 500 mg tablet' },
    status: 'active',
    intent: 'order',
    ...more,
  })
  const trial = (...medications: readonly MedicationEntry[]) =>
    answerOf({ ...aBundle(), medications }, 'medication_trial')?.answer

  it.each([
    { authoredOn: encounterDay },
    { authoredOn: `${encounterDay}T14:20:00Z` },
    { authoredOn: '2026-06-16', encounterId: 'visit-1' },
    { encounterId: 'visit-1' },
    { authoredOn: '2026-05-01', status: 'draft' },
    { authoredOn: '2026-05-01', status: 'cancelled' },
    { authoredOn: '2026-05-01', status: 'entered-in-error' },
    { authoredOn: '2026-05-01', status: 'on-hold' },
    { authoredOn: '2026-05-01', status: 'unknown' },
    { authoredOn: '2026-05-01', intent: 'proposal' },
    { authoredOn: '2026-05-01', intent: 'plan' },
    { authoredOn: '2026-05-01', intent: 'option' },
  ])('is not met: %j', (more) => {
    expect(trial(request('m', more))).not.toBe('met')
  })

  it.each([
    [[{ authoredOn: '2026-05-01' }]],
    [[{ authoredOn: '2026-05-01', status: 'completed' }]],
    [[{ authoredOn: '2026-05-01', encounterId: 'visit-0' }]],
    [[{ authoredOn: encounterDay }, { authoredOn: '2025-06-01' }]],
  ])('is met: %j', (requests) => {
    expect(trial(...requests.map((one, index) => request(`m${index}`, one)))).toBe('met')
  })

  it('is not met if another drug was prescribed before', () => {
    const other = request('m2', {
      authoredOn: '2025-06-01',
      medication: { codings: [], text: 'lisinopril 10 mg tablet' },
    })

    expect(trial(request('m1', { authoredOn: encounterDay }), other)).not.toBe('met')
  })
})

describe('the diagnoses on the form', () => {
  const condition = (code: string, more: Partial<ConditionEntry>): ConditionEntry => ({
    source: source('Condition', code),
    code: { codings: [{ system: codeSystem.icd10cm, code }] },
    categories: [],
    ...more,
  })
  const printed = (more: Partial<ConditionEntry>, reasonConditionIds: readonly string[] = []) => {
    const bundle = aBundle({ diagnoses: [] })
    const [order] = bundle.orders
    if (order === undefined) throw new Error('no order')
    return formOf({
      ...bundle,
      orders: [{ ...order, reasonConditionIds: [...reasonConditionIds] }],
      conditions: [condition('C50.911', more), condition('M54.16', { clinicalStatus: 'active' })],
    }).diagnoses.map((one) => one.code)
  }

  it.each([
    { verificationStatus: 'refuted' },
    { verificationStatus: 'entered-in-error' },
    { verificationStatus: 'provisional' },
    { verificationStatus: 'differential' },
    { verificationStatus: 'unconfirmed' },
    { verificationStatus: 'unknown' },
    { clinicalStatus: 'resolved' },
    { clinicalStatus: 'inactive' },
    { clinicalStatus: 'remission' },
    { clinicalStatus: 'unknown' },
  ])('exclude a condition with %j', (more) => {
    expect(printed(more)).toEqual(['M54.16'])
  })

  it.each([
    { verificationStatus: 'refuted', clinicalStatus: 'active' },
    { verificationStatus: 'differential', clinicalStatus: 'active' },
  ])('exclude it even if it is a reason of the order: %j', (more) => {
    expect(printed(more, ['C50.911'])).not.toContain('C50.911')
  })

  it('include confirmed conditions and those without a status, in any spelling of the system', () => {
    expect(printed({ verificationStatus: 'confirmed', clinicalStatus: 'active' })).toContain(
      'C50.911',
    )
    expect(printed({})).toContain('C50.911')
    expect(
      printed({
        code: { codings: [{ system: 'urn:oid:2.16.840.1.113883.6.90', code: 'C50.911' }] },
      }),
    ).toContain('C50.911')
  })
})

describe('the requester on the form', () => {
  const ben = { practitionerId: 'ben', name: 'Ben Okoro', npi: '1234567893' }
  const nia = { practitionerId: 'nia', name: 'Nia Nurse' }
  const requesterOf = (encounter: Partial<EncounterEntry>, requester?: NamedProfessional) => {
    const bundle = aBundle()
    const [order] = bundle.orders
    if (order === undefined) throw new Error('no order')
    const { values } = formOf({
      ...bundle,
      encounter: {
        ...bundle.encounter,
        practitionerIds: ['ben', 'nia'],
        organizationId: 'practice',
        ...encounter,
      },
      orders: [{ ...order, ...(requester === undefined ? {} : { requester }) }],
      practitioners: [
        { source: source('Practitioner', 'ben'), name: 'Ben Okoro', npi: '1234567893' },
        { source: source('Practitioner', 'nia'), name: 'Nia Nurse' },
      ],
      organizations: [{ source: source('Organization', 'practice'), name: 'Practice' }],
    })
    return [values['requester.name'], values['requester.npi'], values['requester.organization']]
  }
  const took = (...parts: readonly (readonly [NamedProfessional, ...string[]])[]) => ({
    participants: parts.map(([person, ...roles]) => ({ ...person, roles })),
  })

  it.each([
    [took([nia, 'SPRF'], [ben, 'ATND'])],
    [took([nia, 'ATND'], [ben, 'PPRF'])],
    [took([nia, 'SPRF'], [ben])],
    [took([nia, 'CON'], [ben, 'PART'])],
    [took([nia, 'Scribe'], [ben, 'Attending'])],
    [took([nia, 'REF'], [ben, 'primary performer'])],
    [took([{}, 'ATND'], [ben, 'ATND'])],
    [took([ben, 'PPRF'], [ben, 'PPRF'])],
    [took([ben])],
    [{ practitionerIds: ['ben'] }],
  ])('is the responsible person if the order names nobody: %j', (encounter) => {
    expect(requesterOf(encounter)).toEqual(['Ben Okoro', '1234567893', 'Practice'])
  })

  it.each([
    [took([nia, 'SPRF'])],
    [took([nia], [ben])],
    [took([nia, 'ATND'], [ben, 'ATND'])],
    [took([nia, 'translator'])],
    [took([{}, 'ATND'])],
    [{ participants: [] }],
    [{ practitionerIds: ['nia', 'ben'] }],
    [{ practitionerIds: [] }],
  ])('is nobody if no single person was responsible: %j', (encounter) => {
    expect(requesterOf(encounter).slice(0, 2)).toEqual([undefined, undefined])
  })

  it.each([
    [{ name: 'Rui Silva' }, ['Rui Silva', undefined, undefined]],
    [
      { name: 'Rui Silva', npi: '1992739871', organizationName: 'Neuro' },
      ['Rui Silva', '1992739871', 'Neuro'],
    ],
    [
      { organizationId: 'practice', organizationName: 'Practice' },
      [undefined, undefined, 'Practice'],
    ],
    [{}, [undefined, undefined, undefined]],
    [ben, ['Ben Okoro', '1234567893', 'Practice']],
  ])('is only the person that the order names: %j', (requester, expected) => {
    expect(requesterOf(took([ben, 'ATND']), requester)).toEqual(expected)
  })
})

describe('the coverage of a request', () => {
  const coverage = (id: string, more: Partial<CoverageEntry> = {}): CoverageEntry => ({
    source: source('Coverage', id),
    status: 'active',
    payerName: id,
    ...more,
  })
  const typed = (code: string) => ({ codings: [{ code }] })
  const inWords = (text: string) => ({ codings: [], text })
  const chosen = (coverages: readonly CoverageEntry[], coverageIds: readonly string[] = []) => {
    const bundle = aBundle()
    const [order] = bundle.orders
    if (order === undefined) throw new Error('no order')
    const choice = chooseCoverage(
      { ...bundle, coverages },
      { ...order, coverageIds: [...coverageIds] },
    )
    return [choice.coverage?.source.resourceId, choice.others.length]
  }

  it.each([
    [{ type: typed('DENTPRG') }],
    [{ type: typed('VISPOL') }],
    [{ type: typed('DRUGPOL'), order: 1 }],
    [{ type: inWords('Dental') }],
    [{ type: inWords('Pharmacy benefit') }],
    [{ type: typed('WCBPOL') }],
    [{ type: inWords("Workers' Compensation") }],
    [{ type: typed('AUTOPOL') }],
    [{ type: typed('pay') }],
    [{ isSelfPay: true }],
    [{ payerName: 'Smile Dental' }],
    [{ order: 2 }],
    [{ status: 'cancelled' }],
    [{ status: 'draft' }],
    [{ status: 'entered-in-error' }],
    [{ periodEnd: '2025-12-31' }],
    [{ periodEnd: '2025' }],
    [{ periodStart: '2026-07-01' }],
  ] as readonly [Partial<CoverageEntry>][])(
    'is the medical one in force, not that with %j',
    (more) => {
      const medical = coverage('medical', { type: typed('EHCPOL'), order: 1 })
      const other = coverage('other', more)

      expect(chosen([other, medical])).toEqual(['medical', 0])
      expect(chosen([medical, other])).toEqual(['medical', 0])
    },
  )

  it('is the one that the order names, if it is in force', () => {
    const first = coverage('first', { order: 1 })

    expect(chosen([first, coverage('second', { order: 2 })], ['second'])).toEqual(['second', 0])
    expect(chosen([first, coverage('second', { status: 'cancelled' })], ['second'])).toEqual([
      'first',
      0,
    ])
  })

  it('is absent if there is only dental coverage', () => {
    expect(chosen([coverage('d', { type: typed('DENTPRG') })])).toEqual([undefined, 0])
  })

  it.each([
    [[coverage('a'), coverage('b')], 1],
    [[coverage('a', { order: 1 }), coverage('b', { order: 1 })], 1],
    [[coverage('a', { order: 1 }), coverage('b')], 0],
    [
      [
        coverage('a', { payerName: 'P', memberId: 'M' }),
        coverage('b', { payerName: 'P', memberId: 'M' }),
      ],
      0,
    ],
  ] as const)('reports other equally good coverages: %#', (coverages, others) => {
    expect(chosen(coverages)).toEqual(['a', others])
    const analysis = analyze({ ...aBundle(), coverages }, orderId)
    expect(JSON.stringify(analysis).includes('ambiguous')).toBe(others > 0)
  })
})

describe('a patient for whom nothing can be requested', () => {
  it.each([
    [{ isDeceased: true }, 'died'],
    [{ isDeceased: true, deceasedOn: '2026-05-01' }, '05/01/2026'],
    [{ replacedByIds: ['p2'] }, 'merged into record p2'],
    [{ replacedByIds: ['unknown'] }, 'merged into another record'],
    [{ isInactive: true }, 'inactive'],
  ] as const)('%j is reported first', (more, words) => {
    const bundle = aBundle()
    const analysis = analyze({ ...bundle, patient: { ...bundle.patient, ...more } }, orderId)

    expect(analysis.outcome === 'assessed' && analysis.notices[0]).toContain(words)
  })

  it.each([
    ['no_policy', '99999'],
    ['no_procedure_code', ''],
  ])('is also reported if the outcome is %s', (outcome, code) => {
    const bundle = aBundle({ code })
    const analysis = analyze(
      { ...bundle, patient: { ...bundle.patient, isDeceased: true } },
      orderId,
    )

    expect(analysis.outcome).toBe(outcome)
    expect(analysis.notices?.[0]).toContain('died')
  })
})
