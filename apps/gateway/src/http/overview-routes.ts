import {
  configurationView,
  dependencyView,
  encounterTimeline,
  type OperationsView,
  operationsView,
  pageOf,
  watchedView,
} from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { cursorOf, keysetQuery, keysetRequestOf, toPage } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import { soleEncounter } from './sole-encounter.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire, toWatchedView } from './views.ts'

const watchedQuery = keysetQuery(
  z.strictObject({ practiceId: z.string().max(200), encounterId: z.string().max(200) }),
).extend({
  /** Only those whose last poll failed, and those that a rule ended. */
  failing: z.enum(['true', 'false']).default('false'),
})

/** What operators see of all nodes: figures, causes and ids. No chart data, no names. */
export function addOverviewRoutes(app: App, dependencies: RouteDependencies): void {
  const { auth, store, operations } = dependencies

  const mayControl = async (request: FastifyRequest) => {
    try {
      await auth.requireAllPractices(request)
      return true
    } catch (error) {
      if (error instanceof HttpProblem) return false
      throw error
    }
  }
  const viewFor = async (request: FastifyRequest): Promise<OperationsView> => {
    const caller = auth.caller(request)
    const overview = await operations.read(caller)
    return { ...overview, ...operations.here(), mayControl: await mayControl(request) }
  }

  app.get(
    '/api/operations',
    {
      schema: {
        operationId: 'getOperations',
        tags: ['operations'],
        summary: 'How all nodes are: the verdict, figures of an hour, dependencies, dead letters',
        response: { 200: operationsView },
      },
    },
    async (request) => forWire<z.infer<typeof operationsView>>(await viewFor(request)),
  )

  app.get(
    '/api/operations/watched',
    {
      schema: {
        operationId: 'listPolledEncounters',
        tags: ['operations'],
        summary: 'Watched encounters with their last poll, by practice and encounter',
        querystring: watchedQuery,
        response: { 200: pageOf(watchedView) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { query } = request
      const rows = await store.registrations.list(
        caller,
        keysetRequestOf(query),
        query.failing === 'true',
      )
      const page = toPage(rows, query.limit, toWatchedView, (row) =>
        cursorOf({ practiceId: row.practice_id, encounterId: row.encounter_id }),
      )
      return forWire(page)
    },
  )

  app.get(
    '/api/operations/encounters/:encounterId',
    {
      schema: {
        operationId: 'getEncounterTimeline',
        tags: ['operations'],
        summary: 'The steps of an encounter, across attempts and nodes',
        params: z.object({ encounterId: z.string().min(1).max(200) }),
        querystring: z.object({ practiceId: z.string().min(1).max(200).optional() }),
        response: { 200: encounterTimeline },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const row = await soleEncounter(
        store,
        caller,
        request.params.encounterId,
        request.query.practiceId,
      )
      return forWire<z.infer<typeof encounterTimeline>>(await operations.timeline(row))
    },
  )

  app.get(
    '/api/operations/configuration',
    {
      schema: {
        operationId: 'getConfiguration',
        tags: ['operations'],
        summary: 'Every key with its value and where that came from; secrets are masked',
        response: { 200: configurationView },
      },
    },
    () => {
      return { keys: operations.configuration().map((key) => ({ ...key })) }
    },
  )

  app.post(
    '/api/operations/dependencies/:name/test',
    {
      schema: {
        operationId: 'testDependency',
        tags: ['operations'],
        summary: 'Ask a dependency now, from the node that answers',
        params: z.object({ name: dependencyView.shape.name }),
        response: { 200: dependencyView },
      },
    },
    async (request) => {
      const tested = await operations.test(request.params.name)
      await operations.beat()
      if (tested === undefined) throw notFound(`the dependency ${request.params.name}`)
      return forWire<z.infer<typeof dependencyView>>(tested)
    },
  )
}
