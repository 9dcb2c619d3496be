import { promisify } from 'node:util'
import { gunzip, inflate, inflateRaw } from 'node:zlib'
import { type Dispatcher, errors, request } from 'undici'
import { timeLimit } from '../../clock.ts'
import { explainUnreachable, hostAndPortOf } from '../client/connection-fault.ts'
import { EhrMalformedError, EhrTimeoutError, EhrUnreachableError } from '../fhir-errors.ts'

export interface SmallRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Limit for the body, both as received and decoded. */
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly dispatcher: Dispatcher
  /** For error messages: "the EHR's token endpoint". */
  readonly what: string
  /** For error messages: what to check if there is no connection. */
  readonly check: string
  /** A key of the section `Ehr` as the operator wrote it; undefined: this server has none. */
  keyName(key: string): string | undefined
}

export interface SmallAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Decoded; empty if the body of an error could not be read. */
  readonly body: string
}

/**
 * One exchange with a small answer: a token, a discovery document. Redirects are not followed; they are returned.
 *
 * @throws {EhrUnreachableError} {EhrTimeoutError}
 * @throws {EhrMalformedError} a success with a body that is too large or cannot be decoded
 */
export async function exchangeSmall(requested: SmallRequest): Promise<SmallAnswer> {
  using limit = timeLimit(new AbortController().signal, requested.timeoutMs)
  try {
    const { statusCode, headers, body } = await request(requested.url, {
      method: requested.method,
      headers: requested.headers,
      ...(requested.body === undefined ? {} : { body: requested.body }),
      dispatcher: requested.dispatcher,
      signal: limit.signal,
    })
    const isSuccess = statusCode >= 200 && statusCode < 300
    const bytes = await readAtMost(body, requested.maxBytes)
    const text = bytes === undefined ? undefined : await decode(bytes, headers, requested.maxBytes)
    if (text === undefined && isSuccess) {
      throw new EhrMalformedError(
        `${requested.what} answered more than ${requested.maxBytes} bytes, or with an encoding that cannot be decoded; check ${requested.check}`,
      )
    }
    return { status: statusCode, headers, body: text ?? '' }
  } catch (cause) {
    if (cause instanceof EhrMalformedError) throw cause
    if (limit.isOver || isTimeout(cause)) {
      throw new EhrTimeoutError(
        `${requested.what} at ${hostAndPortOf(requested.url)}: no complete answer within ${requested.timeoutMs} ms; check ${requested.check}`,
        { cause },
      )
    }
    throw new EhrUnreachableError(
      `${requested.what} at ${explainUnreachable(cause, requested.url, requested.check, (key) => requested.keyName(key))}`,
      { cause },
    )
  }
}

/** Undefined if there is more; leaving the loop closes the connection. */
async function readAtMost(
  body: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

/** Undefined if it cannot be decoded within `maxBytes`: decoding stops there. */
async function decode(
  bytes: Buffer,
  headers: SmallAnswer['headers'],
  maxBytes: number,
): Promise<string | undefined> {
  const encoding = String(headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase()
  // An empty body has no encoding, even if the header names one.
  if (bytes.length === 0 || encoding === '' || encoding === 'identity') return toText(bytes)
  const decoder = decoderFor(encoding, bytes)
  if (decoder === undefined) return undefined
  try {
    return toText(await decoder(bytes, { maxOutputLength: maxBytes }))
  } catch {
    return undefined
  }
}

function decoderFor(encoding: string, bytes: Buffer) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return promisify(gunzip)
  if (encoding !== 'deflate') return undefined
  // Some servers omit the zlib header, whose first byte has 8 in its low half.
  return promisify(((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)
}

function toText(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function isTimeout(cause: unknown): boolean {
  return (
    cause instanceof errors.ConnectTimeoutError ||
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError
  )
}
