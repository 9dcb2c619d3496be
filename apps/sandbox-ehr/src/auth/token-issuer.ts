import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'

export interface Client {
  readonly clientId: string
  readonly clientSecret: string
  readonly practiceIds: readonly string[]
}

export interface Token {
  readonly client: Client
  readonly scopes: ReadonlySet<string>
  readonly expiresAt: number
}

export type TokenAnswer =
  | {
      readonly kind: 'issued'
      readonly accessToken: string
      readonly expiresIn: number
      readonly scope: string
    }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly error: string
      readonly description: string
    }

/**
 * OAuth2 client_credentials as athenahealth does it: secret in the body or as Basic, scopes listed one by one. Opaque tokens and
 * one grant need a screen of code; an authorization server library would bring its own idea of the rest.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export class TokenIssuer {
  readonly #clients: readonly Client[]
  readonly #tokenSeconds: number
  readonly #clock: Clock
  readonly #tokens = new Map<string, Token>()

  constructor(clients: readonly Client[], tokenSeconds: number, clock: Clock) {
    this.#clients = clients
    this.#tokenSeconds = tokenSeconds
    this.#clock = clock
  }

  issue(form: URLSearchParams, authorization: string | undefined): TokenAnswer {
    if (form.get('grant_type') !== 'client_credentials') {
      return refused(400, 'unsupported_grant_type', 'only client_credentials is supported')
    }
    const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1]
    const [basicId, basicSecret] =
      basic === undefined
        ? []
        : Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent)
    const clientId = basicId ?? form.get('client_id') ?? ''
    const secret = basicSecret ?? form.get('client_secret') ?? ''
    const client = this.#clients.find(
      (one) => one.clientId === clientId && isSame(one.clientSecret, secret),
    )
    if (client === undefined) return refused(401, 'invalid_client', 'client authentication failed')
    const scope = form.get('scope')?.trim() ?? ''
    if (scope === '') return refused(400, 'invalid_scope', 'scopes must be listed explicitly')
    const scopes = scope.split(/\s+/)
    const unknown = scopes.find((one) => !/^system\/[A-Za-z]+\.(?:read|write|[cruds]+)$/.test(one))
    if (unknown !== undefined) return refused(400, 'invalid_scope', `unknown scope ${unknown}`)
    const accessToken = randomBytes(24).toString('base64url')
    const expiresAt = this.#clock.now() + this.#tokenSeconds * 1000
    this.#tokens.set(accessToken, { client, scopes: new Set(scopes), expiresAt })
    this.#forgetExpired()
    return { kind: 'issued', accessToken, expiresIn: this.#tokenSeconds, scope }
  }

  /** The token of a request, or undefined when it is missing, unknown or expired. */
  check(authorization: string | undefined): Token | undefined {
    const token = this.#tokens.get(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '')
    return token !== undefined && token.expiresAt > this.#clock.now() ? token : undefined
  }

  expireAll(): void {
    this.#tokens.clear()
  }

  #forgetExpired(): void {
    for (const [text, token] of this.#tokens)
      if (token.expiresAt <= this.#clock.now()) this.#tokens.delete(text)
  }
}

/** Whether the token may read, search or create this type (SMART v1 words and v2 letters). */
export function allows(token: Token, resourceType: string, action: 'r' | 's' | 'c'): boolean {
  return [...token.scopes].some((scope) => {
    const [, type, rights] = /^system\/([A-Za-z]+)\.(.+)$/.exec(scope) ?? []
    if (type !== resourceType) return false
    if (rights === 'read') return action !== 'c'
    if (rights === 'write') return action === 'c'
    return rights?.includes(action) === true
  })
}

function refused(status: number, error: string, description: string): TokenAnswer {
  return { kind: 'refused', status, error, description }
}

function isSame(expected: string, given: string): boolean {
  const a = Buffer.from(expected)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}
