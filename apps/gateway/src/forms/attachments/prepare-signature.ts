import { PDFDocument } from '@cantoo/pdf-lib'
import { cleanJpeg } from './clean-jpeg.ts'
import { cleanPng } from './clean-png.ts'
import { fileTypeOf } from './file-type.ts'
import { UnusableFile } from './unusable-file.ts'

/** A picture of a signature without any metadata. */
export interface PreparedSignature {
  readonly type: 'png' | 'jpeg'
  readonly image: Uint8Array
}

/** A signature is a few centimeters wide: this is 600 dpi of it, several times over. */
const maxPixels = 4_000_000
const maxSide = 4000

/**
 * Checks a picture of a signature, and removes the metadata of its camera or program.
 *
 * @throws {UnusableFile}
 */
export async function prepareSignature(file: Uint8Array): Promise<PreparedSignature> {
  const type = fileTypeOf(file)
  if (type !== 'png' && type !== 'jpeg')
    throw new UnusableFile('a signature is a PNG or JPEG picture; this file is neither')
  const { bytes, width, height, orientation } = type === 'png' ? cleanPng(file) : cleanJpeg(file)
  if (width * height > maxPixels || width > maxSide || height > maxSide)
    throw new UnusableFile('the picture is too large; save it with at most 4000 by 1000 pixels')
  if (orientation !== 1)
    throw new UnusableFile('the picture is stored turned; save it upright, as PNG')
  try {
    const document = await PDFDocument.create()
    await (type === 'png' ? document.embedPng(bytes) : document.embedJpg(bytes))
  } catch {
    throw new UnusableFile('the picture is damaged; save it again')
  }
  return { type, image: bytes }
}
