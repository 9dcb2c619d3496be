import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** The names that history shows. A name belongs to its first owner permanently, even after they are renamed. */
export function labelRows(db: Kysely<Schema>) {
  return {
    /** False when it belongs to somebody already. Without `personId` it belongs to a key. */
    async take(labelKey: string, label: string, personId?: string): Promise<boolean> {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('labels')
        .values({ label_key: labelKey, label, person_id: personId ?? null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },

    /** Which of them belong or belonged to somebody, by `labelKey`. */
    async taken(labelKeys: readonly string[]): Promise<readonly string[]> {
      if (labelKeys.length === 0) return []
      const rows = await db
        .selectFrom('labels')
        .select('label')
        .where('label_key', 'in', labelKeys)
        .execute()
      return rows.map(({ label }) => label)
    },
  }
}
