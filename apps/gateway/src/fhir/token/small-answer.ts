import { promisify } from 'node:util'
import { gunzip, inflate, inflateRaw } from 'node:zlib'
import { type Dispatcher, errors, request } from 'undici'
import { timeLimit } from '../../clock.ts'
import { connectionCodeOf, keysToCheckFor } from '../client/connection-fault.ts'
import { EhrMalformedError, EhrTimeoutError, EhrUnreachableError } from '../fhir-errors.ts'

export interface SmallRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Of the body, both as it arrives and decoded. */
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly dispatcher: Dispatcher
  /** For messages: "the EHR's token endpoint". */
  readonly what: string
  /** For messages: what to check when there is no connection. */
  readonly check: string
}

export interface SmallAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Decoded; empty where the status says everything. */
  readonly body: string
}

/**
 * One exchange whose answer is small: a token, a discovery document. Redirects are answers like any other.
 *
 * @throws {EhrUnreachableError} {EhrTimeoutError}
 * @throws {EhrMalformedError} a success with a body that is too large or cannot be decoded
 */
export async function exchangeSmall(asked: SmallRequest): Promise<SmallAnswer> {
  using limit = timeLimit(new AbortController().signal, asked.timeoutMs)
  try {
    const { statusCode, headers, body } = await request(asked.url, {
      method: asked.method,
      headers: asked.headers,
      ...(asked.body === undefined ? {} : { body: asked.body }),
      dispatcher: asked.dispatcher,
      signal: limit.signal,
    })
    const isSuccess = statusCode >= 200 && statusCode < 300
    const bytes = await readAtMost(body, asked.maxBytes)
    const text = bytes === undefined ? undefined : await decode(bytes, headers, asked.maxBytes)
    if (text === undefined && isSuccess) {
      throw new EhrMalformedError(
        `${asked.what} answered more than ${asked.maxBytes} bytes, or what cannot be decoded; check ${asked.check}`,
      )
    }
    return { status: statusCode, headers, body: text ?? '' }
  } catch (cause) {
    if (cause instanceof EhrMalformedError) throw cause
    if (limit.isOver || isTimeout(cause)) {
      throw new EhrTimeoutError(
        `${asked.what}: no whole answer within ${asked.timeoutMs} ms; check ${asked.check}`,
        { cause },
      )
    }
    const code = connectionCodeOf(cause)
    throw new EhrUnreachableError(
      `${asked.what} cannot be reached (${code}); check ${keysToCheckFor(code, asked.check)}`,
      { cause },
    )
  }
}

/** Undefined when there is more; leaving the loop ends the connection. */
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

/** Undefined when it cannot be decoded within `maxBytes`: decoding stops there, however much would follow. */
async function decode(
  bytes: Buffer,
  headers: SmallAnswer['headers'],
  maxBytes: number,
): Promise<string | undefined> {
  const encoding = String(headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase()
  // An empty body has no encoding, whatever the header says.
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
  // Some servers send it without the zlib header, which begins with 8 in the low half of its first byte.
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
