import type { EncounterRef } from '@authscript/prior-auth'
import { z } from 'zod'
import type { JobKind } from '../jobs/job-kind.ts'
import type { TimeStep } from '../jobs/job.ts'
import { WriteBackLeaseLostError } from './review-errors.ts'
import { writeBack, type WriteBackDependencies } from './write-back.ts'

const payload = z.object({
  kind: z.literal('write_back'),
  practiceId: z.string(),
  patientId: z.string(),
  encounterId: z.string(),
  workItemId: z.string(),
  /** The version that a person approved. */
  version: z.number().int().positive(),
  run: z.number().int().positive(),
})

/** Writes one approved form to the chart. */
export type WriteBackJob = Readonly<z.infer<typeof payload>>

export interface WriteBackJobTools {
  readonly writeBackTools: WriteBackDependencies
  readonly time: TimeStep
}

export const writeBackJob: JobKind<WriteBackJob, WriteBackJobTools> = {
  name: 'write_back',
  taskName: 'write-back',
  eventSource: 'WriteBack',
  payload,
  identity: ['workItemId', 'version', 'run'],
  rows: {
    table: 'write_backs',
    stateColumn: 'state',
    workingState: 'writing',
    createdColumn: 'approved_at',
  },
  lease: {
    // The person who approved it waits for the result.
    priority: 10,
    exclusiveKey: ({ workItemId }) => `write-back ${workItemId}`,
  },

  createRunner: ({ writeBackTools, time }) => ({
    run: (lease, runTask) =>
      runTask(({ signal, attempt, workerId }) => {
        const { run, workItemId } = lease.job
        const step = {
          kind: 'write_back',
          ref: lease.job,
          workItemId,
          run,
          attempt,
          workerId,
        } as const
        return time(step, () => writeBack(lease, writeBackTools, signal))
      }),
  }),

  // Each attempt searches the chart before it sends.
  retriedFailures: ['transient', 'ambiguous'],

  openRow({ job }, transaction) {
    const { run, workItemId } = job
    const { writeBacks } = transaction
    return {
      workItemId,
      find: () => writeBacks.find(job),
      moveTo: (state, changes) => writeBacks.transition(job, state, changes, run),
      emitFailed: (failure) => transaction.emit(job, 'WriteBackFailed', { workItemId, ...failure }),
      emitRetryScheduled: (failure) =>
        transaction.emit(job, 'WriteBackRetryScheduled', { workItemId, ...failure }),
      leaseLost: () => new WriteBackLeaseLostError(workItemId),
    }
  },
}

export function toWriteBackJob(
  { practiceId, patientId, encounterId }: EncounterRef,
  { workItemId, version, run }: Pick<WriteBackJob, 'workItemId' | 'version' | 'run'>,
): WriteBackJob {
  return { kind: 'write_back', practiceId, patientId, encounterId, workItemId, version, run }
}
