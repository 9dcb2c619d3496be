import type { EncounterRef } from '@authscript/prior-auth'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { Store } from '../store/store.ts'
import type { WriteBackKey } from '../store/write-backs.ts'

/** Sends a write-back that failed for good through again; false when another hand was first. */
export async function redriveWriteBack(
  ref: EncounterRef,
  key: WriteBackKey & { readonly run: number },
  { store, queue }: { readonly store: Store; readonly queue: DurableQueue },
): Promise<boolean> {
  return store.transaction(async (transaction) => {
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
    const { workItemId, version } = key
    await queue.enqueue({ kind: 'write_back', ...ref, workItemId, version, run }, transaction.db)
    return true
  })
}
