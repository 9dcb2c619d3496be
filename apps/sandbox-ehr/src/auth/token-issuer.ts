import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Mode, TokenMethod } from '../modes/mode.ts'
import type { App, Client, ClientKeys } from './client.ts'
import { assertionType, ClientAssertions, claimedClientId } from './client-assertion.ts'
import { type Action, allowsAction, grantedOf, unknownScope, v1Scope } from './scopes.ts'

export interface Token {
  readonly client: Client
  readonly scopes: ReadonlySet<string>
  readonly expiresAt: number
}

export type Refused = {
  readonly kind: 'refused'
  readonly status: number
  readonly error: string
  readonly description: string
}

export type TokenAnswer =
  | {
      readonly kind: 'issued'
      readonly accessToken: string
      readonly expiresIn: number
      readonly scope: string
    }
  | Refused

export interface TokenRequest {
  readonly form: URLSearchParams
  readonly authorization: string | undefined
  readonly tokenUrl: string
}

interface Credentials {
  readonly method: TokenMethod
  readonly clientId: string
  /** The secret, or the assertion. */
  readonly proof: string
}

/**
 * OAuth2 client_credentials: the secret in the body or as Basic, or a signed assertion; space-separated scopes.
 * Opaque tokens and one grant fit on one screen, so no authorization server library is used.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export class TokenIssuer {
  readonly #clients: Map<string, Client>
  readonly #mode: Mode
  readonly #tokenSeconds: number
  readonly #clock: Clock
  readonly #assertions: ClientAssertions
  readonly #tokens = new Map<string, Token>()

  constructor(
    clients: readonly Client[],
    settings: { readonly mode: Mode; readonly tokenSeconds: number },
    clock: Clock,
  ) {
    this.#clients = new Map(clients.map((client) => [client.clientId, client]))
    this.#mode = settings.mode
    this.#tokenSeconds = settings.tokenSeconds
    this.#clock = clock
    this.#assertions = new ClientAssertions(clock)
  }

  /** False if there is no such client. */
  registerKeys(clientId: string, keys: ClientKeys): boolean {
    const client = this.#clients.get(clientId)
    if (client !== undefined) this.#clients.set(clientId, { ...client, keys })
    return client !== undefined
  }

  /** Applies to tokens issued after this call. */
  limitScopes(clientId: string, grantedScopes: readonly string[]): boolean {
    const client = this.#clients.get(clientId)
    if (client !== undefined) this.#clients.set(clientId, { ...client, grantedScopes })
    return client !== undefined
  }

  /** Makes the client an app that users open; false if there is no such client. */
  registerApp(clientId: string, app: App): boolean {
    const client = this.#clients.get(clientId)
    if (client !== undefined) this.#clients.set(clientId, { ...client, app })
    return client !== undefined
  }

  client(clientId: string): Client | undefined {
    return this.#clients.get(clientId)
  }

  apps(): readonly (Client & { readonly app: App })[] {
    return [...this.#clients.values()].flatMap((client) =>
      client.app === undefined ? [] : [{ ...client, app: client.app }],
    )
  }

  get tokenSeconds(): number {
    return this.#tokenSeconds
  }

  async issue(request: TokenRequest): Promise<TokenAnswer> {
    const { form } = request
    if (form.get('grant_type') !== 'client_credentials')
      return refused(400, 'unsupported_grant_type', 'this grant_type is not supported')
    const client = await this.authenticate(request)
    if ('kind' in client) return client
    const asked = (form.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '')
    if (asked.length === 0) return refused(400, 'invalid_scope', 'scopes must be listed explicitly')
    const unknown = unknownScope(this.#mode, asked)
    if (unknown !== undefined) return refused(400, 'invalid_scope', `unknown scope ${unknown}`)
    const granted = grantedOf(this.#mode, asked, client.grantedScopes)
    if (granted.length === 0)
      return refused(400, 'invalid_scope', 'none of these scopes is granted to the client')
    const accessToken = this.issueFor(client, new Set(granted))
    return { kind: 'issued', accessToken, expiresIn: this.#tokenSeconds, scope: granted.join(' ') }
  }

  /** The client of a request to the token endpoint, if its credentials are right. */
  async authenticate(request: TokenRequest): Promise<Client | Refused> {
    const credentials = credentialsOf(request)
    return 'kind' in credentials
      ? credentials
      : await this.#authenticated(credentials, request.tokenUrl)
  }

  /** An access token for a client that has authenticated itself. */
  issueFor(client: Client, scopes: ReadonlySet<string>): string {
    const accessToken = randomBytes(24).toString('base64url')
    const expiresAt = this.#clock.now() + this.#tokenSeconds * 1000
    this.#tokens.set(accessToken, { client, scopes, expiresAt })
    this.#forgetExpired()
    return accessToken
  }

  revoke(accessToken: string): void {
    this.#tokens.delete(accessToken)
  }

  /** The token of a request, or undefined if it is missing, unknown or expired. */
  check(authorization: string | undefined): Token | undefined {
    const token = this.#tokens.get(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '')
    return token !== undefined && token.expiresAt > this.#clock.now() ? token : undefined
  }

  expireAll(): void {
    this.#tokens.clear()
  }

  async #authenticated(credentials: Credentials, tokenUrl: string): Promise<Client | Refused> {
    const { method, clientId, proof } = credentials
    if (!this.#mode.token.methods.includes(method))
      return refused(401, 'invalid_client', `${method} is not supported`)
    const client = this.#clients.get(clientId)
    if (client === undefined) return refused(401, 'invalid_client', 'client authentication failed')
    if (method !== 'private_key_jwt')
      return client.clientSecret !== undefined && isSame(client.clientSecret, proof)
        ? client
        : refused(401, 'invalid_client', 'client authentication failed')
    const fault = await this.#assertions.fault(proof, { clientId, keys: client.keys }, tokenUrl)
    return fault === undefined ? client : refused(400, 'invalid_client', fault)
  }

  #forgetExpired(): void {
    for (const [text, token] of this.#tokens)
      if (token.expiresAt <= this.#clock.now()) this.#tokens.delete(text)
  }
}

/** Whether the token may read, search or create this type. */
export function allows(token: Token, resourceType: string, action: Action): boolean {
  return allowsAction(token.scopes, resourceType, action)
}

/** Whether the token may call athenahealth's v1 API. */
export function allowsV1(token: Token): boolean {
  return [...token.scopes].some((scope) => v1Scope.test(scope))
}

/** One authentication method per request. @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3 */
function credentialsOf({ form, authorization }: TokenRequest): Credentials | Refused {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1]
  const secret = form.get('client_secret')
  const assertion = form.get('client_assertion')
  if ([basic, secret, assertion].filter((one) => one !== undefined && one !== null).length > 1)
    return refused(400, 'invalid_request', 'more than one client authentication method')
  if (basic !== undefined) {
    const [clientId = '', ...rest] = Buffer.from(basic, 'base64').toString().split(':')
    return {
      method: 'client_secret_basic',
      clientId: formDecoded(clientId),
      proof: formDecoded(rest.join(':')),
    }
  }
  if (assertion === null)
    return {
      method: 'client_secret_post',
      clientId: form.get('client_id') ?? '',
      proof: secret ?? '',
    }
  if (form.get('client_assertion_type') !== assertionType)
    return refused(400, 'invalid_request', `client_assertion_type must be ${assertionType}`)
  return {
    method: 'private_key_jwt',
    clientId: claimedClientId(assertion) ?? '',
    proof: assertion,
  }
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

function refused(status: number, error: string, description: string): Refused {
  return { kind: 'refused', status, error, description }
}

function isSame(expected: string, given: string): boolean {
  const a = Buffer.from(expected)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}
