import { sessionRequest, sessionView, signInWays } from '@authscript/prior-auth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SignInOutcome } from '../people/sign-in.ts'
import { addressKey, type Caller, type Opened } from './auth.ts'
import { randomToken, sha256 } from '../token.ts'
import { forgetFrameSession } from './launch-cookies.ts'
import { originOf } from './origin.ts'
import { HttpProblem } from './problem.ts'
import { answerOpened, refusalOf, sessionTimes } from './session-answer.ts'
import { deviceCookie, sessionCookie } from './window-cookies.ts'
import type { App, RouteDependencies } from './routes.ts'

const deviceMs = 365 * 24 * 3_600_000

/** Signing in to the dashboard: a password, a one-time link or a key becomes a cookie that scripts cannot read. */
export function addSessionRoutes(
  app: App,
  { auth, signIn, oidc, launches, store, secureCookies, clock }: RouteDependencies,
): void {
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
      // Counted by address, also for a signed-in user, so that guessing is limited.
      config: { rateLimit: { max: 30, timeWindow: '1 minute', keyGenerator: addressKey } },
    },
    async (request, reply) => {
      const { body } = request
      const opened =
        'login' in body
          ? await openByPassword(request, reply, body)
          : await ('token' in body
              ? auth.openByLink(body.token, request)
              : auth.openByKey(body.apiKey, request))
      if (opened === undefined)
        throw new HttpProblem(
          401,
          'sign_in_refused',
          'the link was used or has expired, or the key is not known',
        )
      const method = 'login' in body ? 'password' : 'token' in body ? 'link' : 'key'
      return answerOpened(request, reply, opened, { method, auth, clock, secureCookies })
    },
  )

  /** @throws {HttpProblem} 401, 403 or 429, in words for the person */
  async function openByPassword(
    request: FastifyRequest,
    reply: FastifyReply,
    { login, password }: { readonly login: string; readonly password: string },
  ): Promise<Opened | undefined> {
    const device = deviceCookie.read(request, secureCookies)
    const outcome = await signIn.byPassword({ login, password, device }, originOf(request))
    if (outcome.outcome !== 'accepted') throw refusal(outcome, reply)
    const { person } = outcome
    const known = device ?? randomToken()
    const opened = await auth.openForPerson(person, {
      method: 'password',
      request,
      async alongside(transaction) {
        await outcome.settle(transaction)
        await transaction.knownDevices.add(person.person_id, sha256(known), clock.now())
      },
    })
    if (opened !== undefined)
      deviceCookie.keep(request, reply, {
        value: known,
        secureCookies,
        expires: new Date(clock.now().getTime() + deviceMs),
      })
    return opened
  }

  app.get(
    '/api/session/ways',
    {
      schema: {
        operationId: 'readSignInWays',
        tags: ['session'],
        summary: 'How people can sign in here',
        security: [],
        response: { 200: signInWays },
      },
    },
    async () => ({ password: await store.people.hasAny(), oidc: oidc.name ?? null }),
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
    async (request: FastifyRequest, reply: FastifyReply) => {
      const caller = auth.caller(request)
      const { label, personId = null, session, roles, practiceIds, expiresAt } = caller
      if (session !== undefined && expiresAt !== undefined)
        sessionCookie.rename(request, reply, { secureCookies, expires: expiresAt })
      return {
        label,
        personId,
        method: session?.method ?? null,
        roles: [...roles],
        practiceIds: [...practiceIds],
        ehrFrame: frameOf(caller),
        mustChangePassword: session?.isTemporary === true,
        ...sessionTimes({ expiresAt, usedAt: session?.usedAt }, { auth, clock }),
      }
    },
  )

  /** Only for those who see charts: it names a patient. */
  function frameOf({ session, roles }: Caller) {
    const context = session?.context
    if (context?.kind !== 'launch' || !(roles.has('clinician') || roles.has('staff'))) return null
    const frame = launches?.frameOf(context)
    return frame === undefined ? null : { ...frame, hosts: [...frame.hosts] }
  }

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
      sessionCookie.forget(request, reply, secureCookies)
      forgetFrameSession(reply)
      return reply.code(204).send(undefined)
    },
  )
}

function refusal(
  refused: Exclude<SignInOutcome, { readonly outcome: 'accepted' }>,
  reply: FastifyReply,
): HttpProblem {
  if (refused.outcome !== 'wait')
    return refusalOf(refused, 'the login or the password is not right')
  void reply.header('retry-after', refused.seconds)
  return new HttpProblem(
    429,
    'sign_in_delayed',
    `too many wrong passwords came from here; try again in ${inWords(refused.seconds)}`,
  )
}

const inWords = (seconds: number) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
