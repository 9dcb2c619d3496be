import { type Kysely, sql } from 'kysely'

/** A document that was sent and of which no answer says what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table write_backs
    -- from here it is never sent again without a person
    add column unanswered boolean not null default false`.execute(db)
}
