import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { KindOfRows } from './job-rows.ts'
import type { KeysetPageRequest, Scope } from './scope.ts'
import type { Schema } from './schema.ts'

/** The row of a job that failed after its last retry. */
export interface DeadLetterRow {
  readonly kind: string
  readonly ordinal: number
  readonly practice_id: string
  readonly patient_id: string
  readonly encounter_id: string
  readonly work_item_id: string | null
  readonly run: number
  readonly attempt_count: number
  readonly error_code: string | null
  readonly error_reason: string | null
  readonly failed_at: Date
}

/** Where a list continues. The time is text with microseconds, which a Date would lose. */
export interface DeadLetterPosition {
  readonly failedAt: string
  readonly kind: string
  readonly ordinal: number
}

export type ListedDeadLetter = DeadLetterRow & { readonly failed_at_text: string }

/** The dead letters with one code: how many, and from when to when. */
export interface DeadLetterGroupRow {
  readonly code: string
  readonly count: number
  readonly first_at: Date
  readonly last_at: Date
  readonly practice_ids: readonly string[]
}

/** What an operator writes when a dead letter is taken off the list. */
export interface Dismissal {
  readonly note: string
  readonly by: string
}

const codeOfNone = 'unknown'

/** What failed after the last retry and waits for an operator, of these kinds of jobs. */
export function deadLetterRows(db: Kysely<Schema>, kinds: readonly KindOfRows[]) {
  /** Dismissed ones too. */
  const failed = (): RawBuilder<DeadLetterRow> => {
    if (kinds.length === 0) throw new TypeError('this store was created without kinds of jobs')
    return sql.join(kinds.map(failedOf), sql` union all `)
  }
  const all = () => sql<DeadLetterRow>`
    select * from (${failed()}) as failed
     where not exists (select from dismissed_letters d
                        where d.kind = failed.kind and d.ordinal = failed.ordinal and d.run = failed.run)`
  const allOf = ({ practiceIds }: Scope) =>
    sql<DeadLetterRow>`${all()} and practice_id = any(${practiceIds})`

  return {
    /** Newest first. */
    async list(
      scope: Scope,
      { after, limit }: KeysetPageRequest<DeadLetterPosition>,
      code?: string,
    ): Promise<readonly ListedDeadLetter[]> {
      const hasCode =
        code === undefined ? sql`true` : sql`coalesce(error_code, ${codeOfNone}) = ${code}`
      const isAfter =
        after === undefined
          ? sql`true`
          : sql`(failed_at < ${after.failedAt}::timestamptz or (failed_at = ${after.failedAt}::timestamptz
              and (kind, ordinal) > (${after.kind}, ${after.ordinal})))`
      const { rows } = await sql<ListedDeadLetter>`
        select *, to_char(failed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as failed_at_text
          from (${allOf(scope)}) as letters where ${isAfter} and ${hasCode} order by failed_at desc, kind, ordinal limit ${limit}`.execute(
        db,
      )
      return rows
    },

    /** Counts all practices together, for a metric. */
    async count(): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from (${all()}) as letters`.execute(db)
      return rows[0]?.count ?? 0
    },

    /** The practices that have dead letters, including dismissed ones. */
    async practiceIds(): Promise<readonly string[]> {
      const { rows } = await sql<{ practice_id: string }>`
        select distinct practice_id from (${failed()}) as failed`.execute(db)
      return rows.map((row) => row.practice_id)
    },

    /** The largest first. */
    async groups(scope: Scope): Promise<readonly DeadLetterGroupRow[]> {
      const { rows } = await sql<DeadLetterGroupRow>`
        select coalesce(error_code, ${codeOfNone}) as code, count(*)::int as count, min(failed_at) as first_at,
               max(failed_at) as last_at, array_agg(distinct practice_id) as practice_ids
          from (${allOf(scope)}) as letters group by 1 order by 2 desc, 1`.execute(db)
      return rows
    },

    /** Takes it off the list; its row stays failed, with its failures. False when it was already dismissed. */
    async dismiss(letter: DeadLetterRow, { note, by }: Dismissal, now: Date): Promise<boolean> {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('dismissed_letters')
        .values({
          kind: letter.kind,
          ordinal: letter.ordinal,
          run: letter.run,
          practice_id: letter.practice_id,
          encounter_id: letter.encounter_id,
          code: letter.error_code,
          note,
          dismissed_by: by,
          dismissed_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },

    async find(scope: Scope, kind: string, ordinal: number): Promise<DeadLetterRow | undefined> {
      const { rows } = await sql<DeadLetterRow>`
        select * from (${allOf(scope)}) as letters where kind = ${kind} and ordinal = ${ordinal}`.execute(
        db,
      )
      return rows[0]
    },
  }
}

function failedOf({
  name,
  rows: { table, stateColumn, createdColumn },
  payload,
}: KindOfRows): RawBuilder<DeadLetterRow> {
  const workItemId = 'workItemId' in payload.shape ? sql.ref('work_item_id') : sql`null::text`
  return sql`
    select ${sql.lit(name)} as kind, ordinal, practice_id, patient_id, encounter_id, ${workItemId} as work_item_id, run,
           attempt_count, error_code, error_reason, coalesce(finished_at, ${sql.ref(createdColumn)}) as failed_at
      from ${sql.table(table)} where ${sql.ref(stateColumn)} = 'failed'`
}
