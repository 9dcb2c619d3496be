import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { OidcRefusal } from '../people/oidc.ts'
import { addressKey, sessionCookie } from './auth.ts'
import { originOf } from './origin.ts'
import { pageAddress, pathOnPage } from './page-address.ts'
import { forgetFrameSession } from './launch-cookies.ts'
import { formType } from './media-type.ts'
import { HttpProblem } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'

const callbackPath = '/api/session/oidc/callback'
const pagePath = z
  .string()
  .max(500)
  .transform((to, context): string => {
    const path = pathOnPage(to)
    if (path !== undefined) return path
    context.addIssue('must be a path of our page')
    return z.NEVER
  })
const rateLimit = { max: 60, timeWindow: '1 minute', keyGenerator: addressKey }

/** Single sign-on. Browsers come here by links and redirects, so refusals are shown by the sign-in page. */
export function addOidcRoutes(
  app: App,
  { auth, oidc, publicUrl, secureCookies, record, store }: RouteDependencies,
): void {
  const flowCookie = secureCookies ? '__Host-authscript_oidc' : 'authscript_oidc'
  // Lax: the browser comes back from another site.
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: secureCookies } as const
  const addressOf = (request: FastifyRequest) => pageAddress(request, publicUrl)

  async function refuse(
    code: OidcRefusal,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    await store.transaction('People', (transaction) =>
      record(
        {
          kind: 'sign_in_refused',
          actor: undefined,
          method: 'oidc',
          code,
          origin: originOf(request),
        },
        transaction,
      ),
    )
    return reply.redirect(`/sign-in?refused=${code}`)
  }

  app.get(
    '/api/session/oidc/start',
    {
      schema: {
        operationId: 'startOidc',
        tags: ['session'],
        summary: 'Go to the identity provider to sign in',
        security: [],
        querystring: z.object({ to: pagePath.optional() }),
      },
      config: { rateLimit },
    },
    async (request, reply) => {
      if (oidc.name === undefined)
        throw new HttpProblem(404, 'not_found', 'no identity provider is configured')
      const begun = await oidc.begin(
        `${addressOf(request)}${callbackPath}`,
        request.query.to ?? '/',
      )
      if (begun === undefined) return refuse('oidc_unavailable', request, reply)
      reply.setCookie(flowCookie, begun.token, { ...cookie, maxAge: 600 })
      return reply.redirect(begun.url)
    },
  )

  app.get(
    callbackPath,
    {
      schema: {
        operationId: 'finishOidc',
        tags: ['session'],
        summary: 'Come back from the identity provider',
        security: [],
        // The provider may add parameters of its own.
        querystring: z.looseObject({ state: z.string().max(2000).optional() }),
      },
      config: { rateLimit },
    },
    async (request, reply) => {
      const token = request.cookies[flowCookie]
      reply.clearCookie(flowCookie, cookie)
      const query = request.url.split('?')[1] ?? ''
      const outcome = await oidc.finish(token, query, originOf(request))
      if (outcome.outcome === 'refused') return refuse(outcome.code, request, reply)
      const { person, to, from } = outcome
      const context = { kind: 'provider', ...from } as const
      const opened = await auth.openForPerson(person, { method: 'oidc', request, context })
      if (opened === undefined) return refuse('account_disabled', request, reply)
      forgetFrameSession(reply)
      reply.setCookie(sessionCookie, opened.session, {
        ...cookie,
        sameSite: 'strict',
        expires: opened.grant.expiresAt,
      })
      return reply.redirect(to)
    },
  )

  app.post(
    '/api/session/oidc/logout',
    {
      schema: {
        operationId: 'endByProvider',
        tags: ['session'],
        summary: 'For the identity provider: somebody has signed out there (back-channel logout)',
        security: [],
        consumes: [formType],
        // The provider may add parameters of its own.
        body: z.looseObject({ logout_token: z.string().min(1).max(16_384) }),
        response: { 200: z.object({}) },
      },
      config: { rateLimit },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      if (oidc.name === undefined)
        throw new HttpProblem(404, 'not_found', 'no identity provider is configured')
      if (!(await oidc.logOut(request.body.logout_token, originOf(request))))
        throw new HttpProblem(
          400,
          'logout_token_invalid',
          'the logout token was refused; the log says why',
        )
      return {}
    },
  )

  app.get(
    '/api/session/oidc/end',
    {
      schema: {
        operationId: 'endOidc',
        tags: ['session'],
        summary: 'Sign out of the identity provider too',
        security: [],
      },
      config: { rateLimit },
    },
    async (request, reply) => {
      const url = await oidc.endSessionUrl(`${addressOf(request)}/sign-in`)
      return reply.redirect(url ?? '/sign-in')
    },
  )
}
