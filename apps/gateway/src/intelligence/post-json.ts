import { Agent, request } from 'undici'

/** The answer exceeded the size limit and was discarded. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError'

  constructor(maxBytes: number) {
    super(`the answer has more than ${maxBytes} bytes`)
  }
}

export interface JsonReply {
  readonly status: number
  /** The unparsed body; the caller checks whether it is JSON. */
  readonly text: string
  readonly retryAfterMs: number | undefined
}

export interface JsonClient {
  /**
   * Sends one request and reads the whole answer. Redirects are not followed, so that charts only go to the configured host.
   *
   * @throws {AnswerTooLargeError} or undici's error if the connection fails before the end of the answer
   */
  post(body: string, signal: AbortSignal): Promise<JsonReply>
  close(): Promise<void>
}

/** A client that posts JSON to one URL, with a key and a size limit; the caller's signal limits the time. Charts leave the gateway here. */
export function createJsonClient(options: {
  readonly url: URL
  readonly apiKey: string | undefined
  readonly maxAnswerBytes: number
  readonly connections: number
}): JsonClient {
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
    // A pending request must not delay a stop.
    close: () => dispatcher.destroy(),
  }
}

/** Joins a path to a base URL, with or without a trailing slash. */
export function joinUrl(baseUrl: string, path: string): URL {
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

/** Seconds, or a date, which is compared with the answer's own date, so that our clock does not matter. */
function retryAfterOf(headers: Record<string, string | string[] | undefined>): number | undefined {
  const { 'retry-after': header, date } = headers
  if (typeof header !== 'string') return undefined
  const seconds = Number(header)
  const delayMs = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(header) - Date.parse(String(date))
  return Number.isFinite(delayMs) ? Math.max(0, delayMs) : undefined
}
