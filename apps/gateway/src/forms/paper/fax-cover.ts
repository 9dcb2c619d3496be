import { PageSizes, type PDFDocument, type PDFFont, rgb } from '@cantoo/pdf-lib'
import { type Measure, wrap } from './fit-text.ts'
import { charactersOf } from './font.ts'
import { plainText, renderable } from './plain-text.ts'
import { drawArtifact, type Tag, type TagName, Tagging } from './tagging.ts'

/** The first page of a fax. It says nothing about the patient or the service: it may lie on a fax machine where anybody can read it. */
export interface FaxCover {
  readonly to: { readonly name: string; readonly fax: string }
  readonly from: {
    readonly practice: string
    readonly provider?: string
    readonly phone?: string
    readonly fax?: string
  }
  /** As people read it. */
  readonly date: string
  /** Finds the order again, and reveals nothing. */
  readonly reference: string
}

const ink = rgb(0.09, 0.13, 0.2)
const quiet = rgb(0.36, 0.42, 0.5)
const margin = 54
const labelWidth = 110
const textSize = 12
const lineHeight = 17

const notice = `CONFIDENTIAL. This fax contains health information that is protected by law. It is meant only for the recipient named above. If you received it in error, do not read, copy or pass it on: call the sender at once, and destroy every page.`

/** Adds the cover as the first page; the number of pages is that of the whole fax. */
export function addFaxCover(
  document: PDFDocument,
  { to, from, date, reference }: FaxCover,
  font: PDFFont,
  measure: Measure,
): void {
  const page = document.insertPage(0, PageSizes.Letter)
  page.setFont(font)
  const known = charactersOf(font)
  const width = page.getWidth() - 2 * margin
  let y = page.getHeight() - margin
  const tagging = Tagging.of(document)
  const section = tagging?.addFirst('Sect')
  const tag = (kind: TagName) => (section === undefined ? undefined : tagging?.add(kind, section))
  const draw = (own: Tag | undefined, drawing: () => void) => {
    if (tagging === undefined || own === undefined) drawing()
    else tagging.mark(page, own, drawing)
  }
  const write = (own: Tag | undefined, text: string, size: number, x = margin, color = ink) =>
    draw(own, () => page.drawText(text, { x, y, size, color }))

  y -= 28
  write(tag('H1'), 'Fax', 30)
  y -= 22
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['To', to.name],
    ['Fax', to.fax],
    ['From', from.practice],
    ['Provider', from.provider],
    ['Phone', from.phone],
    ['Reply by fax', from.fax],
    ['Date', date],
    ['Pages', `${document.getPageCount()}, this one included`],
    ['Our reference', reference],
  ]
  for (const [label, value] of rows) {
    if (value === undefined || value === '') continue
    y -= 10
    const shown = renderable(plainText(value), known).text
    const lines = wrap(shown, width - labelWidth, textSize, measure).slice(0, 4)
    const row = tag('P')
    for (const [index, line] of lines.entries()) {
      y -= lineHeight
      if (index === 0) write(row, label, textSize, margin, quiet)
      write(row, line, textSize, margin + labelWidth)
    }
    if (label === 'Fax' || label === 'Reply by fax') {
      y -= 12
      const line = () =>
        page.drawLine({
          start: { x: margin, y },
          end: { x: margin + width, y },
          thickness: 0.5,
          color: quiet,
        })
      if (tagging === undefined) line()
      else drawArtifact(page, line)
    }
  }
  y -= 34
  const warning = tag('P')
  for (const line of wrap(notice, width, 11, measure)) {
    y -= 15
    write(warning, line, 11)
  }
}
