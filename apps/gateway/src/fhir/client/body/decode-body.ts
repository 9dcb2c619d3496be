import { bothNames } from '../../../config/both-names.ts'
import { pipeline, Readable, type Transform } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'
import { EhrMalformedError, EhrTooLargeError } from '../../fhir-errors.ts'

/** More content encodings than any chain of proxies adds. */
const maxEncodings = 4

/** Error codes of zlib, Brotli and Zstandard. A broken connection has other codes. */
const decoderCode = /^(Z_|ERR__|ERR_BROTLI|ERR_ZSTD|ZSTD_)/

export interface BodyLimit {
  readonly maxBytes: number
  readonly what: string
}

/**
 * Reads a body and decodes its `content-encoding`, requested or not, also if there are several. The limit applies to the bytes on the
 * wire and after each decoding step. Past the limit, decoding stops and the connection is closed.
 *
 * @throws {EhrTooLargeError} past the limit
 * @throws {EhrMalformedError} an unknown encoding, bytes that do not match the header, or a truncated body
 * @see RFC 9110, 8.4: encodings are listed in the order in which they were applied
 */
export async function readBody(
  body: AsyncIterable<Buffer>,
  contentEncoding: string | readonly string[] | undefined,
  limit: BodyLimit,
): Promise<Buffer> {
  const encodings = encodingsOf(contentEncoding)
  const decoders = decodersOf(encodings, limit.what)
  const decoded = decoders.reduce(
    (source, createDecoder) => limited(decode(source, createDecoder), limit),
    limited(body, limit),
  )
  try {
    const chunks: Buffer[] = []
    for await (const chunk of decoded) chunks.push(chunk)
    return Buffer.concat(chunks)
  } catch (cause) {
    if (!isDecoderFailure(cause)) throw cause
    throw new EhrMalformedError(
      `${limit.what}: the EHR's answer is not ${encodings.join(', ')} as its header says, or is truncated`,
      { cause },
    )
  }
}

type CreateDecoder = (firstBytes: Buffer) => Transform

const decoderByName: ReadonlyMap<string, CreateDecoder> = new Map<string, CreateDecoder>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  // The standard requires zlib's header, but many servers send the raw stream.
  ['deflate', (firstBytes) => (hasZlibHeader(firstBytes) ? createInflate() : createInflateRaw())],
  ['br', () => createBrotliDecompress()],
  ['zstd', () => createZstdDecompress()],
])

function encodingsOf(header: string | readonly string[] | undefined): readonly string[] {
  return [header ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')
}

/** The encoding that was applied last is decoded first. */
function decodersOf(encodings: readonly string[], what: string): readonly CreateDecoder[] {
  if (encodings.length > maxEncodings) {
    throw new EhrMalformedError(`${what}: the EHR's answer is encoded ${encodings.length} times`)
  }
  return encodings.toReversed().map((name) => {
    const createDecoder = decoderByName.get(name)
    if (createDecoder === undefined) {
      throw new EhrMalformedError(
        `${what}: the EHR's answer has an encoding that cannot be decoded; gzip and deflate were requested`,
      )
    }
    return createDecoder
  })
}

async function* limited(
  source: AsyncIterable<Buffer>,
  { maxBytes, what }: BodyLimit,
): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      throw new EhrTooLargeError(
        `${what}: more than ${maxBytes} bytes (${bothNames('Ehr.Limits.MaxBodyBytes')})`,
      )
    }
    yield chunk
  }
}

/** An empty body stays empty despite its header: answers without a body often keep the header. */
async function* decode(
  source: AsyncIterable<Buffer>,
  createDecoder: CreateDecoder,
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]()
  let firstBytes: Buffer = Buffer.alloc(0)
  while (firstBytes.length < zlibHeaderBytes) {
    const { done, value } = await chunks.next()
    if (done === true) break
    firstBytes = Buffer.concat([firstBytes, value])
  }
  if (firstBytes.length === 0) return
  const decoder = createDecoder(firstBytes)
  const rest: AsyncIterable<Buffer> = { [Symbol.asyncIterator]: () => chunks }
  const whole = (async function* () {
    yield firstBytes
    yield* rest
  })()
  // Failures of the pipeline reach the reader of the decoder.
  pipeline(Readable.from(whole, { objectMode: false }), decoder, () => undefined)
  yield* decoder as AsyncIterable<Buffer>
}

const zlibHeaderBytes = 2

/** @see RFC 1950, 2.2 */
function hasZlibHeader(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0
}

function isDecoderFailure(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    typeof cause.code === 'string' &&
    decoderCode.test(cause.code)
  )
}
