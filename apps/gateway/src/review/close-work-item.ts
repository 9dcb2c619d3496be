import type { Clock } from '../clock.ts'
import type { Scope } from '../store/scope.ts'
import type { Store } from '../store/store.ts'

export interface Closing {
  readonly workItemId: string
  /** What the person saw; closing anything else is refused. */
  readonly version: number
}

export type ClosingOutcome =
  | 'closed'
  | 'unknown'
  /** It has changed since the person looked. */
  | 'stale'
  /** It is closed or superseded already. */
  | 'not_closable'

/**
 * A person closes a work item: no more work is needed. A form that was approved and is not in the chart yet is withdrawn
 * when its job is leased, because its approval no longer stands.
 */
export async function closeWorkItem(
  scope: Scope,
  { workItemId, version }: Closing,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<ClosingOutcome> {
  return store.transaction('Review', async (transaction) => {
    const seen = await transaction.workItems.find(scope, workItemId)
    if (seen === undefined) return 'unknown'
    if (seen.version !== version) return 'stale'
    const item = await transaction.workItems.review(workItemId, version, 'closed', clock.now())
    if (item === undefined) return 'not_closable'
    transaction.workItemStatusChanged(item)
    return 'closed'
  })
}
