import {
  type PDFDocument,
  type PDFField,
  type PDFFont,
  type PDFForm,
  PDFHexString,
  PDFName,
  type PDFPage,
  PDFDocument as Document,
  PDFRef,
  rgb,
} from '@cantoo/pdf-lib'
import { embedFont } from '../paper/font.ts'
import { drawArtifact, type TagName, Tagging } from '../paper/tagging.ts'
import {
  attestation,
  type Cell,
  criteriaRows,
  edition,
  narrativeField,
  page as paper,
  sections,
  subtitle,
  title,
} from './general-request.ts'

const ink = rgb(0.09, 0.13, 0.2)
const quiet = rgb(0.36, 0.42, 0.5)
const accent = rgb(0.06, 0.35, 0.42)
const paleFill = rgb(0.965, 0.975, 0.985)
const line = rgb(0.78, 0.82, 0.87)

const gutter = 6
const labelSize = 6.2
const fieldHeight = 15
const rowHeight = 25
const headingHeight = 15

/** Draws the blank form, with its fields named by role. */
export async function drawTemplate(): Promise<Uint8Array> {
  const document = await Document.create()
  // Embedded, so that every viewer shows the same letters.
  const regular = await embedFont(document)
  const bold = await embedFont(document, 'bold')
  const page = document.addPage([paper.width, paper.height])
  const pen = new Pen(document, page, regular, bold)
  pen.header()
  for (const { heading, boxes, rows } of sections) {
    pen.heading(heading)
    if (boxes !== undefined) pen.boxes(boxes)
    for (const row of rows) pen.row(row)
  }
  pen.criteria()
  pen.justification()
  pen.attestation()
  document.setTitle(title)
  return document.save({ updateFieldAppearances: false })
}

class Pen {
  readonly #page: PDFPage
  readonly #form: PDFForm
  readonly #regular: PDFFont
  readonly #bold: PDFFont
  readonly #tagging: Tagging
  /** The next free height, from the bottom of the page. */
  #y = paper.height - paper.margin
  readonly #width = paper.width - 2 * paper.margin

  constructor(document: PDFDocument, page: PDFPage, regular: PDFFont, bold: PDFFont) {
    this.#page = page
    this.#form = document.getForm()
    this.#regular = regular
    this.#bold = bold
    this.#tagging = Tagging.begin(document)
  }

