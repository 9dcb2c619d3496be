import type { OpenRow } from '../jobs/conclude-lease.ts'
import type { EncounterJob } from '../jobs/job.ts'
import { LeaseLostError } from './pipeline-errors.ts'

const source = 'EncounterProcessor'

/** A visit, as the end of its lease sees it. */
export const openVisitRow: OpenRow<EncounterJob> = ({ job }, { encounters }) => {
  const { kind: _kind, run, ...ref } = job
  const { encounterId, patientId } = ref
  return {
    find: () => encounters.find(ref),
    moveTo: (state, changes) =>
      state === 'queued'
        ? encounters.putBack(ref, changes, run)
        : encounters.transition(ref, state, changes, run),
    failed: (failure) => ({
      source,
      eventType: 'EncounterProcessingFailed',
      data: { encounterId, patientId, ...failure },
    }),
    putOff: (failure) => ({
      source,
      eventType: 'EncounterRetryScheduled',
      data: { encounterId, patientId, ...failure },
    }),
    leaseLost: () => new LeaseLostError(encounterId),
  }
}
