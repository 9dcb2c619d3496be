import { type Kysely, sql } from 'kysely'

/** What the reviewer must know about the form is replaced with it; the notices of the analysis stay. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table forms add column notices jsonb not null default '[]'`.execute(db)
}
