import type { JsonObject } from '../client/parse-resource.ts'
import { codeSystem } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { toCoverage } from './coverage.ts'
import { toOrder } from './order.ts'
import { toOrganization, toPatient, toPractitioner } from './people/people.ts'

describe('fields that only forms need', () => {
  it('reads the patient’s primary care physician', () => {
    const patient = { resourceType: 'Patient', id: 'p' }

    expect(
      toPatient({ ...patient, generalPractitioner: [{ reference: 'Practitioner/ada' }] })
        .generalPractitionerIds,
    ).toEqual(['ada'])
    expect(toPatient(patient)).not.toHaveProperty('generalPractitionerIds')
  })

  it('reads where an order is to be performed', () => {
    const order = toOrder({
      resourceType: 'ServiceRequest',
      id: 'o',
      performer: [{ reference: 'Organization/imaging' }, { reference: 'Practitioner/bea' }],
      locationCode: [{ coding: [{ code: '22' }] }],
    })

    expect(order).toMatchObject({
      performerIds: ['bea'],
      performerOrganizationIds: ['imaging'],
      locationCodes: ['22'],
    })
  })

  it('reads the payer’s phone numbers and the subscriber', () => {
    const payer = {
      resourceType: 'Organization',
      id: 'x',
      name: 'Aetna',
      telecom: [
        { system: 'phone', value: '1' },
        { system: 'fax', value: '2' },
      ],
    }
    const coverage = {
      resourceType: 'Coverage',
      id: 'c',
      subscriber: { display: 'Eve Example' },
      payor: [{ reference: 'Organization/x' }],
    }

    expect(toCoverage(coverage, new Map([['x', payer]]))).toMatchObject({
      payerName: 'Aetna',
      payerPhone: '1',
      payerFax: '2',
      subscriberName: 'Eve Example',
    })
  })

  it('reads taxonomy, tax id and an address in parts', () => {
    expect(
      toPractitioner({
        resourceType: 'Practitioner',
        id: 'ada',
        qualification: [
          { code: { coding: [{ system: codeSystem.taxonomy, code: '207X00000X' }] } },
        ],
      }).taxonomy,
    ).toBe('207X00000X')
    expect(
      toOrganization({
        resourceType: 'Organization',
        id: 'x',
        identifier: [{ system: codeSystem.ein, value: '12-3456789' }],
        address: [{ line: ['1 Main St', 'Suite 2'], city: 'Austin', state: 'TX' }],
      }),
    ).toMatchObject({
      taxId: '12-3456789',
      postalAddress: { street: '1 Main St, Suite 2', city: 'Austin', state: 'TX' },
    })
  })
})

describe('the record number of a patient', () => {
  const numbered = (...identifiers: JsonObject[]) =>
    toPatient({ resourceType: 'Patient', id: 'p', identifier: identifiers }).recordNumber
  const mr = (value: string, more: JsonObject = {}): JsonObject => ({
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
    value,
    ...more,
  })

  it('is the identifier of type MR', () => {
    expect(numbered({ value: 'insurance-1' }, mr('1234'))).toBe('1234')
  })

  it('is unknown when there are two, and ignores an old one', () => {
    expect(numbered(mr('1234'), mr('5678'))).toBeUndefined()
    expect(numbered(mr('1234', { use: 'old' }), mr('5678'))).toBe('5678')
  })
})
