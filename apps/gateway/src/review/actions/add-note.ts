import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  done,
  refused,
  type ReviewDependencies,
  unknownItem,
} from '../change-outcome.ts'
import { findUnassignable, type Owner, ownerUnknown } from '../owner-check.ts'

/**
 * Adds a person's note as a line of the history. The work item's version stays the same, so that it does not interfere with anybody's work
 * on it. People whom it mentions find the order among their own until they have read it.
 */
export async function addNote(
  scope: Scope,
  {
    workItemId,
    actor,
    text,
    mentioned,
  }: {
    readonly workItemId: string
    readonly actor: string
    readonly text: string
    readonly mentioned: readonly Owner[]
  },
  { store, clock }: Pick<ReviewDependencies, 'store' | 'clock'>,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const item = await transaction.workItems.lock(scope, workItemId)
    if (item === undefined) return unknownItem(workItemId)
    for (const person of mentioned) {
      const unassignable = await findUnassignable(person, [item], transaction)
      if (unassignable !== undefined)
        return refused('owner_unknown', ownerUnknown(unassignable.practice_id))
    }
    const labels = mentioned.map(({ label }) => label)
    await transaction.mentions.add(
      workItemId,
      labels.filter((label) => label !== actor),
      actor,
      now,
    )
    const data = { text, ...(labels.length === 0 ? {} : { mentioned: labels.join('\n') }) }
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'note', data },
      now,
    )
    transaction.workItemStatusChanged(item)
    return done
  })
}
