import { type PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib'
import { lineHeight, type Measure, wrap } from './fit-text.ts'

/** A part of the addendum, referred to from the form as `A-number`. */
export interface AddendumPart {
  readonly heading: string
  readonly text: string
}

const paper = { width: 612, height: 792, margin: 36 }
const ink = rgb(0.09, 0.13, 0.2)
const quiet = rgb(0.36, 0.42, 0.5)
const textSize = 9
const headingSize = 10
const headHeight = 42

/** Draws the parts on as many pages as they need, numbered, each with `owner`: a page of a fax may come alone. */
export function drawAddendum(
  document: PDFDocument,
  {
    title,
    owner,
    parts,
  }: { readonly title: string; readonly owner: string; readonly parts: readonly AddendumPart[] },
  font: PDFFont,
  measure: Measure,
): void {
  const pages: PDFPage[] = []
  const width = paper.width - 2 * paper.margin
  let y = 0
  const turnPage = () => {
    pages.push(document.addPage([paper.width, paper.height]))
    y = paper.height - paper.margin - headHeight
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
    const head = `Addendum, page ${index + 1} of ${pages.length}: ${title}`
    const lines = [
      ...wrap(head, width, 11, measure).slice(0, 1),
      ...wrap(owner, width, textSize, measure).slice(0, 2),
    ]
    for (const [line, text] of lines.entries()) {
      page.drawText(text, {
        x: paper.margin,
        y: paper.height - paper.margin - 10 - line * 13,
        size: line === 0 ? 11 : textSize,
        font,
        color: line === 0 ? quiet : ink,
      })
    }
  }
}
