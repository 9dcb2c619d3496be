import * as openid from 'openid-client'
import type { Clock } from '../clock.ts'
import { isUnencrypted } from '../config/loopback.ts'
import { type LogoutNotice, readLogoutToken } from './logout-token.ts'
import { failed, type OpenIdFailure, toFailure } from './open-id-failure.ts'
import type {
  ClientAuthentication,
  OpenIdClient,
  OpenIdServer,
  SmallFetch,
} from './open-id-server.ts'
import { ProviderKeys } from './provider-keys.ts'

/** What a browser must bring back, and what the id token must repeat. */
export interface SignInSecrets {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

type Claims = Readonly<Record<string, unknown>>

/** What a server says about a person. */
export interface Described {
  readonly outcome: 'described'
  readonly claims: Claims
}

/** The claims are the id token's; its signature, issuer, audience, nonce and times were checked. */
export interface SignedIn extends Described {
  readonly issuer: string
  readonly subject: string
  /** What else the token answer says: not signed, but from the token endpoint. */
  readonly answer: Claims
  readonly accessToken: string
}

export interface OpenIdTools {
  readonly fetch: SmallFetch
  readonly clock: Pick<Clock, 'now'>
}

/** An id token is made when its code is exchanged. An older one was made for another sign-in. */
const maxAgeSeconds = 600
/** The algorithm that every server supports. Any other, such as `none` or one with a shared secret, is refused. */
const algorithm = 'RS256'

/** Random secrets of one sign-in. */
export const newSignInSecrets = (): SignInSecrets => ({
  state: openid.randomState(),
  nonce: openid.randomNonce(),
  codeVerifier: openid.randomPKCECodeVerifier(),
})

/**
 * A server at which people sign in, as a client of ours sees it: authorization code with PKCE, state and nonce. With `open-id-failure.ts` the
 * only code that knows openid-client.
 */
export class OpenIdConnection {
  readonly #configuration: openid.Configuration
  readonly #toleranceSeconds: number
  readonly #clock: Pick<Clock, 'now'>
  readonly #keys: ProviderKeys

  private constructor(
    configuration: openid.Configuration,
    { toleranceSeconds }: OpenIdClient,
    tools: OpenIdTools,
  ) {
    this.#configuration = configuration
    this.#toleranceSeconds = toleranceSeconds
    this.#clock = tools.clock
    this.#keys = new ProviderKeys(configuration.serverMetadata().jwks_uri ?? '', tools)
  }

  /** A connection to a server whose addresses are known. */
  static to(server: OpenIdServer, client: OpenIdClient, tools: OpenIdTools): OpenIdConnection {
    const configuration = new openid.Configuration(
      {
        issuer: server.issuer,
        authorization_endpoint: server.authorizationEndpoint,
        token_endpoint: server.tokenEndpoint,
        jwks_uri: server.jwksUri,
        authorization_response_iss_parameter_supported: server.namesIssuer,
      },
      client.clientId,
      metadataOf(client),
      authenticationOf(client.authentication, server.tokenEndpoint),
    )
    configuration[openid.customFetch] = toFetch(tools.fetch)
    openid.enableNonRepudiationChecks(configuration)
    if (isOnThisMachine(server.tokenEndpoint, server.jwksUri))
      openid.allowInsecureRequests(configuration)
    return new OpenIdConnection(configuration, client, tools)
  }

  /** A connection to a server that describes itself (OpenID Connect Discovery 1.0). */
  static async discover(
    issuer: string,
    client: OpenIdClient,
    tools: OpenIdTools,
  ): Promise<OpenIdConnection | OpenIdFailure> {
    try {
      const configuration = await openid.discovery(
        new URL(issuer),
        client.clientId,
        metadataOf(client),
        authenticationOf(client.authentication, issuer),
        {
          [openid.customFetch]: toFetch(tools.fetch),
          execute: [
            openid.enableNonRepudiationChecks,
            ...(isOnThisMachine(issuer) ? [openid.allowInsecureRequests] : []),
          ],
        },
      )
      return new OpenIdConnection(configuration, client, tools)
    } catch (error) {
      return toFailure(error) ?? failed('untrusted', 'its description cannot be used', error)
    }
  }

  /** Where the browser goes to sign in. */
  async authorizationUrl(
    { state, nonce, codeVerifier }: SignInSecrets,
    parameters: {
      readonly redirectUri: string
      readonly scopes: readonly string[]
      /** Parameters besides those of OpenID Connect. */
      readonly others?: Readonly<Record<string, string>>
    },
  ): Promise<string> {
    return openid.buildAuthorizationUrl(this.#configuration, {
      redirect_uri: parameters.redirectUri,
      scope: parameters.scopes.join(' '),
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...parameters.others,
    }).href
  }

