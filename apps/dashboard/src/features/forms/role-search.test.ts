import type { BoxKind, FormBox, FormRoleView } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { likelyRoles, matches } from './role-search.ts'

const aRole = (role: string, label: string, kind: BoxKind = 'text'): FormRoleView => ({
  role,
  label,
  group: '',
  sentence: '',
  kinds: [kind],
  isUsual: false,
})
/** As the gateway names them. */
const roleViews = [
  aRole('payer.name', 'Payer: name'),
  aRole('payer.fax', 'Payer: fax'),
  aRole('payer.phone', 'Payer: phone'),
  aRole('review.urgentReason', 'Reason for urgency'),
  aRole('patient.name', 'Patient: full name'),
  aRole('patient.lastName', 'Patient: last name'),
  aRole('patient.firstName', 'Patient: first name'),
  aRole('patient.birthDate', 'Patient: birth date'),
  aRole('patient.birthDate.month', 'Patient: birth date, month'),
  aRole('patient.phone', 'Patient: phone'),
  aRole('coverage.memberId', 'Member ID'),
  aRole('coverage.group', 'Group number'),
  aRole('requester.npi', 'Requesting provider: NPI'),
  aRole('requester.phone', 'Requesting provider: phone'),
  aRole('servicing.npi', 'Servicing provider: NPI'),
  aRole('servicing.phone', 'Servicing provider: phone'),
  aRole('pcp.phone', 'Primary care provider: phone'),
  aRole('facility.npi', 'Facility: NPI'),
  aRole('facility.taxId', 'Facility: tax ID'),
  aRole('patient.gender', 'Patient: sex'),
  ...[1, 2, 3].flatMap((row) => [
    aRole(`service[${row}].code`, `Service ${row}: code`),
    aRole(`service[${row}].start`, `Service ${row}: from`),
    aRole(`service[${row}].end`, `Service ${row}: to`),
    aRole(`diagnosis[${row}].code`, `Diagnosis ${row}: code`),
  ]),
  aRole('patient.gender=female', 'Patient: sex: female', 'check box'),
  aRole('patient.gender=male', 'Patient: sex: male', 'check box'),
  aRole('review=standard', 'Type of review: standard', 'check box'),
  aRole('review=urgent', 'Type of review: urgent', 'check box'),
  aRole('setting=inpatient', 'Place of service: inpatient', 'check box'),
  aRole('setting=outpatient', 'Place of service: outpatient', 'check box'),
]

const aBox = (name: string, kind: BoxKind = 'text', tooltip: string | null = null): FormBox => ({
  name,
  kind,
  tooltip,
  maxLength: null,
  options: [],
  printed: '',
  places: [],
})

describe('what a box is probably for', () => {
  it.each([
    ['Insurer name', 'payer.name'],
    ['Carrier Fax', 'payer.fax'],
    ['Patient_DOB', 'patient.birthDate'],
    ['PatientLastName', 'patient.lastName'],
    ['Member ID No.', 'coverage.memberId'],
    ['Ordering Physician NPI', 'requester.npi'],
    ['Rendering provider telephone', 'servicing.phone'],
    ['PCP phone', 'pcp.phone'],
    ['CPT code, service 2', 'service[2].code'],
    ['Dx 1 code', 'diagnosis[1].code'],
    ['Service 3 start', 'service[3].start'],
    ['Facility tax ID (EIN)', 'facility.taxId'],
    ['Reason for urgency', 'review.urgentReason'],
    ['Service or Procedure, Diagnosis Code, Row 2', 'diagnosis[2].code'],
    ['Patient birth date (month)', 'patient.birthDate.month'],
  ])('%s', (name, role) => {
    expect(likelyRoles(aBox(name), roleViews).map((one) => one.role)[0]).toBe(role)
  })

  it.each([
    ['Review: non-urgent', 'review=standard'],
    ['Expedited review', 'review=urgent'],
    ['Patient gender F', 'patient.gender=female', 'Check if the gender of the patient is female'],
    ['Service: inpatient', 'setting=inpatient'],
  ])('to tick: %s', (name, role, tooltip: string | null = null) => {
    const [first] = likelyRoles(aBox(name, 'check box', tooltip), roleViews)
    expect(first?.role).toBe(role)
  })

  it.each(['Text Field 30', 'X', 'Office use', '患者'])('is not guessed for %s', (name) => {
    expect(likelyRoles(aBox(name), roleViews)).toEqual([])
  })
})

it('guesses no other row, and no part of a value, that the box does not name', () => {
  const of = (name: string) => likelyRoles(aBox(name), roleViews).map(({ role }) => role)

  expect(of('Service 2 code')).not.toContain('service[1].code')
  expect(of('Patient birth date')).not.toContain('patient.birthDate.month')
})

describe('the search of the list', () => {
  it.each([
    ['issuer name', 'payer.name'],
    ['dob', 'patient.birthDate'],
    ['gender', 'patient.gender'],
    ['rendering npi', 'servicing.npi'],
  ])('finds what payers call it: %s', (query, role) => {
    expect(roleViews.filter((one) => matches(one, query)).map((one) => one.role)).toContain(role)
  })
})
