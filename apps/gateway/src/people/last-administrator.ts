import type { Role } from '@authscript/prior-auth'
import type { PersonRow } from '../store/people.ts'

export interface PersonGrant {
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
}

/** The rights of a disabled person. */
export const nothingGranted: PersonGrant = { roles: [], practiceIds: [] }

/**
 * A practice that would have no administrator once `person` has only the rights in `after`; undefined when each keeps one.
 * `administrators` are all enabled ones.
 */
export function practiceLeftAlone(
  person: PersonRow,
  after: PersonGrant,
  administrators: readonly PersonRow[],
): string | undefined {
  if (!administrators.some((one) => one.person_id === person.person_id)) return undefined
  const others = administrators.filter((one) => one.person_id !== person.person_id)
  const kept = new Set([
    ...(after.roles.includes('administrator') ? after.practiceIds : []),
    ...others.flatMap((one) => one.practice_ids),
  ])
  return person.practice_ids.find((practiceId) => !kept.has(practiceId))
}
