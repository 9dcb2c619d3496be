import type { FormRoleView, MappedBox } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { rolesWithoutBox } from './required-roles.ts'

const aRole = (role: string, isUsual: boolean): FormRoleView => ({
  role,
  label: role,
  group: '',
  sentence: '',
  kinds: ['text'],
  isUsual,
})
const roles = [
  aRole('patient.name', true),
  aRole('diagnosis[1].code', true),
  aRole('attestation', true),
  aRole('facility.name', false),
]
const missing = (placed: readonly (string | null)[], required: readonly string[] = []) =>
  rolesWithoutBox(
    roles,
    required,
    placed.map((role): MappedBox => ({ name: String(role), role })),
  ).map(({ role }) => role)

describe('roles without a box', () => {
  it('are those that payers want as a rule, and those of the rules', () => {
    expect(missing([null])).toEqual(['patient.name', 'diagnosis[1].code', 'attestation'])
    expect(missing(['patient.name*', 'diagnosis[1].code', 'attestation'])).toEqual([])
    expect(missing(['patient.name', 'attestation'], ['facility.name*'])).toEqual([
      'diagnosis[1].code',
      'facility.name',
    ])
  })

  it('may be said by a row of boxes, if all of its parts are there', () => {
    const dated = [aRole('patient.birthDate', true)]
    const without = (...placed: string[]) =>
      rolesWithoutBox(
        dated,
        [],
        placed.map((role): MappedBox => ({ name: role, role })),
      ).length

    expect(without('patient.birthDate.character*')).toBe(0)
    expect(without('patient.birthDate.month', 'patient.birthDate.year')).toBe(1)
    expect(
      without('patient.birthDate.month', 'patient.birthDate.day', 'patient.birthDate.year'),
    ).toBe(0)
  })

  it('may be said by other boxes, together', () => {
    expect(missing(['patient.firstName', 'service.diagnosisCodes', 'signature.provider'])).toEqual([
      'patient.name',
    ])
    expect(
      missing(['patient.firstName', 'patient.lastName', 'service.diagnosisCodes', 'attestation']),
    ).toEqual([])
  })
})
