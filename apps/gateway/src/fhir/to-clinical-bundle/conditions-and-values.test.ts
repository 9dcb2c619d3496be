import { describe, expect, it } from 'vitest'
import { toCondition, toEncounter } from './entries.ts'
import { measuredValueOf } from './fields.ts'

const of = {
  encounter: toEncounter({
    resourceType: 'Encounter',
    id: 'v1',
    period: { start: '2026-06-15T14:00:00Z', end: '2026-06-15T14:40:00Z' },
  }),
  timeZone: 'UTC',
  diagnosisIds: ['listed'],
}
const diagnosis = { category: [{ coding: [{ code: 'encounter-diagnosis' }] }] }
const problem = { category: [{ coding: [{ code: 'problem-list-item' }] }] }

describe('a condition that does not say whether it is active', () => {
  it.each([
    [{ ...diagnosis, encounter: { reference: 'Encounter/v1' } }, 'active'],
    [{ ...diagnosis, encounter: { reference: 'Encounter/v2' } }, undefined],
    [{ ...diagnosis, encounter: { reference: 'https://other.example/Encounter/v1' } }, undefined],
    [{ ...diagnosis, recordedDate: '2026-06-15T14:20:00Z' }, 'active'],
    [{ ...diagnosis, recordedDate: '2026-05-01' }, undefined],
    [{ ...diagnosis, id: 'listed' }, 'active'],
    [
      { category: [{ text: 'Encounter Diagnosis' }], encounter: { reference: 'Encounter/v1' } },
      'active',
    ],
    [
      { ...diagnosis, encounter: { reference: 'Encounter/v1' }, abatementDateTime: '2026-06-01' },
      'inactive',
    ],
    [problem, 'active'],
    [{}, 'active'],
    [{ ...problem, abatementDateTime: '2020' }, 'inactive'],
    [{ ...problem, abatementString: 'last spring' }, 'inactive'],
    [{ ...problem, abatementBoolean: true }, 'inactive'],
    [{ ...problem, abatementBoolean: false }, 'active'],
    [{ ...problem, clinicalStatus: { text: 'resolved' } }, 'resolved'],
  ])('%j is %s', (more, expected) => {
    const condition = toCondition({ resourceType: 'Condition', id: 'k', ...more }, of)

    expect(condition.clinicalStatus).toBe(expected)
  })
})

describe('a measured value', () => {
  const ucum = 'http://unitsofmeasure.org'

  it.each([
    [
      { value: 85, unit: '%', system: ucum, code: '%' },
      { value: 85, unit: '%', unitCode: '%' },
    ],
    [
      { value: 85, unit: '%', system: 'urn:local', code: '1' },
      { value: 85, unit: '%' },
    ],
    [
      { value: 85, unit: '%', system: 'urn:oid:2.16.840.1.113883.6.8', code: '%' },
      { value: 85, unit: '%', unitCode: '%' },
    ],
    [
      { value: 85, code: '%' },
      { value: 85, unitCode: '%' },
    ],
    [{ value: 85 }, { value: 85 }],
  ])('of %j keeps its unit code only if it is UCUM', (valueQuantity, expected) => {
    expect(measuredValueOf({ valueQuantity })).toEqual({ kind: 'quantity', ...expected })
  })
})
