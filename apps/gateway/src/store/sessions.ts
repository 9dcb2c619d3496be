import type { Role, SignInMethod } from '@authscript/prior-auth'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { SessionContext } from './session-context.ts'
import { type Grant, grantColumns, signInLinkRows } from './sign-in-links.ts'

/** How a session was opened, and from where. */
export interface SessionOpening {
  readonly method?: SignInMethod
  readonly keySha256?: string | undefined
  readonly now?: Date
  /** The person proved who they are when it was opened. */
  readonly isProved?: boolean
  readonly address?: string | undefined
  readonly browser?: string | undefined
  readonly context?: SessionContext | undefined
}

/** A session as it is now: the person's rights are read with it, so that a change takes effect at once. */
export interface OpenSession extends Grant {
  readonly sessionId: string
  readonly method: SignInMethod
  readonly keySha256: string | undefined
  readonly usedAt: Date
  readonly provedAt: Date | undefined
  readonly context: SessionContext | undefined
  /**
   * The person must first choose a way to sign in: the session was opened with a password that somebody else made, or with a link of a
   * person who has neither password, passkey nor identity provider.
   */
  readonly isTemporary: boolean
}

/** What a person is shown of their sessions. */
export interface SessionEntry {
  readonly sessionId: string
  readonly method: SignInMethod
  readonly openedAt: Date
  readonly usedAt: Date
  readonly address: string | null
  readonly browser: string | null
}

/** Sessions, found by the SHA-256 of their token: the token itself is never stored. */
export function sessionRows(db: Kysely<Schema>) {
  return {
    async create(tokenSha256: string, grant: Grant, opening: SessionOpening = {}): Promise<void> {
      const { method, keySha256, now, isProved = false, address, browser, context } = opening
      await db
        .insertInto('sessions')
        .values({
          ...grantColumns(tokenSha256, grant),
          ...(method && { method }),
          ...(now && { opened_at: now, used_at: now }),
          key_sha256: keySha256 ?? null,
          proved_at: isProved ? (now ?? new Date(0)) : null,
          address: address ?? null,
          browser: browser ?? null,
          context: context === undefined ? null : JSON.stringify(context),
        })
        .execute()
    },

    /** Undefined when it is closed, has expired, was not used since `idleSince`, or its person was disabled. */
    async find(tokenSha256: string, now: Date, idleSince: Date): Promise<OpenSession | undefined> {
      const row = await db
        .selectFrom('sessions')
        .leftJoin('people', 'people.person_id', 'sessions.person_id')
        .selectAll('sessions')
        .select([
          'people.label as person_label',
          'people.roles as person_roles',
          'people.practice_ids as person_practice_ids',
          sql<boolean | null>`case sessions.method
            when 'password' then people.password_is_temporary
            when 'link' then people.password_hash is null and people.issuer is null
              and not exists (select from passkeys where passkeys.person_id = people.person_id)
            end`.as('is_temporary'),
        ])
        .where('token_sha256', '=', tokenSha256)
        .where('expires_at', '>', now)
        .where('used_at', '>', idleSince)
        .where('people.disabled_at', 'is', null)
        .executeTakeFirst()
      return (
        row && {
          sessionId: row.session_id,
          personId: row.person_id ?? undefined,
          label: row.person_label ?? row.label,
          roles: row.person_roles ?? row.roles,
          practiceIds: row.person_practice_ids ?? row.practice_ids,
          expiresAt: row.expires_at,
          method: row.method,
          keySha256: row.key_sha256 ?? undefined,
          usedAt: row.used_at,
          provedAt: row.proved_at ?? undefined,
          context: row.context ?? undefined,
          isTemporary: row.person_id !== null && row.is_temporary === true,
        }
      )
    },

    /** Records that a person uses it now. Not called for requests that a page makes by itself. */
    async touch(sessionId: string, now: Date): Promise<void> {
      await db
        .updateTable('sessions')
        .set({ used_at: now })
        .where('session_id', '=', sessionId)
        .execute()
    },

    async recordProof(sessionId: string, now: Date): Promise<void> {
      await db
        .updateTable('sessions')
        .set({ proved_at: now, used_at: now })
        .where('session_id', '=', sessionId)
        .execute()
    },

    /** The labels of open sessions that belong to no person and have one of the roles, with their practices. */
    async people(
      roles: readonly Role[],
      now: Date,
    ): Promise<readonly { readonly label: string; readonly practiceIds: readonly string[] }[]> {
      const { rows } = await sql<{ label: string; practiceIds: string[] }>`
        select label, array_agg(distinct practice_id) as "practiceIds"
          from sessions cross join unnest(practice_ids) as practice_id
         where roles && ${roles}::text[] and expires_at > ${now} and person_id is null
         group by label`.execute(db)
      return rows
    },

    /** A person's open sessions, the most recently used first. */
    async listOf(personId: string, now: Date, idleSince: Date): Promise<readonly SessionEntry[]> {
      const rows = await db
        .selectFrom('sessions')
        .select(['session_id', 'method', 'opened_at', 'used_at', 'address', 'browser'])
        .where('person_id', '=', personId)
        .where('expires_at', '>', now)
        .where('used_at', '>', idleSince)
        .orderBy('used_at', 'desc')
        .execute()
      return rows.map((row) => ({
        sessionId: row.session_id,
        method: row.method,
        openedAt: row.opened_at,
        usedAt: row.used_at,
        address: row.address,
        browser: row.browser,
      }))
    },

    /** Returns whose it was; undefined when it was closed already. */
    async remove(
      tokenSha256: string,
    ): Promise<{ readonly label: string; readonly personId: string | undefined } | undefined> {
      const row = await db
        .deleteFrom('sessions')
        .where('token_sha256', '=', tokenSha256)
        .returning(['label', 'person_id'])
        .executeTakeFirst()
      return row && { label: row.label, personId: row.person_id ?? undefined }
    },

    /** Ends a person's sessions and sign-in links. `only`: just this session; `except`: all but this session. */
    async removeOf(
      personId: string,
      {
        only,
        except,
      }: { readonly only?: string | undefined; readonly except?: string | undefined } = {},
    ): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('sessions')
        .where('person_id', '=', personId)
        .$if(only !== undefined, (query) => query.where('session_id', '=', only ?? ''))
        .$if(except !== undefined, (query) => query.where('session_id', '<>', except ?? ''))
        .executeTakeFirstOrThrow()
      if (only === undefined) await signInLinkRows(db).removeOf(personId)
      return Number(numDeletedRows)
    },

    /**
     * Ends the sessions that a session `sid` at an identity provider opened; without `sid`, all that the provider opened for `subject`.
     * Sessions without a `sid` are ended by `subject`. Returns whose they were.
     */
    async removeOfProvider({
      issuer,
      subject,
      sid,
    }: {
      readonly issuer: string
      readonly subject: string | undefined
      readonly sid: string | undefined
    }): Promise<readonly { readonly label: string; readonly personId: string | undefined }[]> {
      const { rows } = await sql<{ label: string; person_id: string | null }>`
        delete from sessions
         where context->>'kind' = 'provider' and context->>'issuer' = ${issuer}
           and case when ${sid ?? null}::text is null or context->>'sid' is null
                    then context->>'subject' = ${subject ?? null}
                    else context->>'sid' = ${sid ?? null}
                     and coalesce(${subject ?? null}, context->>'subject') = context->>'subject' end
        returning label, person_id`.execute(db)
      return rows.map(({ label, person_id: personId }) => ({
        label,
        personId: personId ?? undefined,
      }))
    },

    async deleteExpired(now: Date): Promise<void> {
      await db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
    },
  }
}
