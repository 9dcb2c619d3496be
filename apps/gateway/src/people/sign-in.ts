import type { Clock } from '../clock.ts'
import { networkOf } from '../network-of.ts'
import type { PersonRow } from '../store/people.ts'
import type { AttemptPace } from '../store/sign-in-attempts.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import { sha256 } from '../token.ts'
import type { Passwords } from './password-hash.ts'
import type { Origin, RecordSecurityEvent } from './security-events.ts'

/** What a person typed, and the browser's own token from an earlier sign-in. */
export interface PasswordSignIn {
  readonly login: string
  readonly password: string
  readonly device: string | undefined
}

export type SignInOutcome =
  | {
      readonly outcome: 'accepted'
      readonly person: PersonRow
      /** What is written together with the session. */
      settle(transaction: StoreTransaction): Promise<void>
    }
  | { readonly outcome: 'refused' | 'disabled' | 'no_practice' }
  | { readonly outcome: 'wait'; readonly seconds: number }

export interface SignInOptions {
  readonly store: Pick<Store, 'people' | 'knownDevices' | 'signInAttempts' | 'transaction'>
  readonly passwords: Passwords
  readonly record: RecordSecurityEvent
  readonly clock: Pick<Clock, 'now'>
}

const daySeconds = 24 * 3600

/**
 * Each source of tries at an account has its own delays, so that nobody can lock out somebody else: guessing slows down only one's own
 * address. A browser in which the person has signed in before is its own source, wherever it is.
 */
const usualPace: AttemptPace = {
  free: 5,
  firstWaitSeconds: 2,
  maxWaitSeconds: 900,
  forgetSeconds: daySeconds,
}

/** When an account is tried from many addresses, each unknown one gets a single try. */
const pressedPace: AttemptPace = { ...usualPace, free: 1, firstWaitSeconds: 60 }

/** @see https://pages.nist.gov/800-63-4/sp800-63b.html#throttle — at most 100 tries without such a measure */
const pressedAfter = 50

/** Signing in with login and password. Whether a login is known shows neither in the answer nor in the time that it takes. */
export class SignIn {
  readonly #options: SignInOptions

  constructor(options: SignInOptions) {
    this.#options = options
  }

  /** @throws {SignInBusyError} too many passwords are checked at this moment */
  async byPassword(typed: PasswordSignIn, origin: Origin): Promise<SignInOutcome> {
    const { store, passwords, clock } = this.#options
    const login = typed.login.trim()
    const person = await store.people.findByLogin(login)
    const accountSha256 = sha256(login.toLowerCase())
    const device = typed.device === undefined ? undefined : sha256(typed.device)
    const isKnownDevice =
      person !== undefined &&
      device !== undefined &&
      (await store.knownDevices.has(person.person_id, device))
    const source = isKnownDevice ? `device ${device}` : `address ${networkOf(origin.address ?? '')}`
    const attempt = { accountSha256, sourceSha256: sha256(source) }

    const pace = isKnownDevice ? usualPace : await this.#paceOf(accountSha256)
    const seconds = await store.signInAttempts.begin(attempt, pace, clock.now())
    if (seconds > 0) {
      await this.#refuse('sign_in_delayed', person, origin)
      return { outcome: 'wait', seconds }
    }
    const hash = person?.password_hash ?? undefined
    const isRight = await passwords.verify(typed.password, hash)
    if (!isRight || person === undefined || hash === undefined) {
      await this.#refuse('sign_in_refused', person, origin)
      return { outcome: 'refused' }
    }
    const bar = barTo(person)
    if (bar !== undefined) {
      await this.#refuse(
        bar === 'disabled' ? 'account_disabled' : 'practice_missing',
        person,
        origin,
      )
      return { outcome: bar }
    }
    const newHash = passwords.isOutdated(hash) ? await passwords.hash(typed.password) : undefined
    return {
      outcome: 'accepted',
      person,
      async settle(transaction) {
        await transaction.signInAttempts.clear(attempt)
        if (newHash !== undefined)
          await transaction.people.change(person.person_id, { passwordHash: newHash }, clock.now())
      },
    }
  }

  async #paceOf(accountSha256: string): Promise<AttemptPace> {
    const { store, clock } = this.#options
    const since = new Date(clock.now().getTime() - daySeconds * 1000)
    const count = await store.signInAttempts.countFor(accountSha256, since)
    return count < pressedAfter ? usualPace : pressedPace
  }

  async #refuse(code: string, person: PersonRow | undefined, origin: Origin): Promise<void> {
    const { store, record } = this.#options
    await store.transaction('People', (transaction) =>
      record(
        {
          kind: 'sign_in_refused',
          actor: undefined,
          subjectId: person?.person_id,
          practiceIds: person?.practice_ids ?? [],
          method: 'password',
          code,
          origin,
        },
        transaction,
      ),
    )
  }
}

/** Why a person who has proved who they are may not sign in; undefined when they may. */
export function barTo(
  person: Pick<PersonRow, 'disabled_at' | 'practice_ids' | 'roles'>,
): 'disabled' | 'no_practice' | undefined {
  if (person.disabled_at !== null) return 'disabled'
  return person.practice_ids.length === 0 || person.roles.length === 0 ? 'no_practice' : undefined
}
