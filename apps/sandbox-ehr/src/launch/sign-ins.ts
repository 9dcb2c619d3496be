import { randomBytes } from 'node:crypto'
import type { Client } from '../auth/client.ts'
import type { TokenIssuer } from '../auth/token-issuer.ts'
import type { Clock } from '../clock.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'
import { stringsAt } from '../fhir/resource.ts'
import { Codes, type Grant } from './codes.ts'
import { type IdTokenClaims, IdTokens } from './id-token.ts'
import { type LaunchContext, LaunchContexts } from './launch-context.ts'
import { type LaunchFault, LaunchFaults } from './launch-faults.ts'
import { launchScopes, unknownLaunchScope, wantsRefresh } from './launch-scopes.ts'
import { usersOf } from './users.ts'

/** An authorization request that may continue. */
export interface CheckedRequest {
  readonly client: Client
  readonly redirectUri: string
  readonly state: string
  readonly codeChallenge: string
  readonly nonce: string | undefined
  readonly scopes: ReadonlySet<string>
}

export type Authorization =
  /** The redirect URI is not known to be the app's, so nothing is sent there. */
  | { readonly kind: 'refused'; readonly description: string }
  | { readonly kind: 'redirect'; readonly url: string }
  /** Nobody is known to be signed in: a person chooses. */
  | { readonly kind: 'choose'; readonly transaction: string; readonly request: CheckedRequest }

export type SignInAnswer =
  | { readonly kind: 'answer'; readonly body: object | string }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string }

/** What a person chose on the page of a standalone launch. */
export interface Choice {
  readonly userId: string
  readonly encounterId: string | undefined
  readonly isAllowed: boolean
}

interface Refresh {
  readonly clientId: string
  readonly grant: Grant
}

const transactionMs = 10 * 60_000

/**
 * SMART App Launch 2.2: people sign in to apps with the EHR. Stricter than the standard asks where an app should not rely on leniency:
 * PKCE by S256 only, `state` with 22 characters or more, every scope known, redirect URIs compared as whole texts.
 *
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html
 */
export class SignIns {
  readonly contexts: LaunchContexts
  readonly faults = new LaunchFaults()
  readonly idTokens = new IdTokens()
  readonly #store: ResourceStore
  readonly #issuer: TokenIssuer
  readonly #clock: Clock
  readonly #codes: Codes
  readonly #transactions = new Map<string, { request: CheckedRequest; expiresAt: number }>()
  readonly #refreshes = new Map<string, Refresh>()

  constructor({
    store,
    issuer,
    clock,
  }: {
    readonly store: ResourceStore
    readonly issuer: TokenIssuer
    readonly clock: Clock
  }) {
    this.#store = store
    this.#issuer = issuer
    this.#clock = clock
    this.contexts = new LaunchContexts(clock)
    this.#codes = new Codes(clock)
  }

