import * as openid from 'openid-client'
import type { Clock } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { LaunchSecrets } from './browser-secrets.ts'
import type { ClientAuthentication, EhrIssuer } from './ehr-issuer.ts'
import { LaunchRefused, refused } from './launch-errors.ts'
import type { SignInEndpoints, SmallFetch } from './sign-in-endpoints.ts'

/** What the EHR says of the person and of what is on their screen. The access token is not kept: charts are read by our own. */
export interface SignInAnswer {
  readonly issuer: string
  readonly subject: string
  readonly fhirUser: string | undefined
  readonly name: string | undefined
  readonly patientId: string | undefined
  readonly encounterId: string | undefined
}

export interface SignInRequest {
  readonly issuer: EhrIssuer
  readonly endpoints: SignInEndpoints
  readonly redirectUri: string
  readonly secrets: LaunchSecrets
}

/** How far the EHR's clock may be off. */
const toleranceSeconds = 60
/** An id token is made when its code is exchanged. An older one was made for another sign-in. */
const maxAgeSeconds = 600
/** The algorithm that every SMART server supports. Another one, as `none` or one with a shared secret, is refused. */
const algorithm = 'RS256'

/** The only file that knows openid-client: authorization requests, codes, id tokens. */
export class OpenIdClient {
  readonly #fetch: SmallFetch
  readonly #clock: Clock
  /** Each keeps the keys of its EHR. */
  readonly #configurations = new WeakMap<SignInEndpoints, openid.Configuration>()

  constructor({ fetch, clock }: { readonly fetch: SmallFetch; readonly clock: Clock }) {
    this.#fetch = fetch
    this.#clock = clock
  }

  /** Where the browser goes to sign in. */
  async authorizationUrl(
    request: SignInRequest,
    { aud, launch, scopes }: { aud: string; launch: string | undefined; scopes: readonly string[] },
  ): Promise<string> {
    const { redirectUri, secrets } = request
    const configuration = this.#configurationFor(request)
    return openid.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: scopes.join(' '),
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(secrets.codeVerifier),
      code_challenge_method: 'S256',
      aud,
      ...(launch === undefined ? {} : { launch }),
    }).href
  }

  /**
   * Brings the code, and checks everything about the id token: signature, algorithm, issuer, audience, nonce and times.
   *
   * @param answer the parameters with which the browser came back
   * @throws {LaunchRefused}
   */
  async exchange(request: SignInRequest, answer: URLSearchParams): Promise<SignInAnswer> {
    const { redirectUri, secrets } = request
    const configuration = this.#configurationFor(request)
    const url = new URL(redirectUri)
    url.search = answer.toString()
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: secrets.codeVerifier,
        expectedState: secrets.state,
        expectedNonce: secrets.nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined) throw refused('launch_id_token_invalid', 'the EHR sent no id token')
      this.#refuseUntimely(claims.iat)
      return {
        issuer: claims.iss,
        subject: claims.sub,
        fhirUser: textOf(claims['fhirUser']),
        name: textOf(claims['name']),
        patientId: idOf('patient', tokens['patient']),
        encounterId: idOf('encounter', tokens['encounter']),
      }
    } catch (error) {
      throw toRefusal(error)
    }
  }

  #refuseUntimely(issuedAt: number): void {
    const age = this.#clock.now().getTime() / 1000 - issuedAt
    if (age < -toleranceSeconds || age > maxAgeSeconds + toleranceSeconds)
      throw refused(
        'launch_id_token_invalid',
        `the id token was issued ${Math.round(Math.abs(age))} seconds ${age < 0 ? 'in the future' : 'ago'}; compare the clocks`,
      )
  }

  #configurationFor({ issuer, endpoints }: SignInRequest): openid.Configuration {
    const known = this.#configurations.get(endpoints)
    if (known !== undefined) return known
    const made = this.#configure(issuer, endpoints)
    this.#configurations.set(endpoints, made)
    return made
  }

  #configure(issuer: EhrIssuer, endpoints: SignInEndpoints): openid.Configuration {
    const { authorizationEndpoint, tokenEndpoint, jwksUri, idTokenIssuer, namesIssuer } = endpoints
    const configuration = new openid.Configuration(
      {
        issuer: idTokenIssuer,
        authorization_endpoint: authorizationEndpoint,
        token_endpoint: tokenEndpoint,
        jwks_uri: jwksUri,
        authorization_response_iss_parameter_supported: namesIssuer,
      },
      issuer.clientId,
      {
        id_token_signed_response_alg: algorithm,
        [openid.clockTolerance]: toleranceSeconds,
      },
      clientAuthentication(issuer.authentication, tokenEndpoint),
    )
    configuration[openid.customFetch] = (url, { method, headers, body }) =>
      this.#fetch(url, {
        method,
        headers: { ...headers },
        body: body === undefined || body === null ? undefined : String(body),
      })
    // Otherwise an id token from the token endpoint counts without its signature.
    openid.enableNonRepudiationChecks(configuration)
    // Addresses over plain HTTP were refused before, but those of this machine.
    if (Object.values({ tokenEndpoint, jwksUri }).some((url) => !url.startsWith('https:')))
      openid.allowInsecureRequests(configuration)
    return configuration
  }
}

