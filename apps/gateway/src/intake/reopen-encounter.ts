import type { EncounterRef } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'

/**
 * A signed encounter was re-opened: its drafts are superseded, and so are approved orders whose forms are not in the chart yet. What is in
 * the chart (`submitted`) is left to people.
 */
export async function reopenEncounter(
  ref: EncounterRef,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<void> {
  await store.transaction('EncounterPoller', async (transaction) => {
    for (const item of await transaction.workItems.supersede(ref, [], clock.now()))
      transaction.workItemStatusChanged(item)
    transaction.emit(ref, 'EncounterReopened', {})
  })
}
