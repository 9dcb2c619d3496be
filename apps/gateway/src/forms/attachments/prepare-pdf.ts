import {
  concatTransformationMatrix,
  decodePDFRawStream,
  drawObject,
  EncryptedPDFError,
  PDFArray,
  PDFBool,
  PDFContentStream,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFObjectCopier,
  type PDFOperator,
  type PDFPage,
  PDFRawStream,
  type PDFRef,
  PDFStream,
  PDFString,
  popGraphicsState,
  pushGraphicsState,
} from '@cantoo/pdf-lib'
import { openOptions } from '../read-back.ts'
import { refuseHugeImages } from './image-sizes.ts'
import { type Drawing, placePage } from './place-page.ts'
import { UnusableFile } from './unusable-file.ts'

const maxPages = 100
/** The instructions of a page, without its pictures. A dense drawing has a few megabytes. */
const maxContentBytes = 32 * 1024 * 1024
/** The end mark of a PDF: a file that was cut off has none. */
const endMark = Buffer.from('%%EOF')
const encryptKey = Buffer.from('/Encrypt')

const damaged = () => new UnusableFile('the PDF is damaged; print it to a new PDF and attach that')

/**
 * The pages of a person's PDF as drawings on letter paper. Only what is printed is taken over: the content of each page and how its
 * annotations and boxes look. Scripts, links, actions, layers' settings, embedded files and the document's own structure stay behind.
 *
 * @throws {UnusableFile}
 */
export async function preparePdf(target: PDFDocument, file: Uint8Array): Promise<void> {
  const source = await open(file)
  const pages = pagesOf(source)
  refuseHugeImages(source)
  const copier = PDFObjectCopier.for(source.context, target.context)
  for (const page of pages) {
    let drawing: Drawing | undefined
    try {
      drawing = drawingOf(page, copier, target)
    } catch (error) {
      if (error instanceof UnusableFile) throw error
      throw damaged()
    }
    placePage(target, drawing)
  }
}

async function open(file: Uint8Array): Promise<PDFDocument> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (!bytes.includes(endMark)) throw damaged()
  try {
    return await PDFDocument.load(file, { ...openOptions, throwOnInvalidObject: true })
  } catch (error) {
    // Encrypted objects may already fail to be read; the trailer that says so is never encrypted.
    if (error instanceof EncryptedPDFError || bytes.includes(encryptKey))
      throw new UnusableFile(
        'the PDF is encrypted; save it without a password or restrictions, then attach it',
      )
    throw damaged()
  }
}

function pagesOf(source: PDFDocument): readonly PDFPage[] {
  if (source.catalog.lookup(PDFName.of('NeedsRendering')) === PDFBool.True)
    throw new UnusableFile(
      'the PDF is a form that only Adobe Acrobat can draw; print it to a new PDF and attach that',
    )
  let pages: readonly PDFPage[]
  try {
    pages = source.getPages()
  } catch {
    throw damaged()
  }
  if (pages.length === 0) throw damaged()
  if (pages.length > maxPages)
    throw new UnusableFile(
      `the PDF has ${pages.length} pages; at most ${maxPages} can be attached in one file`,
    )
  return pages
}

function drawingOf(
  page: PDFPage,
  copier: PDFObjectCopier,
  target: PDFDocument,
): Drawing | undefined {
  const { context } = target
  const { x, y, width, height } = page.getCropBox()
  if (!(width > 0 && height > 0)) throw damaged()
  const box = [x, y, x + width, y + height]
  const resources = page.node.Resources()
  const content = context.flateStream(contentOf(page), {
    Type: 'XObject',
    Subtype: 'Form',
    FormType: 1,
    BBox: box,
    Resources: resources === undefined ? {} : copier.copy(resources),
  })
  const drawn: { readonly ref: PDFRef; readonly operators: readonly PDFOperator[] }[] = [
    { ref: context.register(content), operators: [] },
    ...appearancesOf(page).map(({ stream, operators }) => ({
      ref: context.register(copier.copy(stream)),
      operators,
    })),
  ]
  const turned = turn(page, { x, y, width, height })
  const group = context.formXObject(
    drawn.flatMap(({ operators }, index) => [
      pushGraphicsState(),
      ...operators,
      drawObject(`Part${index}`),
      popGraphicsState(),
    ]),
    {
      BBox: context.obj(box),
      Matrix: context.obj([...turned.matrix]),
      Resources: context.obj({
        XObject: Object.fromEntries(drawn.map(({ ref }, index) => [`Part${index}`, ref])),
      }),
    },
  )
  return { ref: context.register(group), width: turned.width, height: turned.height }
}

/** The instructions that draw the page, unpacked. No viewer draws what cannot be unpacked. */
function contentOf(page: PDFPage): Uint8Array {
  const contents = page.node.Contents()
  if (contents === undefined) return new Uint8Array()
  const streams =
    contents instanceof PDFArray
      ? Array.from({ length: contents.size() }, (_, index) => contents.lookup(index))
      : [contents]
  const parts: Uint8Array[] = []
  let size = 0
  for (const stream of streams) {
    const part = unpacked(stream)
    size += part.length + newline.length
    if (size > maxContentBytes)
      throw new UnusableFile('a page of the PDF is too large to draw; print it to a new PDF')
    parts.push(part, newline)
  }
  return Buffer.concat(parts)
}

