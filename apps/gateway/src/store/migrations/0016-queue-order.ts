import { type Kysely, sql } from 'kysely'

/**
 * What the work queue filters and sorts by. `stage` is `stageOf` of packages/prior-auth, except that an approved form which failed to get
 * into the chart is `filing` here too: that is the write-back's to say.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table work_items
      add column patient_sort_name text,
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
          when review = 'ready_for_review' then 'ready_to_sign'
          when review in ('missing_data', 'requirements_not_met') and handed_over_at is not null then 'ready_to_sign'
          when review = 'missing_data' then 'needs_information'
          when review = 'requirements_not_met' then 'not_met'
          when review = 'no_policy' then 'no_criteria'
          else review
        end) stored`.execute(db)

  // Orders of an earlier release are found by what they have.
  await sql`
    update work_items
       set search_text = lower(concat_ws(E'\n', order_description, procedure_code, encounter_id))
     where search_text = ''`.execute(db)

  await sql`drop index work_items_review`.execute(db)
  await sql`drop index work_items_owner`.execute(db)
  await sql`create index work_items_due on work_items (practice_id, stage, planned_on, ordinal)`.execute(
    db,
  )
  await sql`create index work_items_updated on work_items (practice_id, stage, updated_at, ordinal)`.execute(
    db,
  )
  await sql`create index work_items_owner on work_items (owner, practice_id, stage) where owner is not null`.execute(
    db,
  )
  await sql`create index write_backs_unfiled on write_backs (work_item_id, version) where state in ('failed', 'ambiguous')`.execute(
    db,
  )
  await sql`create index encounters_unprocessed on encounters (practice_id, processing) where processing <> 'processed'`.execute(
    db,
  )
}
