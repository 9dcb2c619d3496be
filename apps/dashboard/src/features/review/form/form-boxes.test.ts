import { formChoices, formField, formRoles } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import {
  boxOf,
  fieldOfBox,
  questionOfBox,
  rowOfQuestion,
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

  it('is found by what the form says that a box is for, whatever its name', () => {
    const purposes = {
      'Text Field 30': 'values.facility.name',
      Check7: 'choices.review',
      Q1: 'criteria.1',
      'Q1 answer': 'criteria.1',
      Q2: 'criteria.2',
      constructor: 'services.1.start',
    }

    expect(fieldOfBox(purposes, 'Text Field 30')).toBe('values.facility.name')
    expect(fieldOfBox(purposes, 'Check7')).toBe('choices.review')
    expect(fieldOfBox(purposes, 'constructor')).toBe('services.1.start')
    expect(fieldOfBox(purposes, 'Q1')).toBeUndefined()
    expect(fieldOfBox(purposes, 'facility.name')).toBeUndefined()
    expect(questionOfBox(purposes, 'Q1 answer')).toBe(1)
    expect(questionOfBox(purposes, 'Check7')).toBeUndefined()
    // The last row says where the further questions are.
    expect(rowOfQuestion(purposes, 5)).toBe(2)
    expect(rowOfQuestion({}, 5)).toBe(1)
  })

  it('shows American dates as date inputs want them, and back', () => {
    const date = boxOf('services.0.start')
    if (date === undefined) throw new Error('no box')

    expect(toInputValue(date, '12/08/2026')).toBe('2026-12-08')
    expect(toFormValue(date, '2026-12-08')).toBe('12/08/2026')
    expect(toInputValue(date, 'soon')).toBe('soon')
  })
})
