import { bothNames } from '../config/both-names.ts'
import type { ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { Contract, EventReader } from '../events/event-stream.ts'
import type { Auth, Caller } from './auth.ts'
import { chartRoles, seesCharts } from './authorization/operation-rule.ts'
import { HttpProblem } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { StreamPlaces } from './stream-places.ts'

const eventsQuery = z.object({
  contract: z.enum(['notification', 'event-message']).optional(),
  /** For readers that cannot set the header. */
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the number of an event')
    .transform(Number)
    .optional(),
})

const streamHeaders = (heartbeatMs: number) => ({
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-store, no-transform',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
  // A reader that receives nothing for longer than this has lost its connection.
  'x-heartbeat-ms': heartbeatMs,
})

interface OpenStream {
  readonly response: ServerResponse
  close(): void
}

/** `GET /api/events`: the live stream, in the original's contract or as EventMessages; both replay what a reader missed. */
export function addEventRoutes(
  app: App,
  { auth, audit, stream, streamLimits, clock, log }: RouteDependencies,
): void {
  const places = new StreamPlaces<OpenStream>(streamLimits.maxStreams)
  app.addHook('preClose', () => {
    for (const { response } of places) response.end()
  })
  const schema = {
    operationId: 'streamEvents',
    tags: ['events'],
    summary: 'Server-sent events',
    querystring: eventsQuery,
  }
  const config = { rateLimit: false } as const
  const headers = streamHeaders(streamLimits.heartbeatMs)

  app.head('/api/events', { schema: { ...schema, hide: true }, config }, (request, reply) => {
    audit.nothing(request)
    return reply.headers({ ...headers, connection: 'close' }).send()
  })

  app.get('/api/events', { schema, config, exposeHeadRoute: false }, async (request, reply) => {
    const response = reply.raw
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    // The reader may have disconnected while its credential was looked up.
    if (response.closed) gone.abort()
    const { lastEventId: asked } = request.query
    const caller = auth.caller(request)
    const contract = contractFor(caller, request.query.contract)
    // A reader that reconnects requests the same URL and sends its last id in the header.
    const lastEventId = lastEventIdOf(request.headers['last-event-id']) ?? asked
    if (seesCharts(caller.roles))
      await audit.did(request, {
        detail: 'events',
        practiceIds: caller.practiceIds,
        oncePerMinute: true,
      })
    const place: OpenStream = { response, close: () => gone.abort() }
    if (!places.take(caller.label, place))
      throw new HttpProblem(
        503,
        'too_many_streams',
        `this node serves as many event streams as ${bothNames('Events.MaxStreams')} allows`,
      )
    reply.hijack()
    if (gone.signal.aborted) {
      places.release(caller.label, place)
      return
    }
    response.writeHead(200, headers)
    void endWhenRefused(request, caller, { auth, clock, everyMs: streamLimits.heartbeatMs, gone })
    const reader = writerTo(response, { gone: gone.signal, clock, ...streamLimits })
    try {
      await stream(reader, {
        contract,
        practiceIds: caller.practiceIds,
        lastEventId,
        signal: gone.signal,
      })
    } catch (error) {
      if (!gone.signal.aborted)
        log.warn(
          { error, requestId: request.id },
          'an event stream ended early; its reader reconnects',
        )
      if (error instanceof StalledReaderError) response.destroy()
    } finally {
      places.release(caller.label, place)
      gone.abort()
      endWithin(response, 2 * streamLimits.heartbeatMs, clock)
    }
  })
}

/**
 * The contract of this caller's stream: one without chart data for a caller who is only an operator.
 *
 * @throws {HttpProblem} 403: the original's messages always name a patient
 */
function contractFor(
  { roles }: Caller,
  asked: 'notification' | 'event-message' | undefined,
): Contract {
  if (seesCharts(roles)) return asked ?? 'notification'
  if (asked === 'notification')
    throw new HttpProblem(
      403,
      'role_missing',
      `contract=notification names patients and needs one of the roles ${chartRoles.join(', ')}`,
    )
  return 'operations'
}

/** @throws {HttpProblem} 400: our ids do not have this form */
function lastEventIdOf(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header)
  throw new HttpProblem(
    400,
    'last_event_id_invalid',
    'Last-Event-ID is the number of an event, as the stream sends it in its id lines',
  )
}

/**
 * Ends a stream within a heartbeat when its permission ends: the session was closed or has expired, its person was disabled or may do
 * something else now, or the key was removed.
 */
async function endWhenRefused(
  request: FastifyRequest,
  allowed: Caller,
  options: {
    readonly auth: Auth
    readonly clock: Clock
    readonly everyMs: number
    readonly gone: AbortController
  },
): Promise<void> {
  const { auth, clock, everyMs, gone } = options
  const known = rightsOf(allowed)
  while (!gone.signal.aborted) {
    try {
      await clock.sleep(everyMs, gone.signal)
      const caller = await auth.authorize(request)
      if (caller === undefined || rightsOf(caller) !== known) gone.abort()
    } catch (error) {
      // If the database does not answer now, the stream stays open; the expiry of a session is known without it.
      const isOver = allowed.expiresAt !== undefined && allowed.expiresAt <= clock.now()
      if (error instanceof HttpProblem || isOver) gone.abort()
    }
  }
}

const rightsOf = ({ practiceIds, roles }: Caller) =>
  JSON.stringify([practiceIds, [...roles].toSorted()])

/** A reader read nothing for two heartbeats. When it reconnects, it gets what it missed. */
class StalledReaderError extends GatewayError {
  override readonly name = 'StalledReaderError'
  readonly code = 'reader_stalled'
  readonly kind = 'transient'

  constructor() {
    super('the reader of an event stream reads nothing any more; its stream is ended')
  }
}

interface WriterOptions {
  readonly gone: AbortSignal
  readonly clock: Clock
  readonly maxBufferBytes: number
  readonly heartbeatMs: number
}

/** Waits while a reader does not read and `maxBufferBytes` are unsent, so that its buffer does not grow further. */
function writerTo(
  response: ServerResponse,
  { gone, clock, maxBufferBytes, heartbeatMs }: WriterOptions,
): EventReader {
  let sent = Promise.resolve()
  return {
    async write(text) {
      if (gone.aborted) throw gone.reason
      if (response.writableLength > 0 && response.writableLength + text.length > maxBufferBytes)
        await within(sent, { gone, clock, limitMs: 2 * heartbeatMs })
      if (response.writableEnded) return
      sent = new Promise((resolve) => {
        response.write(text, () => resolve())
      })
    },
  }
}

/** @throws {StalledReaderError} after `limitMs` */
async function within(
  sent: Promise<void>,
  {
    gone,
    clock,
    limitMs,
  }: { readonly gone: AbortSignal; readonly clock: Clock; readonly limitMs: number },
): Promise<void> {
  const over = new AbortController()
  const limit = clock.sleep(limitMs, AbortSignal.any([gone, over.signal])).then(
    () => {
      throw new StalledReaderError()
    },
    () => {
      throw gone.reason
    },
  )
  // Not used if the reader continues first.
  limit.catch(() => undefined)
  try {
    await Promise.race([sent, limit])
  } finally {
    over.abort()
  }
}

/** Ends a response; if a reader does not read the rest in time, its connection is closed. */
function endWithin(response: ServerResponse, limitMs: number, clock: Clock): void {
  response.end()
  if (response.closed) return
  const closed = new AbortController()
  response.once('close', () => closed.abort())
  clock.sleep(limitMs, closed.signal).then(
    () => response.destroy(),
    () => undefined,
  )
}
