import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ResourceStore } from '../fhir/resource-store.ts'
import type { Mode } from '../modes/mode.ts'
import { openIdConfiguration } from './discovery.ts'
import { chooserMarkup } from './chooser-page.ts'
import { pageHeaders, sendPage } from './pages.ts'
import type { SignIns } from './sign-ins.ts'

export const authorizePath = '/oauth2/v1/authorize'
export const keysPath = '/oauth2/v1/keys'

export interface LaunchRoutesOptions {
  readonly mode: Mode
  readonly store: ResourceStore
  readonly signIns: SignIns
  baseUrl(): string
}

/** The browser's side of a sign-in: authorization, the page on which a person chooses, and what apps discover. */
export function addLaunchRoutes(
  app: FastifyInstance,
  { mode, store, signIns, baseUrl }: LaunchRoutesOptions,
): void {
  app.get(authorizePath, (request, reply) => {
    const query = new URLSearchParams(request.url.split('?').slice(1).join('?'))
    const answer = signIns.authorize(query, `${baseUrl()}/fhir/r4`)
    switch (answer.kind) {
      case 'refused':
        return sendText(reply, 400, `The EHR does not open this app: ${answer.description}.`)
      case 'redirect':
        return reply.header('cache-control', 'no-store').redirect(answer.url, 302)
      case 'choose':
        return sendPage(reply, chooserMarkup(store, answer))
    }
  })
  app.post(`${authorizePath}/choose`, (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const url = signIns.choose(form.get('transaction') ?? '', {
      userId: form.get('user') ?? '',
      encounterId: form.get('encounter') ?? undefined,
      isAllowed: form.get('decision') === 'allow',
    })
    return url === undefined
      ? sendText(reply, 400, 'This sign-in has ended, or the choice does not fit. Start again.')
      : reply.headers(pageHeaders()).redirect(url, 303)
  })
  app.get(keysPath, () => signIns.idTokens.jwks())
  app.get('/.well-known/openid-configuration', () => openIdConfiguration(mode, baseUrl()))
  app.get('/launch/style.json', () => ({ color_background: '#ffffff', dim_font_size: '14px' }))
}

function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).headers(pageHeaders()).type('text/plain; charset=utf-8').send(text)
}
