import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../client/parse-resource.ts'
import { isBefore } from './resource-date.ts'
import { screen } from './screening.ts'

const aCondition = (fields: JsonObject = {}): JsonObject => ({
  resourceType: 'Condition',
  id: 'c1',
  subject: { reference: 'Patient/p1' },
  ...fields,
})
const anOutcome = (severity: string, code: string, text = 'a diagnostic'): JsonObject => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code, diagnostics: text }],
})

describe('screening of search results', () => {
  it.each([
    { severity: 'fatal', code: 'exception', isWhole: false },
    { severity: 'error', code: 'not-supported', isWhole: false },
    { severity: 'warning', code: 'incomplete', isWhole: false },
    { severity: 'warning', code: 'too-costly', isWhole: false },
    { severity: 'warning', code: 'throttled', isWhole: false },
    { severity: 'warning', code: 'suppressed', isWhole: false },
    { severity: 'information', code: 'suppressed', isWhole: false },
    { severity: 'warning', code: 'forbidden', isWhole: false },
    { severity: 'warning', code: 'not-supported', isWhole: true },
    { severity: 'warning', code: 'invalid', isWhole: true },
    { severity: 'warning', code: 'value', isWhole: true },
    { severity: 'warning', code: 'processing', isWhole: true },
    { severity: 'information', code: 'informational', isWhole: true },
    { severity: 'information', code: 'not-found', isWhole: true },
  ])('is whole: $isWhole, with an outcome of $severity $code', ({ severity, code, isWhole }) => {
    const { kept, warning } = screen([aCondition(), anOutcome(severity, code)], 'Condition', 'p1')

    expect(kept).toHaveLength(1)
    expect(warning === undefined).toBe(isWhole)
  })

  it.each([
    { name: 'identifier', subject: { identifier: { value: 'mrn-1' } } },
    { name: 'display', subject: { display: 'somebody' } },
    { name: 'contained resource', subject: { reference: '#p' } },
  ])(
    'drops a resource that names its patient by $name, and counts it as unresolved',
    ({ subject }) => {
      const screened = screen([aCondition({ subject })], 'Condition', 'p1')

      expect(screened).toMatchObject({ kept: [], unresolvedCount: 1, otherPatientCount: 0 })
    },
  )

  it('counts a resource that several searches returned once', () => {
    const ofOtherPatient = aCondition({ id: 'c2', subject: { reference: 'Patient/p2' } })

    const screened = screen(
      [aCondition(), aCondition(), ofOtherPatient, ofOtherPatient],
      'Condition',
      'p1',
    )

    expect(screened.kept).toHaveLength(1)
    expect(screened.otherPatientCount).toBe(1)
  })
})

describe('whether a resource is dated before the look-back', () => {
  it.each([
    { fields: {}, before: false },
    { fields: { performedDateTime: '2024-06-14' }, before: true },
    { fields: { performedDateTime: '2024-06-15' }, before: false },
    { fields: { performedDateTime: '2024' }, before: false },
    { fields: { performedDateTime: '2023' }, before: true },
    { fields: { performedDateTime: '2024-06' }, before: false },
    { fields: { performedPeriod: { start: '2020-01-01', end: '2025-01-01' } }, before: false },
    { fields: { effectiveDateTime: 'yesterday' }, before: false },
    { fields: { authoredOn: '2020-01-01T00:00:00Z' }, before: true },
    { fields: { date: '2020-01-01', context: { period: { start: '2025-01-01' } } }, before: false },
  ])('$fields: $before', ({ fields, before }) => {
    expect(isBefore({ resourceType: 'Procedure', id: 'x', ...fields }, '2024-06-15')).toBe(before)
  })
})
