import type { EncounterRef } from '@authscript/prior-auth'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { EncounterJob } from '../pipeline/encounter-job.ts'
import type { Store } from '../store/store.ts'

/** Makes an encounter due at once that waits for a durable retry; false when it does not wait. */
export async function runNow(
  ref: EncounterRef,
  { store, queue }: { readonly store: Store; readonly queue: DurableQueue },
): Promise<boolean> {
  return store.transaction('Operator', async (transaction) => {
    const row = await transaction.encounters.find(ref)
    if (row?.processing !== 'queued' || row.next_attempt_at === null) return false
    const job: EncounterJob = { kind: 'encounter', ...ref, run: row.run }
    if (!(await queue.runNow(job, transaction.db))) return false
    await transaction.encounters.clearNextAttempt(ref)
    transaction.acted({ subjects: [ref] })
    return true
  })
}
