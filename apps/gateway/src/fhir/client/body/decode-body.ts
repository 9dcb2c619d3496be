import { pipeline, Readable, type Transform } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'
import { EhrMalformedError, EhrTooLargeError } from '../../fhir-errors.ts'

/** More encodings in a row than any chain of proxies adds. */
const maxEncodings = 4

/** What zlib, Brotli and Zstandard call their own failures; a broken connection has other codes. */
const decoderCode = /^(Z_|ERR__|ERR_BROTLI|ERR_ZSTD|ZSTD_)/

export interface BodyLimit {
  readonly maxBytes: number
  readonly what: string
}

/**
 * Reads a body and undoes its `content-encoding`, whether it was asked for or not, several in a row too. The limit holds for the bytes
 * on the wire and after each decoding, while they are read: past it nothing more is decoded, and the connection is given up.
 *
 * @throws {EhrTooLargeError} past the limit
 * @throws {EhrMalformedError} an unknown encoding, or bytes that are not what the header says, or cut off
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
      `${limit.what}: the EHR's answer is not ${encodings.join(', ')} as its header says, or cut off`,
      { cause },
    )
  }
}

type CreateDecoder = (firstBytes: Buffer) => Transform

const decoderByName: ReadonlyMap<string, CreateDecoder> = new Map<string, CreateDecoder>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  // By the book it has zlib's header; many servers send the raw stream.
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

/** The last encoding that was applied comes off first. */
function decodersOf(encodings: readonly string[], what: string): readonly CreateDecoder[] {
  if (encodings.length > maxEncodings) {
    throw new EhrMalformedError(`${what}: the EHR's answer is encoded ${encodings.length} times`)
  }
  return encodings.toReversed().map((name) => {
    const createDecoder = decoderByName.get(name)
    if (createDecoder === undefined) {
      throw new EhrMalformedError(
        `${what}: the EHR's answer has an encoding that cannot be read here; gzip and deflate were asked for`,
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
      throw new EhrTooLargeError(`${what}: more than ${maxBytes} bytes (Ehr__Limits__MaxBodyBytes)`)
    }
    yield chunk
  }
}

/** Nothing at all stays nothing, whatever the header says: answers without a body often keep it. */
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
  // Its failures reach the reader of the decoder.
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
