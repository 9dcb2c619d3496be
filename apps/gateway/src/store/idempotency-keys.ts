import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

export interface StoredAnswer {
  readonly status: number
  readonly answer: Buffer
}

/** The result of claiming a key: whether this request is the first with it, or what an earlier one did. */
export type KeyClaim =
  | { readonly outcome: 'claimed' }
  | { readonly outcome: 'in_use' }
  | { readonly outcome: 'other_request' }
  | { readonly outcome: 'answered'; readonly stored: StoredAnswer }

/** Requests that had an idempotency key, by hashes. Times are the database's, so that nodes agree. */
export function idempotencyKeyRows(db: Kysely<Schema>) {
  return {
    /**
     * Claims the key for a request. A key whose node died can be claimed again after `claimMs`, an expired one at once.
     *
     * @param claim distinguishes this request from a later one with the same key
     */
    async claim(
      key: { readonly keySha256: string; readonly requestSha256: string; readonly claim: string },
      { claimMs, keepMs }: { readonly claimMs: number; readonly keepMs: number },
    ): Promise<KeyClaim> {
      const { keySha256, requestSha256, claim } = key
      const { rows } = await sql`
        insert into idempotency_keys as k (key_sha256, request_sha256, claim, claimed_until, expires_at)
        values (${keySha256}, ${requestSha256}, ${claim}, now() + ${claimMs} * interval '1 millisecond',
                now() + ${keepMs} * interval '1 millisecond')
            on conflict (key_sha256) do update
           set request_sha256 = excluded.request_sha256, claim = excluded.claim, claimed_until = excluded.claimed_until,
               expires_at = excluded.expires_at, status = null, answer = null
         where k.expires_at <= now()
            or (k.status is null and k.claimed_until <= now() and k.request_sha256 = excluded.request_sha256)
        returning key_sha256`.execute(db)
      if (rows.length === 1) return { outcome: 'claimed' }
      const row = await db
        .selectFrom('idempotency_keys')
        .select(['request_sha256', 'status', 'answer'])
        .where('key_sha256', '=', keySha256)
        .executeTakeFirst()
      // Released meanwhile: the client may try again.
      if (row === undefined) return { outcome: 'in_use' }
      if (row.request_sha256 !== requestSha256) return { outcome: 'other_request' }
      if (row.status === null || row.answer === null) return { outcome: 'in_use' }
      return { outcome: 'answered', stored: { status: row.status, answer: row.answer } }
    },

    async keep(
      { keySha256, claim }: { readonly keySha256: string; readonly claim: string },
      { status, answer }: StoredAnswer,
    ): Promise<void> {
      await db
        .updateTable('idempotency_keys')
        .set({ status, answer })
        .where('key_sha256', '=', keySha256)
        .where('claim', '=', claim)
        .execute()
    },

    /** The request has no answer to be kept: the key may be used again. */
    async release({
      keySha256,
      claim,
    }: {
      readonly keySha256: string
      readonly claim: string
    }): Promise<void> {
      await db
        .deleteFrom('idempotency_keys')
        .where('key_sha256', '=', keySha256)
        .where('claim', '=', claim)
        .execute()
    },

    async deleteExpired(): Promise<void> {
      await db.deleteFrom('idempotency_keys').where('expires_at', '<=', sql<Date>`now()`).execute()
    },
  }
}
