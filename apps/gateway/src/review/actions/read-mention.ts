import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  done,
  type ReviewDependencies,
  unknownItem,
} from '../change-outcome.ts'

/** Records that somebody whom a note mentions has read the notes. The work item is not changed. */
export async function readMention(
  scope: Scope,
  { workItemId, actor }: { readonly workItemId: string; readonly actor: string },
  { store, clock }: Pick<ReviewDependencies, 'store' | 'clock'>,
): Promise<ChangeOutcome> {
  const item = await store.workItems.find(scope, workItemId)
  if (item === undefined) return unknownItem(workItemId)
  await store.mentions.markRead(workItemId, actor, clock.now())
  return done
}