  authorize(query: URLSearchParams, fhirBaseUrl: string): Authorization {
    const client = this.#issuer.client(query.get('client_id') ?? '')
    const redirectUri = query.get('redirect_uri') ?? ''
    if (client?.app === undefined) return refused('the app is not registered')
    if (!client.app.redirectUris.includes(redirectUri))
      return refused('redirect_uri is not one of those that are registered for the app')
    const state = query.get('state') ?? ''
    const back = (error: string, description: string): Authorization => ({
      kind: 'redirect',
      url: urlWith(redirectUri, { error, error_description: description, state }),
    })
    const fault = faultOf(query, fhirBaseUrl)
    if (fault !== undefined) return back(...fault)
    const scopes = scopesOf(query)
    const request: CheckedRequest = {
      client,
      redirectUri,
      state,
      codeChallenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce') ?? undefined,
      scopes,
    }
    const handle = query.get('launch')
    if (handle === null) return this.#askPerson(request)
    const context = this.contexts.take(handle, client.clientId)
    if (context === undefined)
      return back('invalid_request', 'launch is unknown, was used or has expired')
    return { kind: 'redirect', url: this.#allow(request, context) }
  }

  /** Undefined if there is no such transaction, or the choice does not fit to it. */
  choose(transaction: string, choice: Choice): string | undefined {
    const waiting = this.#transactions.get(transaction)
    if (waiting === undefined || waiting.expiresAt <= this.#clock.now()) return undefined
    const { request } = waiting
    if (!choice.isAllowed) {
      this.#transactions.delete(transaction)
      const { redirectUri, state } = request
      return urlWith(redirectUri, { error: 'access_denied', state })
    }
    const user = usersOf(this.#store).find(({ userId }) => userId === choice.userId)
    if (user === undefined) return undefined
    const chosen = this.#chosen(request, user.practiceId, choice.encounterId)
    if (chosen === undefined) return undefined
    this.#transactions.delete(transaction)
    return this.#allow(request, { ...user, ...chosen })
  }

  /** The grants `authorization_code` and `refresh_token`, for a client that has authenticated itself. */
  redeem(client: Client, form: URLSearchParams, baseUrl: string): SignInAnswer {
    if (form.get('grant_type') === 'refresh_token') return this.#refresh(client, form, baseUrl)
    const result = this.#codes.redeem(
      {
        code: form.get('code') ?? '',
        clientId: client.clientId,
        redirectUri: form.get('redirect_uri') ?? '',
        codeVerifier: form.get('code_verifier') ?? '',
      },
      {
        issue: (grant) => this.#issuer.issueFor(client, grant.scopes),
        revoke: (accessToken) => this.#issuer.revoke(accessToken),
      },
    )
    if ('fault' in result)
      return { kind: 'refused', error: 'invalid_grant', description: result.fault }
    return this.#answer(client, result.grant, result.accessToken, baseUrl)
  }

  #askPerson(request: CheckedRequest): Authorization {
    for (const [id, { expiresAt }] of this.#transactions)
      if (expiresAt <= this.#clock.now()) this.#transactions.delete(id)
    const transaction = randomBytes(24).toString('base64url')
    this.#transactions.set(transaction, { request, expiresAt: this.#clock.now() + transactionMs })
    return { kind: 'choose', transaction, request }
  }

  #chosen(
    { scopes }: CheckedRequest,
    practiceId: string,
    encounterId: string | undefined,
  ): Pick<LaunchContext, 'patientId' | 'encounterId'> | undefined {
    const isAsked = scopes.has('launch/patient') || scopes.has('launch/encounter')
    if (!isAsked) return { patientId: undefined, encounterId: undefined }
    const encounter = this.#store.find(practiceId, 'Encounter', encounterId ?? '')
    if (encounter?.patientId === undefined) return undefined
    return {
      patientId: encounter.patientId,
      encounterId: scopes.has('launch/encounter') ? encounter.id : undefined,
    }
  }

  #allow(request: CheckedRequest, context: LaunchContext): string {
    const fault = this.faults.take()
    const { redirectUri, state, client, codeChallenge, nonce, scopes } = request
    if (fault?.kind === 'refused') return urlWith(redirectUri, { error: 'access_denied', state })
    const code = this.#codes.issue({
      clientId: client.clientId,
      redirectUri,
      codeChallenge,
      nonce,
      scopes,
      context,
      fault,
    })
    const answered = fault?.kind === 'wrong_state' ? randomBytes(32).toString('base64url') : state
    return urlWith(redirectUri, { code, state: answered })
  }

  #refresh(client: Client, form: URLSearchParams, baseUrl: string): SignInAnswer {
    const given = form.get('refresh_token') ?? ''
    const refresh = this.#refreshes.get(given)
    if (refresh?.clientId !== client.clientId)
      return { kind: 'refused', error: 'invalid_grant', description: 'refresh_token is unknown' }
    // Each is used once.
    this.#refreshes.delete(given)
    const accessToken = this.#issuer.issueFor(client, refresh.grant.scopes)
    return this.#answer(client, refresh.grant, accessToken, baseUrl)
  }

  #answer(client: Client, grant: Grant, accessToken: string, baseUrl: string): SignInAnswer {
    const { scopes, context, fault } = grant
    if (fault?.kind === 'unreadable_token') return { kind: 'answer', body: '<html>a proxy</html>' }
    const wantsIdToken = scopes.has('openid') && fault?.kind !== 'no_id_token'
    return {
      kind: 'answer',
      body: {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: this.#issuer.tokenSeconds,
        scope: [...scopes].join(' '),
        ...(wantsIdToken ? { id_token: this.#idToken(client, grant, baseUrl) } : {}),
        ...this.#contextMembers(context, fault),
        ...(wantsRefresh(scopes) ? { refresh_token: this.#issueRefresh(client, grant) } : {}),
        need_patient_banner: false,
        smart_style_url: `${baseUrl}/launch/style.json`,
        intent: 'review-prior-authorization',
      },
    }
  }

  #idToken(client: Client, { scopes, context, nonce, fault }: Grant, baseUrl: string): string {
    const user = usersOf(this.#store, context.practiceId).find(
      ({ userId }) => userId === context.userId,
    )
    const claims: IdTokenClaims = {
      issuer: baseUrl,
      clientId: client.clientId,
      subject: `user-${context.userId}`,
      nonce,
      fhirUser: scopes.has('fhirUser')
        ? `${baseUrl}/fhir/r4/Practitioner/${context.userId}`
        : undefined,
      name: scopes.has('profile') ? user?.name : undefined,
      nowSeconds: Math.floor(this.#clock.now() / 1000),
    }
    return this.idTokens.sign(claims, fault)
  }

  #contextMembers(
    { practiceId, patientId, encounterId }: LaunchContext,
    fault: LaunchFault | undefined,
  ): object {
    if (fault?.kind === 'no_context') return {}
    const patient =
      fault?.kind === 'other_patient' ? this.#anotherPatient(practiceId, patientId) : patientId
    return {
      ...(patient === undefined ? {} : { patient }),
      ...(encounterId === undefined || fault?.kind === 'no_encounter'
        ? {}
        : { encounter: encounterId }),
    }
  }

  #anotherPatient(practiceId: string, patientId: string | undefined): string | undefined {
    return this.#store.ofType(practiceId, 'Patient').find(({ id }) => id !== patientId)?.id
  }

  #issueRefresh(client: Client, grant: Grant): string {
    const token = randomBytes(24).toString('base64url')
    this.#refreshes.set(token, { clientId: client.clientId, grant })
    return token
  }
}

