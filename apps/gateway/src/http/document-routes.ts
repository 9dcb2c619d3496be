import { faxContact, faxContactView } from '@authscript/prior-auth'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { DocumentOutcome } from '../review/documents/read-document.ts'
import { versionQuery } from './cache-query.ts'
import { byWorkItem, createItemAnswers } from './item-answers.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire } from './views.ts'

/** The audit trail distinguishes printing from saving a file. */
const documentQuery = versionQuery.extend({ for: z.literal('print').optional() })

/** What goes to the chart and to the payer, and the first page of a fax. */
export function addDocumentRoutes(app: App, dependencies: RouteDependencies): void {
  const { auth, review } = dependencies
  const { requireDone } = createItemAnswers(dependencies)

  app.get(
    '/api/work-items/:workItemId/document.pdf',
    {
      schema: {
        operationId: 'getDocument',
        tags: ['work items'],
        summary: 'The form with its attachments: what goes to the chart and to the payer',
        params: byWorkItem,
        querystring: documentQuery,
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const name = `prior-authorization-${workItemId}.pdf`
      return sendPdf(reply, await review.document(caller, workItemId), name)
    },
  )

  app.get(
    '/api/work-items/:workItemId/fax-cover',
    {
      schema: {
        operationId: 'getFaxContact',
        tags: ['work items'],
        summary: 'Where the order is faxed: what was typed for this payer, or what is known',
        params: byWorkItem,
        response: { 200: faxContactView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const read = await review.faxContact(caller, workItemId)
      if (read.outcome === 'unknown') throw notFound(read.what)
      return forWire<z.infer<typeof faxContactView>>({
        ...read.contact,
        isRemembered: read.isRemembered,
      })
    },
  )

  app.put(
    '/api/work-items/:workItemId/fax-cover',
    {
      schema: {
        operationId: 'changeFaxContact',
        tags: ['work items'],
        summary: 'Remember where requests to this payer are faxed',
        params: byWorkItem,
        body: faxContact,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const entry = { workItemId, actor: caller.label, contact: request.body }
      await requireDone({ workItemId, version: 0 }, await review.keepFaxContact(caller, entry))
      return reply.code(204).send()
    },
  )

  app.get(
    '/api/work-items/:workItemId/fax.pdf',
    {
      schema: {
        operationId: 'getFax',
        tags: ['work items'],
        summary: 'The approved document behind the first page of a fax',
        params: byWorkItem,
        querystring: documentQuery,
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      return sendPdf(reply, await review.fax(caller, workItemId), `fax-${workItemId}.pdf`)
    },
  )
}

function sendPdf(reply: FastifyReply, result: DocumentOutcome, name: string): FastifyReply {
  if (result.outcome === 'unknown') throw notFound(`a form of ${result.what}`)
  if (result.outcome === 'refused') {
    const status = result.code === 'document_not_kept' ? 404 : 409
    throw new HttpProblem(status, result.code, result.detail)
  }
  const { pdf, sha256 } = result
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name}"`)
    .header('etag', `"${sha256}"`)
    .header('cache-control', 'private, no-store')
    .send(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength))
}
