import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../client/parse-resource.ts'
import { isValidNpi } from './chosen.ts'
import { toOrganization, toPatient, toPractitioner } from './people.ts'

const day = '2026-06-15'
const patient = (more: object) => toPatient({ resourceType: 'Patient', id: 'p', ...more }, day)
const nameOf = (...name: readonly object[]) => {
  const { givenNames, familyName } = patient({ name })
  return [...givenNames, familyName].join(' ')
}
const married = { family: 'Married', given: ['Ann'] }
const maiden = { family: 'Maiden', given: ['Ann'] }

describe('the name of a patient', () => {
  it.each([
    [
      [
        { ...maiden, use: 'old' },
        { ...married, use: 'usual' },
      ],
    ],
    [[{ ...maiden, use: 'maiden' }, married]],
    [
      [
        { use: 'nickname', text: 'Annie' },
        { ...married, use: 'usual' },
      ],
    ],
    [[{ use: 'anonymous', text: 'Jane Doe' }, married]],
    [[{ ...maiden, use: 'temp' }, married]],
    [[maiden, { ...married, use: 'usual' }]],
    [
      [
        { ...maiden, use: 'usual' },
        { ...married, use: 'official' },
      ],
    ],
    [
      [
        { ...maiden, use: 'official', period: { end: '2015' } },
        { ...married, use: 'usual' },
      ],
    ],
    [[{ ...maiden, use: 'official', period: { start: '2027-01-01' } }, married]],
    [
      [
        { ...maiden, use: 'official', period: { start: '2001' } },
        { ...married, use: 'official', period: { start: '2015-05-01' } },
      ],
    ],
    [
      [
        { ...married, use: 'OFFICIAL' },
        { ...maiden, use: 'usual' },
      ],
    ],
    [[{ use: 'official', text: 'Married, Ann' }]],
    [[{ use: 'official', text: 'Ann Married' }]],
    [[{ use: 'official', given: ['Ann'], text: 'Ann Married' }]],
    [[{ ...married, use: 'old' }]],
  ])('of %j is the one in use', (name) => {
    expect(nameOf(...name)).toBe('Ann Married')
  })

  it('in one text with many words is not split', () => {
    expect(patient({ name: [{ text: 'Ana de la Cruz' }] })).toMatchObject({
      givenNames: [],
      familyName: 'Ana de la Cruz',
    })
  })
})

const phone = (value: string, more: object = {}) => ({ system: 'phone', value, ...more })

describe('the phone of a patient', () => {
  it.each([
    [[phone('1', { use: 'old' }), phone('2')]],
    [[phone('1', { use: 'work' }), phone('2', { use: 'home' })]],
    [[phone('1', { use: 'work' }), phone('2', { use: 'mobile' })]],
    [[phone('1', { use: 'home', period: { end: '2020-01-01' } }), phone('2', { use: 'work' })]],
    [[phone('1', { use: 'home', rank: 2 }), phone('2', { use: 'mobile', rank: 1 })]],
    [[phone('1', { use: 'home' }), phone('2', { use: 'mobile', rank: 1 })]],
    [[{ system: 'sms', value: '1' }, phone('2')]],
    [[{ system: 'fax', value: '1' }, { system: 'email', value: 'a@b' }, phone('2')]],
    [[{ system: 'phone' }, phone('2')]],
    [[phone('1', { use: 'temp' }), phone('2', { use: 'home' })]],
  ])('of %j is the second', (telecom) => {
    expect(patient({ telecom }).phone).toBe('2')
  })

  it.each([[[phone('1', { use: 'old' })]], [[{ system: 'sms', value: '1' }]], [[]]])(
    'is absent if none is in use: %j',
    (telecom) => {
      expect(patient({ telecom })).not.toHaveProperty('phone')
    },
  )
})

const at = (city: string, more: object = {}) => ({ line: ['1 Main St'], city, ...more })

describe('an address', () => {
  it.each([
    [[at('A', { use: 'old' }), at('B')]],
    [[at('A', { use: 'work' }), at('B', { use: 'home' })]],
    [[at('A', { use: 'billing' }), at('B')]],
    [[at('A', { use: 'temp' }), at('B')]],
    [[at('A', { use: 'home', period: { end: '2025-12-31' } }), at('B', { use: 'home' })]],
    [[at('A', { use: 'home', type: 'postal' }), at('B', { use: 'home', type: 'physical' })]],
    [
      [
        at('A', { use: 'home', period: { start: '2010' } }),
        at('B', { use: 'home', period: { start: '2020' } }),
      ],
    ],
  ])('of a patient with %j is the second', (address) => {
    expect(patient({ address }).postalAddress?.city).toBe('B')
  })

  it('of an organization is its work address', () => {
    const address = [at('A', { use: 'billing' }), at('B', { use: 'work' })]

    expect(
      toOrganization({ resourceType: 'Organization', id: 'o', address }, day).postalAddress?.city,
    ).toBe('B')
  })
})

