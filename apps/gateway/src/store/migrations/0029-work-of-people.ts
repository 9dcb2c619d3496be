import { type Kysely, sql } from 'kysely'

/**
 * Orders that a person marked urgent are due 72 hours after the encounter was signed, providers are sorted by family name, and an order
 * for which information was asked says so: of whom, what, and until when. `stage` is `stageOf` of packages/prior-auth, as in 0016.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table work_items
      add column provider_sort_name text,
      add column expedited_due_on date,
      add column asked_of text,
      add column asked_what text,
      add column asked_due_on date,
      add column asked_by text,
      add column asked_at timestamptz`.execute(db)
  // Orders of an earlier release have only the moment at which the encounter was found to be signed.
  await sql`
    update work_items w
       set expedited_due_on = (e.detected_at at time zone 'UTC' + interval '72 hours')::date
      from encounters e
     where w.urgency = 'urgent' and e.practice_id = w.practice_id and e.encounter_id = w.encounter_id`.execute(
    db,
  )
  await sql`drop index work_items_due`.execute(db)
  await sql`drop index work_items_updated`.execute(db)
  await sql`drop index work_items_owner`.execute(db)
  await sql`alter table work_items drop column stage`.execute(db)
  await sql`
    alter table work_items
      add column due_on date generated always as (least(planned_on, expedited_due_on)) stored,
      add column stage text not null generated always as (
        case
          when review = 'approved' then 'filing'
          when review = 'submitted' then
            case payer_state
              when 'sent' then 'waiting_for_payer'
              when 'more_information_asked' then 'more_information_asked'
              when 'approved' then 'authorized'
              when 'denied' then 'denied'
              else 'to_send'
            end
          when review in ('closed', 'superseded') then review
          when asked_at is not null then 'information_asked'
          when review = 'ready_for_review' then 'ready_to_sign'
          when review in ('missing_data', 'requirements_not_met') and handed_over_at is not null then 'ready_to_sign'
          when review = 'missing_data' then 'needs_information'
          when review = 'requirements_not_met' then 'not_met'
          when review = 'no_policy' then 'no_criteria'
          else review
        end) stored`.execute(db)
  await sql`create index work_items_due on work_items (practice_id, stage, due_on, ordinal)`.execute(
    db,
  )
  await sql`create index work_items_updated on work_items (practice_id, stage, updated_at, ordinal)`.execute(
    db,
  )
  await sql`
    create index work_items_owner on work_items (owner, practice_id, stage, due_on, ordinal)
     where owner is not null`.execute(db)

  // Who ended the watch; null: the EHR's answer, or an earlier release.
  await sql`alter table registrations add column ended_by text`.execute(db)
  // A search names patients, so it is not kept: see docs/decisions/0045-work-of-people.md.
  await sql`update saved_views set search = search - 'q' where search ? 'q'`.execute(db)
}
