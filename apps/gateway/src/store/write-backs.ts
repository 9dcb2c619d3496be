import type { EncounterRef } from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema, WriteBackState } from './schema.ts'

export type WriteBackRow = Selectable<Schema['write_backs']>

/** Names one approval: what it writes is written once for ever. */
export interface WriteBackKey {
  readonly workItemId: string
  readonly version: number
}

export interface WriteBackChanges {
  readonly attempt_count?: number
  readonly retry_count?: number
  readonly next_attempt_at?: Date | null
  readonly document_id?: string
  readonly error_code?: string | null
  readonly error_reason?: string | null
  readonly finished_at?: Date | null
  readonly sending_since?: null
  readonly run?: number
}

/** Which states may follow which. To `queued`: a later try or a lease given back, also of one that never began; from `failed` a redrive. */
const before: Readonly<Record<WriteBackState, readonly WriteBackState[]>> = {
  queued: ['queued', 'writing', 'failed'],
  writing: ['queued', 'writing'],
  written: ['writing'],
  failed: ['queued', 'writing'],
  withdrawn: ['queued', 'writing'],
}

/** The documents that people's approvals send to the EHR. */
export function writeBackRows(db: Kysely<Schema>) {
  const one = ({ workItemId, version }: WriteBackKey) =>
    db
      .selectFrom('write_backs')
      .selectAll()
      .where('work_item_id', '=', workItemId)
      .where('version', '=', version)

  return {
    async create(
      approval: WriteBackKey & {
        readonly ref: EncounterRef
        readonly identifier: string
        readonly formSha256: string
        readonly approvedBy: string
      },
      now: Date,
    ): Promise<void> {
      await db
        .insertInto('write_backs')
        .values({
          work_item_id: approval.workItemId,
          version: approval.version,
          practice_id: approval.ref.practiceId,
          encounter_id: approval.ref.encounterId,
          patient_id: approval.ref.patientId,
          identifier: approval.identifier,
          form_sha256: approval.formSha256,
          state: 'queued',
          approved_by: approval.approvedBy,
          approved_at: now,
        })
        .execute()
    },

    find: (key: WriteBackKey): Promise<WriteBackRow | undefined> => one(key).executeTakeFirst(),

    /** The newest approval of a work item. */
    async latest(workItemId: string): Promise<WriteBackRow | undefined> {
      return db
        .selectFrom('write_backs')
        .selectAll()
        .where('work_item_id', '=', workItemId)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
    },

    /** Moves it to `to` if it may go there from where it is, in `run`; undefined when another hand was first. */
    async transition(
      { workItemId, version }: WriteBackKey,
      to: WriteBackState,
      changes: WriteBackChanges,
      run: number,
    ): Promise<WriteBackRow | undefined> {
      return db
        .updateTable('write_backs')
        .set({ state: to, ...changes })
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('state', 'in', before[to])
        .where('run', '=', run)
        .returningAll()
        .executeTakeFirst()
    },

    /** Notes that the document is about to be sent: from here it may be in the chart, whatever we hear. */
    async markSending({ workItemId, version }: WriteBackKey, run: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('write_backs')
        .set({ sending_since: sql<Date>`clock_timestamp()` })
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('state', '=', 'writing')
        .where('run', '=', run)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /** The document was certainly not created. */
    async clearSending({ workItemId, version }: WriteBackKey, run: number): Promise<void> {
      await db
        .updateTable('write_backs')
        .set({ sending_since: null })
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('run', '=', run)
        .execute()
    },

    /** How long ago a document was sent of which no answer is known, by the database's clock; undefined when none is on its way. */
    async sendingForMs(key: WriteBackKey): Promise<number | undefined> {
      const row = await db
        .selectFrom('write_backs')
        .select(
          sql<
            number | null
          >`(extract(epoch from clock_timestamp() - sending_since) * 1000)::float8`.as('ms'),
        )
        .where('work_item_id', '=', key.workItemId)
        .where('version', '=', key.version)
        .executeTakeFirst()
      return row?.ms ?? undefined
    },
  }
}
