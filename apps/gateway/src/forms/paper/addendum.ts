import { type PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib'
import { lineHeight, type Measure, wrap } from './fit-text.ts'

/** A part of the addendum; the form refers to it as `A-1` and so on. */
export interface AddendumPart {
  readonly heading: string
  readonly text: string
}

interface PlacedLine {
  /** Page of the addendum, starting at 0. */
  readonly page: number
  readonly y: number
  readonly size: number
  readonly text: string
}

const paper = { width: 612, height: 792, margin: 36 }
const ink = rgb(0.09, 0.13, 0.2)
const quiet = rgb(0.36, 0.42, 0.5)
const textSize = 9
const headingSize = 10
const headHeight = 42

/** The page of the addendum (starting at 0) on which the part after these begins. */
export function addendumPageAfter(parts: readonly AddendumPart[], measure: Measure): number {
  return place([...parts, { heading: 'next', text: '' }], measure).at(-1)?.page ?? 0
}

/** Draws the parts on numbered pages, each with `owner`, because pages of a fax may be separated. */
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
  for (const { page, y, size, text } of place(parts, measure)) {
    while (pages.length <= page) pages.push(document.addPage([paper.width, paper.height]))
    pages[page]?.drawText(text, { x: paper.margin, y, size, font, color: ink })
  }
  for (const [index, page] of pages.entries()) {
    const head = `Addendum, page ${index + 1} of ${pages.length}: ${title}`
    const width = paper.width - 2 * paper.margin
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

function place(parts: readonly AddendumPart[], measure: Measure): readonly PlacedLine[] {
  const width = paper.width - 2 * paper.margin
  const top = paper.height - paper.margin - headHeight
  const lines: PlacedLine[] = []
  let page = 0
  let y = top
  const write = (text: string, size: number) => {
    if (y - size * lineHeight < paper.margin + 14) {
      page += 1
      y = top
    }
    y -= size * lineHeight
    lines.push({ page, y, size, text })
  }
  for (const { heading, text } of parts) {
    y -= 8
    for (const line of wrap(heading, width, headingSize, measure)) write(line, headingSize)
    y -= 2
    for (const line of wrap(text, width, textSize, measure)) write(line, textSize)
  }
  return lines
}
