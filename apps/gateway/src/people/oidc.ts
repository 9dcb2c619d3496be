import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import {
  type Described,
  newSignInSecrets,
  OpenIdConnection,
  type SignInSecrets,
} from '../openid/open-id-connection.ts'
import { maxLogoutTokenAgeSeconds } from '../openid/logout-token.ts'
import type { OpenIdFailure } from '../openid/open-id-failure.ts'
import type { SmallFetch } from '../openid/open-id-server.ts'
import type { PersonRow } from '../store/people.ts'
import type { Store } from '../store/store.ts'
import { randomToken, sha256 } from '../token.ts'
import type { People } from './change-people.ts'
import type { OidcSettings } from './oidc-config.ts'
import { claimOf } from './oidc-groups.ts'
import { admitByClaims } from './oidc-person.ts'
import type { Origin, RecordSecurityEvent } from './security-events.ts'

/** Codes of docs/errors.md; the sign-in page explains them. */
export type OidcRefusal =
  | 'oidc_unavailable'
  | 'oidc_refused'
  | 'oidc_cancelled'
  | 'oidc_expired'
  | 'account_disabled'
  | 'practice_missing'

export type OidcOutcome =
  | {
      readonly outcome: 'accepted'
      readonly person: PersonRow
      readonly to: string
      /** The provider's own session. */
      readonly from: {
        readonly issuer: string
        readonly subject: string
        readonly sid: string | null
      }
    }
  | { readonly outcome: 'refused'; readonly code: OidcRefusal }

export interface OidcOptions {
  readonly settings: OidcSettings
  readonly store: Pick<Store, 'people' | 'signInFlows' | 'transaction'>
  readonly people: People
  readonly record: RecordSecurityEvent
  /** Goes through the proxy that is configured. */
  readonly fetch: SmallFetch
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Log, 'warn'>
}

const flowMs = 10 * 60_000
/** How long the provider's description is used: after a change of its addresses, sign-ins fail for this long at most. */
const keptMs = 3_600_000

