import type { EncounterRef } from '@authscript/prior-auth'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { EncounterJob } from '../pipeline/encounter-job.ts'
import type { Store, StoreTransaction } from '../store/store.ts'

export type Admission = 'admitted' | 'admitted_again' | 'known'

export interface AdmitDependencies {
  readonly store: Store
  readonly queue: DurableQueue
}

/**
 * Takes a signed encounter in: row, durable job and event in one transaction. From here it cannot be lost. One that is known already is not
 * changed, unless `again` is set: it was re-opened and signed again, or a person asked for another run.
 */
export async function admitEncounter(
  ref: EncounterRef,
  {
    again,
    source,
    alongside,
  }: {
    readonly again: boolean
    readonly source: string
    /** Written with another run, in its transaction. */
    readonly alongside?: ((transaction: StoreTransaction) => Promise<void>) | undefined
  },
  { store, queue }: AdmitDependencies,
): Promise<Admission> {
  const job: EncounterJob = { kind: 'encounter', ...ref, run: 1 }
  if (await store.admit(source, ref, await queue.toQueuedJob(job))) return 'admitted'
  if (!again) return 'known'
  return store.transaction(source, async (transaction) => {
    const row = await transaction.encounters.transition(ref, 'queued', {
      newRun: true,
      attempt_count: 0,
      retry_count: 0,
      worker_deaths: 0,
      next_attempt_at: null,
      error_code: null,
      error_reason: null,
      finished_at: null,
    })
    if (row === undefined) return 'known'
    await queue.enqueue({ ...job, run: row.run }, transaction.db)
    transaction.emit(ref, 'EncounterDetected', {})
    await alongside?.(transaction)
    return 'admitted_again'
  })
}
