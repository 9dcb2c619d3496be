import type { FormRoleView } from '@authscript/prior-auth'
import { expect, it } from 'vitest'
import { usedRoles } from './used-roles.ts'

const roles = [
  'attestation',
  'patient.birthDate',
  'patient.birthDate.month',
  'facility.npi',
  'review',
  'review=urgent',
  'setting=office',
].map(
  (role): FormRoleView => ({
    role,
    label: role,
    group: '',
    sentence: '',
    kinds: [],
    isUsual: false,
  }),
)

it('names what the boxes are for as rules do: whole values, and each value of a choice', () => {
  const boxes = [
    { name: 'a', role: 'attestation' },
    { name: 'b', role: 'patient.birthDate.month*' },
    { name: 'c', role: 'review*' },
    { name: 'd', role: null },
  ]

  expect(usedRoles(roles, boxes).map(({ role }) => role)).toEqual([
    'patient.birthDate',
    'review',
    'review=urgent',
  ])
})
