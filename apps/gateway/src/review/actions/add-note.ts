import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  done,
  type ReviewDependencies,
  unknownItem,
} from '../change-outcome.ts'

/** A person's note, as a line of the history. The work item stays as it is, so nobody who looks at it is disturbed. */
export async function addNote(
  scope: Scope,
  {
    workItemId,
    actor,
    text,
  }: { readonly workItemId: string; readonly actor: string; readonly text: string },
  { store, clock }: Pick<ReviewDependencies, 'store' | 'clock'>,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const item = await transaction.workItems.lock(scope, workItemId)
    if (item === undefined) return unknownItem(workItemId)
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'note', data: { text } },
      clock.now(),
    )
    transaction.workItemStatusChanged(item)
    return done
  })
}
