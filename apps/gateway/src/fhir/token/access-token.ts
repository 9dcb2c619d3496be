import * as oauth from 'oauth4webapi'
import type { Dispatcher } from 'undici'
import { fetch } from 'undici'
import type { Clock } from '../../clock.ts'
import {
  EhrMalformedError,
  EhrUnauthorizedError,
  EhrUnavailableError,
  EhrUnreachableError,
} from '../fhir-errors.ts'

export interface AccessTokenOptions {
  readonly tokenEndpoint: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
  readonly timeoutMs: number
  readonly dispatcher: Dispatcher
  readonly clock: Clock
}

/** A token is renewed this long before it would expire on its way. */
const earlyMs = 60_000

/** OAuth2 client_credentials with explicit scopes. One token for all requests, renewed once however many wait for it. */
export class AccessToken {
  readonly #options: AccessTokenOptions
  #current: { readonly text: string; readonly renewAt: number } | undefined
  #renewing: Promise<string> | undefined

  constructor(options: AccessTokenOptions) {
    this.#options = options
  }

  /** @throws {EhrUnauthorizedError} when the client is refused; transient errors when the endpoint is in trouble */
  async get(): Promise<string> {
    const now = this.#options.clock.now().getTime()
    if (this.#current !== undefined && now < this.#current.renewAt) return this.#current.text
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  /** The EHR refused this token: the next `get` asks for another. A newer one stays. */
  forget(text: string): void {
    if (this.#current?.text === text) this.#current = undefined
  }

  async #renew(): Promise<string> {
    const { tokenEndpoint, clientId, clientSecret, scopes, clock } = this.#options
    const server: oauth.AuthorizationServer = {
      issuer: new URL(tokenEndpoint).origin,
      token_endpoint: tokenEndpoint,
    }
    const client: oauth.Client = { client_id: clientId }
    const response = await this.#request(
      server,
      client,
      oauth.ClientSecretPost(clientSecret),
      scopes,
    )
    if (response.status >= 500 || response.status === 429) {
      await response.body?.cancel()
      throw new EhrUnavailableError(`the EHR's token endpoint answered ${response.status}`)
    }
    let token: oauth.TokenEndpointResponse
    try {
      token = await oauth.processClientCredentialsResponse(server, client, response)
    } catch (cause) {
      if (cause instanceof oauth.ResponseBodyError) {
        throw new EhrUnauthorizedError(
          `the EHR's token endpoint refused us (${cause.error}); check Ehr__ClientId, Ehr__ClientSecret and Ehr__Scopes`,
          { cause },
        )
      }
      throw new EhrMalformedError("the EHR's token endpoint answered something that is no token", {
        cause,
      })
    }
    const lifetimeMs = (token.expires_in ?? 300) * 1000
    const renewAt = clock.now().getTime() + Math.max(lifetimeMs - earlyMs, lifetimeMs / 2)
    this.#current = { text: token.access_token, renewAt }
    return token.access_token
  }

  async #request(
    server: oauth.AuthorizationServer,
    client: oauth.Client,
    authentication: oauth.ClientAuth,
    scopes: readonly string[],
  ): Promise<Response> {
    const { dispatcher, timeoutMs } = this.#options
    try {
      return await oauth.clientCredentialsGrantRequest(
        server,
        client,
        authentication,
        { scope: scopes.join(' ') },
        {
          // A practice's own EHR proxy may speak plain HTTP on its network, as the sandbox does.
          [oauth.allowInsecureRequests]: true,
          signal: AbortSignal.timeout(timeoutMs),
          // undici's fetch and the platform's differ only in the identity of their types.
          [oauth.customFetch]: (url, init) => fetch(url, { ...(init as object), dispatcher }),
        },
      )
    } catch (cause) {
      throw new EhrUnreachableError(
        "the EHR's token endpoint cannot be reached; check Ehr__TokenEndpoint",
        { cause },
      )
    }
  }
}
