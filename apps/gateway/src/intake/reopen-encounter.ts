import { correlationIdOf, type EncounterRef } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'

/**
 * A signed encounter was opened again: what was drafted from it no longer stands, nor what a person approved of that and is not in the
 * chart yet. What is in the chart (`submitted`) is left to people.
 */
export async function reopenEncounter(
  ref: EncounterRef,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<void> {
  await store.transaction(async (transaction) => {
    const now = clock.now()
    const envelope = {
      practiceId: ref.practiceId,
      correlationId: correlationIdOf(ref.encounterId),
      timestamp: now.toISOString(),
      source: 'EncounterPoller',
    }
    for (const item of await transaction.workItems.supersede(ref, [], now)) {
      transaction.emit({
        ...envelope,
        eventType: 'WORK_ITEM_STATUS_CHANGED',
        data: {
          transactionId: item.transaction_id,
          encounterId: ref.encounterId,
          patientId: ref.patientId,
          workItemId: item.work_item_id,
          newStatus: 'superseded',
          serviceRequestId: item.service_request_id,
        },
      })
    }
    transaction.emit({
      ...envelope,
      eventType: 'EncounterReopened',
      data: { encounterId: ref.encounterId, patientId: ref.patientId },
    })
  })
}
