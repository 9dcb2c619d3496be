import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { Clock } from '../clock.ts'
import type { PersonRow } from '../store/people.ts'
import type { SignInFlow } from '../store/sign-in-flow.ts'
import type { Store } from '../store/store.ts'
import { randomToken, sha256 } from '../token.ts'
import type { Actor, Origin, RecordSecurityEvent } from './security-events.ts'
import { barTo } from './sign-in.ts'

export interface PasskeyOptions {
  readonly store: Pick<Store, 'people' | 'passkeys' | 'signInFlows' | 'transaction'>
  readonly record: RecordSecurityEvent
  readonly clock: Pick<Clock, 'now'>
}

/** The question for a browser, and the token that it must send back. */
export interface PasskeyQuestion<Options> {
  readonly flow: string
  readonly options: Options
}

export type PasskeyOutcome =
  | { readonly outcome: 'accepted'; readonly person: PersonRow }
  | { readonly outcome: 'refused' | 'disabled' | 'no_practice' }

/** `origin`: the address of our page in the browser, like `https://gateway.example`. */
interface Answer<Response> {
  readonly flow: string
  readonly response: Response
  readonly origin: string
}

const flowMs = 5 * 60_000

/** Loaded when it is first used: many practices have no passkeys, and it would slow down every start. */
const loadLibrary = () => import('@simplewebauthn/server')
/** EdDSA, ES256, RS256. Asking Node for newer ones prints warnings of experiments. @see https://www.iana.org/assignments/cose */
const algorithms = [-8, -7, -257]

/** Passkeys: a person registers one while signed in, and signs in with it without a login. The device checks who uses it. */
export class Passkeys {
  readonly #options: PasskeyOptions

  constructor(options: PasskeyOptions) {
    this.#options = options
  }

  async beginAdding(
    person: PersonRow,
    origin: string,
  ): Promise<PasskeyQuestion<PublicKeyCredentialCreationOptionsJSON>> {
    const known = await this.#options.store.passkeys.listOf(person.person_id)
    const { generateRegistrationOptions } = await loadLibrary()
    const options = await generateRegistrationOptions({
      supportedAlgorithmIDs: algorithms,
      rpName: 'AuthScript',
      rpID: new URL(origin).hostname,
      userID: Uint8Array.from(Buffer.from(person.person_id)),
      userName: person.login,
      userDisplayName: person.label,
      excludeCredentials: known.map(({ credential_id: id, transports }) => ({ id, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const { challenge } = options
    const personId = person.person_id
    return { flow: await this.#begin({ kind: 'passkey_add', challenge, personId }), options }
  }

  /** False: the browser's answer does not match the question, or came too late. */
  async add(
    person: PersonRow,
    { flow, response, origin, name }: Answer<RegistrationResponseJSON> & { readonly name: string },
    by: { readonly actor: Actor; readonly origin: Origin },
  ): Promise<boolean> {
    const { store, record, clock } = this.#options
    const asked = await store.signInFlows.take(sha256(flow), 'passkey_add', clock.now())
    if (asked === undefined || asked.personId !== person.person_id) return false
    const { verifyRegistrationResponse } = await loadLibrary()
    const verified = await verifyRegistrationResponse({
      supportedAlgorithmIDs: algorithms,
      response,
      expectedChallenge: asked.challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      // It throws only for malformed answers.
    }).catch(() => undefined)
    if (verified?.verified !== true) return false
    const { credential } = verified.registrationInfo
    return store.transaction('People', async (transaction) => {
      const isNew = await transaction.passkeys.add({
        credential_id: credential.id,
        person_id: person.person_id,
        name,
        public_key: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: response.response.transports ?? [],
        added_at: clock.now(),
      })
      if (!isNew) return false
      const about = { subjectId: person.person_id, ...by }
      await record({ kind: 'passkey_added', ...about }, transaction)
      if (person.password_is_temporary) {
        // The person can now sign in by themselves: the password that somebody else knows is no longer needed.
        const none = { passwordHash: null, isPasswordTemporary: false }
        await transaction.people.change(person.person_id, none, clock.now())
        await record({ kind: 'password_removed', ...about }, transaction)
      }
      return true
    })
  }

  async remove(
    personId: string,
    credentialId: string,
    by: { readonly actor: Actor; readonly origin: Origin },
  ): Promise<boolean> {
    const { store, record } = this.#options
    return store.transaction('People', async (transaction) => {
      const isRemoved = await transaction.passkeys.remove(personId, credentialId)
      if (isRemoved)
        await record({ kind: 'passkey_removed', subjectId: personId, ...by }, transaction)
      return isRemoved
    })
  }

  /** For signing in, and for proving again who somebody is. */
  async beginUse(origin: string): Promise<PasskeyQuestion<PublicKeyCredentialRequestOptionsJSON>> {
    const { generateAuthenticationOptions } = await loadLibrary()
    const options = await generateAuthenticationOptions({
      rpID: new URL(origin).hostname,
      userVerification: 'required',
    })
    const { challenge } = options
    return { flow: await this.#begin({ kind: 'passkey_use', challenge }), options }
  }

  /** Wrong passwords that others type never delay it. */
  async use(
    { flow, response, origin }: Answer<AuthenticationResponseJSON>,
    from: Origin,
  ): Promise<PasskeyOutcome> {
    const { store, clock } = this.#options
    const asked = await store.signInFlows.take(sha256(flow), 'passkey_use', clock.now())
    const passkey = await store.passkeys.find(response.id)
    const person = passkey === undefined ? undefined : await store.people.find(passkey.person_id)
    if (asked === undefined || passkey === undefined || person === undefined)
      return this.#refuse('passkey_refused', undefined, from)
    const { verifyAuthenticationResponse } = await loadLibrary()
    const verified = await verifyAuthenticationResponse({
      response,
      expectedChallenge: asked.challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      credential: {
        id: passkey.credential_id,
        publicKey: Uint8Array.from(passkey.public_key),
        counter: passkey.counter,
      },
      // A counter that went back is an error too: the key may have been copied.
    }).catch(() => undefined)
    if (verified?.verified !== true) return this.#refuse('passkey_refused', person, from)
    await store.passkeys.used(
      passkey.credential_id,
      verified.authenticationInfo.newCounter,
      clock.now(),
    )
    const bar = barTo(person)
    if (bar === undefined) return { outcome: 'accepted', person }
    await this.#refuse(bar === 'disabled' ? 'account_disabled' : 'practice_missing', person, from)
    return { outcome: bar }
  }

  async #begin(flow: SignInFlow): Promise<string> {
    const { store, clock } = this.#options
    const token = randomToken()
    const expiresAt = new Date(clock.now().getTime() + flowMs)
    await store.signInFlows.begin(sha256(token), flow, expiresAt)
    return token
  }

  async #refuse(
    code: string,
    person: PersonRow | undefined,
    origin: Origin,
  ): Promise<{ readonly outcome: 'refused' }> {
    const { store, record } = this.#options
    const [subjectId, practiceIds] = [person?.person_id, person?.practice_ids ?? []]
    await store.transaction('People', (transaction) =>
      record(
        {
          kind: 'sign_in_refused',
          actor: undefined,
          subjectId,
          practiceIds,
          method: 'passkey',
          code,
          origin,
        },
        transaction,
      ),
    )
    return { outcome: 'refused' }
  }
}
