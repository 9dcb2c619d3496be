import { type PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib'
import { lineHeight, type Measure, wrap } from './fit-text.ts'
import { drawArtifact, type Tag, Tagging } from './tagging.ts'

/** A part of the addendum; the form refers to it as `A-1` and so on. */
export interface AddendumPart {
  readonly heading: string
  readonly text: string
}

interface PlacedLine {
  /** Lines of one paragraph have the same; undefined for what only says where a part continues. */
  readonly paragraph: number | undefined
  readonly isHeading: boolean
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
const headHeight = 55
const noteSize = 8
/** Of the last line of a part and the line that says where it continues, above the mark of the form. */
const lowest = paper.margin + 14

/** The page of the addendum (starting at 0) on which the part after these begins. */
export function addendumPageAfter(parts: readonly AddendumPart[], measure: Measure): number {
  return place([...parts, { heading: 'next', text: '' }], 0, measure).at(-1)?.page ?? 0
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
  const before = document.getPageCount()
  const lines = place(parts, before, measure)
  const pages = Array.from({ length: (lines.at(-1)?.page ?? 0) + 1 }, () =>
    document.addPage([paper.width, paper.height]),
  )
  const tagging = Tagging.of(document)
  const section = tagging?.add('Sect')
  const tags = new Map<number, Tag>()
  for (const [index, page] of pages.entries()) {
    // Once, because the library would otherwise add the font to the page with each text.
    page.setFont(font)
    const heads = headsOf({ title, owner, index, count: pages.length, before }, measure)
    for (const [line, text] of heads.entries()) {
      const draw = () =>
        page.drawText(text, {
          x: paper.margin,
          y: paper.height - paper.margin - 10 - line * 13,
          size: line === 0 ? 11 : textSize,
          color: line === 0 ? quiet : ink,
        })
      // The head of the other pages repeats it, for people with paper.
      if (tagging === undefined) draw()
      else if (index > 0) drawArtifact(page, draw)
      else tagging.mark(page, tagging.add(line === 0 ? 'H2' : 'P', section), draw)
    }
    drawLines(
      page,
      lines.filter((line) => line.page === index),
    )
  }

  function drawLines(page: PDFPage, own: readonly PlacedLine[]): void {
    for (const { paragraph, isHeading, y, size, text } of own) {
      const draw = () => page.drawText(text, { x: paper.margin, y, size, color: ink })
      if (tagging === undefined) {
        draw()
        continue
      }
      if (paragraph === undefined) {
        drawArtifact(page, draw)
        continue
      }
      const tag = tags.get(paragraph) ?? tagging.add(isHeading ? 'H3' : 'P', section)
      tags.set(paragraph, tag)
      tagging.mark(page, tag, draw)
    }
  }
}

interface Head {
  readonly title: string
  readonly owner: string
  readonly index: number
  readonly count: number
  readonly before: number
}

function headsOf({ title, owner, index, count, before }: Head, measure: Measure) {
  const head = `Addendum, page ${index + 1} of ${count} (page ${before + index + 1} of the form)`
  const width = paper.width - 2 * paper.margin
  return [
    head,
    ...wrap(title, width, textSize, measure).slice(0, 1),
    ...wrap(owner, width, textSize, measure).slice(0, 2),
  ]
}

/**
 * `before`: pages of the form before the addendum. A part that continues on the next page says so at the end of the page and at the top
 * of the next.
 */
function place(
  parts: readonly AddendumPart[],
  before: number,
  measure: Measure,
): readonly PlacedLine[] {
  const width = paper.width - 2 * paper.margin
  const top = paper.height - paper.margin - headHeight
  const lines: PlacedLine[] = []
  let page = 0
  let y = top
  let paragraph = 0
  const put = (text: string, size: number, what: Pick<PlacedLine, 'paragraph' | 'isHeading'>) => {
    y -= size * lineHeight
    lines.push({ page, y, size, text, ...what })
  }
  const note = { paragraph: undefined, isHeading: false }
  const fits = (height: number) => y - height >= lowest
  const turn = () => {
    page += 1
    y = top
  }
  for (const { heading, text } of parts) {
    y -= 8
    const headings = wrap(heading, width, headingSize, measure)
    const headingNumber = (paragraph += 1)
    const texts = text.split('\n').flatMap((one) => {
      const number = (paragraph += 1)
      return wrap(one, width, textSize, measure).map((line) => ({ line, number }))
    })
    // A heading is not alone at the end of a page.
    const together = headings.length * headingSize * lineHeight + 2 + 2 * textSize * lineHeight
    if (!fits(together) && y < top) turn()
    for (const line of headings)
      put(line, headingSize, { paragraph: headingNumber, isHeading: true })
    y -= 2
    for (const [index, { line, number }] of texts.entries()) {
      const isLast = index === texts.length - 1
      // Every line but the last leaves space for the line that says where it continues.
      const needed = textSize * lineHeight + (isLast ? 0 : noteSize * lineHeight)
      if (!fits(needed)) {
        put(`Continued on page ${before + page + 2}`, noteSize, note)
        turn()
        put(`${headings[0] ?? ''} (continued)`, noteSize, note)
        y -= 2
      }
      put(line, textSize, { paragraph: number, isHeading: false })
    }
  }
  return lines
}
