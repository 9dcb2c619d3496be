import type { PDFDocument, PDFFont, PDFPage } from '@cantoo/pdf-lib'
import { lineHeight, type Measure, wrap } from './fit-text.ts'
import { ink, quiet } from './templates/draw-template.ts'
import { page as paper, title } from './templates/general-request.ts'

/** A part of the addendum, referred to from the form as `A-number`. */
export interface AddendumPart {
  readonly heading: string
  readonly text: string
}

const textSize = 9
const headingSize = 10

/** Draws the parts on as many pages as they need, numbered. */
export function drawAddendum(
  document: PDFDocument,
  parts: readonly AddendumPart[],
  font: PDFFont,
  measure: Measure,
): void {
  const pages: PDFPage[] = []
  const width = paper.width - 2 * paper.margin
  let y = 0
  const turnPage = () => {
    pages.push(document.addPage([paper.width, paper.height]))
    y = paper.height - paper.margin - 30
  }
  const write = (text: string, size: number, color: typeof ink) => {
    if (y - size * lineHeight < paper.margin + 14) turnPage()
    y -= size * lineHeight
    pages.at(-1)?.drawText(text, { x: paper.margin, y, size, font, color })
  }
  turnPage()
  for (const { heading, text } of parts) {
    y -= 8
    for (const line of wrap(heading, width, headingSize, measure)) write(line, headingSize, ink)
    y -= 2
    for (const line of wrap(text, width, textSize, measure)) write(line, textSize, ink)
  }
  for (const [index, page] of pages.entries()) {
    page.drawText(`${title}: addendum, page ${index + 1} of ${pages.length}`, {
      x: paper.margin,
      y: paper.height - paper.margin - 10,
      size: 11,
      font,
      color: quiet,
    })
  }
}