  /**
   * Exchanges the code, and checks everything about the id token: signature, algorithm, issuer, audience, nonce and times.
   *
   * @param query the parameters with which the browser came back to `redirectUri`
   */
  async exchange(
    { redirectUri, query }: { readonly redirectUri: string; readonly query: string },
    { state, nonce, codeVerifier }: SignInSecrets,
  ): Promise<SignedIn | OpenIdFailure> {
    const came = new URL(redirectUri)
    came.search = query
    try {
      const tokens = await openid.authorizationCodeGrant(this.#configuration, came, {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined) return failed('untrusted', 'it sent no id token')
      return (
        this.#untimely(claims.iat) ?? {
          outcome: 'described',
          issuer: claims.iss,
          subject: claims.sub,
          claims: { ...claims },
          answer: { ...tokens },
          accessToken: tokens.access_token,
        }
      )
    } catch (error) {
      return failureOrThrow(error)
    }
  }

  get hasUserInfo(): boolean {
    return this.#configuration.serverMetadata().userinfo_endpoint !== undefined
  }

  /** What the server says about a person besides the id token. It is not signed; its subject must be the token's. */
  async userInfo({ accessToken, subject }: SignedIn): Promise<Described | OpenIdFailure> {
    try {
      const claims = await openid.fetchUserInfo(this.#configuration, accessToken, subject)
      return { outcome: 'described', claims: { ...claims } }
    } catch (error) {
      return failureOrThrow(error)
    }
  }

  /** Reads a logout token, with which the server reports that somebody has signed out there. */
  readLogout(token: string): Promise<LogoutNotice | OpenIdFailure> {
    return readLogoutToken(token, {
      issuer: this.#configuration.serverMetadata().issuer,
      clientId: this.#configuration.clientMetadata().client_id,
      toleranceSeconds: this.#toleranceSeconds,
      keys: this.#keys,
      now: this.#clock.now(),
    })
  }

  /** Where the browser goes to sign out there too; undefined: the server has no such address. */
  endSessionUrl(returnTo: string): string | undefined {
    if (this.#configuration.serverMetadata().end_session_endpoint === undefined) return undefined
    return openid.buildEndSessionUrl(this.#configuration, { post_logout_redirect_uri: returnTo })
      .href
  }

  #untimely(issuedAt: number): OpenIdFailure | undefined {
    const age = this.#clock.now().getTime() / 1000 - issuedAt
    if (age >= -this.#toleranceSeconds && age <= maxAgeSeconds + this.#toleranceSeconds)
      return undefined
    return failed(
      'untrusted',
      `the id token was issued ${Math.round(Math.abs(age))} seconds ${age < 0 ? 'in the future' : 'ago'}; compare the clocks`,
    )
  }
}

const metadataOf = ({ toleranceSeconds }: OpenIdClient) => ({
  id_token_signed_response_alg: algorithm,
  [openid.clockTolerance]: toleranceSeconds,
})

/** The library asks for no redirects to be followed, and sends texts and forms only. */
const toFetch =
  (fetch: SmallFetch): openid.CustomFetch =>
  (url, { method, headers, body }) => {
    const content = body === undefined || body === null ? {} : { body: String(body) }
    return fetch(url, { method, headers: { ...headers }, ...content })
  }

/** Plain HTTP is for tests on this machine only. */
const isOnThisMachine = (...addresses: readonly string[]): boolean =>
  addresses.some((url) => !url.startsWith('https:')) && !addresses.some(isUnencrypted)

function failureOrThrow(error: unknown): OpenIdFailure {
  const failure = toFailure(error)
  if (failure === undefined) throw error
  return failure
}

/** @param audience whom a signed assertion is for: SMART asks for the token endpoint */
function authenticationOf(chosen: ClientAuthentication, audience: string): openid.ClientAuth {
  switch (chosen.method) {
    case 'none':
      return openid.None()
    case 'client_secret_basic':
      return openid.ClientSecretBasic(chosen.secret)
    case 'client_secret_post':
      return openid.ClientSecretPost(chosen.secret)
    case 'private_key_jwt': {
      const { privateKey, keyId, algorithm: name } = chosen
      const key = privateKey.toCryptoKey(
        name === 'RS384'
          ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' }
          : { name: 'ECDSA', namedCurve: 'P-384' },
        false,
        ['sign'],
      )
      return openid.PrivateKeyJwt(
        { key, kid: keyId },
        {
          // The library names the issuer.
          [openid.modifyAssertion](_header, payload) {
            payload['aud'] = audience
          },
        },
      )
    }
    default:
      return chosen satisfies never
  }
}
