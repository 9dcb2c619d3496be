import { sleep } from './clock.ts'
import type { ProblemDocument } from './result.ts'

export interface Connection {
  /** The gateway's address, such as `https://gateway.example.org`. */
  readonly baseUrl: string
  readonly apiKey: string
  readonly fetch: typeof globalThis.fetch
  /** How often a request is sent again when it had no answer, or the gateway was busy. */
  readonly retries: number
}

export interface Place {
  readonly method: string
  readonly path: string
  readonly query: readonly string[]
  /** The names of the headers, by the names of the inputs. */
  readonly headers: Readonly<Record<string, string>>
  readonly contentType?: string
}

export type Input = Readonly<Record<string, unknown>> & {
  readonly body?: unknown
  readonly contentType?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export type Answer =
  | {
      readonly ok: true
      readonly status: number
      readonly data: unknown
      readonly etag: string | undefined
    }
  | { readonly ok: false; readonly problem: ProblemDocument }

/** Before the first of the retries; each further one waits twice as long. */
const firstRetryMs = 500
const maxRetryMs = 10_000

/**
 * Sends a request until it is answered. A write has a key of its own, so that sending it again has no second effect; one that cannot have
 * a key (signing in) is sent once.
 *
 * @throws the reason of the signal when it aborts; nothing else
 */
export async function sendRequest(
  connection: Connection,
  place: Place,
  input: Input,
): Promise<Answer> {
  const { signal } = input
  const init = requestOf(connection, place, input)
  const mayRepeat = place.method === 'GET' || 'idempotencyKey' in place.headers
  for (let retry = 0; ; retry += 1) {
    const { answer, retryAfterMs } = await sendOnce(connection, init, signal)
    if (answer.ok || !mayRepeat || retry >= connection.retries || !mayPass(answer.problem))
      return answer
    await sleep(Math.min(retryAfterMs ?? firstRetryMs * 2 ** retry, maxRetryMs), signal)
    signal?.throwIfAborted()
  }
}

function mayPass({ status, code }: ProblemDocument): boolean {
  return [0, 429, 502, 503, 504].includes(status) || code === 'idempotency_key_in_use'
}

function requestOf({ baseUrl, apiKey }: Connection, place: Place, input: Input) {
  const path = place.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input[name])),
  )
  const query = new URLSearchParams()
  for (const name of place.query)
    if (input[name] !== undefined) query.set(name, String(input[name]))
  const headers: Record<string, string> = { 'x-api-key': apiKey }
  for (const [name, header] of Object.entries(place.headers)) {
    const value = input[name]
    if (value !== undefined) headers[header] = String(value)
    else if (name === 'idempotencyKey') headers[header] = crypto.randomUUID()
  }
  const { body, contentType = place.contentType } = input
  if (body !== undefined && contentType !== undefined) headers['content-type'] = contentType
  const search = query.size === 0 ? '' : `?${query.toString()}`
  return {
    url: `${baseUrl.replace(/\/$/, '')}${path}${search}`,
    method: place.method,
    headers,
    body:
      body === undefined
        ? null
        : contentType === 'application/json'
          ? JSON.stringify(body)
          : (body as Blob | Uint8Array<ArrayBuffer>),
  }
}

async function sendOnce(
  { fetch }: Connection,
  { url, ...init }: ReturnType<typeof requestOf>,
  signal: AbortSignal | undefined,
): Promise<{ readonly answer: Answer; readonly retryAfterMs: number | undefined }> {
  try {
    const response = await fetch(url, { ...init, signal: signal ?? null })
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : undefined
    return { answer: await answerOf(response), retryAfterMs }
  } catch (error) {
    signal?.throwIfAborted()
    const detail = error instanceof Error ? causeOf(error) : 'no answer'
    const problem = clientProblem('unreachable', 0, `the gateway cannot be reached: ${detail}`)
    return { answer: { ok: false, problem }, retryAfterMs: undefined }
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, ok, headers } = response
  const type = headers.get('content-type') ?? ''
  if (!ok) return { ok, problem: await problemOf(response) }
  const etag = headers.get('etag') ?? undefined
  if (status === 204) return { ok, status, data: undefined, etag }
  if (type.startsWith('application/json')) return { ok, status, data: await response.json(), etag }
  if (type.startsWith('text/') && !type.startsWith('text/html'))
    return { ok, status, data: await response.text(), etag }
  if (type.startsWith('text/html'))
    return {
      ok: false,
      problem: clientProblem('unexpected_answer', status, 'a web page was answered, not the API'),
    }
  return { ok, status, data: new Uint8Array(await response.arrayBuffer()), etag }
}

/** The problem document of an answer, or one of our own for an answer of something else in between. */
export async function problemOf(response: Response): Promise<ProblemDocument> {
  const { status } = response
  const read: unknown = await response.json().catch(() => undefined)
  const isProblem =
    typeof read === 'object' && read !== null && 'code' in read && typeof read.code === 'string'
  return isProblem
    ? (read as ProblemDocument)
    : clientProblem(
        'unexpected_answer',
        status,
        `it was answered ${status} without a problem document`,
      )
}

function clientProblem(code: string, status: number, detail: string): ProblemDocument {
  return { type: 'about:blank', title: 'The request failed', status, code, detail }
}

function causeOf(error: Error): string {
  return error.cause instanceof Error && error.cause.message !== ''
    ? error.cause.message
    : error.message
}
