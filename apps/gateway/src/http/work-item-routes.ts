import {
  pageOf,
  reviewState,
  reviewView,
  workItemHistory,
  workItemSource,
  workItemSummary,
  writeBackResolution,
} from '@authscript/prior-auth'
import { z } from 'zod'
import type { NotOursReason } from '../fhir/documents/document-writer.ts'
import { versionQuery } from './cache-query.ts'
import { byWorkItem, createItemAnswers, versionOf } from './item-answers.ts'
import { pageQuery, pageRequestOf, toPage } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import { toHistoryEntry } from './review-view.ts'
import type { App, RouteDependencies } from './routes.ts'
import { toSourceView } from './source-view.ts'
import { forWire, toWorkItemSummary } from './views.ts'

/** What people review: one item for each order. */
export function addWorkItemRoutes(app: App, dependencies: RouteDependencies): void {
  const { store, auth, audit, resolveWriteBack } = dependencies
  const { sendItem, refuseStale } = createItemAnswers(dependencies)

  app.get(
    '/api/work-items',
    {
      schema: {
        operationId: 'listWorkItems',
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
      const caller = auth.caller(request)
      const { review, encounterId, limit } = request.query
      const rows = await store.workItems.list(
        caller,
        { review, encounterId },
        pageRequestOf(request.query),
      )
      await audit.listed(request, rows.slice(0, limit))
      return toPage(rows, limit, toWorkItemSummary, (row) => row.ordinal)
    },
  )

  app.get(
    '/api/work-items/:workItemId',
    {
      schema: {
        operationId: 'getWorkItem',
        tags: ['work items'],
        summary: 'One work item as its review page shows it: answers, evidence, form',
        params: byWorkItem,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      return sendItem(reply, caller, request.params.workItemId)
    },
  )

  app.get(
    '/api/work-items/:workItemId/source',
    {
      schema: {
        operationId: 'getWorkItemSource',
        tags: ['work items'],
        summary: 'What was read from the chart, to check the answers against',
        params: byWorkItem,
        response: { 200: workItemSource },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const row = await store.workItems.find(caller, workItemId)
      if (row === undefined) throw notFound(`work item ${workItemId}`)
      const { practice_id: practiceId, encounter_id: encounterId } = row
      const chart = await store.charts.find({ practiceId, encounterId })
      if (chart === undefined)
        throw new HttpProblem(
          404,
          'chart_not_kept',
          'the chart of this order was not kept; process its encounter again to see it',
        )
      return forWire<z.infer<typeof workItemSource>>(toSourceView(chart))
    },
  )

  app.get(
    '/api/work-items/:workItemId/history',
    {
      schema: {
        operationId: 'getWorkItemHistory',
        tags: ['work items'],
        summary: 'What happened to one work item, oldest first',
        params: byWorkItem,
        response: { 200: workItemHistory },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const row = await store.workItems.find(caller, workItemId)
      if (row === undefined) throw notFound(`work item ${workItemId}`)
      const items = (await store.history.list(workItemId)).map(toHistoryEntry)
      return forWire<z.infer<typeof workItemHistory>>({ items })
    },
  )

  app.post(
    '/api/work-items/:workItemId/write-back/resolve',
    {
      schema: {
        operationId: 'resolveWriteBack',
        tags: ['work items'],
        summary:
          'Decide about a form that may be in the chart: it is there under this id, or it is sent again',
        params: byWorkItem,
        body: writeBackResolution,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const { run, ...decision } = request.body
      const version = versionOf(request.headers['if-match'])
      const result = await resolveWriteBack(caller, {
        workItemId,
        version,
        ...(run === undefined ? {} : { run }),
        decision,
        decidedBy: caller.label,
      })
      switch (result.outcome) {
        case 'resolved':
          return sendItem(reply, caller, workItemId)
        case 'unknown':
          throw notFound(`work item ${workItemId}`)
        case 'stale':
          return refuseStale({ workItemId, version })
        case 'nothing_to_decide':
          throw new HttpProblem(
            409,
            'nothing_to_decide',
            `no document of work item ${workItemId} waits for this decision`,
          )
        case 'approval_gone':
          throw new HttpProblem(
            409,
            'approval_gone',
            `the approval of work item ${workItemId} no longer stands; nothing of it is sent`,
          )
        case 'not_ours':
          throw new HttpProblem(409, 'document_not_ours', notOurs[result.reason])
        default:
          return result satisfies never
      }
    },
  )

  app.get(
    '/api/work-items/:workItemId/form.pdf',
    {
      schema: {
        operationId: 'getWorkItemForm',
        tags: ['work items'],
        summary: 'The drafted form',
        params: byWorkItem,
        querystring: versionQuery,
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
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

const notOurs: Readonly<Record<NotOursReason, string>> = {
  another_patient: 'the EHR says that this document belongs to another patient',
  another_document: 'the EHR says that this document is another request',
  another_content: 'the EHR says that this document has another content',
  not_current: 'the EHR says that this document is no longer current',
  not_found: 'the EHR does not know a document with this id for this patient',
}
