import { createHash } from 'node:crypto'
import { PDFDocument } from '@cantoo/pdf-lib'
import { appendPages, type NamedAttachment } from './attachments/append-pages.ts'
import type { FormTemplate } from './map/form-template.ts'
import { readFields } from './map/read-fields.ts'
import { drawSignature, type PlacedSignature } from './paper/draw-signature.ts'
import { addFaxCover, type FaxCover } from './paper/fax-cover.ts'
import { embedFont, measureOnce } from './paper/font.ts'
import { continueMark } from './paper/form-mark.ts'
import { openOptions, ReadBackFault } from './read-back.ts'

/** What is added to a filled form. */
export interface DocumentParts {
  readonly pdf: Uint8Array
  readonly attachments?: readonly NamedAttachment[]
  readonly signature?: PlacedSignature
  readonly cover?: FaxCover
}

export interface AssembledDocument {
  readonly pdf: Uint8Array
  readonly sha256: string
  readonly pages: number
}

/**
 * The form with its addendum, the signature that its signer placed, the attachments, and the first page of a fax: one PDF. The boxes of the
 * form stay as they are.
 *
 * @throws {ReadBackFault} a field of the form is not as before, a page is missing, or the form has no box for a signature
 */
export async function assembleDocument(
  { pdf, attachments = [], signature, cover }: DocumentParts,
  templates: readonly FormTemplate[],
): Promise<AssembledDocument> {
  const document = await PDFDocument.load(pdf, openOptions)
  const before = readFields(document)
  const formPages = document.getPageCount()
  const font = await embedFont(document)
  const measure = measureOnce(font)
  if (
    signature !== undefined &&
    !(await drawSignature(document, signature, templates, font, measure))
  )
    throw new ReadBackFault('the form has no box for the signature of the requesting provider')
  await appendPages(document, attachments, font, measure)
  continueMark(document)
  const pages = document.getPageCount()
  if (attachments.length > 0 && pages === formPages)
    throw new ReadBackFault('the pages of the attachments are missing')
  if (cover !== undefined) addFaxCover(document, cover, font, measure)
  const assembled = await document.save({
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  })
  const reread = await PDFDocument.load(assembled, openOptions)
  const after = readFields(reread)
  const changed = [...new Set([...before.keys(), ...after.keys()])].find(
    (name) => before.get(name) !== after.get(name),
  )
  if (changed !== undefined)
    throw new ReadBackFault(`field "${changed}" changed while the document was assembled`)
  const expected = pages + (cover === undefined ? 0 : 1)
  if (reread.getPageCount() !== expected)
    throw new ReadBackFault('the assembled document does not have every page')
  return {
    pdf: assembled,
    sha256: createHash('sha256').update(assembled).digest('hex'),
    pages: expected,
  }
}
