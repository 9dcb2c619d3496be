import { type Kysely, sql } from 'kysely'

/** Redrives of all dead letters of a code, which any node works on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table redrives (
      redrive_id bigint generated always as identity primary key,
      code text not null,
      practice_ids text[] not null,
      actor jsonb not null,
      asked_at timestamptz not null default now(),
      of_count integer not null,
      redriven_count integer not null default 0,
      stop_asked boolean not null default false,
      taken_until timestamptz,
      ended_at timestamptz,
      outcome text check (outcome in ('done', 'stopped'))
    )`.execute(db)
  // Asking twice is as asking once.
  await sql`create unique index redrives_open on redrives (code, practice_ids) where ended_at is null`.execute(
    db,
  )
}
