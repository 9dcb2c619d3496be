import { admitEncounter } from '../intake/admit-encounter.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import { redriveJob } from '../jobs/redrive-job.ts'
import { encounterJob } from '../pipeline/encounter-job.ts'
import type { DeadLetterRow } from '../store/dead-letters.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import { jobKinds } from './job-kinds.ts'

export type Redrive = (
  letter: DeadLetterRow,
  /** Written in the same transaction. */
  alongside?: (transaction: StoreTransaction) => Promise<void>,
) => Promise<boolean>

/** Queues the row of a dead letter again; false when it was already changed by someone else. */
export const createRedrive =
  (dependencies: { readonly store: Store; readonly queue: DurableQueue }): Redrive =>
  async (letter, alongside) => {
    if (letter.kind !== encounterJob.name)
      return redriveJob(letter, { kinds: jobKinds, ...dependencies }, alongside)
    const ref = {
      practiceId: letter.practice_id,
      patientId: letter.patient_id,
      encounterId: letter.encounter_id,
    }
    const how = { again: true, source: 'Operator', alongside }
    return (await admitEncounter(ref, how, dependencies)) === 'admitted_again'
  }