  header(): void {
    drawArtifact(this.#page, () =>
      this.#page.drawRectangle({
        x: 0,
        y: paper.height - 8,
        width: paper.width,
        height: 8,
        color: accent,
      }),
    )
    this.#text('H1', title, { x: paper.margin, y: this.#y - 14, size: 16, font: this.#bold })
    this.#text('P', subtitle, { x: paper.margin, y: this.#y - 26, size: 7.5, color: quiet })
    const width = this.#regular.widthOfTextAtSize(edition, 6.5)
    this.#text('P', edition, {
      x: paper.width - paper.margin - width,
      y: this.#y - 10,
      size: 6.5,
      color: quiet,
    })
    this.#y -= 30
  }

  heading(text: string): void {
    this.#y -= headingHeight
    this.#text('H2', text.toUpperCase(), {
      x: paper.margin,
      y: this.#y + 4,
      size: 7.5,
      font: this.#bold,
      color: accent,
    })
    drawArtifact(this.#page, () =>
      this.#page.drawLine({
        start: { x: paper.margin, y: this.#y },
        end: { x: paper.margin + this.#width, y: this.#y },
        thickness: 0.7,
        color: accent,
      }),
    )
    this.#y -= 3
  }

  row(cells: readonly Cell[]): void {
    const column = (this.#width + gutter) / 12
    let x: number = paper.margin
    for (const { label, columns, role } of cells) {
      const width = column * columns - gutter
      this.#text('P', label, { x, y: this.#y - 7, size: labelSize, color: quiet })
      this.#field(role, label, { x, y: this.#y - 9.5 - fieldHeight, width, height: fieldHeight })
      x += column * columns
    }
    this.#y -= rowHeight
  }

  boxes(boxes: readonly Omit<Cell, 'columns'>[]): void {
    let x: number = paper.margin
    for (const { label, role } of boxes) {
      this.#checkBox(role, label, x, this.#y - 11)
      this.#text('P', label, { x: x + 14, y: this.#y - 8.5, size: 8 })
      x += this.#width / boxes.length
    }
    this.#y -= 13
  }

  criteria(): void {
    this.heading('Criteria')
    const answerWidth = 62
    for (let row = 1; row <= criteriaRows; row += 1) {
      const y = this.#y - 12.5
      this.#field(`criterion[${row}].question`, `Question ${row}`, {
        x: paper.margin,
        y,
        width: this.#width - answerWidth - gutter,
        height: 12.5,
      })
      this.#field(`criterion[${row}].answer`, `Answer to question ${row}`, {
        x: paper.margin + this.#width - answerWidth,
        y,
        width: answerWidth,
        height: 12.5,
      })
      this.#y -= 13.5
    }
  }

  justification(): void {
    const heading = 'Clinical justification'
    this.heading(heading)
    const height = this.#y - paper.margin - 62
    const place = { x: paper.margin, y: this.#y - height, width: this.#width, height }
    this.#field(narrativeField, heading, place, true)
    this.#y -= height
  }

  attestation(): void {
    this.heading('Attestation: for the requesting provider')
    const { field, text, signatureField, signatureDateField } = attestation
    this.#checkBox(field, text, paper.margin, this.#y - 12)
    this.#text('P', text, { x: paper.margin + 14, y: this.#y - 9.5, size: 8 })
    this.#y -= 16
    const dateX = paper.margin + this.#width * 0.7 + gutter
    const y = this.#y - 26
    this.#text('P', 'Signature', { x: paper.margin, y: this.#y - 7, size: labelSize, color: quiet })
    this.#field(signatureField, 'Signature', {
      x: paper.margin,
      y,
      width: this.#width * 0.7,
      height: 17,
    })
    this.#text('P', 'Date', { x: dateX, y: this.#y - 7, size: labelSize, color: quiet })
    this.#field(signatureDateField, 'Date of the signature', {
      x: dateX,
      y,
      width: this.#width * 0.3 - gutter,
      height: 17,
    })
  }

  #field(
    name: string,
    label: string,
    place: {
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
    },
    isMultiline = false,
  ): void {
    const field = this.#form.createTextField(name)
    if (isMultiline) field.enableMultiline()
    field.addToPage(this.#page, {
      ...place,
      borderWidth: 0.5,
      borderColor: line,
      backgroundColor: paleFill,
      textColor: ink,
      font: this.#regular,
    })
    this.#tagField(field, label)
  }

  #checkBox(name: string, label: string, x: number, y: number): void {
    const field = this.#form.createCheckBox(name)
    field.addToPage(this.#page, {
      x,
      y,
      width: 10,
      height: 10,
      borderWidth: 0.7,
      borderColor: quiet,
      backgroundColor: paleFill,
      textColor: ink,
    })
    this.#tagField(field, label)
  }

  /** The label is what a screen reader says for the box. */
  #tagField({ acroField }: PDFField, label: string): void {
    acroField.dict.set(PDFName.of('TU'), PDFHexString.fromText(label))
    const [widget] = acroField.getWidgets()
    const ref = acroField.Kids()?.get(0)
    if (widget === undefined || !(ref instanceof PDFRef)) return
    this.#tagging.markWidget(this.#page, this.#tagging.add('Form'), widget, ref)
  }

  #text(
    tag: TagName,
    text: string,
    {
      font = this.#regular,
      color = ink,
      ...place
    }: {
      readonly x: number
      readonly y: number
      readonly size: number
      readonly font?: PDFFont
      readonly color?: typeof ink
    },
  ): void {
    this.#tagging.mark(this.#page, this.#tagging.add(tag), () =>
      this.#page.drawText(text, { ...place, font, color }),
    )
  }
}
