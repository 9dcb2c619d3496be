import { type Kysely, sql } from 'kysely'

/** Durable retries and their history, the write-back of approved forms, and what nodes share: the EHR's rate and the word that we moved. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table encounters
    add column retry_count integer not null default 0,
    add column next_attempt_at timestamptz`.execute(db)

  // What went wrong, each time: the row of a visit tells only the last of it.
  await sql`
    create table failures (
      ordinal bigint generated always as identity primary key,
      practice_id text not null,
      encounter_id text not null,
      work_item_id text,
      run integer not null,
      attempt_count integer not null,
      code text not null,
      reason text not null,
      outcome text not null check (outcome in ('retried', 'failed')),
      failed_at timestamptz not null,
      next_attempt_at timestamptz
    )`.execute(db)
  await sql`create index failures_of_visit on failures (practice_id, encounter_id, ordinal)`.execute(
    db,
  )

  await sql`
    create table write_backs (
      ordinal bigint generated always as identity unique,
      work_item_id text not null references work_items on delete cascade,
      version integer not null,
      practice_id text not null,
      encounter_id text not null,
      patient_id text not null,
      identifier text not null unique,
      form_sha256 text not null,
      state text not null check (state in ('queued', 'writing', 'written', 'failed', 'withdrawn')),
      run integer not null default 1,
      attempt_count integer not null default 0,
      retry_count integer not null default 0,
      next_attempt_at timestamptz,
      -- since when a document may be on its way: until its answer is known, nobody else may send
      sending_since timestamptz,
      document_id text,
      error_code text,
      error_reason text,
      approved_by text not null,
      approved_at timestamptz not null,
      finished_at timestamptz,
      primary key (work_item_id, version)
    )`.execute(db)

  await sql`
    create table ehr_shares (
      node_id uuid primary key,
      slots integer not null check (slots >= 0),
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create table ehr_days (day date primary key, spent bigint not null)`.execute(db)

  await sql`create table relocations (target text not null, moved_at timestamptz not null)`.execute(
    db,
  )
}
