import { type Answer, jsonAnswer } from './answers.ts'

export const client = { clientId: 'independent-client', clientSecret: 'independent-secret' }

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * OAuth 2 client_credentials with a secret (post or basic), or an assertion that names the client. The assertion's signature is not
 * checked here: oidc-provider checks signatures in the tests of the token client.
 */
export class TokenEndpoint {
  readonly #issued = new Set<string>()

  grant(authorization: string | undefined, form: URLSearchParams): Answer {
    if (form.get('grant_type') !== 'client_credentials')
      return jsonAnswer(400, { error: 'unsupported_grant_type' })
    if (!isOurClient(authorization, form)) return jsonAnswer(401, { error: 'invalid_client' })
    const token = `token-${this.#issued.size + 1}`
    this.#issued.add(token)
    return jsonAnswer(200, {
      access_token: token,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: form.get('scope') ?? '',
    })
  }

  isValid(authorization: string | undefined): boolean {
    return this.#issued.has(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '')
  }
}

function isOurClient(authorization: string | undefined, form: URLSearchParams): boolean {
  const basic = /^Basic (.+)$/.exec(authorization ?? '')?.[1]
  if (basic !== undefined)
    return Buffer.from(basic, 'base64').toString() === `${client.clientId}:${client.clientSecret}`
  if (form.get('client_assertion_type') === assertionType) {
    const [, payload = ''] = (form.get('client_assertion') ?? '').split('.')
    return issuerOf(payload) === client.clientId
  }
  return (
    form.get('client_id') === client.clientId && form.get('client_secret') === client.clientSecret
  )
}

function issuerOf(payload: string): unknown {
  try {
    return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iss?: unknown }).iss
  } catch {
    return undefined
  }
}
