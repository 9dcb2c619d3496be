import { createHash, timingSafeEqual } from 'node:crypto'
import { analyze, type Policy, UnknownOrderError } from '@authscript/intelligence'
import { clinicalBundle } from '@authscript/prior-auth'
import Fastify, { type FastifyReply } from 'fastify'
import { z } from 'zod'
import type { ServiceSettings } from './config.ts'

export interface IntelligenceService extends AsyncDisposable {
  /** Resolves with the address it serves. */
  start(): Promise<string>
  stop(): Promise<void>
}

const request = z.strictObject({
  bundle: clinicalBundle,
  serviceRequestId: z.string().min(1).max(128),
  /** Ids of policies that are off by default and that the practice has enabled. */
  switchedOn: z.array(z.string().max(128)).max(1000).default([]),
})

/** Serves the intelligence package as `POST /analyze`. It stores nothing. */
export function createIntelligenceService(
  settings: ServiceSettings,
  policies: readonly Policy[],
): IntelligenceService {
  const app = Fastify({
    logger: false,
    bodyLimit: settings.maxBodyBytes,
    forceCloseConnections: true,
  })

  app.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500
    // The parser's message may quote the chart.
    return sendProblem(
      reply,
      status,
      status < 500 ? 'request_refused' : 'internal',
      status < 500 ? 'the body is not JSON, or too large' : undefined,
    )
  })
  app.get('/health/live', () => ({ status: 'live' }))
  app.get('/health/ready', () => ({ status: 'ready' }))
  app.post('/analyze', (message, reply) => {
    if (!isAllowed(message.headers.authorization, settings.apiKey)) {
      return sendProblem(
        reply,
        401,
        'unauthenticated',
        'send the key as a bearer token (Intelligence__ApiKey)',
      )
    }
    const parsed = request.safeParse(message.body)
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        message: issue.message,
      }))
      return sendProblem(
        reply,
        400,
        'request_invalid',
        'the body is not a chart with an order to analyze',
        issues,
      )
    }
    try {
      const { bundle, serviceRequestId, switchedOn } = parsed.data
      return reply.send(analyze(bundle, serviceRequestId, { switchedOn, policies }))
    } catch (error) {
      if (error instanceof UnknownOrderError)
        return sendProblem(reply, 422, error.code, error.message)
      throw error
    }
  })

  return {
    start: () => app.listen({ host: settings.host, port: settings.port }),
    stop: () => app.close(),
    [Symbol.asyncDispose]: () => app.close(),
  }
}

function isAllowed(authorization: string | undefined, apiKey: string | undefined): boolean {
  if (apiKey === undefined) return true
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${apiKey}`))
}

function sendProblem(
  reply: FastifyReply,
  status: number,
  code: string,
  detail: string | undefined,
  issues?: readonly { readonly path: string; readonly message: string }[],
): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({
      type: `about:blank#${code}`,
      title: 'The chart was not analyzed',
      status,
      code,
      detail,
      issues,
    })
}
