import { pageOf, registrationRequest, registrationView } from '@authscript/prior-auth'
import { z } from 'zod'
import { pageQuery, pageRequestOf } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { toRegistrationView } from './views.ts'

const byPatient = z.object({ patientId: z.string().min(1).max(128) })

/** Watching encounters: registered ones are polled until they are signed. */
export function addPatientRoutes(app: App, { store, auth, wakePoller }: RouteDependencies): void {
  app.post(
    '/api/patients/register',
    {
      schema: {
        tags: ['patients'],
        summary: 'Watch an encounter (idempotent)',
        body: registrationRequest,
        response: { 200: registrationView },
      },
    },
    async (request) => {
      const caller = await auth.require(request, 'service', 'staff', 'clinician')
      const { body } = request
      if (!caller.practiceIds.includes(body.practiceId)) {
        throw new HttpProblem(
          403,
          'practice_foreign',
          `this credential does not belong to practice ${body.practiceId}`,
        )
      }
      const row = await store.registrations.register(body)
      if (row === undefined) {
        throw new HttpProblem(
          409,
          'registration_conflict',
          `encounter ${body.encounterId} is registered for another patient`,
        )
      }
      wakePoller()
      return toRegistrationView(row)
    },
  )

  app.get(
    '/api/patients',
    {
      schema: {
        tags: ['patients'],
        summary: 'Watched encounters',
        querystring: pageQuery,
        response: { 200: pageOf(registrationView) },
      },
    },
    async (request) => {
      const caller = await auth.require(request, 'service', 'staff', 'clinician')
      const page = pageRequestOf(request.query)
      const rows = await store.registrations.list(caller, page)
      const { limit } = request.query
      const offset = page.after ?? 0
      return {
        items: rows.slice(0, limit).map(toRegistrationView),
        nextCursor: rows.length > limit ? String(offset + limit) : null,
      }
    },
  )

  app.get(
    '/api/patients/:patientId',
    {
      schema: {
        tags: ['patients'],
        summary: "One patient's watched encounters",
        params: byPatient,
        response: { 200: z.object({ items: z.array(registrationView) }) },
      },
    },
    async (request) => {
      const caller = await auth.require(request, 'service', 'staff', 'clinician')
      const rows = await store.registrations.findByPatient(caller, request.params.patientId)
      if (rows.length === 0) throw notFound(`patient ${request.params.patientId}`)
      return { items: rows.map(toRegistrationView) }
    },
  )

  app.delete(
    '/api/patients/:patientId',
    {
      schema: {
        tags: ['patients'],
        summary: 'Stop watching a patient',
        params: byPatient,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const caller = await auth.require(request, 'service', 'staff', 'clinician')
      const ended = await store.registrations.endByPatient(caller, request.params.patientId)
      if (ended === 0) throw notFound(`patient ${request.params.patientId}`)
      return reply.code(204).send(undefined)
    },
  )
}
