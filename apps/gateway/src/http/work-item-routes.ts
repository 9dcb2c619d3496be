import { pageOf, reviewState, workItemSummary, workItemView } from '@authscript/prior-auth'
import { z } from 'zod'
import { pageQuery, pageRequestOf, toPage } from './paging.ts'
import { notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire, toWorkItemSummary, toWorkItemView } from './views.ts'

const byWorkItem = z.object({ workItemId: z.string().min(1).max(64) })

/** What people review: one item for each order. */
export function addWorkItemRoutes(app: App, { store, auth }: RouteDependencies): void {
  app.get(
    '/api/work-items',
    {
      schema: {
        tags: ['work items'],
        summary: 'Work items, newest first',
        querystring: pageQuery.extend({
          review: reviewState.optional(),
          encounterId: z.string().max(128).optional(),
        }),
        response: { 200: pageOf(workItemSummary) },
      },
    },
    async (request) => {
      const caller = await auth.require(request, 'clinician', 'staff', 'service')
      const { review, encounterId, limit } = request.query
      const rows = await store.workItems.list(
        caller,
        { review, encounterId },
        pageRequestOf(request.query),
      )
      return toPage(rows, limit, toWorkItemSummary, (row) => row.ordinal)
    },
  )

  app.get(
    '/api/work-items/:workItemId',
    {
      schema: {
        tags: ['work items'],
        summary: 'One work item with its answers and evidence',
        params: byWorkItem,
        response: { 200: workItemView },
      },
    },
    async (request) => {
      const caller = await auth.require(request, 'clinician', 'staff', 'service')
      const row = await store.workItems.find(caller, request.params.workItemId)
      if (row === undefined) throw notFound(`work item ${request.params.workItemId}`)
      const form = await store.workItems.form(caller, row.work_item_id)
      return forWire<z.infer<typeof workItemView>>(toWorkItemView(row, form))
    },
  )

  app.get(
    '/api/work-items/:workItemId/form.pdf',
    { schema: { tags: ['work items'], summary: 'The drafted form', params: byWorkItem } },
    async (request, reply) => {
      const caller = await auth.require(request, 'clinician', 'staff', 'service')
      const { workItemId } = request.params
      const form = await store.workItems.form(caller, workItemId)
      if (form === undefined) throw notFound(`a form of work item ${workItemId}`)
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="prior-authorization-${workItemId}.pdf"`)
        .header('etag', `"${form.sha256}"`)
        .header('cache-control', 'private, no-store')
        .send(form.pdf)
    },
  )
}