/** Signs people in by an OpenID Connect provider: authorization code with PKCE, state and nonce; the ID token's signature is checked. */
export class Oidc {
  readonly #options: OidcOptions
  #known: { readonly provider: OpenIdConnection; readonly until: number } | undefined

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
    const provider = await this.#provider()
    if (provider === undefined) return undefined
    const secrets = newSignInSecrets()
    const url = await provider.authorizationUrl(secrets, { redirectUri, scopes: settings.Scopes })
    const { state, nonce, codeVerifier: verifier } = secrets
    const token = randomToken()
    await store.signInFlows.begin(
      sha256(token),
      { kind: 'oidc', state, nonce, verifier, redirectUri, to },
      new Date(clock.now().getTime() + flowMs),
    )
    return { url, token }
  }

  /** @param query of the address to which the provider sent the browser back */
  async finish(token: string | undefined, query: string, origin: Origin): Promise<OidcOutcome> {
    const { settings, store, people, clock } = this.#options
    const flow =
      token === undefined
        ? undefined
        : await store.signInFlows.take(sha256(token), 'oidc', clock.now())
    if (flow === undefined) return refused('oidc_expired')
    if (new URLSearchParams(query).get('error') === 'access_denied')
      return refused('oidc_cancelled')
    const provider = await this.#provider()
    if (provider === undefined) return refused('oidc_unavailable')
    const { redirectUri, state, nonce, verifier: codeVerifier } = flow
    const said = await this.#claimsFor(
      provider,
      { redirectUri, query },
      { state, nonce, codeVerifier },
    )
    if (said.outcome === 'failed') {
      this.#warn(said)
      return refused(said.fault === 'unavailable' ? 'oidc_unavailable' : 'oidc_refused')
    }
    const person = await admitByClaims(said.claims, { settings, store, people, origin })
    if (person === undefined) return refused('oidc_refused')
    if (person.disabled_at !== null) return refused('account_disabled')
    if (person.roles.length === 0 || person.practice_ids.length === 0)
      return refused('practice_missing')
    return { outcome: 'accepted', person, to: flow.to, from: sessionOf(said.claims) }
  }

  /** Where the browser goes to sign out of the provider too; undefined when it has no such address, or does not answer. */
  async endSessionUrl(returnTo: string): Promise<string | undefined> {
    const provider = await this.#provider()
    return provider?.endSessionUrl(returnTo)
  }

  /**
   * Ends what a session at the provider opened, because the provider says that the session has ended (OpenID Connect Back-Channel Logout
   * 1.0).
   *
   * @returns whether the token was believed; the same one is believed once
   */
  async logOut(token: string, origin: Origin): Promise<boolean> {
    const { store, record, clock } = this.#options
    const provider = await this.#provider()
    const notice = await provider?.readLogout(token)
    const isEnded =
      notice?.outcome === 'read' &&
      (await store.transaction('Oidc', async (transaction) => {
        const { issuer, tokenId } = notice
        const isNew = await transaction.signInFlows.useOnce(
          sha256(`${issuer} ${tokenId}`),
          { kind: 'logout_token' },
          new Date(clock.now().getTime() + 2 * maxLogoutTokenAgeSeconds * 1000),
        )
        if (!isNew) return false
        for (const actor of await transaction.sessions.removeOfProvider(notice))
          await record({ kind: 'sessions_ended', actor, method: 'oidc', origin }, transaction)
        return true
      }))
    if (isEnded) return true
    if (notice?.outcome === 'failed')
      this.#warn(notice, 'a logout token of the identity provider was refused')
    const code = 'logout_token_invalid'
    await store.transaction('Oidc', (transaction) =>
      record({ kind: 'logout_refused', actor: undefined, code, origin }, transaction),
    )
    return false
  }

  async #claimsFor(
    provider: OpenIdConnection,
    came: { readonly redirectUri: string; readonly query: string },
    secrets: SignInSecrets,
  ): Promise<Described | OpenIdFailure> {
    const signedIn = await provider.exchange(came, secrets)
    if (signedIn.outcome === 'failed') return signedIn
    const { claims } = signedIn
    const { GroupsClaim } = this.#options.settings
    const hasAll = claimOf(claims, GroupsClaim) !== undefined && claims['name'] !== undefined
    if (hasAll || !provider.hasUserInfo) return signedIn
    const more = await provider.userInfo(signedIn)
    // The signed token overrides the rest.
    return more.outcome === 'failed'
      ? more
      : { outcome: 'described', claims: { ...more.claims, ...claims } }
  }

  /** Undefined when none is configured, or its description is not valid. */
  async #provider(): Promise<OpenIdConnection | undefined> {
    const { settings, clock, fetch } = this.#options
    const { Issuer, ClientId = '', ClientSecret, ClockToleranceSeconds } = settings
    if (Issuer === undefined) return undefined
    const now = clock.now().getTime()
    if (this.#known !== undefined && this.#known.until > now) return this.#known.provider
    const client = {
      clientId: ClientId,
      authentication:
        ClientSecret === undefined
          ? ({ method: 'none' } as const)
          : ({ method: 'client_secret_post', secret: ClientSecret } as const),
      toleranceSeconds: ClockToleranceSeconds,
    }
    const provider = await OpenIdConnection.discover(Issuer, client, { fetch, clock })
    if (!(provider instanceof OpenIdConnection)) return this.#warn(provider)
    this.#known = { provider, until: now + keptMs }
    return provider
  }

  #warn({ reason }: OpenIdFailure, what = 'a sign-in by the identity provider failed'): undefined {
    this.#options.log.warn({ reason }, what)
    return undefined
  }
}

const sessionOf = ({ iss, sub, sid }: Readonly<Record<string, unknown>>) => ({
  issuer: String(iss),
  subject: String(sub),
  sid: typeof sid === 'string' ? sid : null,
})

const refused = (code: OidcRefusal) => ({ outcome: 'refused', code }) as const
