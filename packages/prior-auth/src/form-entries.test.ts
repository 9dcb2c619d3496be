import { describe, expect, it } from 'vitest'
import type { FormContent } from './form-content.ts'
import { formEntriesRequest, formField, withFormEntries } from './review-api.ts'

const content: FormContent = {
  subject: { practiceId: 'p', patientId: 'x', serviceRequestId: 'o', name: 'Ann Bell' },
  values: { 'patient.name': 'Ann Bell', 'patient.phone': '1' },
  choices: {},
  services: [{ code: '72148' }],
  diagnoses: [],
  requesterIs: { servicing: false, pcp: false },
  criteria: [],
}

describe('the boxes that people may fill', () => {
  it.each(['values.facility.name', 'choices.review', 'services.0.quantity', 'services.11.code'])(
    'include %s',
    (field) => {
      expect(formField.safeParse(field).success).toBe(true)
    },
  )

  it.each([
    'values.signature',
    'choices.attested',
    'choices.toString',
    'services.12.code',
    'services.0.signature',
    'services.0',
    'services.0.code.more',
    'subject.name',
    'values',
    '',
  ])('do not include %j', (field) => {
    expect(formField.safeParse(field).success).toBe(false)
  })
})

describe('what people type into a form', () => {
  it('replaces what the chart says, with American dates', () => {
    const { values, choices, services } = withFormEntries(content, {
      'values.patient.phone': '2',
      'choices.review': 'urgent',
      'services.0.start': '2026-12-08',
    })

    expect(values).toEqual({ 'patient.name': 'Ann Bell', 'patient.phone': '2' })
    expect(choices).toEqual({ review: 'urgent' })
    expect(services).toEqual([{ code: '72148', start: '12/08/2026' }])
  })

  it('keeps what nobody typed, also of a row of which a part was typed, and changes nothing of the chart', () => {
    const typed = withFormEntries(content, { 'services.0.quantity': '2' })

    expect(typed).toEqual({ ...content, services: [{ code: '72148', quantity: '2' }] })
    expect(content.services).toEqual([{ code: '72148' }])
  })

  it('may not be a choice that the form does not offer', () => {
    expect(() => withFormEntries(content, { 'choices.review': 'now' })).toThrow('review')
  })

  it('adds rows without a gap, in their order', () => {
    const { services } = withFormEntries(content, {
      'services.7.code': '72158',
      'services.3.code': '72156',
      'services.3.quantity': '2',
    })

    expect(services).toEqual([
      { code: '72148' },
      { code: '72156', quantity: '2' },
      { code: '72158' },
    ])
  })

  it('says who the patient is only where the chart does not', () => {
    const typed = withFormEntries(content, {
      'values.patient.name': 'Bea Coe',
      'values.patient.birthDate': '1957-08-30',
      'values.coverage.memberId': 'M-1',
    })

    expect(typed.values).toMatchObject({
      'patient.name': 'Ann Bell',
      'patient.birthDate': '08/30/1957',
      'coverage.memberId': 'M-1',
    })
    expect(typed.subject).toEqual({
      ...content.subject,
      birthDate: '08/30/1957',
      memberId: 'M-1',
    })
  })

  const requests: readonly { entries: Record<string, string | null>; isAccepted: boolean }[] = [
    { entries: { 'choices.review': 'urgent', 'values.patient.phone': null }, isAccepted: true },
    { entries: { 'choices.review': 'at once' }, isAccepted: false },
    { entries: { 'services.12.code': '1' }, isAccepted: false },
    { entries: { 'services.0.signature': '1' }, isAccepted: false },
    { entries: { 'values.attestation.signature': 'A' }, isAccepted: false },
    { entries: { constructor: 'A' }, isAccepted: false },
    { entries: { 'choices.constructor': 'A' }, isAccepted: false },
  ]
  it.each(requests)('is accepted for boxes only: $entries', ({ entries, isAccepted }) => {
    expect(formEntriesRequest.safeParse({ entries }).success).toBe(isAccepted)
  })
})
