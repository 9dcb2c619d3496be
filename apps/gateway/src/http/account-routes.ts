import { accountView, passwordRequest, proofRequest } from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Changer } from '../people/change-people.ts'
import type { PersonRow } from '../store/people.ts'
import type { Caller } from './auth.ts'
import { originOf } from './origin.ts'
import { pageAddress } from './page-address.ts'
import { HttpProblem, notFound } from './problem.ts'
import { refuseProviderPerson } from './refuse-provider-person.ts'
import type { App, RouteDependencies } from './routes.ts'
import { deviceCookie } from './window-cookies.ts'

interface SignedInPerson {
  readonly caller: Caller
  readonly person: PersonRow
  readonly by: Changer
}

const freshMs = 15 * 60_000

/**
 * The named person who makes the request. `isFresh`: a person with a password or a passkey must have proved who they are a short time
 * ago, so that nobody can take over an unattended session.
 *
 * @throws {HttpProblem} 401, or 403 for a shared key or link
 */
export async function requirePerson(
  request: FastifyRequest,
  { auth, store, clock }: Pick<RouteDependencies, 'auth' | 'store' | 'clock'>,
  { isFresh = false } = {},
): Promise<SignedInPerson> {
  const caller = auth.caller(request)
  const { personId, label, session } = caller
  const person = personId === undefined ? undefined : await store.people.find(personId)
  if (person === undefined)
    throw new HttpProblem(
      403,
      'person_needed',
      'only a named person has an account; you are signed in with a shared key or link',
    )
  if (isFresh && clock.now().getTime() - (session?.provedAt?.getTime() ?? 0) > freshMs) {
    const canProve =
      person.password_hash !== null || (await store.passkeys.listOf(person.person_id)).length > 0
    if (canProve)
      throw new HttpProblem(
        403,
        'proof_needed',
        'enter your password again, because this changes how you sign in',
      )
  }
  return { caller, person, by: { actor: { label, personId }, origin: originOf(request) } }
}

/** The caller's own account: sessions, password, and proving again who they are. */
export function addAccountRoutes(app: App, dependencies: RouteDependencies): void {
  const { auth, store, people, signIn, passkeys, publicUrl, secureCookies, clock } = dependencies

  app.get(
    '/api/account',
    {
      schema: {
        operationId: 'readAccount',
        tags: ['account'],
        summary: "The caller's own account",
        response: { 200: accountView },
      },
    },
    async (request) => {
      const { caller, person } = await requirePerson(request, dependencies)
      const [sessions, known] = await Promise.all([
        store.sessions.listOf(person.person_id, clock.now(), auth.idleSince()),
        store.passkeys.listOf(person.person_id),
      ])
      return {
        login: person.login,
        label: person.label,
        roles: person.roles,
        practiceIds: person.practice_ids,
        hasPassword: person.password_hash !== null,
        isPasswordTemporary: person.password_is_temporary,
        isFromProvider: person.issuer !== null,
        sessions: sessions.map(({ openedAt, usedAt, ...session }) => ({
          ...session,
          isThisOne: session.sessionId === caller.session?.sessionId,
          openedAt: openedAt.toISOString(),
          usedAt: usedAt.toISOString(),
        })),
        passkeys: known.map((passkey) => ({
          credentialId: passkey.credential_id,
          name: passkey.name,
          addedAt: passkey.added_at.toISOString(),
          usedAt: passkey.used_at?.toISOString() ?? null,
        })),
      }
    },
  )

  app.put(
    '/api/account/password',
    {
      schema: {
        operationId: 'changePassword',
        tags: ['account'],
        summary: "Change the caller's own password; all other sessions end",
        body: passwordRequest,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { caller, person, by } = await requirePerson(request, dependencies, { isFresh: true })
      refuseProviderPerson(person, dependencies)
      // With a temporary password, the sign-in a short time ago was the proof.
      if (person.password_hash !== null && !person.password_is_temporary)
        await provePassword(request, person, request.body.current ?? '')
      const keepSessionId = caller.session?.sessionId
      const outcome = await people.setPassword(person.person_id, request.body.password, {
        ...by,
        keepSessionId,
      })
      if (outcome.outcome === 'refused') throw new HttpProblem(409, outcome.code, outcome.detail)
      return reply.code(204).send(undefined)
    },
  )

  app.post(
    '/api/account/prove',
    {
      schema: {
        operationId: 'prove',
        tags: ['account'],
        summary: 'Confirm again who is signed in, by password or passkey',
        body: proofRequest,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { caller, person } = await requirePerson(request, dependencies)
      const { body } = request
      if ('password' in body) await provePassword(request, person, body.password)
      else {
        const answer = { ...body, origin: pageAddress(request, publicUrl) }
        const outcome = await passkeys.use(answer, originOf(request))
        if (outcome.outcome !== 'accepted' || outcome.person.person_id !== person.person_id)
          throw new HttpProblem(
            409,
            'proof_refused',
            'this is not a passkey of yours, or it was not confirmed in time',
          )
      }
      await auth.recordProof(caller, 'password' in body ? 'password' : 'passkey', request)
      return reply.code(204).send(undefined)
    },
  )

  /** With the same delays as a sign-in. @throws {HttpProblem} 409 or 429 */
  async function provePassword(
    request: FastifyRequest,
    person: PersonRow,
    password: string,
  ): Promise<void> {
    const device = deviceCookie.read(request, secureCookies)
    const typed = { login: person.login, password, device }
    const outcome = await signIn.byPassword(typed, originOf(request))
    if (outcome.outcome === 'wait')
      throw new HttpProblem(
        429,
        'sign_in_delayed',
        `too many wrong passwords; try again in ${outcome.seconds} seconds`,
      )
    if (outcome.outcome !== 'accepted' || outcome.person.person_id !== person.person_id)
      throw new HttpProblem(409, 'proof_refused', 'this is not your password')
    await store.transaction('People', (transaction) => outcome.settle(transaction))
  }

  app.delete(
    '/api/account/sessions',
    {
      schema: {
        operationId: 'endMySessions',
        tags: ['account'],
        summary: 'Sign out everywhere, here too',
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { person, by } = await requirePerson(request, dependencies)
      await people.endSessions(person.person_id, {}, by)
      return reply.code(204).send(undefined)
    },
  )

  app.delete(
    '/api/account/sessions/:sessionId',
    {
      schema: {
        operationId: 'endMySession',
        tags: ['account'],
        summary: "End one of the caller's own sessions",
        params: z.object({ sessionId: z.string().min(1).max(64) }),
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { person, by } = await requirePerson(request, dependencies)
      const { sessionId: only } = request.params
      const outcome = await people.endSessions(person.person_id, { only }, by)
      if (outcome.outcome === 'unknown') throw notFound('this session')
      return reply.code(204).send(undefined)
    },
  )
}
