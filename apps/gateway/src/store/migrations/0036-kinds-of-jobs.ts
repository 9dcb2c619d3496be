import { type Kysely, sql } from 'kysely'

/** Any kind of job may fail and be dismissed: `wiring/job-kinds.ts` alone lists them. A failure says of which kind its job was. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table dismissed_letters drop constraint dismissed_letters_kind_check`.execute(db)
  await sql`alter table failures add column kind text`.execute(db)
  await sql`
    update failures set kind = case when work_item_id is null then 'encounter' else 'write_back' end`.execute(
    db,
  )
}
