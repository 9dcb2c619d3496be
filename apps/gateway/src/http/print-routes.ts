import { printRequest } from '@authscript/prior-auth'
import { z } from 'zod'
import { notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { soleEncounter } from './sole-encounter.ts'

/** What a browser prints by itself. Printing a document through us is audited where the document is read. */
export function addPrintRoutes(app: App, { auth, audit, store }: RouteDependencies): void {
  app.post(
    '/api/prints',
    {
      schema: {
        operationId: 'recordPrint',
        tags: ['work items'],
        summary: 'Record that a person prints a page that shows these orders, or this encounter',
        body: printRequest,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { body } = request
      const rows =
        'workItemIds' in body
          ? await store.workItems.subjects(caller, body.workItemIds)
          : [await soleEncounter(store, caller, body.encounterId, body.practiceId)]
      // Orders that this person does not see are on no page of theirs.
      if (rows.length === 0) throw notFound('this order')
      await audit.printed(request, rows)
      return reply.code(204).send(undefined)
    },
  )
}
