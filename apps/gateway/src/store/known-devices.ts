import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** The browsers in which people have signed in. */
export function knownDeviceRows(db: Kysely<Schema>) {
  return {
    async has(personId: string, deviceSha256: string): Promise<boolean> {
      const row = await db
        .selectFrom('known_devices')
        .select('person_id')
        .where('person_id', '=', personId)
        .where('device_sha256', '=', deviceSha256)
        .executeTakeFirst()
      return row !== undefined
    },

    async add(personId: string, deviceSha256: string, now: Date): Promise<void> {
      await db
        .insertInto('known_devices')
        .values({ person_id: personId, device_sha256: deviceSha256, used_at: now })
        .onConflict((conflict) =>
          conflict.columns(['person_id', 'device_sha256']).doUpdateSet({ used_at: now }),
        )
        .execute()
    },

    /** After a new password, the earlier browsers are no longer known. */
    async removeOf(personId: string): Promise<void> {
      await db.deleteFrom('known_devices').where('person_id', '=', personId).execute()
    },

    async removeBefore(moment: Date): Promise<void> {
      await db.deleteFrom('known_devices').where('used_at', '<', moment).execute()
    },
  }
}
