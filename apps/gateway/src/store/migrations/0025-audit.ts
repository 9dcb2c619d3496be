import { type Kysely, sql } from 'kysely'

/**
 * The audit trail: who did what, append-only, each row with a SHA-256 over its content and the hash of the row before it.
 *
 * `audit_chain` has one row: where the chain ends, and the last row that retention removed. Whoever appends locks it until commit, so
 * numbers have no gaps and rows follow each other in the order of commits. Called as a transaction's last statement: writers wait for
 * each other here, and nobody who holds this lock waits for another.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_log (
      sequence bigint primary key,
      occurred_at timestamptz not null,
      action text not null,
      outcome text not null,
      operation text,
      person_id text,
      label text,
      roles text[] not null,
      address text,
      request_id text,
      practice_ids text[] not null,
      patient_ids text[] not null,
      encounter_ids text[] not null,
      work_item_ids text[] not null,
      count integer not null,
      detail text,
      previous_hash text not null,
      hash text not null
    )`.execute(db)
  await sql`create index audit_log_patients on audit_log using gin (patient_ids)`.execute(db)
  await sql`create index audit_log_label on audit_log (label, sequence)`.execute(db)
  await sql`create index audit_log_action on audit_log (action, sequence)`.execute(db)
  await sql`create index audit_log_time on audit_log (occurred_at)`.execute(db)
  await sql`
    create table audit_chain (
      only_row boolean primary key default true check (only_row),
      removed_sequence bigint not null default 0,
      removed_hash text not null default '',
      last_sequence bigint not null default 0,
      last_hash text not null default ''
    )`.execute(db)
  // What was recorded in this minute or hour already; deleted after a few hours.
  await sql`
    create table audit_marks (
      kind text not null,
      subject text not null,
      since timestamptz not null,
      count integer not null default 1,
      primary key (since, kind, subject)
    )`.execute(db)

  await sql`
    create function audit_text(fields text[]) returns text language sql immutable as $$
      select coalesce(string_agg(case when field is null then '-' else octet_length(convert_to(field, 'UTF8')) || ':' || field end, ','
                                 order by position), '')
        from unnest(fields) with ordinality as listed (field, position)
    $$`.execute(db)
  await sql`
    create function append_audit(entries jsonb) returns void language plpgsql as $$
    declare
      chain audit_chain;
      entry jsonb;
      made audit_log;
    begin
      insert into audit_chain default values on conflict do nothing;
      select * into chain from audit_chain for update;
      for entry in select value from jsonb_array_elements(entries) loop
        made := jsonb_populate_record(null::audit_log, entry);
        made.sequence := chain.last_sequence + 1;
        made.occurred_at := date_trunc('milliseconds', clock_timestamp());
        made.previous_hash := chain.last_hash;
        made.hash := encode(sha256(convert_to(audit_text(array[
          made.previous_hash, made.sequence::text, to_char(made.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          made.action, made.outcome, made.operation, made.person_id, made.label, audit_text(made.roles), made.address, made.request_id,
          audit_text(made.practice_ids), audit_text(made.patient_ids), audit_text(made.encounter_ids), audit_text(made.work_item_ids),
          made.count::text, made.detail]), 'UTF8')), 'hex');
        insert into audit_log select made.*;
        chain.last_sequence := made.sequence;
        chain.last_hash := made.hash;
      end loop;
      update audit_chain set last_sequence = chain.last_sequence, last_hash = chain.last_hash;
    end $$`.execute(db)

  // Retention moves the mark in audit_chain first; what is behind it may then be deleted.
  await sql`
    create function keep_audit() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and tg_level = 'ROW' and tg_table_name = 'audit_log' then
        if old.sequence <= (select removed_sequence from audit_chain) then return old; end if;
      end if;
      if tg_op = 'UPDATE' and tg_table_name = 'audit_chain' then
        if new.last_sequence >= old.last_sequence and new.removed_sequence >= old.removed_sequence then return new; end if;
      end if;
      raise exception 'the audit trail is append-only' using errcode = 'insufficient_privilege';
    end $$`.execute(db)
  for (const table of ['audit_log', 'audit_chain']) {
    await sql`
      create trigger keep_rows before update or delete on ${sql.table(table)}
        for each row execute function keep_audit()`.execute(db)
    await sql`
      create trigger keep_table before truncate on ${sql.table(table)}
        for each statement execute function keep_audit()`.execute(db)
  }
}
