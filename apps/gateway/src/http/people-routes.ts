import {
  grantRequest,
  peopleView,
  personLink,
  personRequest,
  personView,
  renameRequest,
} from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Changer, PersonOutcome } from '../people/change-people.ts'
import type { PersonRow } from '../store/people.ts'
import type { Caller } from './auth.ts'
import { originOf } from './origin.ts'
import { HttpProblem, notFound } from './problem.ts'
import { refuseProviderPerson } from './refuse-provider-person.ts'
import type { App, RouteDependencies } from './routes.ts'

const byPerson = z.object({ personId: z.string().min(1).max(64) })

/** @throws {HttpProblem} 403: nobody can grant a practice that they do not have */
export function requirePractices(caller: Caller, practiceIds: readonly string[]): void {
  const foreign = practiceIds.find((practiceId) => !caller.practiceIds.includes(practiceId))
  if (foreign !== undefined)
    throw new HttpProblem(
      403,
      'practice_foreign',
      `you do not have practice ${foreign}, so you cannot give it or take it away`,
    )
}

export function changerOf({ label, personId }: Caller, request: FastifyRequest): Changer {
  return { actor: { label, personId }, origin: originOf(request) }
}

/** Adding people and changing what they may do. Administrators see those who share a practice with them, or have none. */
export function addPeopleRoutes(app: App, { auth, people, oidc, store }: RouteDependencies): void {
  const isVisible = ({ practice_ids: ids }: PersonRow, caller: Caller) =>
    ids.length === 0 || ids.some((id) => caller.practiceIds.includes(id))

  const toView = (person: PersonRow, caller: Caller) => ({
    personId: person.person_id,
    login: person.login,
    label: person.label,
    roles: person.roles,
    practiceIds: person.practice_ids,
    isDisabled: person.disabled_at !== null,
    isFromProvider: person.issuer !== null,
    hasPassword: person.password_hash !== null,
    isPasswordTemporary: person.password_is_temporary,
    signedInAt: person.signed_in_at?.toISOString() ?? null,
    isReadOnly: !person.practice_ids.every((id) => caller.practiceIds.includes(id)),
  })

  /** @throws {HttpProblem} 403, 404 */
  async function requireChange(request: FastifyRequest, personId: string) {
    const caller = auth.caller(request)
    const person = await store.people.find(personId)
    if (person === undefined || !isVisible(person, caller)) throw notFound('this person')
    requirePractices(caller, person.practice_ids)
    return { caller, person, by: changerOf(caller, request) }
  }

  function requireDone(outcome: PersonOutcome): PersonRow {
    if (outcome.outcome === 'done') return outcome.person
    if (outcome.outcome === 'unknown') throw notFound('this person')
    throw new HttpProblem(409, outcome.code, outcome.detail)
  }

  app.get(
    '/api/people',
    {
      schema: {
        operationId: 'listPeople',
        tags: ['people'],
        summary: 'Everybody who shares a practice with the caller, disabled people too',
        response: { 200: peopleView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const all = await store.people.list()
      return {
        people: all
          .filter((person) => isVisible(person, caller))
          .map((person) => toView(person, caller)),
      }
    },
  )

  app.post(
    '/api/people',
    {
      schema: {
        operationId: 'addPerson',
        tags: ['people'],
        summary: 'Add a person; a link signs them in the first time',
        body: personRequest,
        response: { 201: personView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      requirePractices(caller, request.body.practiceIds)
      const person = requireDone(await people.add(request.body, changerOf(caller, request)))
      return reply.code(201).send(toView(person, caller))
    },
  )

  app.put(
    '/api/people/:personId/grant',
    {
      schema: {
        operationId: 'grantPerson',
        tags: ['people'],
        summary: "Replace a person's roles and practices, in open sessions at once",
        params: byPerson,
        body: grantRequest,
        response: { 200: personView },
      },
    },
    async (request) => {
      const { caller, person, by } = await requireChange(request, request.params.personId)
      requirePractices(caller, request.body.practiceIds)
      const changed = requireDone(
        await people.grantByAdministrator(person.person_id, request.body, by),
      )
      return toView(changed, caller)
    },
  )

  app.put(
    '/api/people/:personId/name',
    {
      schema: {
        operationId: 'renamePerson',
        tags: ['people'],
        summary: "Change a person's display name; past actions keep the earlier name",
        params: byPerson,
        body: renameRequest,
        response: { 200: personView },
      },
    },
    async (request) => {
      const { caller, person, by } = await requireChange(request, request.params.personId)
      const renamed = requireDone(await people.rename(person.person_id, request.body.label, by))
      return toView(renamed, caller)
    },
  )

  app.post(
    '/api/people/:personId/disable',
    {
      schema: {
        operationId: 'disablePerson',
        tags: ['people'],
        summary: 'Disable a person; their sessions and streams end',
        params: byPerson,
        response: { 200: personView },
      },
    },
    async (request) => {
      const { caller, person, by } = await requireChange(request, request.params.personId)
      return toView(requireDone(await people.disableByAdministrator(person.person_id, by)), caller)
    },
  )

  app.post(
    '/api/people/:personId/enable',
    {
      schema: {
        operationId: 'enablePerson',
        tags: ['people'],
        summary: 'Enable a disabled person again',
        params: byPerson,
        response: { 200: personView },
      },
    },
    async (request) => {
      const { caller, person, by } = await requireChange(request, request.params.personId)
      return toView(requireDone(await people.enable(person.person_id, by)), caller)
    },
  )

  app.delete(
    '/api/people/:personId/sessions',
    {
      schema: {
        operationId: 'endSessionsOfPerson',
        tags: ['people'],
        summary: 'Sign a person out everywhere',
        params: byPerson,
        response: { 200: personView },
      },
    },
    async (request) => {
      const { caller, person, by } = await requireChange(request, request.params.personId)
      return toView(requireDone(await people.endSessions(person.person_id, {}, by)), caller)
    },
  )

  app.delete(
    '/api/people/:personId/devices',
    {
      schema: {
        operationId: 'removeDevicesOfPerson',
        tags: ['people'],
        summary: 'After a device was lost: sign a person out everywhere and remove their passkeys',
        params: byPerson,
        response: { 200: personView },
      },
    },
    async (request) => {
      const { caller, person, by } = await requireChange(request, request.params.personId)
      return toView(requireDone(await people.removeDevices(person.person_id, by)), caller)
    },
  )

  app.post(
    '/api/people/:personId/link',
    {
      schema: {
        operationId: 'makeLinkOfPerson',
        tags: ['people'],
        summary: 'Make a link that signs a person in once, in place of a forgotten password',
        params: byPerson,
        response: { 201: personLink },
      },
    },
    async (request, reply) => {
      const { person, by } = await requireChange(request, request.params.personId)
      refuseProviderPerson(person, { oidc })
      requireDone(await people.forgetPassword(person.person_id, by))
      const { person_id: personId, label, roles, practice_ids: practiceIds } = person
      const token = await auth.issueLink({ personId, label, roles, practiceIds })
      return reply.code(201).send({ token })
    },
  )
}
