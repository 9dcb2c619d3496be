import type { EncounterRef } from '@authscript/prior-auth'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { Store } from '../store/store.ts'

/** Lets a visit that waits for a later try run at once; false when it does not wait. */
export async function tryNow(
  ref: EncounterRef,
  { store, queue }: { readonly store: Store; readonly queue: DurableQueue },
): Promise<boolean> {
  return store.transaction(async (transaction) => {
    const row = await transaction.encounters.find(ref)
    if (row?.processing !== 'queued' || row.next_attempt_at === null) return false
    const job = { kind: 'encounter' as const, ...ref, run: row.run }
    if (!(await queue.hasten(job, transaction.db))) return false
    await transaction.encounters.clearNextAttempt(ref)
    return true
  })
}
