import { describe, expect, it } from 'vitest'
import { toEncounter } from '../entries.ts'
import { toOrder } from '../order.ts'
import { type Directory, idsNamed } from './named.ts'

const npi = (value: string) => ({ system: 'http://hl7.org/fhir/sid/us-npi', value })
const rui = {
  resourceType: 'Practitioner',
  id: 'd2',
  name: [{ family: 'Silva', given: ['Rui'] }],
  identifier: [npi('1992739871')],
}
const role = {
  resourceType: 'PractitionerRole',
  id: 'r2',
  practitioner: { reference: 'Practitioner/d2' },
  organization: { reference: 'Organization/o2' },
  specialty: [
    {
      text: 'Neurology',
      coding: [{ system: 'http://nucc.org/provider-taxonomy', code: '2084N0400X' }],
    },
  ],
  telecom: [{ system: 'phone', value: '555-1' }],
}
const directory: Directory = {
  practitioners: new Map([['d2', rui]]),
  roles: new Map([['r2', role]]),
  organizations: new Map([['o2', { resourceType: 'Organization', id: 'o2', name: 'Neuro Group' }]]),
  day: '2026-06-15',
}
const orderWith = (more: object) =>
  toOrder({ resourceType: 'ServiceRequest', id: 'o1', ...more }, directory)
const whole = { name: 'Rui Silva', sortName: 'Silva Rui', npi: '1992739871' }

describe('the requester of an order', () => {
  it.each([
    ['a Practitioner', { reference: 'Practitioner/d2' }, [], { ...whole, practitionerId: 'd2' }],
    [
      'a PractitionerRole',
      { reference: 'PractitionerRole/r2', display: 'Rui' },
      [],
      {
        ...whole,
        specialty: 'Neurology',
        taxonomy: '2084N0400X',
        phone: '555-1',
        organizationId: 'o2',
        organizationName: 'Neuro Group',
      },
    ],
    ['a contained Practitioner', { reference: '#c' }, [{ ...rui, id: 'c' }], whole],
    ['a contained role of a Practitioner', { reference: '#c' }, [{ ...role, id: 'c' }], whole],
    [
      'a contained role of a contained Practitioner',
      { reference: '#c' },
      [
        { ...role, id: 'c', practitioner: { reference: '#d' } },
        { ...rui, id: 'd' },
      ],
      whole,
    ],
    ['an NPI alone of somebody who was read', { identifier: npi('1992739871') }, [], whole],
    [
      'an NPI and a display',
      { identifier: npi('1555555555'), display: 'Eve' },
      [],
      { name: 'Eve', npi: '1555555555' },
    ],
    ['a display alone', { display: 'Rui Silva, MD' }, [], { name: 'Rui Silva, MD' }],
    [
      'a role that was not read',
      { reference: 'PractitionerRole/r9', display: 'Rui' },
      [],
      { name: 'Rui' },
    ],
    [
      'somebody of another server',
      { reference: 'https://other.example/fhir/Practitioner/d2', display: 'Eve' },
      [],
      { name: 'Eve' },
    ],
    [
      'an Organization',
      { reference: 'Organization/o2' },
      [],
      { organizationId: 'o2', organizationName: 'Neuro Group' },
    ],
  ])('by %s is identified', (_, requester, contained, expected) => {
    expect(orderWith({ requester, contained }).requester).toMatchObject(expected)
  })

  it.each([
    { reference: 'Patient/p1', display: 'Ann Example' },
    { reference: 'RelatedPerson/r', display: 'Her son' },
    { reference: 'Device/x', display: 'Order entry' },
    { type: 'Device', display: 'Order entry' },
    { reference: 'CareTeam/x', display: 'Team A' },
    { reference: '#missing' },
    { reference: 'Practitioner/d9' },
    { reference: 'urn:uuid:x' },
    {},
  ])('of %j is present, without name and NPI', (requester) => {
    const found = orderWith({ requester }).requester

    expect(found).toBeDefined()
    expect([found?.name, found?.npi]).toEqual([undefined, undefined])
  })

  it('is absent only if the order names none', () => {
    expect(orderWith({})).not.toHaveProperty('requester')
  })
})

describe('the performer of an order', () => {
  it('is a person by role, and the facility is an organization, contained or by name', () => {
    const order = orderWith({
      performer: [{ reference: '#org' }, { reference: 'PractitionerRole/r2' }],
      contained: [{ resourceType: 'Organization', id: 'org', name: 'City Imaging' }],
    })

    expect(order.performer).toMatchObject(whole)
    expect(order.facility).toEqual({ name: 'City Imaging' })
  })

  it('may be only a facility', () => {
    expect(
      orderWith({ locationReference: [{ reference: 'Location/l', display: 'West' }] }).facility,
    ).toEqual({
      name: 'West',
    })
  })
})

describe('the reasons of an order', () => {
  const icd = { coding: [{ system: 'urn:oid:2.16.840.1.113883.6.90', code: 'M54.16' }] }
  const reasonsOf = (reference: object, ...contained: readonly object[]) =>
    orderWith({ reasonReference: [reference], contained }).reasons

  it.each([
    [undefined, ['M54.16']],
    ['confirmed', ['M54.16']],
    ['refuted', []],
    ['differential', []],
  ])('include a contained condition that is %s: %j', (code, codes) => {
    const condition = {
      resourceType: 'Condition',
      id: 'k',
      code: icd,
      ...(code === undefined ? {} : { verificationStatus: { coding: [{ code }] } }),
    }

    expect(
      reasonsOf({ reference: '#k' }, condition).flatMap((one) =>
        one.codings.map((coding) => coding.code),
      ),
    ).toEqual(codes)
  })

  it('contain a result or a report as text', () => {
    expect(reasonsOf({ reference: 'Observation/x', display: 'Leg weakness' })).toEqual([
      { codings: [], text: 'Leg weakness' },
    ])
    expect(
      reasonsOf(
        { reference: '#r' },
        { resourceType: 'DiagnosticReport', id: 'r', code: { text: 'EMG' } },
      ),
    ).toEqual([{ codings: [], text: 'EMG' }])
  })
})

describe('the people of an encounter', () => {
  it('have their roles, without those whose period ended before it began', () => {
    const encounter = toEncounter(
      {
        resourceType: 'Encounter',
        id: 'v1',
        period: { start: '2026-06-15T14:00:00Z' },
        participant: [
          {
            type: [{ coding: [{ code: 'ATND' }], text: 'attending' }],
            individual: { reference: 'Practitioner/d2' },
          },
          { period: { end: '2026-06-01' }, individual: { display: 'Gone' } },
        ],
      },
      directory,
    )

    expect(encounter.participants).toMatchObject([{ ...whole, roles: ['ATND', 'attending'] }])
    expect(encounter.participants).toHaveLength(1)
  })

  it('are read if roles reference them, also contained ones', () => {
    const order = {
      resourceType: 'ServiceRequest',
      requester: { reference: '#c' },
      performer: [
        { reference: 'Practitioner/d3' },
        { reference: 'https://other.example/Practitioner/d4' },
      ],
      contained: [{ ...role, id: 'c' }],
    }

    expect(idsNamed([order], ['requester', 'performer'], 'Practitioner')).toEqual(['d3', 'd2'])
    expect(idsNamed([order], ['requester', 'performer'], 'Organization')).toEqual(['o2'])
  })
})
