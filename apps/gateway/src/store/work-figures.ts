import { type Kysely, sql } from 'kysely'
import type { Schema, WorkFigures } from './schema.ts'

const keptMinutes = 61

/** The time from the detection of the signature to the form, in seconds. */
export interface SignToForm {
  /** Null: the whole period. */
  readonly minute: Date | null
  readonly p50: number
  readonly p95: number
}

/** How much work there is on all nodes, now and in the last hour. */
export function workFigureRows(db: Kysely<Schema>) {
  return {
    async current(): Promise<WorkFigures> {
      const { rows } = await sql<WorkFigures>`
        select e.*, w.* from (
          select count(*) filter (where processing = 'queued' and next_attempt_at is null)::int as queued,
                 count(*) filter (where processing = 'running')::int as running,
                 count(*) filter (where processing = 'queued' and next_attempt_at is not null)::int as retrying
            from encounters where processing <> 'processed') e,
          (select count(*) filter (where state in ('queued', 'writing'))::int as "writeBacksWaiting",
                  count(*) filter (where state = 'failed')::int as "writeBacksFailed"
             from write_backs where state <> 'written') w`.execute(db)
      const [row] = rows
      if (row === undefined) throw new Error('a select of counts returned no row')
      return row
    },

    /** Several nodes may offer the same minute: the first one is kept. */
    async addMinute(minute: Date, figures: WorkFigures): Promise<void> {
      await db
        .insertInto('work_minutes')
        .values({ minute, figures: JSON.stringify(figures) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async minutes(
      since: Date,
    ): Promise<readonly { readonly minute: Date; readonly figures: WorkFigures }[]> {
      return db.selectFrom('work_minutes').selectAll().where('minute', '>=', since).execute()
    },

    /**
     * For each minute, and for the whole period. Only first runs: a later run was requested by a person, or follows a change in the EHR.
     */
    async signToForm(since: Date): Promise<readonly SignToForm[]> {
      const { rows } = await sql<SignToForm>`
        select date_trunc('minute', finished_at) as minute,
               percentile_cont(0.5) within group (order by extract(epoch from finished_at - detected_at)::float8) as p50,
               percentile_cont(0.95) within group (order by extract(epoch from finished_at - detected_at)::float8) as p95
          from encounters
         where finished_at >= ${since} and processing = 'processed' and run = 1
         group by grouping sets ((date_trunc('minute', finished_at)), ())
        having count(*) > 0`.execute(db)
      return rows
    },

    /** Requests to the EHR that all nodes have reserved today, GMT. */
    async ehrReservedToday(): Promise<number> {
      const { rows } = await sql<{ spent: number }>`
        select coalesce((select spent from ehr_days where day = (now() at time zone 'utc')::date), 0)::float8 as spent`.execute(
        db,
      )
      return rows[0]?.spent ?? 0
    },

    async forget(): Promise<void> {
      await db
        .deleteFrom('work_minutes')
        .where('minute', '<', sql<Date>`now() - ${keptMinutes} * interval '1 minute'`)
        .execute()
    },
  }
}
