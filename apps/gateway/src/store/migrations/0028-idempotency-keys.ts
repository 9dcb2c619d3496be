import { type Kysely, sql } from 'kysely'

/**
 * Answers to requests that had an `Idempotency-Key`. Only hashes of the key, the caller and the request are kept, and of the answer its
 * status with the body that the caller may be sent again, encrypted under the key, which is not stored.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table idempotency_keys (
      key_sha256 text primary key,
      request_sha256 text not null,
      claim text not null,
      claimed_until timestamptz not null,
      status integer,
      answer bytea,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index idempotency_keys_expiry on idempotency_keys (expires_at)`.execute(db)
}
