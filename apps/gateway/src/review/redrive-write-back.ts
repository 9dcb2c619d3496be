import type { EncounterRef } from '@authscript/prior-auth'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import type { WriteBackKey } from '../store/write-backs.ts'
import { toWriteBackJob } from './write-back-job.ts'

/** Runs a write-back again that failed after its last retry; false when it was already changed by someone else. */
export async function redriveWriteBack(
  ref: EncounterRef,
  key: WriteBackKey & { readonly run: number },
  { store, queue }: { readonly store: Store; readonly queue: DurableQueue },
  /** Written in the same transaction. */
  alongside?: (transaction: StoreTransaction) => Promise<void>,
): Promise<boolean> {
  return store.transaction('Operator', async (transaction) => {
    const run = key.run + 1
    const row = await transaction.writeBacks.transition(
      key,
      'queued',
      {
        run,
        attempt_count: 0,
        retry_count: 0,
        next_attempt_at: null,
        error_code: null,
        error_reason: null,
        finished_at: null,
      },
      key.run,
    )
    if (row?.run !== run) return false
    await queue.enqueue(toWriteBackJob(ref, { ...key, run }), transaction.db)
    await alongside?.(transaction)
    transaction.acted({ subjects: [{ ...ref, workItemId: key.workItemId }] })
    return true
  })
}
