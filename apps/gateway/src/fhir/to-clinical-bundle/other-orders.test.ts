import { describe, expect, it } from 'vitest'
import { toOrder } from './order.ts'
import { asServiceRequest, isGivenByClinician } from './other-orders.ts'

const hcpcs = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets'
const cpap = { coding: [{ system: hcpcs, code: 'E0601' }], text: 'CPAP' }

const aDeviceRequest = (fields = {}) => ({
  resourceType: 'DeviceRequest',
  id: 'd1',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
  authoredOn: '2026-06-15',
  ...fields,
})
const aMedicationRequest = (fields = {}) => ({
  ...aDeviceRequest(fields),
  resourceType: 'MedicationRequest',
})

describe('an order of a type other than ServiceRequest', () => {
  it.each([
    { name: 'its own code', fields: { codeCodeableConcept: cpap } },
    {
      name: 'a contained device',
      fields: {
        codeReference: { reference: '#dev' },
        contained: [{ resourceType: 'Device', id: 'dev', type: cpap }],
      },
    },
  ])('is read by $name', ({ fields }) => {
    const order = toOrder(asServiceRequest(aDeviceRequest(fields)))

    expect(order).toMatchObject({
      source: { resourceType: 'DeviceRequest', resourceId: 'd1' },
      status: 'active',
      intent: 'order',
      code: { text: 'CPAP', codings: [{ code: 'E0601' }] },
    })
  })

  it('keeps the display of a reference that cannot be resolved', () => {
    const order = toOrder(
      asServiceRequest(
        aDeviceRequest({ codeReference: { reference: 'Device/1', display: 'CPAP' } }),
      ),
    )

    expect(order.code).toEqual({ codings: [], text: 'CPAP' })
  })

  it('uses the code of the Medication that was read, and the dates and quantity of its dispense request', () => {
    const order = toOrder(
      asServiceRequest(
        aMedicationRequest({
          medicationReference: { reference: 'Medication/m1' },
          dispenseRequest: {
            validityPeriod: { start: '2026-07-01', end: '2026-12-31' },
            quantity: { value: 3 },
          },
        }),
        { resourceType: 'Medication', id: 'm1', code: { text: 'Infliximab' } },
      ),
    )

    expect(order).toMatchObject({
      code: { text: 'Infliximab' },
      occurrenceStart: '2026-07-01',
      occurrenceEnd: '2026-12-31',
      quantity: '3',
    })
  })
})

describe('whether a clinician gives a medicine', () => {
  const route = (code: string) => ({ dosageInstruction: [{ route: { coding: [{ code }] } }] })
  const words = (text: string) => ({ dosageInstruction: [{ text }] })
  it.each([
    {
      name: 'a HCPCS code',
      fields: { medicationCodeableConcept: { coding: [{ system: hcpcs, code: 'J1745' }] } },
      given: true,
    },
    {
      name: 'the same system by its identifier',
      fields: {
        medicationCodeableConcept: {
          coding: [{ system: 'urn:oid:2.16.840.1.113883.6.285', code: 'J1745' }],
        },
      },
      given: true,
    },
    { name: 'an intravenous route', fields: route('47625008'), given: true },
    { name: 'an oral route', fields: route('26643006'), given: false },
    { name: 'an infusion in words', fields: words('5 mg/kg, infuse over 2 hours'), given: true },
    { name: 'IV in words', fields: words('400 mg IV every 4 weeks'), given: true },
    { name: 'tablets', fields: words('1 tablet twice daily, give with food'), given: false },
    { name: 'nothing', fields: {}, given: false },
    {
      name: 'a category of the clinic',
      fields: { category: [{ coding: [{ code: 'outpatient' }] }] },
      given: true,
    },
    {
      name: 'a category of the community',
      fields: { category: [{ coding: [{ code: 'community' }] }] },
      given: false,
    },
  ])('by $name: $given', ({ fields, given }) => {
    expect(isGivenByClinician(asServiceRequest(aMedicationRequest(fields)))).toBe(given)
  })
})
