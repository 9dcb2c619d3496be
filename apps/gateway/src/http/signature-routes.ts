import { signatureView } from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Caller } from './auth.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire } from './views.ts'

const maxBytes = 1024 * 1024

/** A clinician's own stored signature. There is no way to another person's. */
export function addSignatureRoutes(
  app: App,
  { store, auth, review }: Pick<RouteDependencies, 'store' | 'auth' | 'review'>,
): void {
  const callers = new WeakMap<FastifyRequest, Caller>()
  /** @throws {HttpProblem} 403 for whoever cannot sign, and for programs */
  async function requireSigner(request: FastifyRequest): Promise<Caller> {
    const caller = await auth.require(request, 'clinician')
    if (caller.roles.has('service'))
      throw new HttpProblem(
        403,
        'signature_by_person',
        'a signature is stored and placed by the signer, never by a program',
      )
    return caller
  }

  app.get(
    '/api/signature',
    {
      schema: {
        tags: ['signature'],
        summary: 'Whether the caller has a stored signature',
        response: { 200: signatureView },
      },
    },
    async (request) => {
      const own = await store.signatures.find(await requireSigner(request))
      return forWire<z.infer<typeof signatureView>>({
        signature: own === undefined ? null : { addedAt: own.added_at.toISOString() },
      })
    },
  )

  app.get(
    '/api/signature/image',
    { schema: { tags: ['signature'], summary: "The caller's own stored signature" } },
    async (request, reply) => {
      const own = await store.signatures.find(await requireSigner(request))
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
        tags: ['signature'],
        summary: "Store the caller's own signature: a PNG or JPEG of at most 1 MB",
        consumes: ['application/octet-stream'],
        response: { 204: z.void() },
      },
      async onRequest(request) {
        callers.set(request, await requireSigner(request))
        if (Number(request.headers['content-length'] ?? 0) > maxBytes)
          throw new HttpProblem(
            413,
            'attachment_too_large',
            'the picture is larger than 1 MB; save it smaller',
          )
      },
    },
    async (request, reply) => {
      const caller = callers.get(request) ?? (await requireSigner(request))
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
        tags: ['signature'],
        summary: "Delete the caller's own stored signature",
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      await store.signatures.remove(await requireSigner(request))
      return reply.code(204).send()
    },
  )
}
