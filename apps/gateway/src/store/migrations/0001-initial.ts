import { type Kysely, sql } from 'kysely'

/** The first schema. Rows speak of ids, states and results; the chart itself is never stored. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registrations (
      practice_id text not null,
      encounter_id text not null,
      patient_id text not null,
      registered_at timestamptz not null,
      last_polled_at timestamptz,
      encounter_status text,
      last_error_code text,
      next_poll_at timestamptz not null,
      watch text not null check (watch in ('open', 'signed', 'ended')),
      watch_until timestamptz,
      primary key (practice_id, encounter_id)
    )`.execute(db)
  await sql`create index registrations_due on registrations (next_poll_at) where watch <> 'ended'`.execute(
    db,
  )
  await sql`create index registrations_patient on registrations (practice_id, patient_id)`.execute(
    db,
  )

  await sql`
    create table encounters (
      ordinal bigint generated always as identity unique,
      practice_id text not null,
      encounter_id text not null,
      patient_id text not null,
      patient_initials text,
      processing text not null check (processing in ('detected', 'queued', 'running', 'processed', 'failed')),
      run integer not null default 1,
      attempt_count integer not null default 0,
      error_code text,
      error_reason text,
      completeness jsonb not null default '[]',
      detected_at timestamptz not null,
      started_at timestamptz,
      finished_at timestamptz,
      primary key (practice_id, encounter_id)
    )`.execute(db)

  await sql`
    create table work_items (
      ordinal bigint generated always as identity unique,
      work_item_id text primary key default 'wi-' || gen_random_uuid(),
      practice_id text not null,
      encounter_id text not null,
      patient_id text not null,
      patient_initials text,
      service_request_id text not null,
      transaction_id text not null,
      procedure_code text,
      order_description text,
      policy_id text,
      policy_title text,
      review text not null,
      recommendation text not null,
      confidence double precision check (confidence between 0 and 1),
      version integer not null default 1,
      analysis jsonb not null,
      completeness jsonb not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      unique (practice_id, encounter_id, service_request_id),
      foreign key (practice_id, encounter_id) references encounters
    )`.execute(db)

  await sql`
    create table forms (
      work_item_id text primary key references work_items on delete cascade,
      version integer not null,
      pdf bytea not null,
      sha256 text not null,
      pages integer not null,
      continued_roles jsonb not null,
      filled_at timestamptz not null
    )`.execute(db)

  await sql`create sequence event_sequence as bigint`.execute(db)
  await sql`
    create table events (
      sequence bigint primary key,
      id uuid not null unique,
      event_type text not null,
      practice_id text not null,
      correlation_id text not null,
      occurred_at timestamptz not null,
      source text not null,
      data jsonb not null
    )`.execute(db)

  // A sequence number is taken under a lock that is held until commit, so numbers become visible in order and a reader who
  // resumes after n misses nothing. Called as a transaction's last statement, never around I/O: writers wait for each other here.
  await sql`
    create function append_events(entries jsonb) returns setof bigint language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(7270164);
      return query
        insert into events (sequence, id, event_type, practice_id, correlation_id, occurred_at, source, data)
        select nextval('event_sequence'), gen_random_uuid(), entry->>'eventType', entry->>'practiceId',
               entry->>'correlationId', (entry->>'timestamp')::timestamptz, entry->>'source', entry->'data'
        from jsonb_array_elements(entries) with ordinality as listed (entry, position)
        order by position
        returning sequence;
      perform pg_notify('gateway_events', '');
    end $$`.execute(db)

  for (const table of ['sign_in_links', 'sessions']) {
    await sql`
      create table ${sql.table(table)} (
        token_sha256 text primary key,
        label text not null,
        roles text[] not null,
        practice_ids text[] not null,
        expires_at timestamptz not null
      )`.execute(db)
  }
  await sql`alter table sign_in_links add column used_at timestamptz`.execute(db)
}
