import { UnusableFile } from './unusable-file.ts'

export interface CleanImage {
  readonly bytes: Uint8Array
  /** In pixels, as stored. */
  readonly width: number
  readonly height: number
  /** The orientation of the picture, as in Exif: 1 to 8. */
  readonly orientation: number
}

const damaged = () => new UnusableFile('the image is damaged; save it again, then attach it')

/** JFIF, and Adobe's note on how colors are stored. Every other application segment contains data about camera, place or author. */
const keptApplicationSegments: readonly number[] = [0xe0, 0xee]
/** Baseline, extended and progressive: what readers of PDF can draw. */
const drawableFrames: readonly number[] = [0xc0, 0xc1, 0xc2]
const frames: readonly number[] = [
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]
const endOfImage = 0xd9
const startOfScan = 0xda
const exif = 0xe1
const comment = 0xfe

/**
 * The same picture without the metadata of its camera or program.
 *
 * @throws {UnusableFile}
 */
export function cleanJpeg(file: Uint8Array): CleanImage {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let size: { readonly width: number; readonly height: number } | undefined
  let orientation = 1
  let at = 2
  for (;;) {
    if (bytes[at] !== 0xff) throw damaged()
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === endOfImage) {
      kept.push(bytes.subarray(at, at + 2))
      break
    }
    if (at + 4 > bytes.length) throw damaged()
    let end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length || end < at + 4) throw damaged()
    const segment = bytes.subarray(at + 4, end)
    if (frames.includes(marker)) {
      if (!drawableFrames.includes(marker) || segment[0] !== 8)
        throw new UnusableFile('this kind of JPEG cannot be printed; save it as PNG or PDF')
      if (segment.length < 6) throw damaged()
      size = { height: segment.readUInt16BE(1), width: segment.readUInt16BE(3) }
    }
    if (marker === exif) orientation = orientationOf(segment) ?? orientation
    const isApplication = marker >= 0xe0 && marker <= 0xef
    const isKept = isApplication ? keptApplicationSegments.includes(marker) : marker !== comment
    if (marker === startOfScan) {
      if (size === undefined) throw damaged()
      end = scanEnd(bytes, end)
    }
    if (isKept) kept.push(bytes.subarray(at, end))
    at = end
  }
  if (size === undefined || size.width === 0 || size.height === 0) throw damaged()
  return { bytes: Buffer.concat(kept), ...size, orientation }
}

/** Where the next marker begins: a zero or a restart marker after 0xff belongs to the scan. */
function scanEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) break
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  throw damaged()
}

const orientationTag = 0x0112

function orientationOf(segment: Buffer): number | undefined {
  if (segment.subarray(0, 6).toString('latin1') !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(6)
  if (tiff.length < 8) return undefined
  const isLittle = tiff.subarray(0, 2).toString('latin1') === 'II'
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (first + 2 > tiff.length) return undefined
  const count = short(first)
  for (let entry = 0; entry < count; entry += 1) {
    const at = first + 2 + entry * 12
    if (at + 12 > tiff.length) return undefined
    if (short(at) !== orientationTag) continue
    const value = short(at + 8)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}