function unpacked(stream: unknown): Uint8Array {
  if (stream instanceof PDFRawStream) return decodePDFRawStream(stream).decode()
  if (stream instanceof PDFContentStream) return stream.getUnencodedContents()
  throw damaged()
}

const newline = Uint8Array.of(10)

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Turned {
  readonly matrix: readonly [number, number, number, number, number, number]
  readonly width: number
  readonly height: number
}

/** The transformation that draws a rotated page upright, from its box to the origin. */
function turn(page: PDFPage, { x, y, width, height }: Box): Turned {
  const angle = (((Math.round(page.getRotation().angle / 90) * 90) % 360) + 360) % 360
  switch (angle) {
    case 90:
      return { matrix: [0, -1, 1, 0, -y, x + width], width: height, height: width }
    case 180:
      return { matrix: [-1, 0, 0, -1, x + width, y + height], width, height }
    case 270:
      return { matrix: [0, 1, -1, 0, y + height, -x], width: height, height: width }
    default:
      return { matrix: [1, 0, 0, 1, -x, -y], width, height }
  }
}

interface Appearance {
  readonly stream: PDFStream
  readonly operators: readonly PDFOperator[]
}

const hidden = 2
const notOnScreen = 32

/** How the annotations of a page look: stamps, remarks, and the boxes of a filled form. */
function appearancesOf(page: PDFPage): readonly Appearance[] {
  const annotations = page.node.Annots()
  if (annotations === undefined) return []
  return Array.from({ length: annotations.size() }, (_, index) =>
    annotations.lookup(index),
  ).flatMap((annotation) => {
    if (!(annotation instanceof PDFDict)) return []
    const kind = annotation.lookup(PDFName.of('Subtype'))
    const flags = annotation.lookup(PDFName.of('F'))
    const isUnseen = flags instanceof PDFNumber && (flags.asNumber() & (hidden | notOnScreen)) !== 0
    if (isUnseen || kind === PDFName.of('Popup') || kind === PDFName.of('Link')) return []
    const stream = normalAppearance(annotation)
    const rectangle = annotation.lookup(PDFName.of('Rect'))
    if (stream === undefined) {
      if (kind === PDFName.of('Widget') && holdsText(annotation))
        throw new UnusableFile(
          'the PDF has form fields that are filled and not drawn; print it to a new PDF and attach that',
        )
      return []
    }
    if (!(rectangle instanceof PDFArray)) return []
    const operators = fit(stream.dict, rectangle.asRectangle())
    return operators === undefined ? [] : [{ stream, operators }]
  })
}

function normalAppearance(annotation: PDFDict): PDFStream | undefined {
  const appearances = annotation.lookup(PDFName.of('AP'))
  const normal = appearances instanceof PDFDict ? appearances.lookup(PDFName.of('N')) : undefined
  if (normal instanceof PDFStream) return normal
  const state = annotation.lookup(PDFName.of('AS'))
  const chosen =
    normal instanceof PDFDict && state instanceof PDFName ? normal.lookup(state) : undefined
  return chosen instanceof PDFStream ? chosen : undefined
}

/** A box of text with a value, its own or its field's. A box to tick that is off has no appearance, and needs none. */
function holdsText(widget: PDFDict): boolean {
  const parent = widget.lookup(PDFName.of('Parent'))
  const owners = [widget, ...(parent instanceof PDFDict ? [parent] : [])]
  return owners.some((owner) => {
    const value = owner.lookup(PDFName.of('V'))
    return (
      (value instanceof PDFString || value instanceof PDFHexString) && value.decodeText() !== ''
    )
  })
}

/** Brings an appearance into its rectangle (ISO 32000-2, 12.5.5). Undefined for one without an area. */
function fit(dict: PDFDict, rectangle: Box): readonly PDFOperator[] | undefined {
  const box = dict.lookup(PDFName.of('BBox'))
  if (!(box instanceof PDFArray)) return undefined
  const { x, y, width, height } = box.asRectangle()
  const given = dict.lookup(PDFName.of('Matrix'))
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] =
    given instanceof PDFArray
      ? given.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : 0))
      : []
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ].map(([cx = 0, cy = 0]) => ({ x: a * cx + c * cy + e, y: b * cx + d * cy + f }))
  const left = Math.min(...corners.map((corner) => corner.x))
  const bottom = Math.min(...corners.map((corner) => corner.y))
  const wide = Math.max(...corners.map((corner) => corner.x)) - left
  const high = Math.max(...corners.map((corner) => corner.y)) - bottom
  if (!(wide > 0 && high > 0 && rectangle.width > 0 && rectangle.height > 0)) return undefined
  const [scaleX, scaleY] = [rectangle.width / wide, rectangle.height / high]
  return [
    concatTransformationMatrix(
      scaleX,
      0,
      0,
      scaleY,
      rectangle.x - left * scaleX,
      rectangle.y - bottom * scaleY,
    ),
  ]
}