const npi = 'http://hl7.org/fhir/sid/us-npi'
const npiOf = (...identifier: readonly JsonObject[]) =>
  toPractitioner({ resourceType: 'Practitioner', id: 'd', identifier }, day).npi

describe('an NPI', () => {
  it.each([
    [{ system: npi, use: 'old', value: '1992739874' }],
    [{ system: npi, period: { end: '2015-01-01' }, value: '1992739874' }],
    [{ system: npi, value: '1111111111' }],
    [{ system: npi, use: 'temp', value: '1992739874' }],
    [{ system: 'urn:oid:2.16.840.1.113883.4.4', value: '1992739874' }],
    [{ system: 'urn:local', type: { coding: [{ code: 'NPI' }] }, value: '1992739874' }],
    [{ system: npi }],
  ])('is not %j if there is a better one', (other) => {
    expect(npiOf(other, { system: npi, value: '1234567893' })).toBe('1234567893')
    expect(npiOf({ system: npi, value: '1234567893' }, other)).toBe('1234567893')
  })

  it.each([
    { system: npi },
    { system: `${npi}/` },
    { system: 'https://hl7.org/fhir/sid/us-npi' },
    { system: 'urn:oid:2.16.840.1.113883.4.6' },
    { system: '2.16.840.1.113883.4.6' },
    { type: { coding: [{ code: 'NPI' }] } },
  ])('is recognized by %j', (identifier) => {
    expect(npiOf({ ...identifier, value: '1234567893' })).toBe('1234567893')
  })

  it.each([
    ['1234567893', true],
    ['1992739874', true],
    ['1234567890', false],
    ['3234567893', false],
    ['123456789', false],
    ['12345678931', false],
    ['12345 7893', false],
  ])('%s has a valid check digit: %s', (value, isValid) => {
    expect(isValidNpi(value)).toBe(isValid)
  })
})

describe('a patient record', () => {
  it.each([
    [{ deceasedBoolean: true }, { isDeceased: true }],
    [{ deceasedDateTime: '2026-05-01' }, { isDeceased: true, deceasedOn: '2026-05-01' }],
    [{ deceasedDateTime: 'in May' }, { isDeceased: true }],
    [{ active: false }, { isInactive: true }],
    [
      { link: [{ type: 'replaced-by', other: { reference: 'Patient/p2' } }] },
      { replacedByIds: ['p2'] },
    ],
    [
      { link: [{ type: 'replaced-by', other: { display: 'the other' } }] },
      { replacedByIds: ['unknown'] },
    ],
  ])('with %j is marked', (more, expected) => {
    expect(patient(more)).toMatchObject(expected)
  })

  it.each([
    { deceasedBoolean: false },
    { active: true },
    { link: [{ type: 'replaces', other: { reference: 'Patient/p0' } }] },
    { link: [{ type: 'seealso', other: { reference: 'Patient/p0' } }] },
  ])('with %j is not marked as deceased, inactive or merged', (more) => {
    const found = patient(more)

    expect([found.isDeceased, found.isInactive, found.replacedByIds]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('a practitioner is sorted', () => {
  it.each([
    [{ prefix: ['Dr.'], given: ['Ada', 'M.'], family: 'Okafor' }, 'Okafor Ada M.'],
    [{ text: 'Dr. Ada Okafor', given: ['Ada'], family: 'Okafor' }, 'Okafor Ada'],
    [{ family: 'de la Cruz' }, 'de la Cruz'],
    [{ text: 'Okafor, Ada' }, 'Okafor Ada'],
    [{ text: 'Ada Okafor' }, 'Okafor Ada'],
    // The family name cannot be identified.
    [{ text: 'Dr. Ada Okafor' }, undefined],
  ])('by family name: %j', (name, sortName) => {
    const { sortName: found } = toPractitioner({
      resourceType: 'Practitioner',
      id: 'd',
      name: [name],
    })

    expect(found).toBe(sortName)
  })
})
