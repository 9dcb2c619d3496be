import {
  type EncounterRef,
  type ProcessingState,
  processingStatesBefore,
  type ResourceCompleteness,
} from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { NewEvent } from './events.ts'
import type { PageRequest, Scope } from './scope.ts'
import type { Schema } from './schema.ts'

export type EncounterRow = Selectable<Schema['encounters']>
export type EncounterListRow = EncounterRow & { readonly work_item_count: number }

/** A job as the arguments of the database functions `enqueue_job` and `admit_encounter_and_job`. */
export interface QueuedJob {
  readonly queue: string
  readonly id: string
  readonly payload: EncounterRef
  readonly priority: number
}

export interface EncounterChanges {
  readonly attempt_count?: number
  readonly retry_count?: number
  readonly next_attempt_at?: Date | null
  readonly error_code?: string | null
  readonly error_reason?: string | null
  readonly patient_initials?: string | null
  readonly completeness?: readonly ResourceCompleteness[]
  readonly started_at?: Date | null
  readonly finished_at?: Date | null
  /** True when another run of the encounter begins: the results of the earlier one no longer apply. */
  readonly newRun?: boolean
  readonly worker_deaths?: number
}

export function encounterRows(db: Kysely<Schema>) {
  const withCount = () =>
    db
      .selectFrom('encounters')
      .selectAll('encounters')
      .select((eb) =>
        eb.fn
          .coalesce(
            eb
              .selectFrom('work_items')
              .select((count) => count.fn.countAll<number>().as('count'))
              .whereRef('work_items.practice_id', '=', 'encounters.practice_id')
              .whereRef('work_items.encounter_id', '=', 'encounters.encounter_id')
              .where('work_items.review', '<>', 'superseded'),
            eb.lit(0),
          )
          .as('work_item_count'),
      )

  async function move(
    ref: EncounterRef,
    to: ProcessingState,
    from: readonly ProcessingState[],
    changes: EncounterChanges,
    run: number | undefined,
  ): Promise<EncounterRow | undefined> {
    const { completeness, newRun, ...columns } = changes
    return db
      .updateTable('encounters')
      .set((eb) => ({
        processing: to,
        ...columns,
        ...(completeness === undefined ? {} : { completeness: JSON.stringify(completeness) }),
        ...(newRun === true ? { run: eb('run', '+', 1) } : {}),
      }))
      .where('practice_id', '=', ref.practiceId)
      .where('encounter_id', '=', ref.encounterId)
      .where('processing', 'in', from)
      .$if(run !== undefined, (query) => query.where('run', '=', run ?? 0))
      .returningAll()
      .executeTakeFirst()
  }

  return {
    /**
     * Adds an encounter: row, job and event, in one statement that is its own transaction. True when it was not known before: of
     * several callers exactly one gets true.
     */
    async admit(ref: EncounterRef, job: QueuedJob, event: NewEvent): Promise<boolean> {
      const { rows } = await sql<{ admitted: boolean }>`
        select admit_encounter_and_job(${JSON.stringify(ref)}::jsonb, ${JSON.stringify(job)}::jsonb,
                               ${JSON.stringify(event)}::jsonb) as admitted`.execute(db)
      return rows[0]?.admitted === true
    },

    /**
     * Moves an encounter to `to` if the transition table allows it from its state, and if it is still in `run`.
     * Returns the row as it is afterwards, or undefined when it was already changed by someone else.
     */
    transition: (
      ref: EncounterRef,
      to: ProcessingState,
      changes: EncounterChanges = {},
      run?: number,
    ): Promise<EncounterRow | undefined> => move(ref, to, processingStatesBefore(to), changes, run),

    /** Returns an encounter to the queue together with its job. Also allowed from `queued`: its task may have failed before it began. */
    requeue: (
      ref: EncounterRef,
      changes: EncounterChanges,
      run: number,
    ): Promise<EncounterRow | undefined> =>
      move(ref, 'queued', ['queued', 'running'], changes, run),

    /** Counts another attempt of the same run; the state stays `running`. */
    async countAttempt(ref: EncounterRef, run: number, attempt: number): Promise<void> {
      await db
        .updateTable('encounters')
        .set({ attempt_count: attempt })
        .where('practice_id', '=', ref.practiceId)
        .where('encounter_id', '=', ref.encounterId)
        .where('run', '=', run)
        .execute()
    },

    /**
     * To be called when a lease is not the first of its job: if the encounter is still `running`, the process that worked on it ended
     * without releasing it. Returns how often that has happened in this run.
     */
    async countDeath(ref: EncounterRef, run: number): Promise<number> {
      const row = await db
        .updateTable('encounters')
        .set((eb) => ({
          worker_deaths: eb('worker_deaths', '+', sql<number>`(processing = 'running')::int`),
        }))
        .where('practice_id', '=', ref.practiceId)
        .where('encounter_id', '=', ref.encounterId)
        .where('run', '=', run)
        .returning('worker_deaths')
        .executeTakeFirst()
      return row?.worker_deaths ?? 0
    },

    /** It no longer waits for a durable retry: somebody asked to run it now. */
    async clearNextAttempt(ref: EncounterRef): Promise<void> {
      await db
        .updateTable('encounters')
        .set({ next_attempt_at: null })
        .where('practice_id', '=', ref.practiceId)
        .where('encounter_id', '=', ref.encounterId)
        .execute()
    },

    async find(
      ref: Pick<EncounterRef, 'practiceId' | 'encounterId'>,
    ): Promise<EncounterRow | undefined> {
      return db
        .selectFrom('encounters')
        .selectAll()
        .where('practice_id', '=', ref.practiceId)
        .where('encounter_id', '=', ref.encounterId)
        .executeTakeFirst()
    },

    /** The encounters with this id within the scope: usually one, but ids are unique only within a practice. */
    async findInScope(scope: Scope, encounterId: string): Promise<readonly EncounterListRow[]> {
      return withCount()
        .where('encounters.practice_id', 'in', scope.practiceIds)
        .where('encounters.encounter_id', '=', encounterId)
        .execute()
    },

    async list(
      scope: Scope,
      filter: { processing: ProcessingState | undefined; patientId: string | undefined },
      page: PageRequest,
    ): Promise<readonly EncounterListRow[]> {
      return withCount()
        .where('encounters.practice_id', 'in', scope.practiceIds)
        .$if(filter.processing !== undefined, (query) =>
          query.where('encounters.processing', '=', filter.processing ?? 'queued'),
        )
        .$if(filter.patientId !== undefined, (query) =>
          query.where('encounters.patient_id', '=', filter.patientId ?? ''),
        )
        .$if(page.after !== undefined, (query) =>
          query.where('encounters.ordinal', '<', page.after ?? 0),
        )
        .orderBy('encounters.ordinal', 'desc')
        .limit(page.limit)
        .execute()
    },
  }
}
