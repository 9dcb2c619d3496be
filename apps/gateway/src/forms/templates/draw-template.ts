import {
  type PDFDocument,
  type PDFFont,
  type PDFForm,
  type PDFPage,
  PDFDocument as Document,
  rgb,
  StandardFonts,
} from '@cantoo/pdf-lib'
import {
  attestation,
  criteriaRows,
  edition,
  narrativeField,
  page as paper,
  sections,
  subtitle,
  title,
  urgencyBoxes,
} from './general-request.ts'

const ink = rgb(0.09, 0.13, 0.2)
const quiet = rgb(0.36, 0.42, 0.5)
const accent = rgb(0.06, 0.35, 0.42)
const paleFill = rgb(0.965, 0.975, 0.985)
const line = rgb(0.78, 0.82, 0.87)

const gutter = 6
const labelSize = 6.2
const fieldHeight = 15
const rowHeight = 25.5
const headingHeight = 15

/** Draws the blank form, with its fields named by role. */
export async function drawTemplate(): Promise<Uint8Array> {
  const document = await Document.create()
  const regular = await document.embedFont(StandardFonts.Helvetica)
  const bold = await document.embedFont(StandardFonts.HelveticaBold)
  const page = document.addPage([paper.width, paper.height])
  const pen = new Pen(document, page, regular, bold)
  pen.header()
  for (const section of sections) {
    pen.heading(section.heading)
    for (const row of section.rows) pen.row(row)
  }
  pen.urgency()
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
  /** The next free height, from the bottom of the page. */
  #y = paper.height - paper.margin
  readonly #width = paper.width - 2 * paper.margin

  constructor(document: PDFDocument, page: PDFPage, regular: PDFFont, bold: PDFFont) {
    this.#page = page
    this.#form = document.getForm()
    this.#regular = regular
    this.#bold = bold
  }

  header(): void {
    this.#page.drawRectangle({
      x: 0,
      y: paper.height - 8,
      width: paper.width,
      height: 8,
      color: accent,
    })
    this.#text(title, paper.margin, this.#y - 14, 16, this.#bold, ink)
    this.#text(subtitle, paper.margin, this.#y - 26, 7.5, this.#regular, quiet)
    const width = this.#regular.widthOfTextAtSize(edition, 6.5)
    this.#text(edition, paper.width - paper.margin - width, this.#y - 10, 6.5, this.#regular, quiet)
    this.#y -= 34
  }

  heading(text: string): void {
    this.#y -= headingHeight
    this.#text(text.toUpperCase(), paper.margin, this.#y + 4, 7.5, this.#bold, accent)
    this.#page.drawLine({
      start: { x: paper.margin, y: this.#y },
      end: { x: paper.margin + this.#width, y: this.#y },
      thickness: 0.7,
      color: accent,
    })
    this.#y -= 3
  }

  row(
    cells: readonly { readonly label: string; readonly columns: number; readonly role: string }[],
  ): void {
    const column = (this.#width + gutter) / 12
    let x: number = paper.margin
    for (const { label, columns, role } of cells) {
      const width = column * columns - gutter
      this.#text(label, x, this.#y - 7, labelSize, this.#regular, quiet)
      this.#field(role, x, this.#y - 9.5 - fieldHeight, width, fieldHeight)
      x += column * columns
    }
    this.#y -= rowHeight
  }

  urgency(): void {
    let x: number = paper.margin
    for (const { label, role } of urgencyBoxes) {
      this.#checkBox(role, x, this.#y - 11)
      this.#text(label, x + 14, this.#y - 8.5, 8, this.#regular, ink)
      x += 110
    }
    this.#y -= 15
  }

  criteria(): void {
    this.heading("The payer's criteria")
    const answerWidth = 62
    for (let row = 1; row <= criteriaRows; row += 1) {
      this.#field(
        `criterion[${row}].question`,
        paper.margin,
        this.#y - 12.5,
        this.#width - answerWidth - gutter,
        12.5,
      )
      this.#field(
        `criterion[${row}].answer`,
        paper.margin + this.#width - answerWidth,
        this.#y - 12.5,
        answerWidth,
        12.5,
      )
      this.#y -= 14
    }
  }

  justification(): void {
    this.heading('Clinical justification')
    const height = this.#y - paper.margin - 62
    this.#field(narrativeField, paper.margin, this.#y - height, this.#width, height, true)
    this.#y -= height
  }

  attestation(): void {
    this.heading('Attestation: for the requesting provider')
    this.#checkBox(attestation.field, paper.margin, this.#y - 12)
    this.#text(attestation.text, paper.margin + 14, this.#y - 9.5, 8, this.#regular, ink)
    this.#y -= 16
    this.#text('Signature', paper.margin, this.#y - 7, labelSize, this.#regular, quiet)
    this.#field(attestation.signatureField, paper.margin, this.#y - 26, this.#width * 0.7, 17)
    this.#text(
      'Date',
      paper.margin + this.#width * 0.7 + gutter,
      this.#y - 7,
      labelSize,
      this.#regular,
      quiet,
    )
    this.#field(
      attestation.signatureDateField,
      paper.margin + this.#width * 0.7 + gutter,
      this.#y - 26,
      this.#width * 0.3 - gutter,
      17,
    )
  }

  #field(
    name: string,
    x: number,
    y: number,
    width: number,
    height: number,
    isMultiline = false,
  ): void {
    const field = this.#form.createTextField(name)
    if (isMultiline) field.enableMultiline()
    field.addToPage(this.#page, {
      x,
      y,
      width,
      height,
      borderWidth: 0.5,
      borderColor: line,
      backgroundColor: paleFill,
      textColor: ink,
      font: this.#regular,
    })
  }

  #checkBox(name: string, x: number, y: number): void {
    this.#form.createCheckBox(name).addToPage(this.#page, {
      x,
      y,
      width: 10,
      height: 10,
      borderWidth: 0.7,
      borderColor: quiet,
      backgroundColor: paleFill,
      textColor: ink,
    })
  }

  #text(text: string, x: number, y: number, size: number, font: PDFFont, color: typeof ink): void {
    this.#page.drawText(text, { x, y, size, font, color })
  }
}
