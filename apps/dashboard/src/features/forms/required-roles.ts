import type { FormRoleView, MappedBox } from '@authscript/prior-auth'

/** A role as written in a map, without its marks. */
export const plainRole = (role: string): string => role.replaceAll('*', '').trim()

/** Whether the payer returns the form if the box is empty. */
export const isStarred = (role: string): boolean => role.includes('*')

/** Roles that say the same as another one, alone or together. */
const instead: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'patient.name': [['patient.firstName', 'patient.lastName']],
  'requester.name': [['requester.organization']],
  'requester.npi': [['requester.organizationNpi']],
  'service[1].code': [['service.procedures'], ['service.code']],
  'diagnosis[1].code': [
    ['service.diagnosisCodes'],
    ['service[1].diagnosisCode'],
    ['service.diagnosisCode'],
  ],
}

/** The parts that say a value together. */
const wholes: readonly (readonly string[])[] = [
  ['character'],
  ['month', 'day', 'year'],
  ['area', 'prefix', 'line'],
  ['zip5'],
]

/** The roles that the rules of the form, or payers in general, require and that no box has yet. */
export function rolesWithoutBox(
  roles: readonly FormRoleView[],
  required: readonly string[],
  boxes: readonly MappedBox[],
): readonly FormRoleView[] {
  const placed = new Set(boxes.map(({ role }) => (role === null ? '' : plainRole(role))))
  const isPlaced = (role: string) =>
    placed.has(role) ||
    wholes.some((parts) => parts.every((part) => placed.has(`${role}.${part}`))) ||
    (role === 'attestation' && [...placed].some((one) => /^(attestation|signature)/.test(one))) ||
    (instead[role] ?? []).some((together) => together.every((one) => placed.has(one)))
  const wanted = new Set(required.map(plainRole))
  return roles.filter(({ role, isUsual }) => (isUsual || wanted.has(role)) && !isPlaced(role))
}
