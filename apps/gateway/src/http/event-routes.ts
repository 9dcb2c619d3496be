import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { EventReader } from '../events/event-stream.ts'
import type { App, RouteDependencies } from './routes.ts'

const eventsQuery = z.object({
  contract: z.enum(['notification', 'event-message']).default('notification'),
  /** For readers that cannot set the header. */
  lastEventId: z.coerce.number().int().nonnegative().optional(),
})

/** `GET /api/events`: the live stream, in the original's contract or as EventMessages with replay. */
export function addEventRoutes(app: App, { auth, stream, log }: RouteDependencies): void {
  const open = new Set<ServerResponse>()
  app.addHook('preClose', () => {
    for (const response of open) response.end()
  })

  app.get(
    '/api/events',
    {
      schema: { tags: ['events'], summary: 'Server-sent events', querystring: eventsQuery },
      config: { rateLimit: false },
    },
    async (request, reply) => {
      const caller = await auth.require(request, 'clinician', 'staff', 'service', 'operator')
      const { contract, lastEventId: asked } = request.query
      const lastEventId = asked ?? lastEventIdOf(request.headers['last-event-id'])
      reply.hijack()
      const response = reply.raw
      const gone = new AbortController()
      response.on('close', () => gone.abort())
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        connection: 'keep-alive',
        'x-accel-buffering': 'no',
      })
      open.add(response)
      try {
        await stream(writerTo(response, gone.signal), {
          contract,
          practiceIds: caller.practiceIds,
          lastEventId,
          signal: gone.signal,
        })
      } catch (error) {
        if (!gone.signal.aborted)
          log.warn(
            { error, requestId: request.id },
            'an event stream ended early; its reader comes back',
          )
      } finally {
        open.delete(response)
        response.end()
      }
    },
  )
}

function lastEventIdOf(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined
}

/** Waits when the reader does not read: nothing piles up for it here but what the socket holds. */
function writerTo(response: ServerResponse, gone: AbortSignal): EventReader {
  return {
    async write(text) {
      if (gone.aborted) throw gone.reason
      if (response.write(text)) return
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const onGone = () => reject(gone.reason)
      response.once('drain', resolve)
      gone.addEventListener('abort', onGone, { once: true })
      try {
        await promise
      } finally {
        response.off('drain', resolve)
        gone.removeEventListener('abort', onGone)
      }
    },
  }
}
