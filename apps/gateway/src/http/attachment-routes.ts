import { fileSize, reviewView } from '@authscript/prior-auth'
import { z } from 'zod'
import { byWorkItem, createItemAnswers, versionOf } from './item-answers.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'

const byAttachment = byWorkItem.extend({ attachmentId: z.string().min(1).max(64) })
/** Names of files may name patients, so they are in no URL. */
const fileHeaders = z.object({
  'x-file-name': z.string().max(4000).describe('The name of the file, percent-encoded as UTF-8'),
})

/** Files that travel with a form. The types are found by the bytes, so every content type but JSON and text is taken as bytes. */
export function addAttachmentRoutes(app: App, dependencies: RouteDependencies): void {
  const { store, auth, review, attachmentLimits, uploadPlaces } = dependencies
  const { sendItem, requireDone } = createItemAnswers(dependencies)

  app.post(
    '/api/work-items/:workItemId/attachments',
    {
      bodyLimit: attachmentLimits.maxFileBytes,
      schema: {
        operationId: 'addAttachment',
        tags: ['work items'],
        summary: 'Attach a PDF, PNG or JPEG to a draft; it travels with the form',
        consumes: ['application/octet-stream'],
        params: byWorkItem,
        headers: fileHeaders,
        response: { 200: reviewView },
      },
      // Before the file is read.
      async preParsing(request, reply) {
        const { maxFileBytes } = attachmentLimits
        if (Number(request.headers['content-length'] ?? 0) > maxFileBytes)
          throw new HttpProblem(
            413,
            'attachment_too_large',
            `the file is larger than ${fileSize(maxFileBytes)}; attach only the pages that are needed, or scan them with 200 dpi`,
          )
        uploadPlaces.take(auth.caller(request).label, reply)
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const version = versionOf(request.headers['if-match'])
      if (!Buffer.isBuffer(request.body) || request.body.length === 0)
        throw new HttpProblem(400, 'file_missing', 'send the bytes of the file as the body')
      const outcome = await review.attachFile(caller, {
        workItemId,
        version,
        actor: caller.label,
        name: fileNameOf(request.headers['x-file-name']),
        file: request.body,
      })
      await requireDone({ workItemId, version }, outcome)
      return sendItem(reply, caller, workItemId)
    },
  )

  app.delete(
    '/api/work-items/:workItemId/attachments/:attachmentId',
    {
      schema: {
        operationId: 'removeAttachment',
        tags: ['work items'],
        summary: 'Remove a file from a draft',
        params: byAttachment,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId, attachmentId } = request.params
      const seen = { workItemId, version: versionOf(request.headers['if-match']) }
      const removal = { ...seen, attachmentId, actor: caller.label }
      await requireDone(seen, await review.removeAttachment(caller, removal))
      return sendItem(reply, caller, workItemId)
    },
  )

  app.get(
    '/api/work-items/:workItemId/attachments/:attachmentId',
    {
      schema: {
        operationId: 'getAttachment',
        tags: ['work items'],
        summary: 'An attached file as it is sent: a PDF',
        params: byAttachment,
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId, attachmentId } = request.params
      const item = await store.workItems.find(caller, workItemId)
      const attachment = item && (await store.attachments.find(workItemId, attachmentId))
      if (attachment === undefined)
        throw notFound(`attachment ${attachmentId} of work item ${workItemId}`)
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="attachment-${attachmentId}.pdf"`)
        .header('cache-control', 'private, no-store')
        .send(attachment.pdf)
    },
  )
}

/** @throws {HttpProblem} 400 when it is not percent-encoded */
function fileNameOf(header: string): string {
  try {
    const name = decodeURIComponent(header)
    if (name.isWellFormed()) return name
  } catch {
    // Answered below.
  }
  throw new HttpProblem(400, 'text_invalid', 'the name of the file is not percent-encoded UTF-8')
}
