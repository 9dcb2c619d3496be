import { type Kysely, sql } from 'kysely'

/** A write-back that waits for a person, what was sent of it, and who decided what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table write_backs
    add column sent_count integer not null default 0 check (sent_count >= 0),
    add column first_sent_at timestamptz,
    add column last_sent_at timestamptz,
    add column sent jsonb,
    -- the EHR said that it has the document: from here it is never sent again without a person
    add column acknowledged boolean not null default false,
    -- under the id that the EHR named, before it was verified
    add column claimed_document_id text,
    add column document_evidence text check (document_evidence in ('identifier', 'content', 'person')),
    add column decisions jsonb not null default '[]'`.execute(db)
  await sql`update write_backs
    set sent_count = 1, first_sent_at = sending_since, last_sent_at = sending_since
    where sending_since is not null`.execute(db)
  await sql`alter table write_backs
    drop constraint write_backs_state_check,
    add constraint write_backs_state_check
      check (state in ('queued', 'writing', 'written', 'failed', 'withdrawn', 'ambiguous')),
    -- nothing is said to be written that has no document
    add constraint write_backs_written_has_document check (state <> 'written' or document_id is not null),
    add constraint write_backs_ambiguous_was_sent check (state <> 'ambiguous' or sent_count > 0)`.execute(
    db,
  )
}
