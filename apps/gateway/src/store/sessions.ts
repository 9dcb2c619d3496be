import type { Role } from '@authscript/prior-auth'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

export interface Grant {
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly expiresAt: Date
}

/** Sign-in links and sessions, found by the SHA-256 of their token: the token itself is never stored. */
export function sessionRows(db: Kysely<Schema>) {
  const columns = (tokenSha256: string, grant: Grant) => ({
    token_sha256: tokenSha256,
    label: grant.label,
    roles: [...grant.roles],
    practice_ids: [...grant.practiceIds],
    expires_at: grant.expiresAt,
  })
  return {
    async createLink(tokenSha256: string, grant: Grant): Promise<void> {
      await db.insertInto('sign_in_links').values(columns(tokenSha256, grant)).execute()
    },

    /** Uses a link up. Of two that try at once, one gets the grant. */
    async redeemLink(tokenSha256: string, now: Date): Promise<Grant | undefined> {
      const row = await db
        .updateTable('sign_in_links')
        .set({ used_at: now })
        .where('token_sha256', '=', tokenSha256)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst()
      return (
        row && {
          label: row.label,
          roles: row.roles,
          practiceIds: row.practice_ids,
          expiresAt: row.expires_at,
        }
      )
    },

    async create(tokenSha256: string, grant: Grant): Promise<void> {
      await db.insertInto('sessions').values(columns(tokenSha256, grant)).execute()
    },

    async find(tokenSha256: string, now: Date): Promise<Grant | undefined> {
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('token_sha256', '=', tokenSha256)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return (
        row && {
          label: row.label,
          roles: row.roles,
          practiceIds: row.practice_ids,
          expiresAt: row.expires_at,
        }
      )
    },

    /** Whom an open session with one of the roles belongs to, and of which practices they may see something. */
    async people(
      roles: readonly Role[],
      now: Date,
    ): Promise<readonly { readonly label: string; readonly practiceIds: readonly string[] }[]> {
      const { rows } = await sql<{ label: string; practiceIds: string[] }>`
        select label, array_agg(distinct practice_id) as "practiceIds"
          from sessions cross join unnest(practice_ids) as practice_id
         where roles && ${roles}::text[] and expires_at > ${now}
         group by label`.execute(db)
      return rows
    },

    async remove(tokenSha256: string): Promise<void> {
      await db.deleteFrom('sessions').where('token_sha256', '=', tokenSha256).execute()
    },

    async deleteExpired(now: Date): Promise<void> {
      await db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
      await db.deleteFrom('sign_in_links').where('expires_at', '<=', now).execute()
    },
  }
}
