import type { EncounterListRow } from '../store/encounters.ts'
import type { Scope } from '../store/scope.ts'
import type { Store } from '../store/store.ts'
import { HttpProblem, notFound } from './problem.ts'

/**
 * The encounter that a path names. Ids are a practice's own, so two practices of the caller may use the same.
 *
 * @throws {HttpProblem} 404 it is not known to this caller, 409 the practice must be named
 */
export async function soleEncounter(
  store: Pick<Store, 'encounters'>,
  scope: Scope,
  encounterId: string,
  practiceId: string | undefined,
): Promise<EncounterListRow> {
  const rows = await store.encounters.findInScope(scope, encounterId)
  const [row, another] = rows.filter(
    (one) => practiceId === undefined || one.practice_id === practiceId,
  )
  if (row === undefined) throw notFound(`encounter ${encounterId}`)
  if (another !== undefined)
    throw new HttpProblem(
      409,
      'practice_needed',
      `encounter ${encounterId} is known in several practices; add ?practiceId=`,
    )
  return row
}
