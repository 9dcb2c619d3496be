import { type Kysely, sql } from 'kysely'

/**
 * What people add to a request: files, and the first page of a fax. An approved document with more than the form in it is kept beside the
 * form, because withdrawing the approval takes it away again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attachments (
      attachment_id text primary key default gen_random_uuid()::text,
      work_item_id text not null references work_items on delete cascade,
      place integer not null,
      name text not null,
      type text not null check (type in ('pdf', 'png', 'jpeg')),
      file_sha256 text not null,
      file_bytes integer not null,
      pdf bytea not null,
      pages integer not null,
      added_by text not null,
      added_at timestamptz not null,
      unique (work_item_id, place),
      unique (work_item_id, file_sha256)
    )`.execute(db)

  await sql`
    alter table forms
      add column document bytea,
      add column document_sha256 text,
      add column document_pages integer`.execute(db)

  await sql`
    create table fax_contacts (
      practice_id text not null,
      payer_name text not null,
      recipient text not null,
      recipient_fax text not null,
      sender text not null,
      sender_phone text,
      sender_fax text,
      entered_by text not null,
      entered_at timestamptz not null,
      primary key (practice_id, payer_name)
    )`.execute(db)
}
