import type { Kysely, Selectable } from 'kysely'
import type { Schema } from './schema.ts'

export type FaxContactRow = Selectable<Schema['fax_contacts']>

/** Where a practice faxes its requests, by payer, as a person typed it. */
export function faxContactRows(db: Kysely<Schema>) {
  return {
    async find(practiceId: string, payerName: string): Promise<FaxContactRow | undefined> {
      return db
        .selectFrom('fax_contacts')
        .selectAll()
        .where('practice_id', '=', practiceId)
        .where('payer_name', '=', payerName)
        .executeTakeFirst()
    },

    /** The contact that the practice typed last, for any payer: its own part, the sender, stays the same. */
    async newest(practiceId: string): Promise<FaxContactRow | undefined> {
      return db
        .selectFrom('fax_contacts')
        .selectAll()
        .where('practice_id', '=', practiceId)
        .orderBy('entered_at', 'desc')
        .limit(1)
        .executeTakeFirst()
    },

    async put(contact: FaxContactRow): Promise<void> {
      const { practice_id: _practice, payer_name: _payer, ...values } = contact
      await db
        .insertInto('fax_contacts')
        .values(contact)
        .onConflict((conflict) =>
          conflict.columns(['practice_id', 'payer_name']).doUpdateSet(values),
        )
        .execute()
    },
  }
}
