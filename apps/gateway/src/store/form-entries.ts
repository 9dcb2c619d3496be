import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'

export type FormEntryRow = Selectable<Schema['form_entries']>

/** The number of a provider's newest orders whose entries are offered again. */
const rememberedOrders = 20

/** What people typed into the form. It outlives a new run. The caller has checked that the work item is visible. */
export function formEntryRows(db: Kysely<Schema>) {
  return {
    /** Sorted by field, so that the same entries give the same form. */
    async list(workItemId: string): Promise<readonly FormEntryRow[]> {
      return db
        .selectFrom('form_entries')
        .selectAll()
        .where('work_item_id', '=', workItemId)
        .orderBy('field')
        .execute()
    },

    /**
     * What was typed last into these fields on the newest other orders of the provider in this practice, and into `serviceFields` on those
     * of the same procedure: where a device is used says nothing about where an operation is done. Both are regular expressions.
     */
    async last(
      {
        workItemId,
        practiceId,
        providerName,
        procedureCode,
      }: {
        readonly workItemId: string
        readonly practiceId: string
        readonly providerName: string
        readonly procedureCode: string | null
      },
      fields: string,
      serviceFields: string,
    ): Promise<Readonly<Record<string, string>>> {
      const { rows } = await sql<Pick<FormEntryRow, 'field' | 'value'>>`
        with recent as (
          select w.work_item_id, w.procedure_code from work_items w
           where w.practice_id = ${practiceId} and w.provider_name = ${providerName} and w.work_item_id <> ${workItemId}
             and exists (select from form_entries e where e.work_item_id = w.work_item_id and (e.field ~ ${fields} or e.field ~ ${serviceFields}))
           order by w.updated_at desc limit ${rememberedOrders})
        select distinct on (e.field) e.field, e.value
          from form_entries e join recent using (work_item_id)
         where e.field ~ ${fields} or (e.field ~ ${serviceFields} and recent.procedure_code = ${procedureCode})
         order by e.field, e.entered_at desc`.execute(db)
      return Object.fromEntries(rows.map(({ field, value }) => [field, value]))
    },

    /** Null removes what was typed. */
    async put(
      workItemId: string,
      entries: Readonly<Record<string, string | null>>,
      enteredBy: string,
      now: Date,
    ): Promise<void> {
      for (const [field, value] of Object.entries(entries)) {
        if (value === null) {
          await db
            .deleteFrom('form_entries')
            .where('work_item_id', '=', workItemId)
            .where('field', '=', field)
            .execute()
          continue
        }
        const values = { value, entered_by: enteredBy, entered_at: now }
        await db
          .insertInto('form_entries')
          .values({ work_item_id: workItemId, field, ...values })
          .onConflict((conflict) => conflict.columns(['work_item_id', 'field']).doUpdateSet(values))
          .execute()
      }
    },
  }
}
