import { type Kysely, sql } from 'kysely'

/** Pictures of signatures, each of one person in one practice; and whom a note asks to look at an order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table signatures (
      practice_id text not null,
      label text not null,
      type text not null check (type in ('png', 'jpeg')),
      image bytea not null,
      added_at timestamptz not null,
      primary key (practice_id, label)
    )`.execute(db)

  await sql`alter table forms add column has_signature_box boolean not null default false`.execute(
    db,
  )

  await sql`
    create table mentions (
      work_item_id text not null references work_items on delete cascade,
      label text not null,
      mentioned_by text not null,
      mentioned_at timestamptz not null,
      read_at timestamptz,
      primary key (work_item_id, label)
    )`.execute(db)
  await sql`create index mentions_unread on mentions (label, work_item_id) where read_at is null`.execute(
    db,
  )
}
