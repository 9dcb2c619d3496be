import type { Clock } from '../clock.ts'
import { OpenIdConnection, type SignInSecrets } from '../openid/open-id-connection.ts'
import type { OpenIdFailure } from '../openid/open-id-failure.ts'
import type { OpenIdServer, SmallFetch } from '../openid/open-id-server.ts'
import type { EhrIssuer } from './ehr-issuer.ts'
import { type LaunchRefused, refused } from './launch-errors.ts'

/** What the EHR says about the person and the chart on their screen. The access token is not kept: charts are read with the gateway's own. */
export interface SignInAnswer {
  readonly issuer: string
  readonly subject: string
  readonly fhirUser: string | undefined
  readonly name: string | undefined
  readonly patientId: string | undefined
  readonly encounterId: string | undefined
  /** What it says about the practice, unparsed; undefined: nothing. */
  readonly practice: unknown
}

export interface SignInRequest {
  readonly issuer: EhrIssuer
  readonly endpoints: OpenIdServer
  readonly redirectUri: string
  readonly secrets: SignInSecrets
}

/** The name under which athenahealth sends the practice, in the token answer or in the id token. */
const practiceNames = ['ah_practice', 'ah-practice']

/** How far the EHR's clock may be off. */
const toleranceSeconds = 60

/** Signing in at an EHR: what SMART adds to OpenID Connect. */
export class EhrSignIn {
  readonly #tools: { readonly fetch: SmallFetch; readonly clock: Clock }
  /** Each keeps the keys of its EHR. */
  readonly #connections = new WeakMap<OpenIdServer, OpenIdConnection>()

  constructor(tools: { readonly fetch: SmallFetch; readonly clock: Clock }) {
    this.#tools = tools
  }

  /** Where the browser goes to sign in. */
  async authorizationUrl(
    request: SignInRequest,
    { aud, launch, scopes }: { aud: string; launch: string | undefined; scopes: readonly string[] },
  ): Promise<string> {
    const { redirectUri, secrets } = request
    const others = { aud, ...(launch === undefined ? {} : { launch }) }
    return this.#connectionFor(request).authorizationUrl(secrets, { redirectUri, scopes, others })
  }

  /**
   * Exchanges the code for what the EHR says about the person and the chart.
   *
   * @param answer the parameters with which the browser came back
   * @throws {LaunchRefused}
   */
  async exchange(request: SignInRequest, answer: URLSearchParams): Promise<SignInAnswer> {
    const { redirectUri, secrets } = request
    const came = { redirectUri, query: answer.toString() }
    const signedIn = await this.#connectionFor(request).exchange(came, secrets)
    if (signedIn.outcome === 'failed') throw toRefusal(signedIn)
    return {
      issuer: signedIn.issuer,
      subject: signedIn.subject,
      fhirUser: textOf(signedIn.claims['fhirUser']),
      name: textOf(signedIn.claims['name']),
      patientId: idOf('patient', signedIn.answer['patient']),
      encounterId: idOf('encounter', signedIn.answer['encounter']),
      practice: practiceNames
        .map((name) => signedIn.answer[name] ?? signedIn.claims[name])
        .find((value) => value !== undefined && value !== null),
    }
  }

  #connectionFor({ issuer, endpoints }: SignInRequest): OpenIdConnection {
    const known = this.#connections.get(endpoints)
    if (known !== undefined) return known
    const { clientId, authentication } = issuer
    const client = { clientId, authentication, toleranceSeconds }
    const made = OpenIdConnection.to(endpoints, client, this.#tools)
    this.#connections.set(endpoints, made)
    return made
  }
}

function toRefusal({ fault, reason, cause }: OpenIdFailure): LaunchRefused {
  const message = `the EHR: ${reason}`
  const options = cause === undefined ? {} : { cause }
  switch (fault) {
    case 'denied':
      return refused('launch_ehr_refused', message, options)
    case 'unavailable':
      return refused('launch_ehr_unavailable', message, options)
    case 'code_refused':
      return refused('launch_code_refused', message, options)
    case 'untrusted':
      return refused('launch_id_token_invalid', message, options)
    default:
      return fault satisfies never
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
