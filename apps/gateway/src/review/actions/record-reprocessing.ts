import type { EncounterRef } from '@authscript/prior-auth'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store/store.ts'

/** Records the reprocessing in the history of the encounter's orders. What people decided is not changed. */
export async function recordReprocessing(
  { practiceId, encounterId }: EncounterRef,
  actor: string,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<void> {
  const items = await store.workItems.list(
    { practiceIds: [practiceId] },
    { review: undefined, encounterId },
    { after: undefined, limit: 200 },
  )
  await store.history.addAll(
    items.map((item) => ({
      workItemId: item.work_item_id,
      version: item.version,
      actor,
      kind: 'reprocessed',
      data: { review: item.review },
    })),
    clock.now(),
  )
}