/** Why the request is refused, as the error and description that the app gets. */
function faultOf(
  query: URLSearchParams,
  fhirBaseUrl: string,
): readonly [error: string, description: string] | undefined {
  const twice = [...new Set(query.keys())].find((name) => query.getAll(name).length > 1)
  if (twice !== undefined) return ['invalid_request', `${twice} is given more than once`]
  if (query.get('response_type') !== 'code')
    return ['unsupported_response_type', 'response_type must be code']
  if ((query.get('state') ?? '').length < 22)
    return ['invalid_request', 'state must be at least 22 characters long']
  if (query.get('code_challenge_method') !== 'S256')
    return ['invalid_request', 'code_challenge_method must be S256']
  if (!/^[A-Za-z0-9\-_]{43}$/.test(query.get('code_challenge') ?? ''))
    return ['invalid_request', 'code_challenge must be a SHA-256 in base64url']
  if (withoutSlash(query.get('aud') ?? '') !== withoutSlash(fhirBaseUrl))
    return ['invalid_request', 'aud must be the URL of the FHIR server']
  const scopes = scopesOf(query)
  const unknown = unknownLaunchScope(scopes)
  if (scopes.size === 0) return ['invalid_scope', 'scopes must be listed explicitly']
  if (unknown !== undefined)
    return ['invalid_scope', `unknown scope ${unknown}; known: ${launchScopes.join(' ')}`]
  if (scopes.has('launch') !== query.has('launch'))
    return ['invalid_request', 'the scope launch and the parameter launch need each other']
  return undefined
}

const scopesOf = (query: URLSearchParams): ReadonlySet<string> =>
  new Set((query.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== ''))

const withoutSlash = (url: string) => url.replace(/\/$/, '')

const refused = (description: string): Authorization => ({ kind: 'refused', description })

function urlWith(base: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(base)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

/** The name of a patient, as the page of a standalone launch lists it. */
export function patientNameOf(store: ResourceStore, practiceId: string, patientId: string): string {
  const found = store.find(practiceId, 'Patient', patientId)
  if (found === undefined) return patientId
  const patient = store.read(found)
  const parts = [stringsAt(patient, 'name.family')[0], stringsAt(patient, 'name.given')[0]].filter(
    (part) => part !== undefined,
  )
  return parts.length === 0 ? patientId : parts.join(', ')
}
