import { reviewStatesBefore } from '@authscript/prior-auth'
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
import { nothingAsked, withdrawWithDecision } from './information-request.ts'

/**
 * A person closes a work item: no more work is needed. A form that was approved and is not in the chart yet is withdrawn
 * when its job is leased, because its approval no longer stands.
 */
export async function closeWorkItem(
  scope: Scope,
  { workItemId, version, actor, reason }: SeenItem & { readonly reason?: string | undefined },
  { store, clock }: Pick<ReviewDependencies, 'store' | 'clock'>,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.lock(scope, workItemId)
    if (seen === undefined) return unknownItem(workItemId)
    if (seen.version !== version) return stale
    const item = await transaction.workItems.change(
      { workItemId, version, from: reviewStatesBefore('closed') },
      { ...nothingAsked, review: 'closed', closed_reason: reason ?? null },
      now,
    )
    if (item === undefined)
      return refused('not_closable', `work item ${workItemId} is closed or superseded already`)
    await transaction.history.add(
      {
        workItemId,
        version: item.version,
        actor,
        kind: 'closed',
        data: { reason: reason ?? null },
      },
      now,
    )
    await withdrawWithDecision(transaction, seen, { version: item.version, actor, now })
    transaction.workItemStatusChanged(item)
    return done
  })
}
