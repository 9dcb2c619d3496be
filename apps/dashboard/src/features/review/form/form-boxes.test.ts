import { formChoices, formField, formRoles } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import {
  boxOf,
  fieldOfWidget,
  questionOfWidget,
  shownValue,
  toFormValue,
  toInputValue,
} from './form-boxes.ts'

describe('a box of the form', () => {
  it('has a label and an input for every field that a person may type', () => {
    const fields = [
      ...formRoles.map((role) => `values.${role}`),
      ...Object.keys(formChoices).map((choice) => `choices.${choice}`),
      'services.0.quantity',
    ]

    for (const field of fields) {
      expect(formField.safeParse(field).success, field).toBe(true)
      expect(boxOf(field)?.label, field).toMatch(/^[A-Z]/)
    }
    expect(boxOf('values.attestation')).toBeUndefined()
  })

  it.each([
    ['values.facility.name', 'Facility name', 'text'],
    ['values.requester.npi', 'Requesting provider NPI', 'text'],
    ['values.patient.zip4', 'Patient ZIP code', 'text'],
    ['values.payer.fax', 'Payer fax', 'phone'],
    ['values.patient.birthDate', 'Patient birth date', 'date'],
    ['values.clinical.narrative', 'Clinical narrative', 'long'],
    ['choices.review', 'Review type', 'choice'],
    ['services.0.start', 'Service start date', 'date'],
    ['services.1.quantity', 'Service 2 quantity', 'number'],
  ])('%s is "%s", a %s', (field, label, input) => {
    expect(boxOf(field)).toMatchObject({ label, input })
  })

  it('offers options in words', () => {
    const setting = boxOf('choices.setting')

    expect(setting?.options).toContainEqual({ value: 'daySurgery', label: 'Day surgery' })
    expect(boxOf('choices.action')?.options).toContainEqual({ value: 'mri', label: 'MRI' })
    expect(setting && shownValue(setting, 'daySurgery')).toBe('Day surgery')
  })

  it('is found by the name of its widget, where the form names widgets by role', () => {
    expect(fieldOfWidget('facility.name')).toBe('values.facility.name')
    expect(fieldOfWidget('service[2].start')).toBe('services.1.start')
    expect(fieldOfWidget('service[1].diagnosisCode')).toBe('diagnoses.0.code')
    expect(fieldOfWidget('diagnosis[2].description')).toBe('diagnoses.1.description')
    expect(fieldOfWidget('service[1].other')).toBeUndefined()
    expect(fieldOfWidget('review.urgent')).toBe('choices.review')
    expect(fieldOfWidget('patient.gender')).toBe('choices.patient.gender')
    expect(fieldOfWidget('Text Field 30')).toBeUndefined()
    expect(questionOfWidget('criterion[3].answer')).toBe(3)
    expect(questionOfWidget('facility.name')).toBeUndefined()
  })

  it('shows American dates as date inputs want them, and back', () => {
    const date = boxOf('services.0.start')
    if (date === undefined) throw new Error('no box')

    expect(toInputValue(date, '12/08/2026')).toBe('2026-12-08')
    expect(toFormValue(date, '2026-12-08')).toBe('12/08/2026')
    expect(toInputValue(date, 'soon')).toBe('soon')
  })
})
