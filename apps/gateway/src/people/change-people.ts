import type { Role } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { PersonRow } from '../store/people.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import { nothingGranted, type PersonGrant, practiceLeftAlone } from './last-administrator.ts'
import { labelFault, labelKey, loginFault } from './names.ts'
import type { Passwords } from './password-hash.ts'
import { passwordFault } from './password-rules.ts'
import type { Actor, Origin, RecordSecurityEvent, SecurityEventKind } from './security-events.ts'

export interface PeopleOptions {
  readonly store: Pick<Store, 'people' | 'sessions' | 'transaction'>
  readonly passwords: Passwords
  /** Labels that keys have, which nobody else may have. */
  readonly labelsOfKeys: readonly string[]
  readonly record: RecordSecurityEvent
  readonly clock: Pick<Clock, 'now'>
}

/** Who changes people, and from where. */
export interface Changer {
  readonly actor: Actor
  readonly origin: Origin
}

export interface PersonToAdd {
  readonly login: string
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly password?: string | undefined
  /** The person did not choose the password, and has to at their first sign-in. @default false */
  readonly isPasswordTemporary?: boolean
  /** The identity provider that signs the person in. */
  readonly identity?: { readonly issuer: string; readonly subject: string } | undefined
}

/** `refused`: nothing was changed; `detail` says why in a sentence. */
export type PersonOutcome =
  | { readonly outcome: 'done'; readonly person: PersonRow }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string }

const refused = (code: string, detail: string) => ({ outcome: 'refused', code, detail }) as const

/** Rolls back the transaction that adds a person whose login or label is taken. */
class TakenError extends Error {
  override readonly name = 'TakenError'
  readonly what: 'login_taken' | 'label_taken'

  constructor(what: TakenError['what']) {
    super(what)
    this.what = what
  }
}

/** Adding people and changing what they may do. A change that ends somebody's rights ends their sessions in the same transaction. */
export class People {
  readonly #options: PeopleOptions

  constructor(options: PeopleOptions) {
    this.#options = options
  }

  async add(toAdd: PersonToAdd, by: Changer): Promise<PersonOutcome> {
    const { store, passwords, labelsOfKeys, clock } = this.#options
    const { login, label, roles, practiceIds, password, isPasswordTemporary, identity } = toAdd
    const fault = loginFault(login) ?? labelFault(label)
    if (fault !== undefined) return refused('person_invalid', fault)
    const weakness = password === undefined ? undefined : passwordFault(password, toAdd)
    if (weakness !== undefined) return refused('password_weak', weakness)
    const key = labelKey(label)
    if (labelsOfKeys.some((other) => labelKey(other) === key)) return takenAs('label_taken')
    const passwordHash = password === undefined ? undefined : await passwords.hash(password)
    const addedBy = by.actor.label
    try {
      return await store.transaction('People', async (transaction) => {
        const person = await transaction.people.add(
          {
            login,
            label,
            labelKey: key,
            roles,
            practiceIds,
            passwordHash,
            ...(isPasswordTemporary === true && { isPasswordTemporary }),
            addedBy,
            identity,
          },
          clock.now(),
        )
        if (typeof person === 'string') throw new TakenError(person)
        await this.#report('person_added', person, by, transaction)
        return { outcome: 'done', person }
      })
    } catch (error) {
      if (error instanceof TakenError) return takenAs(error.what)
      throw error
    }
  }

