import { correlationIdOf, type EncounterRef } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { Store } from '../store/store.ts'

export type Admission = 'admitted' | 'admitted_again' | 'known'

export interface AdmitDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly clock: Clock
}

/**
 * Takes a signed encounter in: row, durable job and event in one transaction. From here it cannot be lost. One that is known already
 * is left alone, unless `again`: it was re-opened and signed again, or a person asked for another run.
 */
export async function admitEncounter(
  ref: EncounterRef,
  { again, source }: { readonly again: boolean; readonly source: string },
  { store, queue, clock }: AdmitDependencies,
): Promise<Admission> {
  const detected = {
    eventType: 'EncounterDetected' as const,
    practiceId: ref.practiceId,
    correlationId: correlationIdOf(ref.encounterId),
    timestamp: clock.now().toISOString(),
    source,
    data: { encounterId: ref.encounterId, patientId: ref.patientId },
  }
  if (await store.encounters.admit(ref, await queue.queueOf(ref.practiceId), detected))
    return 'admitted'
  if (!again) return 'known'
  return store.transaction(async (transaction) => {
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
    await queue.enqueue({ kind: 'encounter', ...ref, run: row.run }, transaction.db)
    transaction.emit(detected)
    return 'admitted_again'
  })
}
