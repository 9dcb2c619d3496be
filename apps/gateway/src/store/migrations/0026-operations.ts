import { type Kysely, sql } from 'kysely'

/** What operators see of all nodes: reports, an hour of figures, the steps of encounters, dismissed dead letters. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table nodes (
      node_id uuid primary key,
      seen_at timestamptz not null,
      report jsonb not null
    )`.execute(db)
  // Deleted after an hour: as many rows as nodes, sixty times.
  await sql`
    create table node_minutes (
      minute timestamptz not null,
      node_id uuid not null,
      figures jsonb not null,
      primary key (minute, node_id)
    )`.execute(db)
  await sql`create table work_minutes (minute timestamptz primary key, figures jsonb not null)`.execute(
    db,
  )
  await sql`
    create table encounter_steps (
      step_id uuid primary key default gen_random_uuid(),
      practice_id text not null,
      encounter_id text not null,
      work_item_id text,
      run integer not null,
      attempt integer not null,
      kind text not null,
      node_id uuid not null,
      worker_id text not null,
      started_at timestamptz not null,
      ended_at timestamptz not null,
      code text,
      ehr_request_count integer not null,
      ehr_ms integer not null
    )`.execute(db)
  await sql`create index encounter_steps_of_encounter on encounter_steps (practice_id, encounter_id, started_at)`.execute(
    db,
  )
  await sql`create index encounter_steps_age on encounter_steps (ended_at)`.execute(db)
  // A redriven letter has another run, so it counts again if it fails again.
  await sql`
    create table dismissed_letters (
      kind text not null check (kind in ('encounter', 'write_back')),
      ordinal bigint not null,
      run integer not null,
      practice_id text not null,
      encounter_id text not null,
      code text,
      note text not null,
      dismissed_by text not null,
      dismissed_at timestamptz not null,
      primary key (kind, ordinal, run)
    )`.execute(db)
  await sql`create index encounters_unfinished on encounters (processing, detected_at) where processing <> 'processed'`.execute(
    db,
  )
  await sql`create index encounters_finished on encounters (finished_at)`.execute(db)
  await sql`create index write_backs_unfinished on write_backs (state) where state <> 'written'`.execute(
    db,
  )
}
