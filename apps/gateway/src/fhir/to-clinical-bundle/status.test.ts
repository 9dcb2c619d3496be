import { describe, expect, it } from 'vitest'
import { clinicalStatusOf, statusAt, verificationStatusOf } from './status.ts'

const clinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical'
const concept = (...codes: readonly string[]) => ({
  coding: codes.map((code) => ({ system: clinical, code })),
})

describe('a status', () => {
  it.each([
    ['completed', 'completed'],
    ['Completed', 'completed'],
    [' ENTERED IN ERROR ', 'entered-in-error'],
    ['entered_in_error', 'entered-in-error'],
    ['canceled', 'cancelled'],
    ['In Progress', 'in-progress'],
    [concept('active', 'cancelled'), 'cancelled'],
    [concept('completed', 'not-done'), 'not-done'],
    [{ text: 'On Hold' }, 'on-hold'],
    [{ coding: [{ display: 'Active' }] }, 'active'],
    ['something-local', 'something-local'],
    [undefined, undefined],
    [7, undefined],
  ])('%j is %s', (status, expected) => {
    expect(statusAt({ resourceType: 'Procedure', status }, 'status')).toBe(expected)
  })
})

describe('the clinical status of a condition', () => {
  it.each([
    [concept('active'), 'active'],
    [concept('relapse'), 'active'],
    [concept('recurrence'), 'active'],
    [concept('relapse', 'active'), 'active'],
    [concept('remission'), 'remission'],
    [concept('inactive'), 'inactive'],
    [concept('resolved', 'inactive'), 'resolved'],
    [concept('active', 'resolved'), 'unknown'],
    [concept('unheard-of'), 'unknown'],
    [{ text: ' Active ' }, 'active'],
    [{ text: 'In Remission' }, 'remission'],
    ['active', 'active'],
    [
      {
        coding: [
          { system: 'urn:local', code: 'A' },
          { system: clinical, code: 'resolved' },
        ],
      },
      'resolved',
    ],
    [
      {
        coding: [
          { system: 'urn:local', code: 'active' },
          { system: clinical, code: 'inactive' },
        ],
      },
      'inactive',
    ],
    [
      { coding: [{ system: 'http://hl7.org/fhir/condition-clinical', code: 'recurrence' }] },
      'active',
    ],
    [{ coding: [{ system: 'http://snomed.info/sct', code: '55561003' }] }, 'active'],
    [{ coding: [{ system: 'urn:oid:2.16.840.1.113883.6.96', code: '413322009' }] }, 'resolved'],
    [undefined, undefined],
    [{}, undefined],
  ])('%j is %s', (clinicalStatus, expected) => {
    expect(clinicalStatusOf({ resourceType: 'Condition', clinicalStatus })).toBe(expected)
  })
})

describe('the verification status of a condition', () => {
  it.each([
    [concept('confirmed'), 'confirmed'],
    [concept('confirmed', 'refuted'), 'refuted'],
    [concept('refuted', 'confirmed'), 'refuted'],
    [concept('confirmed', 'entered-in-error'), 'entered-in-error'],
    [concept('confirmed', 'differential'), 'differential'],
    [{ coding: [{ code: 'local' }], text: 'Refuted' }, 'refuted'],
    [{ text: 'entered in error' }, 'entered-in-error'],
    [{ text: 'Provisional' }, 'provisional'],
    [{ text: 'Rule out, perhaps' }, 'unknown'],
    ['unconfirmed', 'unconfirmed'],
    [undefined, undefined],
  ])('%j is %s', (verificationStatus, expected) => {
    expect(verificationStatusOf({ resourceType: 'Condition', verificationStatus })).toBe(expected)
  })
})
