import { type Kysely, sql } from 'kysely'

/** Polls counted apart within a day's requests, why and when a watch ended, and whose processing a process died in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table ehr_days add column polls bigint not null default 0`.execute(db)

  await sql`alter table registrations
    add column failure_count integer not null default 0,
    add column refused_since timestamptz,
    add column end_code text,
    add column ended_at timestamptz`.execute(db)

  await sql`alter table encounters add column worker_deaths integer not null default 0`.execute(db)
}
