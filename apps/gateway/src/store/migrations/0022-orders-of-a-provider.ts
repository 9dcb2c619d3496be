import { type Kysely, sql } from 'kysely'

/** The newest orders of a provider, whose typed boxes are offered on the next one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index work_items_provider on work_items (practice_id, provider_name, updated_at)`.execute(
    db,
  )
}
