import type { AuditAction, AuditOutcome } from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { ChainedRow } from './audit-chain.ts'
import { type NewAuditRow, nobody, toAuditRows } from './audit-entry.ts'
import type { Schema } from './schema.ts'
import type { KeysetPageRequest, Scope } from './scope.ts'

export type AuditRow = Selectable<Schema['audit_log']>

/** A filter that is left out matches every row. */
export interface AuditFilter {
  readonly patientId?: string | undefined
  readonly encounterId?: string | undefined
  readonly workItemId?: string | undefined
  /** The label of a person, or their id. */
  readonly person?: string | undefined
  readonly action?: AuditAction | undefined
  readonly outcome?: AuditOutcome | undefined
  /** Inclusive. */
  readonly from?: Date | undefined
  /** Exclusive. */
  readonly to?: Date | undefined
}

/** A row of the chain, by number and hash. */
export interface AuditAnchor {
  readonly sequence: number
  readonly hash: string
}

/** The newest row and the last removed one. They are stored separately from the rows. */
export interface AuditChain {
  readonly removed: AuditAnchor
  readonly last: AuditAnchor
}

const noRow: AuditAnchor = { sequence: 0, hash: '' }

/** The audit trail. The database refuses to change and to delete its rows. */
export function auditRows(db: Kysely<Schema>) {
  return {
    /** A transaction's last statement: see migration 0025. */
    async append(rows: readonly NewAuditRow[]): Promise<void> {
      if (rows.length === 0) return
      await sql`select append_audit(${JSON.stringify(rows)}::jsonb)`.execute(db)
    },

    /**
     * Counts these subjects for the current minute or hour, and returns the count of each. Always in the same order, so that two
     * transactions that count the same subjects cannot deadlock.
     */
    async mark(
      kind: string,
      every: 'minute' | 'hour',
      subjects: readonly string[],
    ): Promise<ReadonlyMap<string, number>> {
      const { rows } = await sql<{ subject: string; count: number }>`
        insert into audit_marks (kind, subject, since)
        select ${kind}, subject, date_trunc(${every}, now())
          from unnest(${subjects}::text[]) as subject order by subject collate "C"
        on conflict (since, kind, subject) do update set count = audit_marks.count + 1
        returning subject, count`.execute(db)
      return new Map(rows.map(({ subject, count }) => [subject, count]))
    },

    /** How many different subjects were marked in this hour, counted up to `limit`. */
    async countMarked(kind: string, limit: number): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from (
          select from audit_marks where since = date_trunc('hour', now()) and kind = ${kind} limit ${limit}) marked`.execute(
        db,
      )
      return rows[0]?.count ?? 0
    },

    /** Newest first. Rows that concern no practice are seen by every auditor. */
    async list(
      { practiceIds }: Scope,
      filter: AuditFilter,
      { after, limit }: KeysetPageRequest<number>,
    ): Promise<readonly AuditRow[]> {
      const { patientId, encounterId, workItemId, person, action, outcome, from, to } = filter
      const has = (column: 'patient_ids' | 'encounter_ids' | 'work_item_ids', id: string) =>
        sql<boolean>`${sql.ref(column)} @> array[${id}]::text[]`
      return db
        .selectFrom('audit_log')
        .selectAll()
        .where(sql<boolean>`(practice_ids && ${practiceIds}::text[] or practice_ids = '{}')`)
        .$if(patientId !== undefined, (query) => query.where(has('patient_ids', patientId ?? '')))
        .$if(encounterId !== undefined, (query) =>
          query.where(has('encounter_ids', encounterId ?? '')),
        )
        .$if(workItemId !== undefined, (query) =>
          query.where(has('work_item_ids', workItemId ?? '')),
        )
        .$if(person !== undefined, (query) =>
          query.where((eb) =>
            eb.or([
              eb('label', '=', person ?? ''),
              eb('person_id', '=', person ?? ''),
              // What they did under another name, before or after they were renamed.
              eb(
                'person_id',
                '=',
                eb
                  .selectFrom('labels')
                  .select('person_id')
                  .where('label', '=', person ?? ''),
              ),
            ]),
          ),
        )
        .$if(action !== undefined, (query) => query.where('action', '=', action ?? 'view'))
        .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'done'))
        .$if(from !== undefined, (query) => query.where('occurred_at', '>=', from ?? new Date()))
        .$if(to !== undefined, (query) => query.where('occurred_at', '<', to ?? new Date()))
        .$if(after !== undefined, (query) => query.where('sequence', '<', after ?? 0))
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute()
    },

    async chain(): Promise<AuditChain> {
      const row = await db.selectFrom('audit_chain').selectAll().executeTakeFirst()
      if (row === undefined) return { removed: noRow, last: noRow }
      return {
        removed: { sequence: row.removed_sequence, hash: row.removed_hash },
        last: { sequence: row.last_sequence, hash: row.last_hash },
      }
    },

    /** Rows after `sequence`, oldest first, in the form that is hashed. */
    async chained(sequence: number, limit: number): Promise<readonly ChainedRow[]> {
      const { rows } = await sql<ChainedRow>`
        select sequence, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "occurredAt", action, outcome,
               operation, person_id as "personId", label, roles, address, request_id as "requestId", practice_ids as "practiceIds",
               patient_ids as "patientIds", encounter_ids as "encounterIds", work_item_ids as "workItemIds", count, detail,
               previous_hash as "previousHash", hash
          from audit_log where sequence > ${sequence} order by sequence limit ${limit}`.execute(db)
      return rows
    },

    /**
     * Removes the rows of whole days that are older than `days`, by the database's clock, and says so in a row of its own. The first
     * remaining row still continues the chain from the last removed one. Returns how many were removed.
     */
    async forget({ days }: { readonly days: number }): Promise<number> {
      return db.transaction().execute(async (trx) => {
        await sql`select from audit_chain for update`.execute(trx)
        const { rows } = await sql<AuditAnchor>`
          select sequence, hash from audit_log
           where sequence < coalesce((select min(sequence) from audit_log
                                       where occurred_at >= date_trunc('day', now(), 'UTC') - ${days} * interval '1 day'),
                                     (select max(sequence) + 1 from audit_log))
           order by sequence desc limit 1`.execute(trx)
        const [last] = rows
        if (last === undefined) return 0
        const { sequence, hash } = last
        await trx
          .updateTable('audit_chain')
          .set({ removed_sequence: sequence, removed_hash: hash })
          .execute()
        const { numDeletedRows } = await trx
          .deleteFrom('audit_log')
          .where('sequence', '<=', sequence)
          .executeTakeFirst()
        const count = Number(numDeletedRows)
        const detail = toRemoval(last)
        const details = { action: 'retention', count, detail } as const
        await auditRows(trx).append(toAuditRows({ actor: nobody, operation: null, details }))
        return count
      })
    },

    /** Deletes the marks of earlier hours, which are no longer needed. */
    async forgetMarks(): Promise<void> {
      await sql`delete from audit_marks where since < now() - interval '3 hours'`.execute(db)
    },
  }
}

/** The text in the row of a removal: the last row that was removed. */
export function toRemoval({ sequence, hash }: AuditAnchor): string {
  return `through ${sequence}:${hash}`
}

export function parseRemoval(detail: string | null): AuditAnchor | undefined {
  const [, sequence, hash] = /^through (\d{1,15}):([0-9a-f]{64})$/.exec(detail ?? '') ?? []
  return sequence === undefined || hash === undefined
    ? undefined
    : { sequence: Number(sequence), hash }
}
