import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { ClinicalBundle, EncounterRef } from '@authscript/prior-auth'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

// A chart can be megabytes.
const gzip = promisify(zlib.gzip)
const gunzip = promisify(zlib.gunzip)

export interface StoredChart {
  readonly bundle: ClinicalBundle
  readonly readAt: Date
}

/** The chart of each encounter, exactly as its newest run read it: quotes of answers are offsets into these texts. */
export function chartRows(db: Kysely<Schema>) {
  return {
    async save(ref: EncounterRef, run: number, bundle: ClinicalBundle, now: Date): Promise<void> {
      const chart = { run, bundle: await gzip(JSON.stringify(bundle)), read_at: now }
      await db
        .insertInto('charts')
        .values({ practice_id: ref.practiceId, encounter_id: ref.encounterId, ...chart })
        .onConflict((conflict) =>
          conflict.columns(['practice_id', 'encounter_id']).doUpdateSet(chart),
        )
        .execute()
    },

    /** Undefined if the chart was deleted, or the encounter was processed by an early release, which kept none. */
    async find(
      ref: Pick<EncounterRef, 'practiceId' | 'encounterId'>,
    ): Promise<StoredChart | undefined> {
      const row = await db
        .selectFrom('charts')
        .select(['bundle', 'read_at'])
        .where('practice_id', '=', ref.practiceId)
        .where('encounter_id', '=', ref.encounterId)
        .executeTakeFirst()
      if (row === undefined) return undefined
      const bundle = JSON.parse((await gunzip(row.bundle)).toString()) as ClinicalBundle
      return { bundle, readAt: row.read_at }
    },

    /**
     * Deletes the charts of encounters that nobody works on any more: for at least `days`, by the database's clock, the chart was not read
     * again, and all its orders have been closed, superseded, decided by the payer, or found to need no authorization. Returns how many
     * were deleted.
     */
    async forget({ days }: { readonly days: number }): Promise<number> {
      const since = sql`now() - ${days} * interval '1 day'`
      const { numDeletedRows } = await db
        .deleteFrom('charts')
        .where(
          sql<boolean>`read_at < ${since} and not exists (
            select from work_items w
             where w.practice_id = charts.practice_id and w.encounter_id = charts.encounter_id
               and (w.stage not in ('closed', 'superseded', 'authorized', 'denied', 'not_required')
                    or w.updated_at >= ${since}))`,
        )
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}
