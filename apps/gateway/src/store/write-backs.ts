import type { EncounterRef } from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { DecisionRecord, Schema, SentRecord, WriteBackState } from './schema.ts'

export type WriteBackRow = Selectable<Schema['write_backs']>
export type LatestWriteBackRow = WriteBackRow & { readonly needs_decision: boolean }

/** Identifies one approval, whose form is written at most once. */
export interface WriteBackKey {
  readonly workItemId: string
  readonly version: number
}

export interface WriteBackChanges {
  readonly attempt_count?: number
  readonly retry_count?: number
  readonly next_attempt_at?: Date | null
  readonly document_id?: string
  readonly document_evidence?: 'identifier' | 'content' | 'person'
  readonly acknowledged?: false
  readonly unanswered?: false
  readonly claimed_document_id?: null
  readonly error_code?: string | null
  readonly error_reason?: string | null
  readonly finished_at?: Date | null
  readonly sending_since?: null
  readonly run?: number
}

/**
 * The states from which each state may be reached. `queued`: a durable retry or a released lease, even before it began; from `failed` a
 * redrive, from `failed` and `ambiguous` a person's decision. `withdrawn` from `failed`: a person withdrew the approval.
 */
const before: Readonly<Record<WriteBackState, readonly WriteBackState[]>> = {
  queued: ['queued', 'writing', 'failed', 'ambiguous'],
  writing: ['queued', 'writing'],
  written: ['writing', 'ambiguous', 'failed'],
  failed: ['queued', 'writing'],
  withdrawn: ['queued', 'writing', 'failed'],
  ambiguous: ['writing'],
}

/** Whether the document may be in the chart and no job will find out: a person has to decide. */
export const needsDecision = sql<boolean>`(write_backs.state = 'ambiguous'
  or (write_backs.state = 'failed' and write_backs.sending_since is not null))`

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
    async latest(workItemId: string): Promise<LatestWriteBackRow | undefined> {
      return db
        .selectFrom('write_backs')
        .selectAll()
        .select(needsDecision.as('needs_decision'))
        .where('work_item_id', '=', workItemId)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
    },

    /** Moves it to `to` if its state allows it, in `run`; undefined when it was already changed by someone else. */
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

    /** Adds a decision in the same statement that carries it out; undefined when it was already changed by someone else. */
    async decide(
      { workItemId, version }: WriteBackKey,
      to: WriteBackState,
      changes: WriteBackChanges,
      decision: DecisionRecord,
      run: number,
    ): Promise<WriteBackRow | undefined> {
      return db
        .updateTable('write_backs')
        .set({
          state: to,
          ...changes,
          decisions: sql<string>`decisions || ${JSON.stringify([decision])}::jsonb`,
        })
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('state', 'in', ['ambiguous', 'failed'])
        .where('run', '=', run)
        .returningAll()
        .executeTakeFirst()
    },

    /** Records that the document is about to be sent: from now on it may be in the chart, whatever the EHR answers. */
    async markSending(
      { workItemId, version }: WriteBackKey,
      run: number,
      sent: SentRecord,
    ): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('write_backs')
        .set({
          sending_since: sql<Date>`clock_timestamp()`,
          first_sent_at: sql<Date>`coalesce(first_sent_at, clock_timestamp())`,
          last_sent_at: sql<Date>`clock_timestamp()`,
          sent_count: sql<number>`sent_count + 1`,
          sent: JSON.stringify(sent),
          acknowledged: false,
          unanswered: false,
          claimed_document_id: null,
        })
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('state', '=', 'writing')
        .where('run', '=', run)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /** The EHR said that it has the document, and under which id. */
    async markAcknowledged(
      { workItemId, version }: WriteBackKey,
      run: number,
      claimedDocumentId: string | undefined,
    ): Promise<void> {
      await db
        .updateTable('write_backs')
        .set({ acknowledged: true, claimed_document_id: claimedDocumentId ?? null })
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('run', '=', run)
        .execute()
    },

    /** It was sent, and no answer says whether the EHR has it. */
    async markUnanswered({ workItemId, version }: WriteBackKey, run: number): Promise<void> {
      await db
        .updateTable('write_backs')
        .set({ unanswered: true })
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('run', '=', run)
        .execute()
    },

    /** The document was certainly not created. */
    async clearSending({ workItemId, version }: WriteBackKey, run: number): Promise<void> {
      await db
        .updateTable('write_backs')
        .set({
          sending_since: null,
          sent_count: sql<number>`greatest(0, sent_count - 1)`,
          first_sent_at: sql<Date | null>`case when sent_count > 1 then first_sent_at end`,
        })
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('run', '=', run)
        .execute()
    },

    /** Counts all practices together, for a metric. */
    async countNeedingDecision(): Promise<number> {
      const { count } = await db
        .selectFrom('write_backs')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where(needsDecision)
        .executeTakeFirstOrThrow()
      return count
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
