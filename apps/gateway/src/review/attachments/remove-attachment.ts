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

/** Removes a file from a draft. An approved order keeps its files. */
export async function removeAttachment(
  scope: Scope,
  { workItemId, version, actor, attachmentId }: SeenItem & { readonly attachmentId: string },
  { store, clock }: Pick<ReviewDependencies, 'store' | 'clock'>,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.lock(scope, workItemId)
    if (seen === undefined) return unknownItem(workItemId)
    const attached = await transaction.attachments.list(workItemId)
    const attachment = attached.find((one) => one.attachment_id === attachmentId)
    if (attachment === undefined)
      return { outcome: 'unknown', what: `attachment ${attachmentId} of work item ${workItemId}` }
    if (seen.version !== version) return stale
    const item = await transaction.workItems.change(
      { workItemId, version, from: draftedStates },
      {},
      now,
    )
    if (item === undefined)
      return refused('not_drafted', 'this order is not a draft; its files stay as they are')
    await transaction.attachments.remove(workItemId, attachmentId)
    const data = { name: attachment.name }
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'attachment_removed', data },
      now,
    )
    transaction.workItemStatusChanged(item)
    return done
  })
}
