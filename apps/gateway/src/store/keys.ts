import type { Role } from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import { labelRows } from './labels.ts'
import type { Schema } from './schema.ts'

export type KeyRow = Selectable<Schema['keys']>

export interface NewKey {
  readonly label: string
  /** The result of `labelKey`. */
  readonly labelKey: string
  readonly keySha256: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly madeBy: string
}

/** API keys that people made. Revoked ones are kept, because history shows their labels. */
export function keyRows(db: Kysely<Schema>) {
  return {
    async add(key: NewKey, now: Date): Promise<KeyRow | 'label_taken'> {
      if (!(await labelRows(db).take(key.labelKey, key.label))) return 'label_taken'
      return db
        .insertInto('keys')
        .values({
          label: key.label,
          key_sha256: key.keySha256,
          roles: [...key.roles],
          practice_ids: [...key.practiceIds],
          made_by: key.madeBy,
          made_at: now,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
    },

    /** Undefined when it is unknown or revoked. */
    async findValid(keySha256: string): Promise<KeyRow | undefined> {
      return db
        .selectFrom('keys')
        .selectAll()
        .where('key_sha256', '=', keySha256)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
    },

    async find(keyId: string): Promise<KeyRow | undefined> {
      return db.selectFrom('keys').selectAll().where('key_id', '=', keyId).executeTakeFirst()
    },

    /** Valid ones first, then revoked ones; each by label. */
    async list(): Promise<readonly KeyRow[]> {
      return db
        .selectFrom('keys')
        .selectAll()
        .orderBy(sql`revoked_at is not null`)
        .orderBy(sql`lower(label)`)
        .execute()
    },

    async touch(keyId: string, now: Date): Promise<void> {
      await db.updateTable('keys').set({ used_at: now }).where('key_id', '=', keyId).execute()
    },

    /** Also ends its sessions. Undefined when it is unknown or revoked already. */
    async revoke(keyId: string, revokedBy: string, now: Date): Promise<KeyRow | undefined> {
      const row = await db
        .updateTable('keys')
        .set({ revoked_at: now, revoked_by: revokedBy })
        .where('key_id', '=', keyId)
        .where('revoked_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
      if (row !== undefined)
        await db.deleteFrom('sessions').where('key_sha256', '=', row.key_sha256).execute()
      return row
    },
  }
}
