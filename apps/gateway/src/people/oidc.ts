import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  clockTolerance,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { PersonRow } from '../store/people.ts'
import type { Store } from '../store/store.ts'
import { randomToken, sha256 } from '../token.ts'
import type { People } from './change-people.ts'
import { isLoopback, type OidcSettings } from './oidc-config.ts'
import { type Claims, claimOf } from './oidc-groups.ts'
import { admitByClaims } from './oidc-person.ts'
import type { Origin } from './security-events.ts'

/** Codes of docs/errors.md; the sign-in page says them in words. */
export type OidcRefusal =
  | 'oidc_unavailable'
  | 'oidc_refused'
  | 'oidc_cancelled'
  | 'oidc_expired'
  | 'account_disabled'
  | 'practice_missing'

export type OidcOutcome =
  | { readonly outcome: 'accepted'; readonly person: PersonRow; readonly to: string }
  | { readonly outcome: 'refused'; readonly code: OidcRefusal }

export interface OidcOptions {
  readonly settings: OidcSettings
  readonly store: Pick<Store, 'people' | 'signInFlows'>
  readonly people: People
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Log, 'warn'>
}

const flowMs = 10 * 60_000
const timeoutSeconds = 10
/** How long the provider's description counts: after a change of its addresses a sign-in fails for as long at most. */
const keptMs = 3_600_000

/** Signs people in by an OpenID Connect provider: authorization code with PKCE, state and nonce; the ID token's signature is checked. */
export class Oidc {
  readonly #options: OidcOptions
  #known: { readonly provider: Configuration; readonly until: number } | undefined

  constructor(options: OidcOptions) {
    this.#options = options
  }

  /** What the button says; undefined: no provider is configured. */
  get name(): string | undefined {
    const { Issuer, Name } = this.#options.settings
    return Issuer === undefined ? undefined : Name
  }

  /** Where the browser goes, and the token that it must bring back; undefined when the provider does not answer. */
  async begin(
    redirectUri: string,
    to: string,
  ): Promise<{ readonly url: string; readonly token: string } | undefined> {
    const { settings, store, clock } = this.#options
    const provider = await this.#provider().catch((error: unknown) => this.#warn(error))
    if (provider === undefined) return undefined
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
    const url = buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: settings.Scopes.join(' '),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const token = randomToken()
    await store.signInFlows.begin(
      sha256(token),
      { kind: 'oidc', state, nonce, verifier, redirectUri, to },
      new Date(clock.now().getTime() + flowMs),
    )
    return { url: url.href, token }
  }

  /** @param query of the address to which the provider sent the browser back */
  async finish(token: string | undefined, query: string, origin: Origin): Promise<OidcOutcome> {
    const { settings, store, people, clock } = this.#options
    const flow =
      token === undefined
        ? undefined
        : await store.signInFlows.take(sha256(token), 'oidc', clock.now())
    if (flow === undefined) return refused('oidc_expired')
    const came = new URL(flow.redirectUri)
    came.search = query
    if (came.searchParams.get('error') === 'access_denied') return refused('oidc_cancelled')
    let claims: Claims
    try {
      claims = await this.#claimsFor(came, flow)
    } catch (error) {
      this.#warn(error)
      return isUnavailable(error) ? refused('oidc_unavailable') : refused('oidc_refused')
    }
    const person = await admitByClaims(claims, { settings, store, people, origin })
    if (person === undefined) return refused('oidc_refused')
    if (person.disabled_at !== null) return refused('account_disabled')
    if (person.roles.length === 0 || person.practice_ids.length === 0)
      return refused('practice_missing')
    return { outcome: 'accepted', person, to: flow.to }
  }

  /** Where the browser goes to sign out of the provider too; undefined when it has no such address, or does not answer. */
  async endSessionUrl(returnTo: string): Promise<string | undefined> {
    const provider = await this.#provider().catch((error: unknown) => this.#warn(error))
    if (provider?.serverMetadata().end_session_endpoint === undefined) return undefined
    return buildEndSessionUrl(provider, { post_logout_redirect_uri: returnTo }).href
  }

  async #claimsFor(
    came: URL,
    flow: { readonly state: string; readonly nonce: string; readonly verifier: string },
  ): Promise<Claims> {
    const provider = await this.#provider()
    const tokens = await authorizationCodeGrant(provider, came, {
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      pkceCodeVerifier: flow.verifier,
      idTokenExpected: true,
    })
    const ofToken: Claims = { ...tokens.claims() }
    const { GroupsClaim } = this.#options.settings
    const hasAll = claimOf(ofToken, GroupsClaim) !== undefined && ofToken['name'] !== undefined
    if (hasAll || provider.serverMetadata().userinfo_endpoint === undefined) return ofToken
    // Its subject must be the token's. What the signed token says wins.
    const more = await fetchUserInfo(provider, tokens.access_token, String(ofToken['sub']))
    return { ...more, ...ofToken }
  }

  async #provider(): Promise<Configuration> {
    const {
      Issuer = '',
      ClientId = '',
      ClientSecret,
      ClockToleranceSeconds,
    } = this.#options.settings
    const now = this.#options.clock.now().getTime()
    if (this.#known !== undefined && this.#known.until > now) return this.#known.provider
    const issuer = new URL(Issuer)
    const provider = await discovery(
      issuer,
      ClientId,
      { [clockTolerance]: ClockToleranceSeconds },
      ClientSecret === undefined ? None() : ClientSecretPost(ClientSecret),
      {
        timeout: timeoutSeconds,
        execute: [
          enableNonRepudiationChecks,
          ...(isLoopback(issuer.hostname) ? [allowInsecureRequests] : []),
        ],
      },
    )
    this.#known = { provider, until: now + keptMs }
    return provider
  }

  /** Only the code: the library's messages may quote tokens. */
  #warn(error: unknown): undefined {
    this.#options.log.warn({ reason: codeOf(error) }, 'a sign-in by the identity provider failed')
    return undefined
  }
}

const refused = (code: OidcRefusal) => ({ outcome: 'refused', code }) as const

const codeOf = (error: unknown): string =>
  error instanceof Error
    ? 'code' in error && typeof error.code === 'string'
      ? error.code
      : error.name
    : typeof error

/** It gave no answer, or one without content: trying again later may help. */
function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { cause } = error
  return (
    /^OAUTH_(TIMEOUT|ABORT)$/.test(codeOf(error)) ||
    (error instanceof TypeError && codeOf(error) === 'TypeError') ||
    (cause instanceof Response && cause.status >= 500) ||
    (cause instanceof TypeError && /fetch failed/.test(cause.message))
  )
}
