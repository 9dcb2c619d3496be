import { OPS, type PDFDocumentProxy, type PDFPageProxy, getDocument } from 'unpdf/pdfjs'
import type { TextLimits, UnreadPart } from '../note-text.ts'
import { layOutPage, type Piece } from './page-layout.ts'

export type PdfText =
  | { readonly pages: readonly string[]; readonly unreadParts: readonly UnreadPart[] }
  | { readonly reason: string }

const contentType = 'application/pdf'
/** A page with fewer letters may be a scan with a fax stamp, so its pictures are examined. */
const fewLetters = 150
/** A picture that covers this share of a page is a scan of the page. */
const scanShare = 0.4

/** The text layer of a PDF, page by page. Scanned pages, and pages that cannot be read, are unread parts. */
export async function pdfToText(bytes: Uint8Array, limits: TextLimits): Promise<PdfText> {
  let document: PDFDocumentProxy
  try {
    document = await getDocument({
      // pdf.js takes ownership of the bytes, so it gets a copy.
      data: Uint8Array.from(bytes),
      verbosity: 0,
      stopAtErrors: true,
      disableFontFace: true,
      useSystemFonts: false,
      useWasm: false,
    }).promise
  } catch (error) {
    const isEncrypted = error instanceof Error && error.name === 'PasswordException'
    return { reason: isEncrypted ? 'is an encrypted PDF' : 'is an invalid PDF' }
  }
  try {
    return await readPages(document, limits)
  } finally {
    await document.loadingTask.destroy()
  }
}

async function readPages(document: PDFDocumentProxy, limits: TextLimits): Promise<PdfText> {
  const pages: string[] = []
  const scanned: number[] = []
  const broken: number[] = []
  const struck: number[] = []
  let characters = 0
  let number = 1
  const last = Math.min(document.numPages, limits.maxPdfPages)
  // The file can claim any page count: reading stops after a few missing pages.
  for (; number <= last && characters <= limits.maxCharacters && broken.length < 10; number += 1) {
    try {
      const page = await document.getPage(number)
      const { text, isScan, isStruck } = await readPage(page)
      page.cleanup()
      if (isScan) scanned.push(number)
      if (isStruck) struck.push(number)
      if (text !== '') pages.push(text)
      characters += text.length
    } catch {
      broken.push(number)
    }
  }
  const unreadParts = [
    ...part(scanned, 'without a text layer (scanned)'),
    ...part(broken, 'that cannot be read'),
    ...part(struck, 'with text struck out by hand'),
    ...(number <= document.numPages
      ? [
          {
            contentType,
            reason: `pages from ${number} on were not read (${document.numPages} pages)`,
          },
        ]
      : []),
  ]
  if (pages.length === 0) return { reason: unreadParts[0]?.reason ?? 'is a PDF without text' }
  return { pages, unreadParts }
}

function part(pages: readonly number[], what: string): readonly UnreadPart[] {
  if (pages.length === 0) return []
  const named = pages.length > 10 ? `${pages.slice(0, 10).join(', ')} and more` : pages.join(', ')
  return [{ contentType, reason: `${pages.length === 1 ? 'a page' : 'pages'} ${what}: ${named}` }]
}

async function readPage(page: PDFPageProxy) {
  const { items } = await page.getTextContent()
  const pieces: Piece[] = []
  for (const item of items) {
    if (!('str' in item)) continue
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as readonly number[]
    const size = Math.hypot(a, b) || item.height || 10
    // Vertical text (a stamp in the margin) does not belong to the lines.
    if (Math.abs(b) > Math.abs(a)) continue
    pieces.push({ text: item.str, x, y, width: item.width, size })
  }
  const { fields, isStruck } = await readAnnotations(page)
  pieces.push(...fields)
  const text = layOutPage(pieces).join('\n')
  const letters = text.replaceAll(/\s/g, '').length
  return { text, isScan: letters < fewLetters && (await showsScan(page, letters === 0)), isStruck }
}

/** The values of form fields, with their positions on the page. */
async function readAnnotations(
  page: PDFPageProxy,
): Promise<{ fields: readonly Piece[]; isStruck: boolean }> {
  const fields: Piece[] = []
  let isStruck = false
  for (const annotation of (await page.getAnnotations()) as readonly Annotation[]) {
    if (annotation.subtype === 'StrikeOut') isStruck = true
    const text =
      annotation.subtype === 'Widget' && annotation.hidden !== true
        ? fieldText(annotation)
        : undefined
    const [x = 0, y = 0, end = 0, top = 0] = annotation.rect ?? []
    if (text !== undefined && text !== '')
      fields.push({
        text,
        x,
        y: y + Math.max(0, (top - y - 10) / 2),
        width: Math.max(0, end - x),
        size: 10,
      })
  }
  return { fields, isStruck }
}

/** The used part of pdf.js's annotations, which it types as any. */
interface Annotation {
  readonly subtype?: string
  readonly hidden?: boolean
  readonly rect?: readonly number[]
  readonly checkBox?: boolean
  readonly radioButton?: boolean
  readonly fieldType?: string
  readonly fieldValue?: unknown
  readonly exportValue?: unknown
  readonly buttonValue?: unknown
}

function fieldText(annotation: Annotation): string | undefined {
  const { fieldValue: value, checkBox, radioButton } = annotation
  if (checkBox === true || radioButton === true) {
    const own = checkBox === true ? annotation.exportValue : annotation.buttonValue
    return value !== undefined && value !== null && value !== 'Off' && value === own ? '[x]' : '[ ]'
  }
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join(', ')
  return typeof value === 'string' ? value.trim() : undefined
}

/** Whether a page is a scan. A page without text that draws anything counts as one, because its letters may be drawn as lines. */
async function showsScan(page: PDFPageProxy, hasNoText: boolean): Promise<boolean> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view
  const pageArea = Math.abs((right - left) * (top - bottom))
  const outer: Matrix[] = []
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  for (const [index, operator] of fnArray.entries()) {
    if (operator === OPS.save) outer.push(matrix)
    else if (operator === OPS.restore) matrix = outer.pop() ?? matrix
    else if (operator === OPS.transform) matrix = times(matrix, argsArray[index] as Matrix)
    else if (imageOperators.has(operator)) {
      const [a, b, c, d] = matrix
      if (hasNoText || Math.abs(a * d - b * c) >= scanShare * pageArea) return true
    } else if (hasNoText && operator === OPS.constructPath) return true
  }
  return false
}

type Matrix = readonly [number, number, number, number, number, number]

const imageOperators: ReadonlySet<number> = new Set([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageMaskXObjectRepeat,
])

function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ]
}
