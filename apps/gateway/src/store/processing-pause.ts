import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

export interface ProcessingPause {
  readonly by: string
  readonly since: Date
}

/** Whether an operator has paused all nodes. It is stored, so that a node that starts during the pause begins nothing. */
export function processingPauseRows(db: Kysely<Schema>) {
  return {
    /** Keeps the name of the person who paused first. */
    async pause(by: string, now: Date): Promise<void> {
      await db
        .insertInto('processing_pause')
        .values({ paused_by: by, paused_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async resume(): Promise<void> {
      await db.deleteFrom('processing_pause').execute()
    },

    async current(): Promise<ProcessingPause | undefined> {
      const row = await db.selectFrom('processing_pause').selectAll().executeTakeFirst()
      return row && { by: row.paused_by, since: row.paused_at }
    },
  }
}
