import { type Role, role } from '@authscript/prior-auth'
import { nearestName } from '../config/nearest-name.ts'
import { UsageError } from './command.ts'

export const roleNames: readonly string[] = role.options

/** @throws {UsageError} with the nearest name */
export function parseRoles(names: readonly string[]): readonly Role[] {
  return names.map((name) => {
    const known = role.options.find((one) => one === name)
    if (known !== undefined) return known
    const nearest = nearestName(name, roleNames)
    throw new UsageError(
      `unknown role "${name}" (${nearest === undefined ? `one of ${roleNames.join(', ')}` : `did you mean "${nearest}"?`})`,
    )
  })
}
