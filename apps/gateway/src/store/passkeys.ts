import type { Kysely, Selectable } from 'kysely'
import type { Schema } from './schema.ts'

export type PasskeyRow = Selectable<Schema['passkeys']>

/** Public keys with which people sign in. The private ones never leave their devices. */
export function passkeyRows(db: Kysely<Schema>) {
  return {
    /** False when the passkey is registered already. */
    async add(passkey: Omit<PasskeyRow, 'used_at'>): Promise<boolean> {
      const row = await db
        .insertInto('passkeys')
        .values(passkey)
        .onConflict((conflict) => conflict.doNothing())
        .returning('credential_id')
        .executeTakeFirst()
      return row !== undefined
    },

    async find(credentialId: string): Promise<PasskeyRow | undefined> {
      return db
        .selectFrom('passkeys')
        .selectAll()
        .where('credential_id', '=', credentialId)
        .executeTakeFirst()
    },

    async listOf(personId: string): Promise<readonly PasskeyRow[]> {
      return db
        .selectFrom('passkeys')
        .selectAll()
        .where('person_id', '=', personId)
        .orderBy('added_at')
        .execute()
    },

    async used(credentialId: string, counter: number, now: Date): Promise<void> {
      await db
        .updateTable('passkeys')
        .set({ counter, used_at: now })
        .where('credential_id', '=', credentialId)
        .execute()
    },

    async removeOf(personId: string): Promise<void> {
      await db.deleteFrom('passkeys').where('person_id', '=', personId).execute()
    },

    async remove(personId: string, credentialId: string): Promise<boolean> {
      const row = await db
        .deleteFrom('passkeys')
        .where('person_id', '=', personId)
        .where('credential_id', '=', credentialId)
        .returning('credential_id')
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
