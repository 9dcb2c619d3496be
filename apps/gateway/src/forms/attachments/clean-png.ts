import { crc32, inflateSync } from 'node:zlib'
import type { CleanImage } from './clean-jpeg.ts'
import { UnusableFile } from './unusable-file.ts'

const headSize = 8
/** A letter page at 300 dpi has 8.4 million. */
const maxPixels = 12_000_000
/** The chunks that are needed to draw the picture. Others are texts, times and places. */
const keptChunks: readonly string[] = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

const damaged = () => new UnusableFile('the image is damaged; save it again, then attach it')

/**
 * The same picture without metadata.
 *
 * @throws {UnusableFile}
 */
export function cleanPng(file: Uint8Array): CleanImage {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const chunks = chunksOf(bytes)
  const [head] = chunks
  if (head?.type !== 'IHDR' || head.content.length !== 13) throw damaged()
  const width = head.content.readUInt32BE(0)
  const height = head.content.readUInt32BE(4)
  if (width === 0 || height === 0) throw damaged()
  if (width * height > maxPixels)
    throw new UnusableFile(
      `the image has more than ${maxPixels / 1_000_000} million pixels; scan or save it with 300 dpi`,
    )
  checkPixels(head.content, chunks, { width, height })
  const kept = chunks.filter(({ type }) => keptChunks.includes(type)).map(({ whole }) => whole)
  return {
    bytes: Buffer.concat([bytes.subarray(0, headSize), ...kept]),
    width,
    height,
    orientation: 1,
  }
}

interface Chunk {
  readonly type: string
  readonly content: Buffer
  readonly whole: Buffer
}

/** Every chunk up to the end of the picture, each with its checksum checked. */
function chunksOf(bytes: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = []
  let at = headSize
  for (;;) {
    if (at + 12 > bytes.length) throw damaged()
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) throw damaged()
    const type = bytes.subarray(at + 4, at + 8).toString('latin1')
    const content = bytes.subarray(at + 8, end - 4)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw damaged()
    chunks.push({ type, content, whole: bytes.subarray(at, end) })
    if (type === 'IEND') return chunks
    at = end
  }
}

/** Unpacks the rows with a limit: there must be as many as the header says, and no more. */
function checkPixels(
  head: Buffer,
  chunks: readonly Chunk[],
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const [depth = 0, color = 0] = [head[8], head[9]]
  const bits = depth * (channels[color] ?? 0)
  if (bits === 0 || bits > 64) throw damaged()
  const isInterlaced = head[12] === 1
  const expected = (Math.ceil((width * bits) / 8) + 1) * height
  // Interlaced rows come in seven passes, each with its own dimensions.
  const most = isInterlaced ? expected * 2 + 7 * height : expected
  const packed = Buffer.concat(
    chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content),
  )
  let unpacked: number
  try {
    unpacked = inflateSync(packed, { maxOutputLength: most }).length
  } catch {
    throw damaged()
  }
  if (!isInterlaced && unpacked !== expected) throw damaged()
}