function clientAuthentication(
  chosen: ClientAuthentication,
  tokenEndpoint: string,
): openid.ClientAuth {
  switch (chosen.method) {
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
          // SMART asks for the token endpoint; the library names the issuer.
          [openid.modifyAssertion](_header, payload) {
            payload['aud'] = tokenEndpoint
          },
        },
      )
    }
  }
}

const textOf = (claim: unknown): string | undefined =>
  typeof claim === 'string' && claim.length > 0 && claim.length <= 500 ? claim : undefined

/** An id of FHIR, alone or as a reference to the type. Anything else is refused, because a wrong chart must not be opened. */
function idOf(member: 'patient' | 'encounter', value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const type = member === 'patient' ? 'Patient' : 'Encounter'
  const id =
    typeof value === 'string'
      ? new RegExp(`^(?:${type}/)?([A-Za-z0-9\\-.]{1,128})$`).exec(value)?.[1]
      : undefined
  if (id === undefined)
    throw refused('launch_ehr_unusable', `the EHR sent a ${member} that is no id`)
  return id
}

/** Messages of the library may quote a claim, so only its codes and the claim's name are kept. */
function toRefusal(error: unknown): unknown {
  if (error instanceof LaunchRefused) return error
  if (error instanceof openid.AuthorizationResponseError)
    return refused('launch_ehr_refused', `the EHR answered ${safe(error.error)}`)
  if (error instanceof openid.ResponseBodyError)
    return error.status >= 500
      ? refused('launch_ehr_unavailable', `the EHR's token endpoint answered ${error.status}`)
      : refused('launch_code_refused', `the EHR's token endpoint answered ${safe(error.error)}`)
  if (error instanceof openid.WWWAuthenticateChallengeError)
    return refused('launch_code_refused', `the EHR's token endpoint answered ${error.status}`)
  const causes = causesOf(error)
  const cause = causes.find((one) => one instanceof GatewayError)
  if (cause !== undefined) return refused('launch_ehr_unavailable', cause.message, { cause })
  if (error instanceof openid.ClientError) {
    const claim = causes.map(claimOf).find((name) => name !== undefined)
    return refused(
      'launch_id_token_invalid',
      `what the EHR sent does not hold (${error.code ?? 'unknown'}${claim === undefined ? '' : `, claim ${safe(claim)}`})`,
    )
  }
  return error
}

function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = []
  for (let one = error; isObject(one) && causes.length < 5; one = one['cause']) causes.push(one)
  return causes
}

const claimOf = (cause: unknown): string | undefined =>
  isObject(cause) && typeof cause['claim'] === 'string' ? cause['claim'] : undefined

const safe = (code: string): string =>
  /^[A-Za-z0-9_.-]{1,60}$/.test(code) ? code : 'something unreadable'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
