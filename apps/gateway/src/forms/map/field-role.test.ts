import { describe, expect, it } from 'vitest'
import { isCode, knownRoles, labelOf, readRole } from './field-role.ts'

describe('reading a role', () => {
  it.each([
    { spelling: 'clinical.narrative (attached statement allowed)', label: 'Clinical narrative' },
    {
      spelling: 'attestation: signature (never set by software)',
      label: 'Signature or attestation',
    },
    { spelling: 'signature.printName', label: 'Signature or attestation' },
    { spelling: 'requester.signature', label: 'Signature or attestation' },
    { spelling: 'facility.zip', label: 'Facility zip4' },
    { spelling: 'service[2].diagnosisText', label: 'Diagnosis 2 description' },
    { spelling: 'diagnosis[2].description', label: 'Diagnosis 2 description' },
    { spelling: 'service.code', label: 'Service 1 code' },
    { spelling: 'patient.gender=female', label: 'Patient gender female' },
    { spelling: 'Review.Urgent', label: 'Urgent review' },
    { spelling: 'review=urgent', label: 'Urgent review' },
    { spelling: 'action.cardiacNuclear', label: 'Action cardiac nuclear' },
    { spelling: 'facility.zip4*', label: 'Facility zip4' },
  ])('$spelling is $label', ({ spelling, label }) => {
    const read = readRole(spelling)

    expect(read === undefined ? undefined : labelOf(read.role)).toBe(label)
    expect(read?.isEssential).toBe(spelling.includes('*'))
  })

  it.each([
    '',
    'patient',
    'patient.shoeSize',
    'service[0].code',
    'service[1].colour',
    'gender=male',
  ])('does not know "%s"', (spelling) => {
    expect(readRole(spelling)).toBeUndefined()
  })

  it('parses every role that it lists as known', () => {
    for (const role of knownRoles) expect(readRole(role), role).toBeDefined()
  })

  it('recognizes the roles of codes', () => {
    const codes = knownRoles.filter((role) => {
      const read = readRole(role)
      return read !== undefined && isCode(read.role)
    })

    expect(codes).toEqual([
      'service[1].code',
      'service[1].diagnosisCode',
      'service.procedures',
      'service.diagnosisCodes',
      'diagnosis[1].code',
    ])
  })
})
