import type { FastifyInstance } from 'fastify'
import { type ExchangeOptions, exchange } from '../exchange.ts'
import type { Answer } from '../fhir/answer.ts'
import type { SignIns } from '../launch/sign-ins.ts'
import type { Refused, TokenIssuer, TokenRequest } from './token-issuer.ts'

export const tokenPath = '/oauth2/v1/token'

/** The grants of a user, as opposed to those of a client alone. */
const userGrants: ReadonlySet<string> = new Set(['authorization_code', 'refresh_token'])

export interface TokenRoutesOptions extends ExchangeOptions {
  readonly issuer: TokenIssuer
  readonly signIns: SignIns
  baseUrl(): string
}

export function addTokenRoutes(app: FastifyInstance, options: TokenRoutesOptions): void {
  app.post(
    tokenPath,
    exchange(options, {
      describe: () => ({
        path: tokenPath,
        query: '',
        resourceType: 'token',
        patientId: undefined,
        practiceId: undefined,
      }),
      async answer(request) {
        const { authorization } = request.headers
        const asked = {
          form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
          authorization,
          tokenUrl: `${options.baseUrl()}${tokenPath}`,
        }
        const answer = userGrants.has(asked.form.get('grant_type') ?? '')
          ? await forUser(asked)
          : await options.issuer.issue(asked)
        if (answer.kind === 'answer')
          return typeof answer.body === 'string'
            ? { status: 200, body: answer.body, headers: { 'content-type': 'text/html' } }
            : json(200, answer.body)
        if (answer.kind === 'issued')
          return json(200, {
            access_token: answer.accessToken,
            token_type: 'Bearer',
            expires_in: answer.expiresIn,
            scope: answer.scope,
          })
        const { status, error, description } = answer
        const refusal = json(status, { error, error_description: description })
        const challenged = status === 401 && authorization !== undefined
        return challenged
          ? {
              ...refusal,
              headers: { ...refusal.headers, 'www-authenticate': 'Basic realm="sandbox"' },
            }
          : refusal
      },
      refusal: (status) =>
        json(status, { error: status < 500 ? 'invalid_client' : 'temporarily_unavailable' }),
    }),
  )

  async function forUser(
    asked: TokenRequest,
  ): Promise<Refused | { readonly kind: 'answer'; readonly body: object | string }> {
    const client = await options.issuer.authenticate(asked)
    if ('kind' in client) return client
    const answer = options.signIns.redeem(client, asked.form, options.baseUrl())
    return answer.kind === 'answer' ? answer : { ...answer, status: 400 }
  }
}

function json(status: number, body: object): Answer {
  return {
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  }
}
