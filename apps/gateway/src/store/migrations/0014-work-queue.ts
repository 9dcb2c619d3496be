import { type Kysely, sql } from 'kysely'

/**
 * What people need to work on an order: who it is about, when it is due, who has it, what they changed, and how far it is with the
 * payer. The chart is kept as it was read, because people check the answers against exactly that text, and a form that a person completes
 * is filled again from it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table work_items
      add column patient_name text,
      add column birth_date text,
      add column record_number text,
      add column member_id text,
      add column payer_name text,
      add column plan_name text,
      add column provider_name text,
      add column planned_on date,
      add column urgency text check (urgency in ('standard', 'urgent')),
      add column question_count integer not null default 0,
      add column open_question_count integer not null default 0,
      add column owner text,
      add column handed_over_at timestamptz,
      add column payer_state text check (payer_state in ('sent', 'more_information_asked', 'approved', 'denied')),
      add column closed_reason text,
      add column search_text text not null default ''`.execute(db)

  await sql`alter table forms add column missing_fields jsonb not null default '[]'`.execute(db)

  await sql`
    create table charts (
      practice_id text not null,
      encounter_id text not null,
      run integer not null,
      bundle bytea not null,
      read_at timestamptz not null,
      primary key (practice_id, encounter_id),
      foreign key (practice_id, encounter_id) references encounters
    )`.execute(db)

  await sql`
    create table answer_changes (
      work_item_id text not null references work_items on delete cascade,
      criterion_id text not null,
      chart_answer text not null,
      answer text not null check (answer in ('met', 'not_met', 'unclear')),
      reason text not null,
      evidence jsonb,
      changed_by text not null,
      changed_at timestamptz not null,
      primary key (work_item_id, criterion_id)
    )`.execute(db)

  await sql`
    create table form_entries (
      work_item_id text not null references work_items on delete cascade,
      field text not null,
      value text not null,
      entered_by text not null,
      entered_at timestamptz not null,
      primary key (work_item_id, field)
    )`.execute(db)

  await sql`
    create table work_item_history (
      ordinal bigint generated always as identity primary key,
      work_item_id text not null references work_items on delete cascade,
      version integer not null,
      happened_at timestamptz not null,
      actor text,
      kind text not null,
      data jsonb not null default '{}'
    )`.execute(db)
  await sql`create index work_item_history_item on work_item_history (work_item_id, ordinal)`.execute(
    db,
  )

  await sql`create index work_items_review on work_items (practice_id, review, planned_on, ordinal)`.execute(
    db,
  )
  await sql`create index work_items_owner on work_items (owner, planned_on, ordinal)`.execute(db)
}
