import { createLocalJWKSet, errors, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTVerifyOptions, JWTVerifyResult, LocalJWKSet } from 'jose'
import type { Clock } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import { failed, type OpenIdFailure } from './open-id-failure.ts'
import type { SmallFetch } from './open-id-server.ts'

/** A token that one of the keys signed, and whose checked claims hold. */
export interface Verified {
  readonly outcome: 'verified'
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** For how long what a provider publishes counts. */
const keptMs = 600_000
/** A token with an unknown key does not cause another request: anybody can send one. */
const pauseMs = 60_000
/** A provider that gave no keys is asked again by the next token, but not by each of a thousand. */
const failurePauseMs = 10_000

/**
 * The keys with which a provider signs by RS256. A key that it adds is known within a minute, one that it removes counts ten more at
 * most.
 */
export class ProviderKeys {
  readonly #jwksUri: string
  readonly #fetch: SmallFetch
  readonly #clock: Pick<Clock, 'now'>
  #known: { readonly select: LocalJWKSet; readonly readAt: number } | undefined
  #failure: { readonly failure: OpenIdFailure; readonly at: number } | undefined
  #reading: Promise<OpenIdFailure | undefined> | undefined

  constructor(
    jwksUri: string,
    { fetch, clock }: { readonly fetch: SmallFetch; readonly clock: Pick<Clock, 'now'> },
  ) {
    this.#jwksUri = jwksUri
    this.#fetch = fetch
    this.#clock = clock
  }

  /** Checks the signature of a token, by RS256 only, and the claims that `checks` names. */
  async verify(
    token: string,
    checks: Omit<JWTVerifyOptions, 'algorithms'>,
  ): Promise<Verified | OpenIdFailure> {
    const options = { ...checks, algorithms: ['RS256'] }
    const unread = this.#age() > keptMs ? await this.#read() : undefined
    if (unread !== undefined) return unread
    const first = await this.#tryKnown(token, options)
    if (first !== 'unknown_key') return first
    if (this.#age() > pauseMs) {
      const failure = await this.#read()
      if (failure !== undefined) return failure
      const second = await this.#tryKnown(token, options)
      if (second !== 'unknown_key') return second
    }
    return failed('untrusted', 'its signature is of none of the keys of the provider')
  }

  #age(): number {
    return this.#clock.now().getTime() - (this.#known?.readAt ?? Number.NEGATIVE_INFINITY)
  }

  async #tryKnown(
    token: string,
    options: JWTVerifyOptions,
  ): Promise<Verified | OpenIdFailure | 'unknown_key'> {
    if (this.#known === undefined) return 'unknown_key'
    try {
      const { protectedHeader, payload } = await verifyByAny(token, this.#known.select, options)
      return { outcome: 'verified', header: { ...protectedHeader }, claims: payload }
    } catch (error) {
      return error instanceof errors.JWKSNoMatchingKey ? 'unknown_key' : toUntrusted(error)
    }
  }

  /** Many tokens at once ask once. */
  #read(): Promise<OpenIdFailure | undefined> {
    const now = this.#clock.now().getTime()
    if (this.#failure !== undefined && now - this.#failure.at < failurePauseMs)
      return Promise.resolve(this.#failure.failure)
    this.#reading ??= this.#ask().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #ask(): Promise<OpenIdFailure | undefined> {
    const answer = await this.#published()
    const at = this.#clock.now().getTime()
    if (typeof answer === 'function') {
      this.#known = { select: answer, readAt: at }
      this.#failure = undefined
      return undefined
    }
    this.#failure = { failure: answer, at }
    return answer
  }

  async #published(): Promise<LocalJWKSet | OpenIdFailure> {
    try {
      const response = await this.#fetch(this.#jwksUri, { headers: { accept: 'application/json' } })
      if (response.status !== 200)
        return failed('unavailable', `it answered ${response.status} for its keys`)
      const keys: unknown = await response.json().catch(() => undefined)
      // Checked by the library.
      return createLocalJWKSet(keys as JSONWebKeySet)
    } catch (error) {
      if (error instanceof errors.JOSEError)
        return failed('unavailable', 'its keys cannot be read', error)
      if (!(error instanceof GatewayError)) throw error
      return failed('unavailable', error.message, error)
    }
  }
}

/** A token without the name of its key, or of a name that two keys have, may be of any of them. */
async function verifyByAny(
  token: string,
  select: LocalJWKSet,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, select, options)
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, options)
      } catch (one) {
        if (!isOfAnotherKey(one)) throw one
      }
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

/** The library throws a TypeError at a key that is too short. */
const isOfAnotherKey = (error: unknown) =>
  error instanceof errors.JWSSignatureVerificationFailed || error instanceof TypeError

/** Messages of the library may quote a token, so only its codes and the claim's name are kept. */
function toUntrusted(error: unknown): OpenIdFailure {
  if (error instanceof errors.JWTExpired || isClaimOfTime(error))
    return failed('untrusted', 'it is not valid now, or too old; compare the clocks')
  if (error instanceof errors.JWTClaimValidationFailed)
    return failed('untrusted', `its claim ${error.claim} is missing or does not hold`)
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return failed('untrusted', 'its signature is of none of the keys of the provider')
  if (error instanceof errors.JOSEError)
    return failed('untrusted', `it is no token by RS256 (${error.code})`)
  // What the provider published under this name is not a key, or is too short.
  return failed('untrusted', 'the key of the provider cannot be used', error)
}

const isClaimOfTime = (error: unknown) =>
  error instanceof errors.JWTClaimValidationFailed &&
  error.reason !== 'missing' &&
  ['iat', 'exp', 'nbf'].includes(error.claim)
