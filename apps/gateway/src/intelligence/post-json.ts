import { Agent, request } from 'undici'

/** The other side sent more than it was given room for; what came was thrown away. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError'

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes came`)
  }
}

export interface JsonReply {
  readonly status: number
  /** As it came: whether it is JSON, and of which shape, is the caller's question. */
  readonly text: string
  readonly retryAfterMs: number | undefined
}

export interface JsonDoor {
  /**
   * One request, one whole answer. Redirects are not followed: what is sent here goes to the configured host or nowhere.
   *
   * @throws {AnswerTooLargeError} or what undici throws for a connection that fails or breaks before the answer's end
   */
  post(body: string, signal: AbortSignal): Promise<JsonReply>
  close(): Promise<void>
}

/** Where charts leave the gateway: JSON to one address, with a key, bounded in size, and in time by the caller’s signal. */
export function createJsonDoor(options: {
  readonly url: URL
  readonly apiKey: string | undefined
  readonly maxAnswerBytes: number
  readonly connections: number
}): JsonDoor {
  const dispatcher = new Agent({ connections: options.connections })
  return {
    async post(body, signal) {
      const response = await request(options.url, {
        method: 'POST',
        dispatcher,
        signal,
        headers: {
          'content-type': 'application/json',
          ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
        },
        body,
      })
      return {
        status: response.statusCode,
        text: await readText(response.body, options.maxAnswerBytes),
        retryAfterMs: retryAfterOf(response.headers),
      }
    },
    // A request that nobody waits for any more must not hold up a stop.
    close: () => dispatcher.destroy(),
  }
}

/** `path` below a base address that may or may not end with a slash. */
export function below(baseUrl: string, path: string): URL {
  return new URL(path, baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
}

async function readText(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new AnswerTooLargeError(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Seconds, or a date: told against the answer's own date, so that no clock but theirs counts. */
function retryAfterOf(headers: Record<string, string | string[] | undefined>): number | undefined {
  const { 'retry-after': header, date } = headers
  if (typeof header !== 'string') return undefined
  const seconds = Number(header)
  const delayMs = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(header) - Date.parse(String(date))
  return Number.isFinite(delayMs) ? Math.max(0, delayMs) : undefined
}
