import { correlationIdOf } from '@authscript/prior-auth'
import { z } from 'zod'
import type { JobKind } from '../jobs/job-kind.ts'
import type { Attempt, Lease } from '../jobs/job.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { LeaseLostError } from './pipeline-errors.ts'
import { EncounterPass, processEncounter, type Steps } from './process-encounter.ts'

const payload = z.object({
  kind: z.literal('encounter'),
  practiceId: z.string(),
  patientId: z.string(),
  encounterId: z.string(),
  run: z.number().int().positive(),
})

/** Processes one signed encounter. */
export type EncounterJob = Readonly<z.infer<typeof payload>>

export interface EncounterJobTools {
  readonly store: Store
  readonly steps: Steps
  readonly isolation: IsolatedRunner
  readonly log: Log
}

/** Runs an encounter in a process of its own: see `wiring/isolated/`. */
export interface IsolatedRunner {
  /** Runs one call at a time on this node. Waiting does not count towards the time limit of an attempt. */
  inTurn<Result>(call: () => Promise<Result>, signal: AbortSignal): Promise<Result>
  run(lease: Lease<EncounterJob>, attempt: Attempt): Promise<void>
}

export const encounterJob: JobKind<EncounterJob, EncounterJobTools> = {
  name: 'encounter',
  taskName: 'process-encounter',
  eventSource: 'EncounterProcessor',
  payload,
  identity: ['practiceId', 'encounterId', 'run'],
  rows: {
    table: 'encounters',
    stateColumn: 'processing',
    workingState: 'running',
    createdColumn: 'detected_at',
  },
  lease: {
    priority: 0,
    exclusiveKey: ({ practiceId, encounterId }) => `${practiceId} ${encounterId}`,
  },

  createRunner: ({ store, steps, isolation, log }) => ({
    async run(lease, runTask, signal) {
      const pass = new EncounterPass(lease)
      // The first lease of a job cannot follow a death, so most encounters need no statement for it.
      const deaths =
        lease.fence.retryCount === 0 ? 0 : await store.encounters.countDeath(pass.ref, pass.run)
      if (deaths === 0) return runTask((attempt) => processEncounter(pass, steps, attempt))
      log.warn(
        { correlationId: correlationIdOf(pass.ref.encounterId), count: deaths },
        'a process ended while it worked on this encounter; the encounter now runs in a process of its own',
      )
      return isolation.inTurn(() => runTask((attempt) => isolation.run(lease, attempt)), signal)
    },
  }),

  retriedFailures: ['transient'],

  openRow({ job }, transaction) {
    const { kind: _kind, run, ...ref } = job
    const { encounters } = transaction
    return {
      find: () => encounters.find(ref),
      moveTo: (state, changes) =>
        state === 'queued'
          ? encounters.requeue(ref, changes, run)
          : encounters.transition(ref, state, changes, run),
      emitFailed: (failure) => transaction.emit(ref, 'EncounterProcessingFailed', failure),
      emitRetryScheduled: (failure) => transaction.emit(ref, 'EncounterRetryScheduled', failure),
      leaseLost: () => new LeaseLostError(ref.encounterId),
    }
  },
}
