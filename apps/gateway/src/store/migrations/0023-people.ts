import { type Kysely, sql } from 'kysely'

/**
 * Named people. A label, once given to somebody, is nobody else's: history names people by it. Sessions say whose they are, how they were
 * opened and when they were used. `sign_in_attempts` counts wrong passwords by account and source, and holds neither logins nor addresses.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table people (
      person_id text primary key default gen_random_uuid()::text,
      login text not null,
      label text not null,
      roles text[] not null,
      practice_ids text[] not null,
      password_hash text,
      password_changed_at timestamptz,
      issuer text,
      subject text,
      disabled_at timestamptz,
      added_by text not null,
      added_at timestamptz not null,
      signed_in_at timestamptz,
      unique (issuer, subject)
    )`.execute(db)
  await sql`create unique index people_login on people (lower(login))`.execute(db)
  await sql`
    create table labels (
      label_key text primary key,
      label text not null,
      person_id text references people (person_id)
    )`.execute(db)
  await sql`
    create table known_devices (
      person_id text not null references people (person_id),
      device_sha256 text not null,
      used_at timestamptz not null,
      primary key (person_id, device_sha256)
    )`.execute(db)
  await sql`
    create table sign_in_attempts (
      account_sha256 text not null,
      source_sha256 text not null,
      count integer not null,
      tried_at timestamptz not null,
      primary key (account_sha256, source_sha256)
    )`.execute(db)
  await sql`
    alter table sessions
      add column session_id text not null unique default gen_random_uuid()::text,
      add column person_id text references people (person_id),
      add column method text not null default 'key',
      add column key_sha256 text,
      add column opened_at timestamptz not null default now(),
      add column used_at timestamptz not null default now(),
      add column proved_at timestamptz,
      add column address text,
      add column browser text`.execute(db)
  await sql`create index sessions_person on sessions (person_id) where person_id is not null`.execute(
    db,
  )
  await sql`alter table sign_in_links add column person_id text references people (person_id)`.execute(
    db,
  )
}
