import type { Role } from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import { labelRows } from './labels.ts'
import type { Schema } from './schema.ts'

export type PersonRow = Selectable<Schema['people']>

export interface NewPerson {
  readonly login: string
  readonly label: string
  /** As `labelKey` makes it. */
  readonly labelKey: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly passwordHash: string | undefined
  /** Somebody else made the password. @default false */
  readonly isPasswordTemporary?: boolean
  readonly addedBy: string
  /** The identity provider that signs the person in. */
  readonly identity?: { readonly issuer: string; readonly subject: string } | undefined
}

export interface PersonChange {
  readonly roles?: readonly Role[]
  readonly practiceIds?: readonly string[]
  readonly passwordHash?: string | null
  readonly isPasswordTemporary?: boolean
  readonly isDisabled?: boolean
}

/** Named people. */
export function peopleRows(db: Kysely<Schema>) {
  return {
    /** To be called in a transaction that the caller rolls back if this does not return a row. */
    async add(person: NewPerson, now: Date): Promise<PersonRow | 'login_taken' | 'label_taken'> {
      const { login, label, labelKey, roles, practiceIds, passwordHash, addedBy, identity } = person
      const { isPasswordTemporary = false } = person
      const labels = labelRows(db)
      if ((await labels.taken([labelKey])).length > 0) return 'label_taken'
      const row = await db
        .insertInto('people')
        .values({
          login,
          label,
          roles: [...roles],
          practice_ids: [...practiceIds],
          password_hash: passwordHash ?? null,
          password_changed_at: passwordHash === undefined ? null : now,
          password_is_temporary: isPasswordTemporary,
          issuer: identity?.issuer ?? null,
          subject: identity?.subject ?? null,
          added_by: addedBy,
          added_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) return 'login_taken'
      return (await labels.take(labelKey, label, row.person_id)) ? row : 'label_taken'
    },

    async find(personId: string): Promise<PersonRow | undefined> {
      return db
        .selectFrom('people')
        .selectAll()
        .where('person_id', '=', personId)
        .executeTakeFirst()
    },

    async findByLogin(login: string): Promise<PersonRow | undefined> {
      return db
        .selectFrom('people')
        .selectAll()
        .where(sql`lower(login)`, '=', login.toLowerCase())
        .executeTakeFirst()
    },

    async findByIdentity(issuer: string, subject: string): Promise<PersonRow | undefined> {
      return db
        .selectFrom('people')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst()
    },

    /** Everybody, disabled people too, by name. */
    async list(): Promise<readonly PersonRow[]> {
      return db.selectFrom('people').selectAll().orderBy(sql`lower(label)`).execute()
    },

    /** Enabled people with one of the roles. */
    async withRoles(roles: readonly Role[]): Promise<readonly PersonRow[]> {
      return db
        .selectFrom('people')
        .selectAll()
        .where(sql<boolean>`roles && ${roles}::text[]`)
        .where('disabled_at', 'is', null)
        .orderBy(sql`lower(label)`)
        .execute()
    },

    /** Enabled administrators, whom nobody else changes until the transaction ends. */
    async lockAdministrators(): Promise<readonly PersonRow[]> {
      return db
        .selectFrom('people')
        .selectAll()
        .where(sql<boolean>`'administrator' = any(roles)`)
        .where('disabled_at', 'is', null)
        .orderBy('person_id')
        .forUpdate()
        .execute()
    },

    /** Every practice for which an enabled person works. */
    async practiceIds(): Promise<readonly string[]> {
      const { rows } = await sql<{ id: string }>`
        select distinct unnest(practice_ids) as id from people where disabled_at is null`.execute(
        db,
      )
      return rows.map(({ id }) => id)
    },

    /** Whether there is an enabled person. */
    async hasAny(): Promise<boolean> {
      const row = await db
        .selectFrom('people')
        .select('person_id')
        .where('disabled_at', 'is', null)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },

    /** Whether an enabled person has this role in the practice. */
    async hasSomebody(role: Role, practiceId: string): Promise<boolean> {
      const row = await db
        .selectFrom('people')
        .select('person_id')
        .where(sql<boolean>`${role} = any(roles) and ${practiceId} = any(practice_ids)`)
        .where('disabled_at', 'is', null)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },

    async change(
      personId: string,
      change: PersonChange,
      now: Date,
    ): Promise<PersonRow | undefined> {
      const { roles, practiceIds, passwordHash, isPasswordTemporary, isDisabled } = change
      return db
        .updateTable('people')
        .set({
          ...(roles && { roles: [...roles] }),
          ...(practiceIds && { practice_ids: [...practiceIds] }),
          ...(passwordHash !== undefined && {
            password_hash: passwordHash,
            password_changed_at: passwordHash === null ? null : now,
          }),
          ...(isPasswordTemporary !== undefined && { password_is_temporary: isPasswordTemporary }),
          ...(isDisabled !== undefined && { disabled_at: isDisabled ? now : null }),
        })
        .where('person_id', '=', personId)
        .returningAll()
        .executeTakeFirst()
    },

    async signedIn(personId: string, now: Date): Promise<void> {
      await db
        .updateTable('people')
        .set({ signed_in_at: now })
        .where('person_id', '=', personId)
        .execute()
    },
  }
}
