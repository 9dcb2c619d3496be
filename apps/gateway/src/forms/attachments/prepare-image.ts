import {
  concatTransformationMatrix,
  drawObject,
  type PDFDocument,
  type PDFImage,
} from '@cantoo/pdf-lib'
import { cleanJpeg } from './clean-jpeg.ts'
import { cleanPng } from './clean-png.ts'
import { placePage } from './place-page.ts'
import { UnusableFile } from './unusable-file.ts'

/** A pixel is at most this large, in points: 96 dpi. */
const largestPixel = 0.75
const maxJpegPixels = 60_000_000

/** One page with the picture, as it is meant to be seen. */
export async function prepareImage(
  document: PDFDocument,
  type: 'png' | 'jpeg',
  bytes: Uint8Array,
): Promise<void> {
  const clean = type === 'png' ? cleanPng(bytes) : cleanJpeg(bytes)
  if (clean.width * clean.height > maxJpegPixels)
    throw new UnusableFile('the image has more than 60 million pixels; save it smaller')
  let image: PDFImage
  try {
    image = await (type === 'png' ? document.embedPng(clean.bytes) : document.embedJpg(clean.bytes))
  } catch {
    throw new UnusableFile('the image is damaged; save it again, then attach it')
  }
  await image.embed()
  const width = clean.width * largestPixel
  const height = clean.height * largestPixel
  const isTurned = clean.orientation > 4
  const size = isTurned ? { width: height, height: width } : { width, height }
  const matrix = matrices[clean.orientation - 1] ?? upright
  const drawing = document.context.formXObject(
    [concatTransformationMatrix(...matrix(size.width, size.height)), drawObject('Image')],
    {
      BBox: document.context.obj([0, 0, size.width, size.height]),
      Resources: document.context.obj({ XObject: { Image: image.ref } }),
    },
  )
  placePage(document, { ref: document.context.register(drawing), ...size })
}

type Matrix = [number, number, number, number, number, number]

const upright = (w: number, h: number): Matrix => [w, 0, 0, h, 0, 0]

/** By Exif's orientation, from the unit square of an image to a box of this width and height. */
const matrices: readonly ((w: number, h: number) => Matrix)[] = [
  upright,
  (w, h) => [-w, 0, 0, h, w, 0],
  (w, h) => [-w, 0, 0, -h, w, h],
  (w, h) => [w, 0, 0, -h, 0, h],
  (w, h) => [0, -h, -w, 0, w, h],
  (w, h) => [0, -h, w, 0, 0, h],
  (w, h) => [0, h, w, 0, 0, 0],
  (w, h) => [0, h, -w, 0, w, 0],
]
