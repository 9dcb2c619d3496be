import type { ClinicalBundle, OrderEntry } from '@authscript/prior-auth'
import { codeSystem } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { imagingActionOf } from '../src/form/imaging-action.ts'
import { analyze, toFormContent } from '../src/index.ts'
import { aBundle, orderId, encounterDay } from './a-bundle.ts'

const source = (resourceType: string, resourceId: string) => ({ resourceType, resourceId })
const withOrder = (order: Partial<OrderEntry>, more: Partial<ClinicalBundle> = {}) => {
  const bundle = aBundle()
  return { ...bundle, ...more, orders: bundle.orders.map((one) => ({ ...one, ...order })) }
}
const contentOf = (bundle: ClinicalBundle) =>
  toFormContent(bundle, analyze(bundle, orderId), '2026-06-16')
const visit = (classCode: string) => ({ ...aBundle().encounter, classCode })

describe('the modality of an order', () => {
  it.each([
    { code: '72131', action: 'ct' },
    { code: '70496', action: 'cta' },
    { code: '72148', action: 'mri' },
    { code: '70546', action: 'mra' },
    { code: '78815', action: 'pet' },
    { code: '78452', action: 'cardiacNuclear' },
    // Cardiac PET belongs to two boxes.
    { code: '78491', action: undefined },
    { code: '72100', action: undefined },
    { code: '29881', action: undefined },
    { code: undefined, action: undefined },
  ])('$code: $action', ({ code, action }) => {
    expect(imagingActionOf(code)).toBe(action)
  })
})

describe('the setting of a service', () => {
  it.each([
    { what: 'says nothing', order: {}, classCode: 'AMB', setting: undefined },
    {
      what: 'is for a day other than that of the visit',
      order: { occurrenceStart: '2026-07-01' },
      classCode: 'IMP',
      setting: undefined,
    },
    {
      what: 'is within an inpatient stay',
      order: { occurrenceStart: encounterDay },
      classCode: 'IMP',
      setting: 'inpatient',
    },
    {
      what: 'is within an ambulatory visit',
      order: { occurrenceStart: encounterDay },
      classCode: 'AMB',
      setting: 'outpatient',
    },
    {
      what: 'is within a visit over a screen',
      order: { occurrenceStart: encounterDay },
      classCode: 'VR',
      setting: undefined,
    },
    {
      what: 'names its place',
      order: { locationCodes: ['11'], occurrenceStart: encounterDay },
      classCode: 'IMP',
      setting: 'office',
    },
    {
      what: 'names two places',
      order: { locationCodes: ['11', '22'], occurrenceStart: encounterDay },
      classCode: 'IMP',
      setting: undefined,
    },
  ] as const)('of an order that $what: $setting', ({ order, classCode, setting }) => {
    const bundle = withOrder(order, { encounter: visit(classCode) })

    expect(contentOf(bundle).choices.setting).toBe(setting)
  })
})

describe('urgency', () => {
  it.each([
    { priority: undefined, notes: ['urgent'], review: undefined, reason: undefined },
    { priority: 'routine', notes: ['urgent'], review: 'standard', reason: undefined },
    { priority: 'stat', notes: [], review: 'urgent', reason: undefined },
    { priority: 'urgent', notes: ['left message'], review: 'urgent', reason: undefined },
    { priority: 'urgent', notes: ['This is not urgent'], review: 'urgent', reason: undefined },
    {
      priority: 'urgent',
      notes: ['Call first', 'Urgent: progressive weakness'],
      review: 'urgent',
      reason: 'Urgent: progressive weakness',
    },
  ] as const)('$priority with $notes: $review, $reason', ({ priority, notes, review, reason }) => {
    const { choices, values } = contentOf(
      withOrder({ notes, ...(priority === undefined ? {} : { priority }) }),
    )

    expect(choices.review).toBe(review)
    expect(values['review.urgentReason']).toBe(reason)
  })
})

