import type { EventGap, EventMessage } from './api.ts'
import { sleep, watchdog } from './clock.ts'
import { ApiError } from './result.ts'
import { type Connection, problemOf } from './send-request.ts'
import { createSseReader } from './sse-messages.ts'

export interface EventStreamOptions {
  /** The `sequence` of the last event that was dealt with: what came after it is sent first. */
  readonly lastEventId?: number | undefined
  /** Ends the stream. */
  readonly signal?: AbortSignal | undefined
}

/** An event, or word that some were left out: then the lists of the API say what is true now. */
export type StreamItem =
  | { readonly kind: 'event'; readonly event: EventMessage }
  | ({ readonly kind: 'gap' } & EventGap)

/** Until the server says otherwise. */
const defaultRetryMs = 2000
const maxRetryMs = 30_000
/** Of a gateway that says nothing of heartbeats. */
const defaultHeartbeatMs = 15_000
/** The stream may not be opened, now or later. */
const refusals: ReadonlySet<number> = new Set([400, 401, 403, 404, 405])

/** @throws {ApiError} the gateway refuses the stream */
export async function* readEvents(
  connection: Connection,
  { lastEventId, signal }: EventStreamOptions,
): AsyncGenerator<StreamItem, void, undefined> {
  let last = lastEventId
  let retryMs = defaultRetryMs
  let failures = 0
  while (!isAborted(signal)) {
    const reader = createSseReader()
    try {
      for await (const text of connect(connection, last, signal)) {
        failures = 0
        for (const { event, id, data } of reader.push(text)) {
          if (event === 'gap') yield { kind: 'gap', ...(JSON.parse(data) as EventGap) }
          else yield { kind: 'event', event: JSON.parse(data) as EventMessage }
          // After the caller has dealt with it: an event that was not is sent again.
          if (id !== undefined) last = Number(id)
        }
        retryMs = reader.retryMs ?? retryMs
      }
    } catch (error) {
      if (error instanceof ApiError && refusals.has(error.status)) throw error
      failures += 1
    }
    await sleep(Math.min(retryMs * 2 ** Math.max(0, failures - 1), maxRetryMs), signal)
  }
}

const isAborted = (signal: AbortSignal | undefined) => signal?.aborted === true

/** The text of one connection; it ends when the server ends it, and fails when it is silent for two heartbeats. */
async function* connect(
  { baseUrl, apiKey, fetch }: Connection,
  lastEventId: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  const silence = new AbortController()
  const stop = () => silence.abort(signal?.reason)
  signal?.addEventListener('abort', stop)
  let silent = watchdog(2 * defaultHeartbeatMs, () => silence.abort())
  try {
    const response = await fetch(
      `${baseUrl.replace(/\/$/, '')}/api/events?contract=event-message`,
      {
        headers: {
          accept: 'text/event-stream',
          'x-api-key': apiKey,
          ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
        },
        signal: silence.signal,
      },
    )
    if (!response.ok || response.body === null) throw new ApiError(await problemOf(response))
    const heartbeatMs = Number(response.headers.get('x-heartbeat-ms') ?? defaultHeartbeatMs)
    silent.stop()
    silent = watchdog(2 * heartbeatMs, () => silence.abort())
    const decoder = new TextDecoder()
    const chunks = response.body.getReader()
    for (;;) {
      const { done, value } = await chunks.read()
      if (done) return
      // The caller may take its time: silence is only what the server does not send.
      silent.stop()
      yield decoder.decode(value, { stream: true })
      silent.again()
    }
  } finally {
    silent.stop()
    signal?.removeEventListener('abort', stop)
    silence.abort()
  }
}
