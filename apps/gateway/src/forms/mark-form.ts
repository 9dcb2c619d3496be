import { createHash } from 'node:crypto'
import { PDFDocument } from '@cantoo/pdf-lib'
import { readFields } from './map/read-fields.ts'
import { embedFont, measureOnce } from './paper/font.ts'
import { type FormMark, writeMark } from './paper/form-mark.ts'
import { openOptions, ReadBackFault } from './read-back.ts'

export interface MarkedForm {
  readonly pdf: Uint8Array
  readonly sha256: string
}

/**
 * The same form with another mark. Nothing else changes: what was seen before is what is approved.
 *
 * @throws {ReadBackFault} a field or the number of pages is not as before
 */
export async function markForm(pdf: Uint8Array, mark: FormMark): Promise<MarkedForm> {
  const document = await PDFDocument.load(pdf, openOptions)
  const before = { fields: readFields(document), pages: document.getPageCount() }
  const font = await embedFont(document)
  writeMark(document, mark, font, measureOnce(font))
  const marked = await document.save({
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  })
  const reread = await PDFDocument.load(marked, openOptions)
  const after = readFields(reread)
  const changed = [...new Set([...before.fields.keys(), ...after.keys()])].find(
    (name) => before.fields.get(name) !== after.get(name),
  )
  if (changed !== undefined) throw new ReadBackFault(`field "${changed}" changed with the mark`)
  if (reread.getPageCount() !== before.pages)
    throw new ReadBackFault('the number of pages changed with the mark')
  return { pdf: marked, sha256: createHash('sha256').update(marked).digest('hex') }
}
