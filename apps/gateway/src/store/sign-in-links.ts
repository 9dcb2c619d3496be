import type { Role } from '@authscript/prior-auth'
import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

export interface Grant {
  readonly label: string
  /** The named person to whom it belongs; undefined if it is shared. */
  readonly personId?: string | undefined
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly expiresAt: Date
}

/** The columns of a grant in links and sessions. */
export const grantColumns = (tokenSha256: string, grant: Grant) => ({
  token_sha256: tokenSha256,
  label: grant.label,
  person_id: grant.personId ?? null,
  roles: [...grant.roles],
  practice_ids: [...grant.practiceIds],
  expires_at: grant.expiresAt,
})

/** Links that sign in once, found by the SHA-256 of their token: the token itself is never stored. */
export function signInLinkRows(db: Kysely<Schema>) {
  return {
    async create(tokenSha256: string, grant: Grant): Promise<void> {
      await db.insertInto('sign_in_links').values(grantColumns(tokenSha256, grant)).execute()
    },

    /** Takes a link, which can be used once. Of two simultaneous attempts, one gets the grant. */
    async redeem(tokenSha256: string, now: Date): Promise<Grant | undefined> {
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
          personId: row.person_id ?? undefined,
          roles: row.roles,
          practiceIds: row.practice_ids,
          expiresAt: row.expires_at,
        }
      )
    },

    async removeOf(personId: string): Promise<void> {
      await db.deleteFrom('sign_in_links').where('person_id', '=', personId).execute()
    },

    async deleteExpired(now: Date): Promise<void> {
      await db.deleteFrom('sign_in_links').where('expires_at', '<=', now).execute()
    },
  }
}
