import type { Kysely, Selectable } from 'kysely'
import type { Schema } from './schema.ts'

export type FormEntryRow = Selectable<Schema['form_entries']>

/** What people typed into the form. It outlives a new run. The caller has checked that the work item is visible. */
export function formEntryRows(db: Kysely<Schema>) {
  return {
    /** By field, so that the same entries give the same form. */
    async list(workItemId: string): Promise<readonly FormEntryRow[]> {
      return db
        .selectFrom('form_entries')
        .selectAll()
        .where('work_item_id', '=', workItemId)
        .orderBy('field')
        .execute()
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
