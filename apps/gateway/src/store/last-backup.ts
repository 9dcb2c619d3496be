import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** The last finished backup, whichever process made it. */
export function lastBackupRows(db: Kysely<Schema>) {
  return {
    async record(rowCount: number): Promise<void> {
      const row = { finished_at: sql<Date>`now()`, row_count: rowCount }
      await db
        .insertInto('last_backup')
        .values(row)
        .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
        .execute()
    },

    /** Undefined if this database was never backed up. */
    async finishedAt(): Promise<Date | undefined> {
      const row = await db.selectFrom('last_backup').select('finished_at').executeTakeFirst()
      return row?.finished_at
    },
  }
}
