import type { FastifyInstance } from 'fastify'
import { type ExchangeOptions, exchange } from '../exchange.ts'
import type { Answer } from '../fhir/answer.ts'
import type { TokenIssuer } from './token-issuer.ts'

export const tokenPath = '/oauth2/v1/token'

export interface TokenRoutesOptions extends ExchangeOptions {
  readonly issuer: TokenIssuer
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
        const answer = await options.issuer.issue({
          form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
          authorization,
          tokenUrl: `${options.baseUrl()}${tokenPath}`,
        })
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
}

function json(status: number, body: object): Answer {
  return {
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  }
}