describe('the people on the form', () => {
  const people = (order: Partial<OrderEntry>, generalPractitionerIds: readonly string[] = []) => {
    const bundle = withOrder(order)
    return contentOf({
      ...bundle,
      patient: { ...bundle.patient, generalPractitionerIds },
      encounter: { ...bundle.encounter, practitionerIds: ['ada'], organizationId: 'practice' },
      practitioners: [
        { source: source('Practitioner', 'ada'), name: 'Dr. Ada', npi: '1' },
        { source: source('Practitioner', 'bea'), name: 'Dr. Bea', phone: '555' },
      ],
      organizations: [
        {
          source: source('Organization', 'practice'),
          name: 'Practice',
          postalAddress: { street: '1 Main St', city: 'Austin', state: 'TX', postalCode: '78701' },
        },
        { source: source('Organization', 'imaging'), name: 'Imaging', taxId: '12-3' },
      ],
    })
  }

  it('never uses the practice of the encounter as the rendering facility', () => {
    const { values } = people({ requesterId: 'ada' })

    expect(values['requester.organization']).toBe('Practice')
    expect(values['requester.city']).toBe('Austin')
    expect(values['facility.name']).toBeUndefined()
    expect(values['servicing.name']).toBeUndefined()
    expect(people({ performerOrganizationIds: ['imaging'] }).values).toMatchObject({
      'facility.name': 'Imaging',
      'facility.taxId': '12-3',
    })
  })

  it('does not give the address of the encounter to a requester who was not part of it', () => {
    expect(people({ requesterId: 'bea' }).values['requester.street']).toBeUndefined()
  })

  it('recognizes by id that the requesting provider has another role too', () => {
    expect(people({ requesterId: 'ada', performerIds: ['ada'] }, ['ada']).requesterIs).toEqual({
      servicing: true,
      pcp: true,
    })
    const other = people({ requesterId: 'ada', performerIds: ['bea'] }, ['bea'])
    expect(other.requesterIs).toEqual({ servicing: false, pcp: false })
    expect(other.values['pcp.phone']).toBe('555')
  })
})

describe('coverage and diagnoses', () => {
  const covered = (more: object) =>
    contentOf({
      ...aBundle(),
      coverages: [{ source: source('Coverage', 'c'), memberId: 'M-1', ...more }],
    })

  it.each([
    { more: { relationship: 'self', subscriberName: 'Ann E.' }, name: undefined },
    { more: { subscriberName: 'Ann Example' }, name: undefined },
    { more: { relationship: 'child', subscriberName: 'Eve Example' }, name: 'Eve Example' },
    { more: { relationship: 'child' }, name: undefined },
  ])('names the subscriber only if it is another person: $name', ({ more, name }) => {
    expect(covered(more).values['coverage.subscriberName']).toBe(name)
  })

  it('takes the patient of the form from the chart', () => {
    expect(covered({}).subject).toEqual({
      practiceId: '195900',
      patientId: 'patient-1',
      serviceRequestId: orderId,
      name: 'Ann Example',
      birthDate: '01/01/1970',
      memberId: 'M-1',
    })
  })

  it('discloses no other problem if the order names its reasons', () => {
    const reason = { codings: [{ system: codeSystem.icd10cm, code: 'M51.26', display: 'Disc' }] }

    expect(contentOf(withOrder({ reasons: [reason] })).diagnoses).toEqual([
      { code: 'M51.26', description: 'Disc' },
    ])
    expect(contentOf(aBundle()).diagnoses).toEqual([{ code: 'M54.16' }])
  })

  it('labels only ICD-10 codes as ICD-10', () => {
    expect(contentOf(aBundle()).values.icdVersion).toBe('10')
    expect(contentOf(aBundle({ diagnoses: [] })).values.icdVersion).toBeUndefined()
  })

  it('never states initial or renewal, because no chart does', () => {
    expect(contentOf(aBundle()).choices.request).toBeUndefined()
  })
})

