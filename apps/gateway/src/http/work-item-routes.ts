import {
  pageOf,
  reviewState,
  workItemSummary,
  workItemView,
  writeBackResolution,
} from '@authscript/prior-auth'
import { z } from 'zod'
import type { NotOursReason } from '../fhir/documents/document-writer.ts'
import type { Scope } from '../store/scope.ts'
import { pageQuery, pageRequestOf, toPage } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire, toWorkItemSummary, toWorkItemView } from './views.ts'

const byWorkItem = z.object({ workItemId: z.string().min(1).max(64) })

/** What people review: one item for each order. */
export function addWorkItemRoutes(
  app: App,
  { store, auth, approve, close, resolveWriteBack }: RouteDependencies,
): void {
  async function detailOf(scope: Scope, workItemId: string) {
    const row = await store.workItems.find(scope, workItemId)
    if (row === undefined) throw notFound(`work item ${workItemId}`)
    const form = await store.workItems.formSummary(scope, workItemId)
    const writeBack = await store.writeBacks.latest(workItemId)
    return {
      etag: etagOf(row.version),
      view: forWire<z.infer<typeof workItemView>>(toWorkItemView(row, form, writeBack)),
    }
  }

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
    async (request, reply) => {
      const caller = await auth.require(request, 'clinician', 'staff', 'service')
      const { etag, view } = await detailOf(caller, request.params.workItemId)
      return reply.header('etag', etag).send(view)
    },
  )

  app.post(
    '/api/work-items/:workItemId/approve',
    {
      schema: {
        tags: ['work items'],
        summary: 'Approve exactly the version in If-Match; its form goes back to the chart',
        params: byWorkItem,
        response: { 202: workItemView },
      },
    },
    async (request, reply) => {
      const caller = await auth.require(request, 'clinician')
      const { workItemId } = request.params
      const outcome = await approve(caller, {
        workItemId,
        version: versionOf(request.headers['if-match']),
        approvedBy: caller.label,
      })
      switch (outcome) {
        case 'approved': {
          const { etag, view } = await detailOf(caller, workItemId)
          return reply.code(202).header('etag', etag).send(view)
        }
        case 'unknown':
          throw notFound(`work item ${workItemId}`)
        case 'stale':
          throw new HttpProblem(
            412,
            'version_stale',
            `work item ${workItemId} has changed; read it again before approving`,
          )
        case 'not_approvable':
          throw new HttpProblem(
            409,
            'not_approvable',
            `work item ${workItemId} has no form that is open for approval`,
          )
        default:
          return outcome satisfies never
      }
    },
  )

  app.post(
    '/api/work-items/:workItemId/close',
    {
      schema: {
        tags: ['work items'],
        summary: 'Close the version in If-Match: nothing more is to be done about it',
        params: byWorkItem,
        response: { 200: workItemView },
      },
    },
    async (request, reply) => {
      const caller = await auth.require(request, 'clinician', 'staff')
      const { workItemId } = request.params
      const version = versionOf(request.headers['if-match'])
      const outcome = await close(caller, { workItemId, version })
      switch (outcome) {
        case 'closed': {
          const { etag, view } = await detailOf(caller, workItemId)
          return reply.header('etag', etag).send(view)
        }
        case 'unknown':
          throw notFound(`work item ${workItemId}`)
        case 'stale':
          throw new HttpProblem(
            412,
            'version_stale',
            `work item ${workItemId} has changed; read it again before closing it`,
          )
        case 'not_closable':
          throw new HttpProblem(
            409,
            'not_closable',
            `work item ${workItemId} is closed or superseded already`,
          )
        default:
          return outcome satisfies never
      }
    },
  )

  app.post(
    '/api/work-items/:workItemId/write-back/resolve',
    {
      schema: {
        tags: ['work items'],
        summary:
          'Decide about a form that may be in the chart: it is there under this id, or it is sent once more',
        params: byWorkItem,
        body: writeBackResolution,
        response: { 200: workItemView },
      },
    },
    async (request, reply) => {
      const caller = await auth.require(request, 'clinician', 'staff')
      const { workItemId } = request.params
      const { run, ...decision } = request.body
      const result = await resolveWriteBack(caller, {
        workItemId,
        version: versionOf(request.headers['if-match']),
        ...(run === undefined ? {} : { run }),
        decision,
        decidedBy: caller.label,
      })
      switch (result.outcome) {
        case 'resolved': {
          const { etag, view } = await detailOf(caller, workItemId)
          return reply.header('etag', etag).send(view)
        }
        case 'unknown':
          throw notFound(`work item ${workItemId}`)
        case 'stale':
          throw new HttpProblem(
            412,
            'version_stale',
            `work item ${workItemId} has changed; read it again before deciding`,
          )
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

const notOurs: Readonly<Record<NotOursReason, string>> = {
  another_patient: 'the EHR says that this document belongs to another patient',
  another_document: 'the EHR says that this document is another request',
  another_content: 'the EHR says that this document has another content',
  not_current: 'the EHR says that this document is no longer current',
  not_found: 'the EHR does not know a document with this id for this patient',
}

const etagOf = (version: number) => `"${version}"`

/** @throws {HttpProblem} 428 without If-Match: nobody approves what they have not seen */
function versionOf(ifMatch: string | undefined): number {
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch ?? '')?.[1]
  if (version === undefined)
    throw new HttpProblem(428, 'version_needed', 'send the ETag of the version you saw as If-Match')
  return Number(version)
}
