import { sessionRequest, sessionView } from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addressKey, sessionCookie } from './auth.ts'
import { HttpProblem } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'

/** Signing in to the dashboard: a one-time link or a key becomes a cookie that scripts cannot read. */
export function addSessionRoutes(app: App, { auth, secureCookies }: RouteDependencies): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: secureCookies } as const

  app.post(
    '/api/session',
    {
      schema: {
        operationId: 'signIn',
        tags: ['session'],
        summary: 'Sign in',
        body: sessionRequest,
        response: { 200: sessionView },
      },
      // By address: guessing is counted, whoever is signed in.
      config: { rateLimit: { max: 30, timeWindow: '1 minute', keyGenerator: addressKey } },
    },
    async (request, reply) => {
      const { body } = request
      const opened = await ('token' in body
        ? auth.openByLink(body.token)
        : auth.openByKey(body.apiKey))
      if (opened === undefined)
        throw new HttpProblem(
          401,
          'sign_in_refused',
          'the link was used or has expired, or the key is not known',
        )
      reply.setCookie(sessionCookie, opened.session, { ...cookie, expires: opened.grant.expiresAt })
      const { label, roles, practiceIds, expiresAt } = opened.grant
      return {
        label,
        roles: [...roles],
        practiceIds: [...practiceIds],
        expiresAt: expiresAt.toISOString(),
      }
    },
  )

  app.get(
    '/api/session',
    {
      schema: {
        operationId: 'getSession',
        tags: ['session'],
        summary: 'Who is signed in',
        response: { 200: sessionView },
      },
    },
    async (request: FastifyRequest) => {
      const { label, roles, practiceIds, expiresAt } = auth.caller(request)
      return {
        label,
        roles: [...roles],
        practiceIds: [...practiceIds],
        expiresAt: (expiresAt ?? new Date(8.64e15)).toISOString(),
      }
    },
  )

  app.delete(
    '/api/session',
    {
      schema: {
        operationId: 'signOut',
        tags: ['session'],
        summary: 'Sign out',
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      await auth.close(request)
      reply.clearCookie(sessionCookie, cookie)
      return reply.code(204).send(undefined)
    },
  )
}