describe("the text for the payer's clerk", () => {
  const bundle = withOrder(
    { occurrenceStart: '2026-06-20T08:00:00Z' },
    {
      documents: aBundle({
        note: 'Completed 8 weeks of physical therapy\nwithout relief. Denies fever. Possible saddle anesthesia.',
      }).documents,
    },
  )
  const { values, services, criteria } = contentOf(bundle)
  const everything = JSON.stringify({ values, services, criteria })

  it('has American dates', () => {
    expect(values['submission.date']).toBe('06/16/2026')
    expect(values['patient.birthDate']).toBe('01/01/1970')
    expect(services[0]?.start).toBe('06/20/2026')
    expect(everything).not.toMatch(/\d{4}-\d{2}-\d{2}/)
  })

  it('contains no chart ids and no offsets', () => {
    expect(everything).not.toMatch(/note-1|condition-1|visit-1|DocumentReference|characters/)
  })

  it('has quotes on one line, and marks those that contradict or settle nothing', () => {
    const lines = criteria.flatMap((one) => one.evidence)

    expect(lines).toContainEqual(
      expect.stringMatching(
        /"Completed 8 weeks of physical therapy without relief" \(06\/15\/2026\)$/,
      ),
    )
    expect(lines).toContainEqual(expect.stringMatching(/^(?:against|mentioned): "Denies fever" /))
    expect(lines).toContain('mentioned: "Possible saddle anesthesia" (06/15/2026)')
  })

  it.each([
    ['Total score [CDAI] 27 {score}', 'Total score [CDAI] 27 score'],
    ['Blood pressure 140 mm[Hg]', 'Blood pressure 140 mmHg'],
    ['A note {with braces}', 'A note {with braces}'],
  ])('writes units as people do: %s', (summary, shown) => {
    const analysis = analyze(bundle, orderId)
    const evidence = [
      {
        source: source('Observation', 'one'),
        path: 'Observation.value',
        summary,
        stance: 'supports' as const,
      },
    ]
    const answers =
      analysis.outcome === 'assessed'
        ? analysis.answers.map((answer) => ({ ...answer, evidence }))
        : []

    const content = toFormContent(bundle, { ...analysis, answers } as typeof analysis, '2026-06-16')

    expect(content.criteria[0]?.evidence).toEqual([shown])
  })

  it('has each piece of evidence once, with all its days: quotes, then codes, then mere mentions', () => {
    const analysis = analyze(bundle, orderId)
    const piece = (more: object) => ({
      source: source('DocumentReference', 'note-1'),
      path: 'DocumentReference.content.attachment',
      summary: 'Radiculopathy (M54.16)',
      stance: 'supports' as const,
      ...more,
    })
    const quote = { text: 'Physical therapy failed.', start: 0, end: 24 }
    const evidence = [
      piece({ stance: 'mentions', quote: { ...quote, text: 'Perhaps.' } }),
      piece({ date: '2026-06-01' }),
      piece({ date: '2026-06-15T10:00:00Z', quote }),
      piece({ date: '2026-06-15' }),
      piece({ date: '2026-06-01' }),
    ]
    const answers =
      analysis.outcome === 'assessed'
        ? analysis.answers.map((answer) => ({ ...answer, answer: 'met' as const, evidence }))
        : []

    const content = toFormContent(bundle, { ...analysis, answers } as typeof analysis, '2026-06-16')

    expect(content.criteria[0]?.evidence).toEqual([
      '"Physical therapy failed" (06/15/2026)',
      'Radiculopathy (M54.16) (06/01/2026, 06/15/2026)',
      'mentioned: "Perhaps"',
    ])
    expect(content.values['clinical.narrative']?.split('\n')[0]).toMatch(
      /Yes: "Physical therapy failed" \(06\/15\/2026\); Radiculopathy \(M54\.16\) \(06\/01\/2026, 06\/15\/2026\)\.$/,
    )
  })
})