  /** As `grant`, and refused when a practice would have no administrator any more. */
  async grantByAdministrator(
    personId: string,
    grant: PersonGrant,
    by: Changer,
  ): Promise<PersonOutcome> {
    return this.#changeAdministered(personId, grant, 'person_changed', by, (transaction, now) =>
      transaction.people.change(personId, grant, now),
    )
  }

  /** As `disable`, and refused when a practice would have no administrator any more. */
  async disableByAdministrator(personId: string, by: Changer): Promise<PersonOutcome> {
    return this.#changeAdministered(
      personId,
      nothingGranted,
      'person_disabled',
      by,
      (transaction, now) => disabled(personId, transaction, now),
    )
  }

  /** Replaces a person's roles and practices, in open sessions at once. */
  async grant(
    personId: string,
    grant: { readonly roles?: readonly Role[]; readonly practiceIds?: readonly string[] },
    by: Changer,
  ): Promise<PersonOutcome> {
    return this.#change(personId, 'person_changed', by, (transaction, now) =>
      transaction.people.change(personId, grant, now),
    )
  }

  /**
   * Gives a person a new display name. Past actions keep the earlier name; rows that belong to the person get the new one, see
   * `personNameRows`. A name
   * that somebody else or a key has or had is refused.
   */
  async rename(personId: string, label: string, by: Changer): Promise<PersonOutcome> {
    const { store, labelsOfKeys, record } = this.#options
    const fault = labelFault(label)
    if (fault !== undefined) return refused('person_invalid', fault)
    const key = labelKey(label)
    if (labelsOfKeys.some((other) => labelKey(other) === key)) return takenAs('label_taken')
    try {
      return await store.transaction('People', async (transaction) => {
        const before = await transaction.people.find(personId)
        if (before === undefined) return { outcome: 'unknown' }
        if (before.label === label) return { outcome: 'done', person: before }
        const person = await transaction.personNames.rename(before, { label, labelKey: key })
        if (typeof person === 'string') throw new TakenError(person)
        const { actor, origin } = by
        const names = { before: before.label, after: label }
        const practiceIds = person.practice_ids
        await record(
          { kind: 'person_renamed', actor, subjectId: personId, practiceIds, names, origin },
          transaction,
        )
        return { outcome: 'done', person }
      })
    } catch (error) {
      if (error instanceof TakenError) return takenAs(error.what)
      throw error
    }
  }

  async disable(personId: string, by: Changer): Promise<PersonOutcome> {
    return this.#change(personId, 'person_disabled', by, (transaction, now) =>
      disabled(personId, transaction, now),
    )
  }

  async enable(personId: string, by: Changer): Promise<PersonOutcome> {
    return this.#change(personId, 'person_enabled', by, (transaction, now) =>
      transaction.people.change(personId, { isDisabled: false }, now),
    )
  }

  /**
   * Ends all sessions of the person but `keepSessionId`, and asks every browser again. `isTemporary`: the person did not choose it, and
   * has to
   * at their next sign-in.
   *
   * @throws {SignInBusyError} too many passwords are checked at this moment
   */
  async setPassword(
    personId: string,
    password: string,
    by: Changer & { readonly keepSessionId?: string | undefined; readonly isTemporary?: boolean },
  ): Promise<PersonOutcome> {
    const { store, passwords } = this.#options
    const person = await store.people.find(personId)
    if (person === undefined) return { outcome: 'unknown' }
    const weakness = passwordFault(password, person)
    if (weakness !== undefined) return refused('password_weak', weakness)
    if (await this.#isTheTemporary(person, password))
      return refused('password_weak', 'choose a password other than the one that you were given')
    const passwordHash = await passwords.hash(password)
    const isPasswordTemporary = by.isTemporary ?? false
    return this.#change(personId, 'password_changed', by, async (transaction, now) => {
      await transaction.sessions.removeOf(personId, { except: by.keepSessionId })
      await transaction.knownDevices.removeOf(personId)
      return transaction.people.change(personId, { passwordHash, isPasswordTemporary }, now)
    })
  }

  async #isTheTemporary(person: PersonRow, password: string): Promise<boolean> {
    const { password_is_temporary: isTemporary, password_hash: hash } = person
    return isTemporary && hash !== null && (await this.#options.passwords.verify(password, hash))
  }

  /** Before a link is made: only the holder of the link can then sign in and choose a password. */
  async forgetPassword(personId: string, by: Changer): Promise<PersonOutcome> {
    return this.#change(personId, 'link_made', by, async (transaction, now) => {
      await transaction.sessions.removeOf(personId)
      await transaction.knownDevices.removeOf(personId)
      const none = { passwordHash: null, isPasswordTemporary: false }
      return transaction.people.change(personId, none, now)
    })
  }

  /** Ends all sessions of the person, or one, or all others. */
  async endSessions(
    personId: string,
    which: { readonly only?: string | undefined; readonly except?: string | undefined },
    by: Changer,
  ): Promise<PersonOutcome> {
    return this.#change(personId, 'sessions_ended', by, async (transaction) => {
      await transaction.sessions.removeOf(personId, which)
      return transaction.people.find(personId)
    })
  }

  /** After a device was lost: ends all sessions, removes the passkeys, and asks every browser again. The password stays. */
  async removeDevices(personId: string, by: Changer): Promise<PersonOutcome> {
    return this.#change(personId, 'devices_removed', by, async (transaction) => {
      await transaction.sessions.removeOf(personId)
      await transaction.passkeys.removeOf(personId)
      await transaction.knownDevices.removeOf(personId)
      return transaction.people.find(personId)
    })
  }

  /** Two administrators who remove each other at the same moment wait for each other, and the second is refused. */
  async #changeAdministered(
    personId: string,
    after: PersonGrant,
    kind: SecurityEventKind,
    by: Changer,
    write: (transaction: StoreTransaction, now: Date) => Promise<PersonRow | undefined>,
  ): Promise<PersonOutcome> {
    const { store, clock } = this.#options
    return store.transaction('People', async (transaction) => {
      const administrators = await transaction.people.lockAdministrators()
      const before = await transaction.people.find(personId)
      if (before === undefined) return { outcome: 'unknown' }
      const alone = practiceLeftAlone(before, after, administrators)
      if (alone !== undefined)
        return refused(
          'last_administrator',
          `practice ${alone} would have no administrator; make somebody else one first`,
        )
      const person = await write(transaction, clock.now())
      if (person === undefined) return { outcome: 'unknown' }
      await this.#report(kind, person, by, transaction)
      return { outcome: 'done', person }
    })
  }

  async #change(
    personId: string,
    kind: SecurityEventKind,
    by: Changer,
    write: (transaction: StoreTransaction, now: Date) => Promise<PersonRow | undefined>,
  ): Promise<PersonOutcome> {
    const { store, clock } = this.#options
    return store.transaction('People', async (transaction) => {
      const person = await write(transaction, clock.now())
      if (person === undefined) return { outcome: 'unknown' }
      await this.#report(kind, person, by, transaction)
      return { outcome: 'done', person }
    })
  }

  async #report(
    kind: SecurityEventKind,
    { person_id: subjectId, practice_ids: practiceIds }: PersonRow,
    { actor, origin }: Changer,
    transaction: StoreTransaction,
  ): Promise<void> {
    await this.#options.record({ kind, actor, subjectId, practiceIds, origin }, transaction)
  }
}

async function disabled(
  personId: string,
  transaction: StoreTransaction,
  now: Date,
): Promise<PersonRow | undefined> {
  await transaction.sessions.removeOf(personId)
  return transaction.people.change(personId, { isDisabled: true }, now)
}

function takenAs(code: TakenError['what']) {
  return code === 'login_taken'
    ? refused('login_taken', 'somebody has this login already')
    : refused(
        'label_taken',
        'somebody or a key has this name already, or had it; orders and approvals name people by it, so choose another, for example with the profession',
      )
}
