import type { FormRoleView, MappedBox } from '@authscript/prior-auth'
import { plainRole } from './required-roles.ts'

/** What the boxes of a form are for, as rules name it: each once, with the values of choices, without signatures. */
export function usedRoles(
  roles: readonly FormRoleView[],
  boxes: readonly MappedBox[],
): readonly FormRoleView[] {
  const placed = new Set(boxes.flatMap(({ role }) => (role === null ? [] : [plainRole(role)])))
  const isWhole = (role: string) =>
    [...placed].some((one) => one === role || one.startsWith(`${role}.`))
  const isValue = (role: string) => placed.has(role.split('=')[0] ?? '')
  return roles.filter(
    ({ role }) =>
      !/^(attestation|signature)/.test(role) &&
      !/\.(character|month|day|year|area|prefix|line|zip5|plus4)$/.test(role) &&
      (isWhole(role) || (role.includes('=') && isValue(role))),
  )
}
