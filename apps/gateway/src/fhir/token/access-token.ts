import type { Dispatcher } from 'undici'
import type { Clock } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import { EhrTokenEndpointError, EhrUnauthorizedError } from '../fhir-errors.ts'
import {
  algorithmOf,
  type ClientCredentials,
  keysToCheck,
  toTokenRequest,
} from './client-authentication.ts'
import { missingScopesOf } from './granted-scopes.ts'
import { exchangeSmall } from './small-answer.ts'
import { readTokenAnswer } from './token-answer.ts'
import { TokenEndpoint } from './token-endpoint.ts'

export interface AccessTokenOptions {
  readonly fhirBaseUrl: string
  /** Undefined: discovered from the FHIR server. */
  readonly tokenEndpoint: string | undefined
  readonly allowPlainHttp: boolean
  readonly clientId: string
  readonly credentials: ClientCredentials
  readonly scopes: readonly string[]
  readonly timeoutMs: number
  /** A key of the section `Ehr` as the operator wrote it. */
  keyName(key: string): string
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  /** Called if the EHR grants fewer scopes than requested, and again when the missing scopes change. */
  onMissingScopes?(scopes: readonly string[]): void
  /** How a request for a token ended: undefined when it was granted. */
  onToken?(error: unknown): void
}

/** The gateway's access to the EHR. */
export interface EhrAccess {
  /** The current token; requests a new one only if none is valid. */
  get(): Promise<string>
  /** Requests a token even if one is valid, or a request was just refused: an operator wants to know. */
  renew(): Promise<string>
  /** Requested scopes that the newest token lacks; undefined before the first token. */
  readonly missingScopes: readonly string[] | undefined
}

/** A token is renewed this long before it expires, so that it does not expire in transit. */
const renewBeforeExpiryMs = 60_000
/** After a refusal, no token is requested for this long. Otherwise every request would try again, and some EHRs lock the client. */
const refusedPauseMs = 5000
const maxAnswerBytes = 64 * 1024

/** OAuth2 client_credentials with explicit scopes. All requests share one token and one renewal. */
export class AccessToken implements EhrAccess {
  readonly #options: AccessTokenOptions
  readonly #endpoint: TokenEndpoint
  #current: { readonly text: string; readonly renewAt: number } | undefined
  #renewing: Promise<string> | undefined
  #failed: { readonly error: unknown; readonly until: number } | undefined
  #missingScopes: readonly string[] | undefined

  constructor(options: AccessTokenOptions) {
    this.#options = options
    this.#endpoint = new TokenEndpoint({
      ...options,
      configured: options.tokenEndpoint,
      method: options.credentials.method,
      algorithm: algorithmOf(options.credentials),
    })
  }

  get missingScopes(): readonly string[] | undefined {
    return this.#missingScopes
  }

  /**
   * @throws {EhrUnauthorizedError} the client was refused
   * @throws {EhrTokenEndpointError} no token endpoint was found that supports our client authentication
   * @throws transient errors if the endpoint is unavailable
   */
  async get(): Promise<string> {
    const now = this.#options.clock.now().getTime()
    if (this.#current !== undefined && now < this.#current.renewAt) return this.#current.text
    if (this.#failed !== undefined && now < this.#failed.until) throw this.#failed.error
    return this.renew()
  }

  renew(): Promise<string> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  /** The EHR refused this token: the next `get` requests another. A newer token is kept. */
  forget(text: string): void {
    if (this.#current?.text === text) this.#current = undefined
  }

  async #renew(): Promise<string> {
    const { clock, scopes } = this.#options
    try {
      const granted = await this.#request()
      const renewIn = Math.max(granted.lifetimeMs - renewBeforeExpiryMs, granted.lifetimeMs / 2)
      this.#current = { text: granted.text, renewAt: clock.now().getTime() + renewIn }
      this.#failed = undefined
      // RFC 6749, section 5.1: no scope in the answer means that all were granted.
      this.#compareScopes(granted.scopes ?? scopes)
      this.#options.onToken?.(undefined)
      return granted.text
    } catch (error) {
      const pauseMs = pauseAfter(error)
      if (pauseMs > 0) this.#failed = { error, until: clock.now().getTime() + pauseMs }
      if (!(error instanceof EhrUnauthorizedError)) this.#endpoint.forget()
      this.#options.onToken?.(error)
      throw error
    }
  }

  async #request() {
    const { clientId, credentials, scopes, timeoutMs, dispatcher, clock, keyName } = this.#options
    const url = await this.#endpoint.find()
    const { headers, body } = await toTokenRequest(url, clientId, scopes, credentials, clock)
    const answer = await exchangeSmall({
      method: 'POST',
      url,
      headers,
      body,
      maxBytes: maxAnswerBytes,
      timeoutMs,
      dispatcher,
      what: "the EHR's token endpoint",
      check: `${keyName('TokenEndpoint')} and ${keyName('Proxy')}`,
      keyName,
    })
    return readTokenAnswer(answer, {
      now: clock.now(),
      keysToCheck: keysToCheck(credentials, keyName),
      keyName,
    })
  }

  #compareScopes(granted: readonly string[]): void {
    const before = this.#missingScopes
    this.#missingScopes = missingScopesOf(this.#options.scopes, granted)
    if (this.#missingScopes.length > 0 && this.#missingScopes.join(' ') !== before?.join(' '))
      this.#options.onMissingScopes?.(this.#missingScopes)
  }
}

/** How long no new token is requested: as long as the server asked, or a few seconds after a refusal. */
function pauseAfter(error: unknown): number {
  if (error instanceof EhrUnauthorizedError || error instanceof EhrTokenEndpointError)
    return refusedPauseMs
  return error instanceof GatewayError ? (error.retryAfterMs ?? 0) : 0
}
