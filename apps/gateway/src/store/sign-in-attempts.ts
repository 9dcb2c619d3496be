import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** An account, known or not, and the source of the attempt: as SHA-256, because somebody may type a password as the login. */
export interface AttemptKey {
  readonly accountSha256: string
  readonly sourceSha256: string
}

/** How often a password may be tried, and how long further attempts must wait. */
export interface AttemptPace {
  /** Attempts without a wait. */
  readonly free: number
  /** The wait after these; it doubles with each further attempt. */
  readonly firstWaitSeconds: number
  readonly maxWaitSeconds: number
  /** Older attempts do not count. */
  readonly forgetSeconds: number
}

/** Passwords that were tried and were wrong, or are being checked. */
export function signInAttemptRows(db: Kysely<Schema>) {
  return {
    /**
     * Counts an attempt before its password is checked, so that simultaneous ones count, too. Resolves with 0, or with the seconds to wait:
     * then it was not counted. An attempt whose `now` is earlier than that of one already counted, as on a node with a slow clock, does not
     * wait longer because of that.
     */
    async begin(key: AttemptKey, pace: AttemptPace, now: Date): Promise<number> {
      const wait = sql`
        case when sign_in_attempts.count < ${pace.free} then 0
             else least(${pace.maxWaitSeconds}::float8, ${pace.firstWaitSeconds}::float8 * power(2, least(sign_in_attempts.count - ${pace.free}, 30)))
        end`
      const isForgotten = sql`(sign_in_attempts.tried_at < ${now}::timestamptz - make_interval(secs => ${pace.forgetSeconds}))`
      const { rows: begun } = await sql`
        insert into sign_in_attempts (account_sha256, source_sha256, count, tried_at)
        values (${key.accountSha256}, ${key.sourceSha256}, 1, ${now})
        on conflict (account_sha256, source_sha256) do update
           set count = case when ${isForgotten} then 1 else sign_in_attempts.count + 1 end, tried_at = greatest(sign_in_attempts.tried_at, ${now})
         where ${isForgotten} or sign_in_attempts.count < ${pace.free} or sign_in_attempts.tried_at + make_interval(secs => ${wait}) <= ${now}
        returning 1`.execute(db)
      if (begun.length > 0) return 0
      const { rows } = await sql<{ seconds: number }>`
        select extract(epoch from sign_in_attempts.tried_at + make_interval(secs => ${wait}) - ${now}::timestamptz)::float8 as seconds
          from sign_in_attempts
         where account_sha256 = ${key.accountSha256} and source_sha256 = ${key.sourceSha256}`.execute(
        db,
      )
      return Math.max(1, Math.ceil(rows[0]?.seconds ?? 1))
    },

    /** Wrong passwords for an account, from all sources. */
    async countFor(accountSha256: string, since: Date): Promise<number> {
      const row = await db
        .selectFrom('sign_in_attempts')
        .select(({ fn }) => fn.sum<string | null>('count').as('count'))
        .where('account_sha256', '=', accountSha256)
        .where('tried_at', '>', since)
        .executeTakeFirst()
      return Number(row?.count ?? 0)
    },

    async clear({ accountSha256, sourceSha256 }: AttemptKey): Promise<void> {
      await db
        .deleteFrom('sign_in_attempts')
        .where('account_sha256', '=', accountSha256)
        .where('source_sha256', '=', sourceSha256)
        .execute()
    },

    async deleteBefore(moment: Date): Promise<void> {
      await db.deleteFrom('sign_in_attempts').where('tried_at', '<', moment).execute()
    },
  }
}
