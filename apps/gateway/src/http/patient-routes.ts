import { pageOf, registrationRequest, registrationView } from '@authscript/prior-auth'
import { z } from 'zod'
import { cursorOf, keysetQuery, keysetRequestOf, toPage } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { toRegistrationView } from './views.ts'

/** The check of the request's text sees the cursor before it is decoded. */
const storable = z
  .string()
  .max(128)
  .refine((id) => !id.includes('\u0000'))
const listQuery = keysetQuery(z.strictObject({ practiceId: storable, encounterId: storable }))
const byPatient = z.object({ patientId: z.string().min(1).max(128) })

/** Watching encounters: registered ones are polled until they are signed. */
export function addPatientRoutes(
  app: App,
  { store, auth, audit, wakePoller }: RouteDependencies,
): void {
  app.post(
    '/api/patients/register',
    {
      schema: {
        operationId: 'registerEncounter',
        tags: ['patients'],
        summary: 'Watch an encounter (idempotent)',
        body: registrationRequest,
        response: { 200: registrationView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { body } = request
      if (!caller.practiceIds.includes(body.practiceId)) {
        throw new HttpProblem(
          403,
          'practice_foreign',
          `this credential does not belong to practice ${body.practiceId}`,
        )
      }
      const row = await store.transaction('Registration', async (transaction) => {
        const registered = await transaction.registrations.register(body)
        // Programs register the same encounter again and again.
        if (registered !== undefined)
          transaction.acted({ subjects: [body], detail: 'register', oncePerMinute: true })
        return registered
      })
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
        operationId: 'listWatchedEncounters',
        tags: ['patients'],
        summary: 'Watched encounters',
        querystring: listQuery,
        response: { 200: pageOf(registrationView) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const rows = await store.registrations.list(caller, keysetRequestOf(request.query))
      await audit.listed(request, rows.slice(0, request.query.limit))
      return toPage(rows, request.query.limit, toRegistrationView, (row) =>
        cursorOf({ practiceId: row.practice_id, encounterId: row.encounter_id }),
      )
    },
  )

  app.get(
    '/api/patients/:patientId',
    {
      schema: {
        operationId: 'listPatientEncounters',
        tags: ['patients'],
        summary: "One patient's watched encounters",
        params: byPatient,
        response: { 200: z.object({ items: z.array(registrationView) }) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const rows = await store.registrations.findByPatient(caller, request.params.patientId)
      if (rows.length === 0) throw notFound(`patient ${request.params.patientId}`)
      await audit.viewed(request, rows)
      return { items: rows.map(toRegistrationView) }
    },
  )

  app.delete(
    '/api/patients/:patientId',
    {
      schema: {
        operationId: 'stopWatchingPatient',
        tags: ['patients'],
        summary: 'Stop watching a patient',
        params: byPatient,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { patientId } = request.params
      const ended = await store.transaction('Registration', async (transaction) => {
        const rows = await transaction.registrations.findByPatient(caller, patientId)
        const count = await transaction.registrations.endByPatient(caller, patientId)
        const subjects = rows.map((row) => ({
          practiceId: row.practice_id,
          patientId,
          encounterId: row.encounter_id,
        }))
        if (count > 0) transaction.acted({ subjects, detail: 'stop_watching' })
        return count
      })
      if (ended === 0) throw notFound(`patient ${patientId}`)
      return reply.code(204).send(undefined)
    },
  )
}
