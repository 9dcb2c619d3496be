import { type Kysely, sql } from 'kysely'

/** Searches of the work queue that people gave a name. `practice_ids` are those of the person, sorted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table saved_views (
      ordinal bigint generated always as identity unique,
      view_id text primary key default gen_random_uuid()::text,
      saved_by text not null,
      practice_ids text[] not null,
      shared_with text,
      name text not null,
      search jsonb not null,
      saved_at timestamptz not null
    )`.execute(db)
  await sql`create unique index saved_views_name on saved_views (saved_by, practice_ids, lower(name))`.execute(
    db,
  )
  await sql`create index saved_views_shared on saved_views (shared_with) where shared_with is not null`.execute(
    db,
  )
}
