import { type Kysely, sql } from 'kysely'

/** A password that was made for somebody by another: whoever signs in with it chooses one of their own before anything else. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table people add column password_is_temporary boolean not null default false`.execute(db)
}
