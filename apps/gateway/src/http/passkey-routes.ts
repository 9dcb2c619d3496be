import { passkeyQuestion, passkeyRequest, passkeySignIn, sessionView } from '@authscript/prior-auth'
import { z } from 'zod'
import { requirePerson } from './account-routes.ts'
import { addressKey } from './auth.ts'
import { originOf } from './origin.ts'
import { pageAddress } from './page-address.ts'
import { HttpProblem, notFound } from './problem.ts'
import { refuseProviderPerson } from './refuse-provider-person.ts'
import type { App, RouteDependencies } from './routes.ts'
import { answerOpened, refusalOf } from './session-answer.ts'

const rateLimit = { max: 60, timeWindow: '1 minute', keyGenerator: addressKey }

/** Passkeys: signing in with one, adding and removing the caller's own. */
export function addPasskeyRoutes(app: App, dependencies: RouteDependencies): void {
  const { auth, passkeys, publicUrl, secureCookies, clock } = dependencies

  app.post(
    '/api/session/passkey/begin',
    {
      schema: {
        operationId: 'beginPasskeySignIn',
        tags: ['session'],
        summary: 'Ask for a passkey',
        security: [],
        response: { 200: passkeyQuestion },
      },
      config: { rateLimit },
    },
    async (request) => {
      const { flow, options } = await passkeys.beginUse(pageAddress(request, publicUrl))
      return { flow, options: { ...options } }
    },
  )

  app.post(
    '/api/session/passkey',
    {
      schema: {
        operationId: 'signInWithPasskey',
        tags: ['session'],
        summary: 'Sign in with a passkey',
        security: [],
        body: passkeySignIn,
        response: { 200: sessionView },
      },
      config: { rateLimit },
    },
    async (request, reply) => {
      const answer = { ...request.body, origin: pageAddress(request, publicUrl) }
      const outcome = await passkeys.use(answer, originOf(request))
      const refusal = 'this passkey is not known here, or was not confirmed in time'
      if (outcome.outcome !== 'accepted') throw refusalOf(outcome, refusal)
      refuseProviderPerson(outcome.person, dependencies)
      const opened = await auth.openForPerson(outcome.person, { method: 'passkey', request })
      if (opened === undefined) throw refusalOf({ outcome: 'disabled' }, refusal)
      return answerOpened(request, reply, opened, {
        method: 'passkey',
        auth,
        clock,
        secureCookies,
      })
    },
  )

  app.post(
    '/api/account/passkeys/begin',
    {
      schema: {
        operationId: 'beginPasskey',
        tags: ['account'],
        summary: 'Begin to add a passkey',
        response: { 200: passkeyQuestion },
      },
    },
    async (request) => {
      const { person } = await requirePerson(request, dependencies, { isFresh: true })
      const { flow, options } = await passkeys.beginAdding(person, pageAddress(request, publicUrl))
      return { flow, options: { ...options } }
    },
  )

  app.post(
    '/api/account/passkeys',
    {
      schema: {
        operationId: 'addPasskey',
        tags: ['account'],
        summary: 'Add a passkey',
        body: passkeyRequest,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { person, by } = await requirePerson(request, dependencies)
      const answer = { ...request.body, origin: pageAddress(request, publicUrl) }
      if (!(await passkeys.add(person, answer, by)))
        throw new HttpProblem(
          409,
          'passkey_refused',
          'the passkey was not confirmed in time, or is registered already; try again',
        )
      return reply.code(204).send(undefined)
    },
  )

  app.delete(
    '/api/account/passkeys/:credentialId',
    {
      schema: {
        operationId: 'removePasskey',
        tags: ['account'],
        summary: 'Remove a passkey',
        params: z.object({ credentialId: z.string().min(1).max(2000) }),
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { person, by } = await requirePerson(request, dependencies)
      if (!(await passkeys.remove(person.person_id, request.params.credentialId, by)))
        throw notFound('this passkey')
      return reply.code(204).send(undefined)
    },
  )
}
