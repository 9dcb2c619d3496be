import { signatureView } from '@authscript/prior-auth'
import { z } from 'zod'
import { timeQuery } from './cache-query.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire } from './views.ts'

const maxBytes = 1024 * 1024

/** A clinician's own stored signature. Nobody can reach another person's. */
export function addSignatureRoutes(
  app: App,
  {
    store,
    auth,
    review,
    uploadPlaces,
  }: Pick<RouteDependencies, 'store' | 'auth' | 'review' | 'uploadPlaces'>,
): void {
  app.get(
    '/api/signature',
    {
      schema: {
        operationId: 'getSignature',
        tags: ['signature'],
        summary: 'Whether the caller has a stored signature',
        response: { 200: signatureView },
      },
    },
    async (request) => {
      const own = await store.signatures.find(auth.caller(request))
      return forWire<z.infer<typeof signatureView>>({
        signature: own === undefined ? null : { addedAt: own.added_at.toISOString() },
      })
    },
  )

  app.get(
    '/api/signature/image',
    {
      schema: {
        operationId: 'getSignatureImage',
        tags: ['signature'],
        summary: "The caller's own stored signature",
        querystring: timeQuery,
      },
    },
    async (request, reply) => {
      const own = await store.signatures.find(auth.caller(request))
      if (own === undefined) throw notFound('a signature of yours')
      return reply
        .type(`image/${own.type}`)
        .header('cache-control', 'private, no-store')
        .send(own.image)
    },
  )

  app.put(
    '/api/signature',
    {
      bodyLimit: maxBytes,
      schema: {
        operationId: 'storeSignature',
        tags: ['signature'],
        summary: "Store the caller's own signature: a PNG or JPEG of at most 1 MB",
        consumes: ['application/octet-stream'],
        response: { 204: z.void() },
      },
      // Before the file is read.
      async preParsing(request, reply) {
        if (Number(request.headers['content-length'] ?? 0) > maxBytes)
          throw new HttpProblem(
            413,
            'attachment_too_large',
            'the picture is larger than 1 MB; save it smaller',
          )
        uploadPlaces.take(auth.caller(request).label, reply)
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      if (!Buffer.isBuffer(request.body) || request.body.length === 0)
        throw new HttpProblem(400, 'file_missing', 'send the bytes of the picture as the body')
      const outcome = await review.keepSignature(caller, request.body)
      if (outcome.outcome === 'refused') throw new HttpProblem(409, outcome.code, outcome.detail)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/signature',
    {
      schema: {
        operationId: 'deleteSignature',
        tags: ['signature'],
        summary: "Delete the caller's own stored signature",
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      await store.transaction('Review', async (transaction) => {
        await transaction.signatures.remove(caller)
        transaction.acted({ detail: 'signature_deleted', practiceIds: caller.practiceIds })
      })
      return reply.code(204).send()
    },
  )
}
