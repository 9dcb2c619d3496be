import {
  encounterDetail,
  encounterView,
  pageOf,
  processingState,
  registrationView,
} from '@authscript/prior-auth'
import { z } from 'zod'
import type { Scope } from '../store/scope.ts'
import { pageQuery, pageRequestOf, toPage } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { soleEncounter } from './sole-encounter.ts'
import { forWire, toEncounterView, toRegistrationView, toWorkItemSummary } from './views.ts'

const byEncounter = z.object({ encounterId: z.string().min(1).max(128) })
/** Encounter ids are a practice's own: two practices may use the same. */
const practiceQuery = z.object({ practiceId: z.string().max(64).optional() })

/** The state of each encounter. */
export function addEncounterRoutes(
  app: App,
  { store, auth, audit, reprocess }: RouteDependencies,
): void {
  const findOne = (scope: Scope, encounterId: string, practiceId: string | undefined) =>
    soleEncounter(store, scope, encounterId, practiceId)

  app.get(
    '/api/encounters',
    {
      schema: {
        operationId: 'listEncounters',
        tags: ['encounters'],
        summary: 'Encounters, newest first',
        querystring: pageQuery.extend({
          processing: processingState.optional(),
          patientId: z.string().max(128).optional(),
        }),
        response: { 200: pageOf(encounterView) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { processing, patientId, limit } = request.query
      const rows = await store.encounters.list(
        caller,
        { processing, patientId },
        pageRequestOf(request.query),
      )
      await audit.listed(request, rows.slice(0, limit))
      return toPage(rows, limit, toEncounterView, (row) => row.ordinal)
    },
  )

  app.get(
    '/api/encounters/:encounterId',
    {
      schema: {
        operationId: 'getEncounter',
        tags: ['encounters'],
        summary: 'One encounter with its work items',
        params: byEncounter,
        querystring: practiceQuery,
        response: { 200: encounterDetail },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const row = await findOne(caller, request.params.encounterId, request.query.practiceId)
      await audit.viewed(request, [row])
      const scope = { practiceIds: [row.practice_id] }
      const items = await store.workItems.list(
        scope,
        { review: undefined, encounterId: row.encounter_id },
        { after: undefined, limit: 200 },
      )
      return forWire<z.infer<typeof encounterDetail>>({
        ...toEncounterView(row),
        completeness: row.completeness,
        workItems: items.map(toWorkItemSummary),
      })
    },
  )

  app.delete(
    '/api/encounters/:encounterId/watch',
    {
      schema: {
        tags: ['encounters'],
        operationId: 'unwatchEncounter',
        summary: 'Stop watching one encounter; what was read of it stays',
        params: byEncounter,
        querystring: z.object({ practiceId: z.string().min(1).max(64) }),
        response: { 200: registrationView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { encounterId } = request.params
      const key = { practiceId: request.query.practiceId, encounterId }
      const row = await store.transaction('Registration', async (transaction) => {
        const ended = await transaction.registrations.end(caller, key, caller.label)
        if (ended !== undefined)
          transaction.acted({
            subjects: [{ ...key, patientId: ended.patient_id }],
            detail: 'stop_watching',
          })
        return ended
      })
      if (row === undefined) throw notFound(`watched encounter ${encounterId}`)
      return toRegistrationView(row)
    },
  )

  app.post(
    '/api/encounters/:encounterId/reprocess',
    {
      schema: {
        operationId: 'reprocessEncounter',
        tags: ['encounters'],
        summary: 'Read and analyze an encounter again',
        params: byEncounter,
        querystring: practiceQuery,
        response: { 202: encounterView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { encounterId } = request.params
      const row = await findOne(caller, encounterId, request.query.practiceId)
      const ref = { practiceId: row.practice_id, patientId: row.patient_id, encounterId }
      if (!(await reprocess(ref, caller.label)))
        throw new HttpProblem(
          409,
          'already_under_way',
          `encounter ${encounterId} is queued or running`,
        )
      return reply
        .code(202)
        .send(toEncounterView(await findOne(caller, encounterId, row.practice_id)))
    },
  )
}
