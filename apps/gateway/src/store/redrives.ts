import { type Kysely, type Selectable, sql } from 'kysely'
import type { Actor } from './audit-scope.ts'
import type { Schema } from './schema.ts'
import type { Scope } from './scope.ts'

export type RedriveRow = Selectable<Schema['redrives']>

/** If a node that works on a redrive reports no progress for this long, another node continues it. */
const takenSeconds = 30
/** How long a redrive that has ended is listed. */
const shownMinutes = 10
const keptDays = 1

/** Redrives of all dead letters of a code, with their progress. Times are the database's. */
export function redriveRows(db: Kysely<Schema>) {
  const open = db.selectFrom('redrives').selectAll().where('ended_at', 'is', null)
  const takenUntil = sql<Date>`now() + ${takenSeconds} * interval '1 second'`
  return {
    /** Returns the open redrive for the code and these practices, or begins one. */
    async begin({
      code,
      practiceIds,
      actor,
      ofCount,
    }: {
      readonly code: string
      readonly practiceIds: readonly string[]
      readonly actor: Actor
      readonly ofCount: number
    }): Promise<RedriveRow | undefined> {
      const practices = [...practiceIds].toSorted()
      await db
        .deleteFrom('redrives')
        .where('ended_at', '<', sql<Date>`now() - ${keptDays} * interval '1 day'`)
        .execute()
      const begun = await db
        .insertInto('redrives')
        .values({ code, practice_ids: practices, actor: JSON.stringify(actor), of_count: ofCount })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst()
      if (begun !== undefined) return begun
      return open
        .where('code', '=', code)
        .where(sql<boolean>`practice_ids = ${practices}::text[]`)
        .executeTakeFirst()
    },

    /** Those that concern these practices, the newest first. */
    async listed({ practiceIds }: Scope): Promise<readonly RedriveRow[]> {
      return db
        .selectFrom('redrives')
        .selectAll()
        .where(sql<boolean>`practice_ids && ${practiceIds}::text[]`)
        .where(
          sql<boolean>`(ended_at is null or ended_at > now() - ${shownMinutes} * interval '1 minute')`,
        )
        .orderBy('redrive_id', 'desc')
        .execute()
    },

    /** Takes a redrive that no node works on. */
    async take(): Promise<RedriveRow | undefined> {
      return db
        .updateTable('redrives')
        .set({ taken_until: takenUntil })
        .where('redrive_id', '=', (eb) =>
          eb
            .selectFrom('redrives')
            .select('redrive_id')
            .where('ended_at', 'is', null)
            .where(sql<boolean>`(taken_until is null or taken_until < now())`)
            .orderBy('redrive_id')
            .limit(1)
            .forUpdate()
            .skipLocked(),
        )
        .returningAll()
        .executeTakeFirst()
    },

    /** To be called in the transaction that redrives one. */
    async count(redriveId: number): Promise<void> {
      await db
        .updateTable('redrives')
        .set({ redriven_count: sql<number>`redriven_count + 1`, taken_until: takenUntil })
        .where('redrive_id', '=', redriveId)
        .execute()
    },

    /** Whether it is to continue: nobody has stopped it, and it has not ended. This node keeps it for another 30 seconds. */
    async isWanted(redriveId: number): Promise<boolean> {
      const row = await db
        .updateTable('redrives')
        .set({ taken_until: takenUntil })
        .where('redrive_id', '=', redriveId)
        .where('ended_at', 'is', null)
        .returning('stop_asked')
        .executeTakeFirst()
      return row?.stop_asked === false
    },

    /** Undefined when it is not open, or has a practice that is not the caller's. */
    async askToStop({ practiceIds }: Scope, redriveId: number): Promise<RedriveRow | undefined> {
      return db
        .updateTable('redrives')
        .set({ stop_asked: true })
        .where('redrive_id', '=', redriveId)
        .where('ended_at', 'is', null)
        .where(sql<boolean>`practice_ids <@ ${practiceIds}::text[]`)
        .returningAll()
        .executeTakeFirst()
    },

    /** Undefined when it had ended already. */
    async end(
      redriveId: number,
      outcome: NonNullable<RedriveRow['outcome']>,
    ): Promise<RedriveRow | undefined> {
      return db
        .updateTable('redrives')
        .set({ ended_at: sql<Date>`now()`, outcome })
        .where('redrive_id', '=', redriveId)
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
    },
  }
}
