import { type Kysely, sql } from 'kysely'

/** API keys that are made in the page, passkeys, and what a sign-in has to remember between two requests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table keys (
      key_id text primary key default gen_random_uuid()::text,
      label text not null,
      key_sha256 text not null unique,
      roles text[] not null,
      practice_ids text[] not null,
      made_by text not null,
      made_at timestamptz not null,
      used_at timestamptz,
      revoked_by text,
      revoked_at timestamptz
    )`.execute(db)
  await sql`
    create table passkeys (
      credential_id text primary key,
      person_id text not null references people (person_id),
      name text not null,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null,
      added_at timestamptz not null,
      used_at timestamptz
    )`.execute(db)
  await sql`create index passkeys_person on passkeys (person_id)`.execute(db)
  await sql`
    create table sign_in_flows (
      token_sha256 text primary key,
      flow jsonb not null,
      expires_at timestamptz not null
    )`.execute(db)
}
