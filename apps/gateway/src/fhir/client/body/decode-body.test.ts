import { Readable } from 'node:stream'
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readBody } from './decode-body.ts'

const text = JSON.stringify({ resourceType: 'Bundle', note: 'ä'.repeat(20_000) })
const plain = Buffer.from(text)
const what = 'searching Condition'

const streamOf = (bytes: Buffer, chunkBytes = 700) => {
  const chunks: Buffer[] = []
  for (let start = 0; start < bytes.length; start += chunkBytes)
    chunks.push(bytes.subarray(start, start + chunkBytes))
  return Readable.from(chunks, { objectMode: false })
}
const read = (
  bytes: Buffer,
  encoding?: string | readonly string[],
  maxBytes = 1_000_000,
  chunkBytes = 700,
) => readBody(streamOf(bytes, chunkBytes), encoding, { maxBytes, what })

const packed: readonly (readonly [string, Buffer])[] = [
  ['gzip', gzipSync(plain)],
  ['x-gzip', gzipSync(plain)],
  ['GZIP', gzipSync(plain)],
  ['deflate', deflateSync(plain)],
  ['deflate', deflateRawSync(plain)],
  ['br', brotliCompressSync(plain)],
  ['zstd', zstdCompressSync(plain)],
]

describe('readBody', () => {
  it.each([undefined, '', 'identity', 'identity, identity'])(
    'reads a body unchanged with encoding %s',
    async (encoding) => {
      expect(String(await read(plain, encoding))).toBe(text)
    },
  )

  it.each(packed)('decodes %s', async (encoding, bytes) => {
    expect(String(await read(bytes, encoding))).toBe(text)
    expect(String(await read(bytes, encoding, 1_000_000, 1))).toBe(text)
  })

  it.each(packed.flatMap(([outer]) => packed.map(([inner, bytes]) => ({ outer, inner, bytes }))))(
    'undoes $inner, then $outer',
    async ({ outer, inner, bytes }) => {
      const pack = {
        gzip: gzipSync,
        deflate: deflateSync,
        br: brotliCompressSync,
        zstd: zstdCompressSync,
      }
      const again = pack[outer.toLowerCase().replace('x-', '') as keyof typeof pack](bytes)

      expect(String(await read(again, `${inner}, ${outer}`))).toBe(text)
      expect(String(await read(again, [inner, outer]))).toBe(text)
    },
  )

  it.each(packed)('reads an empty body as empty, although its header says %s', async (encoding) => {
    expect(await read(Buffer.alloc(0), encoding)).toHaveLength(0)
  })

  it.each(packed)(
    'rejects a body that is not %s as its header says, as transient',
    async (encoding) => {
      await expect(read(plain, encoding)).rejects.toMatchObject({
        code: 'ehr_malformed',
        kind: 'transient',
      })
    },
  )

  it.each(
    packed.flatMap(([encoding, bytes]) =>
      [1, 5, bytes.length - 2].map((length) => ({ encoding, bytes, length })),
    ),
  )(
    'rejects $encoding that is truncated after $length bytes',
    async ({ encoding, bytes, length }) => {
      await expect(read(bytes.subarray(0, length), encoding)).rejects.toMatchObject({
        code: 'ehr_malformed',
      })
    },
  )

  it.each(['compress', 'exi', 'gzip, pack200', Array(9).fill('gzip').join(',')])(
    'rejects the encoding %s',
    async (encoding) => {
      await expect(read(plain, encoding)).rejects.toMatchObject({ code: 'ehr_malformed' })
    },
  )

  it.each(packed)('applies the limit to the decoded bytes of %s', async (encoding, bytes) => {
    await expect(read(bytes, encoding, plain.length - 1)).rejects.toMatchObject({
      code: 'ehr_too_large',
    })
    expect(await read(bytes, encoding, plain.length)).toHaveLength(plain.length)
  })

  it('applies the limit to the bytes on the wire', async () => {
    await expect(read(plain, undefined, 100)).rejects.toMatchObject({ code: 'ehr_too_large' })
  })

  it('stops decoding a bomb shortly after the limit, also a nested one', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000))
    const before = process.memoryUsage().arrayBuffers

    await expect(read(bomb, 'gzip', 1_000_000, 65_536)).rejects.toMatchObject({
      code: 'ehr_too_large',
    })
    await expect(read(gzipSync(bomb), 'gzip, gzip', 1_000_000)).rejects.toMatchObject({
      code: 'ehr_too_large',
    })

    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000)
  })

  it('closes the source when it stops reading', async () => {
    const source = streamOf(plain)

    await expect(readBody(source, 'gzip', { maxBytes: 100, what })).rejects.toThrow()

    expect(source.destroyed).toBe(true)
  })

  it('passes on the error of a broken connection', async () => {
    const broken = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    async function* breaking() {
      yield gzipSync(plain).subarray(0, 20)
      throw broken
    }

    await expect(readBody(breaking(), 'gzip', { maxBytes: 1e6, what })).rejects.toBe(broken)
  })
})
