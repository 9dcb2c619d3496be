import { type Kysely, sql } from 'kysely'

/** Open orders that a person has typed as urgent, or as standard, in an earlier release: this counts before what the chart says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update work_items w
       set urgency = f.value,
           expedited_due_on = case when f.value = 'urgent'
             then coalesce(w.expedited_due_on, (e.detected_at at time zone 'UTC' + interval '72 hours')::date) end
      from form_entries f, encounters e
     where f.work_item_id = w.work_item_id and f.field = 'choices.review' and f.value in ('urgent', 'standard')
       and e.practice_id = w.practice_id and e.encounter_id = w.encounter_id
       and w.review in ('ready_for_review', 'missing_data', 'requirements_not_met')`.execute(db)
}
