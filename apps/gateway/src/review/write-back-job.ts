import type { OpenRow } from '../jobs/conclude-lease.ts'
import type { WriteBackJob } from '../jobs/job.ts'
import { WriteBackLeaseLostError } from './review-errors.ts'

const source = 'WriteBack'

/** A write-back, as the end of its lease sees it. */
export const openWriteBackRow: OpenRow<WriteBackJob> = ({ job }, { writeBacks }) => {
  const { run, encounterId, workItemId } = job
  return {
    workItemId,
    find: () => writeBacks.find(job),
    moveTo: (state, changes) => writeBacks.transition(job, state, changes, run),
    failed: (failure) => ({
      source,
      eventType: 'WriteBackFailed',
      data: { encounterId, workItemId, ...failure },
    }),
    putOff: (failure) => ({
      source,
      eventType: 'WriteBackRetryScheduled',
      data: { encounterId, workItemId, ...failure },
    }),
    leaseLost: () => new WriteBackLeaseLostError(workItemId),
  }
}
