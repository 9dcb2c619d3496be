import { type PDFFont, PDFDocument, rgb } from '@cantoo/pdf-lib'
import { charactersOf } from '../paper/font.ts'
import { type Measure, wrap } from '../paper/fit-text.ts'
import { plainText, renderable } from '../paper/plain-text.ts'
import { drawArtifact, Tagging } from '../paper/tagging.ts'
import { openOptions } from '../read-back.ts'

/** A prepared attachment, with the name that the person's file has. */
export interface NamedAttachment {
  readonly name: string
  readonly pdf: Uint8Array
}

const ink = rgb(0.09, 0.13, 0.2)
const size = 9
const margin = 24
const fromTop = 22
const gap = 12

/**
 * Adds the pages of each attachment, each with a label, because pages of a fax may be separated. In a tagged document each page is a
 * figure, whose text says which page of which attachment it is: its content was redrawn and has no tags.
 */
export async function appendPages(
  document: PDFDocument,
  attachments: readonly NamedAttachment[],
  font: PDFFont,
  measure: Measure,
): Promise<void> {
  const known = charactersOf(font)
  const tagging = Tagging.of(document)
  for (const [index, { name, pdf }] of attachments.entries()) {
    const source = await PDFDocument.load(pdf, openOptions)
    const pages = await document.copyPages(source, source.getPageIndices())
    const section = tagging?.add('Sect')
    const plainName = plainText(name).replaceAll('\n', ' ')
    for (const [at, page] of pages.entries()) {
      document.addPage(page)
      page.setFont(font)
      const place = `Attachment ${index + 1} of ${attachments.length}`
      const title = `${place}: ${plainName}`
      const sheet = `page ${at + 1} of ${pages.length}`
      const sheetWidth = measure.widthOfTextAtSize(sheet, size)
      const width = page.getWidth() - 2 * margin
      const [line = place] = wrap(
        renderable(title, known).text,
        width - sheetWidth - gap,
        size,
        measure,
      )
      const look = { y: page.getHeight() - fromTop, size, color: ink }
      const drawTitle = () => page.drawText(line, { ...look, x: margin })
      const drawSheet = () => page.drawText(sheet, { ...look, x: margin + width - sheetWidth })
      if (tagging === undefined || section === undefined) {
        drawTitle()
        drawSheet()
        continue
      }
      const heading = at === 0 ? tagging.add('H2', section) : undefined
      const box = { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() }
      const text = `Attachment: ${plainName}, ${sheet}`
      tagging.markAll(page, tagging.addFigure(section, text, box))
      if (heading === undefined) drawArtifact(page, drawTitle)
      else tagging.mark(page, heading, drawTitle)
      // The text of the figure says the same.
      drawArtifact(page, drawSheet)
    }
  }
}
