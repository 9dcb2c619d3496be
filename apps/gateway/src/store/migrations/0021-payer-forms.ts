import { type Kysely, sql } from 'kysely'

/**
 * Forms of payers that operators upload and map on the screen. A version is written when it is activated and never changes, so that an
 * order keeps the form and the version on which it was filled.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table payer_forms (
      ordinal bigint generated always as identity unique,
      form_id text primary key,
      practice_id text,
      name text not null,
      file_name text not null,
      pdf bytea not null,
      map jsonb not null,
      payers jsonb not null default '[]',
      codes jsonb not null default '[]',
      state text not null default 'draft' check (state in ('draft', 'active', 'retired')),
      version integer not null default 1,
      active_version integer,
      created_by text not null,
      created_at timestamptz not null,
      changed_by text not null,
      changed_at timestamptz not null,
      check ((state = 'active') = (active_version is not null))
    )`.execute(db)
  await sql`
    create table payer_form_versions (
      form_id text not null references payer_forms,
      version integer not null,
      name text not null,
      map jsonb not null,
      payers jsonb not null,
      codes jsonb not null,
      activated_by text not null,
      activated_at timestamptz not null,
      primary key (form_id, version)
    )`.execute(db)
  await sql`
    alter table forms
      add column payer_form_id text,
      add column payer_form_version integer`.execute(db)
}
