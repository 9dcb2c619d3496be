import { draftedStates } from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  done,
  refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  unknownItem,
} from '../change-outcome.ts'

/** Hands a draft over to the clinician who is to sign it: somebody who may approve orders of its practice. */
export async function handOverWorkItem(
  scope: Scope,
  {
    workItemId,
    version,
    actor,
    owner,
    ownerPracticeIds,
  }: SeenItem & {
    readonly owner: string
    /** The practices in which the new owner is a clinician. */
    readonly ownerPracticeIds: ReadonlySet<string>
  },
  { store, clock }: Pick<ReviewDependencies, 'store' | 'clock'>,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.lock(scope, workItemId)
    if (seen === undefined) return unknownItem(workItemId)
    if (seen.version !== version) return stale
    if (!ownerPracticeIds.has(seen.practice_id))
      return refused(
        'owner_unknown',
        'nobody with this name may approve orders of this practice; choose a clinician',
      )
    const item = await transaction.workItems.change(
      { workItemId, version, from: draftedStates },
      { owner, handed_over_at: now },
      now,
    )
    if (item === undefined)
      return refused('not_drafted', 'this order is not a draft; there is nothing to sign')
    const data = { owner, previous: seen.owner }
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'handed_over', data },
      now,
    )
    transaction.workItemStatusChanged(item)
    return done
  })
}
