import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * The people whom notes mention. A mention ends when that person has read the notes. The caller has checked that the work item is
 * visible.
 */
export function mentionRows(db: Kysely<Schema>) {
  return {
    async add(
      workItemId: string,
      labels: readonly string[],
      mentionedBy: string,
      now: Date,
    ): Promise<void> {
      if (labels.length === 0) return
      const values = { mentioned_by: mentionedBy, mentioned_at: now, read_at: null }
      await db
        .insertInto('mentions')
        .values(labels.map((label) => ({ work_item_id: workItemId, label, ...values })))
        .onConflict((conflict) => conflict.columns(['work_item_id', 'label']).doUpdateSet(values))
        .execute()
    },

    /** Returns whether there was an unread mention. */
    async markRead(workItemId: string, label: string, now: Date): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('mentions')
        .set({ read_at: now })
        .where('work_item_id', '=', workItemId)
        .where('label', '=', label)
        .where('read_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async isUnread(workItemId: string, label: string): Promise<boolean> {
      const row = await db
        .selectFrom('mentions')
        .select('work_item_id')
        .where('work_item_id', '=', workItemId)
        .where('label', '=', label)
        .where('read_at', 'is', null)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
