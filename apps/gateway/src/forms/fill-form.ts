import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PDFCheckBox, PDFDocument, type PDFFont, PDFTextField } from '@cantoo/pdf-lib'
import { type FormContent, type FormRole, formRoles } from '@authscript/prior-auth'
import * as fontkit from 'fontkit'
import { type AddendumPart, drawAddendum } from './addendum.ts'
import { type Box, fitText, type Measure } from './fit-text.ts'
import type { FilledForm } from './form-filler.ts'
import { plainText, renderable } from './plain-text.ts'
import { drawTemplate } from './templates/draw-template.ts'
import { answerWords, criteriaRows, labels, title } from './templates/general-request.ts'

/** Template and content do not fit together: a fault of ours, not of the chart. */
export class FormTemplateFault extends Error {
  override readonly name = 'FormTemplateFault'
}

const fontFile = createRequire(import.meta.url).resolve(
  'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
)
const preferredSize = 9
/** Our choice: in 6 pt a faxed page could not be read back without doubt. */
const smallestSize = 7
const padding = 3
/** No form has a date of its own making: the same content gives the same bytes. */
const epoch = new Date(0)

let blank: Promise<Uint8Array> | undefined

/** Fills our general request form: every value measured against its box, what does not fit on a numbered addendum. */
export async function fillForm(content: FormContent): Promise<FilledForm> {
  blank ??= drawTemplate()
  const document = await PDFDocument.load(await blank, { updateMetadata: false })
  document.registerFontkit(fontkit as never)
  const font = await document.embedFont(readFileSync(fontFile), { subset: true })
  const filling = new Filling(document, font)

  for (const role of formRoles) {
    const value = content.values[role]
    if (value !== undefined) filling.write(role, value, labels[role], role)
  }
  if (content.urgency !== undefined) filling.check(`urgency.${content.urgency}`)
  for (const [index, { question, answer }] of content.criteria.slice(0, criteriaRows).entries()) {
    filling.write(`criterion.${index + 1}.question`, question, `Criterion ${index + 1}`)
    filling.write(`criterion.${index + 1}.answer`, answerWords[answer], `Answer ${index + 1}`)
  }
  filling.finish(content)

  document.setTitle(title)
  document.setProducer('AuthScript Gateway')
  document.setCreator('AuthScript Gateway')
  document.setCreationDate(epoch)
  document.setModificationDate(epoch)
  const pdf = await document.save({ updateFieldAppearances: false })
  await checkReadBack(pdf, filling.written)
  return {
    pdf,
    pages: document.getPageCount(),
    continuedRoles: filling.continuedRoles,
    unrenderableRoles: filling.unrenderableRoles,
    sha256: createHash('sha256').update(pdf).digest('hex'),
  }
}

class Filling {
  readonly #document: PDFDocument
  readonly #font: PDFFont
  readonly #measure: Measure
  readonly #known: ReadonlySet<number>
  readonly #parts: AddendumPart[] = []
  readonly written = new Map<string, string>()
  readonly continuedRoles: FormRole[] = []
  readonly unrenderableRoles: string[] = []

  constructor(document: PDFDocument, font: PDFFont) {
    this.#document = document
    this.#font = font
    this.#measure = measureOnce(font)
    this.#known = new Set(font.getCharacterSet())
  }

  write(name: string, raw: string, label: string, role?: FormRole): void {
    const field = this.#textField(name)
    const text = this.#shown(raw, label)
    const box = boxOf(field)
    const fitted = fitText(text, box, this.#measure)
    const reference = `see addendum A-${this.#parts.length + 1}`
    if (fitted.rest !== '') {
      this.#parts.push({ heading: `A-${this.#parts.length + 1}  ${label}`, text })
      if (role !== undefined) this.continuedRoles.push(role)
    }
    const lines =
      fitted.rest === ''
        ? fitted.lines
        : [
            ...fitted.lines.slice(0, -1),
            box.isMultiline ? `(${reference} for the whole text)` : reference,
          ]
    const value = lines.join('\n')
    field.setText(value)
    field.setFontSize(fitted.size)
    field.updateAppearances(this.#font)
    this.written.set(name, value)
  }

  check(name: string): void {
    const field = this.#document.getForm().getFieldMaybe(name)
    if (!(field instanceof PDFCheckBox))
      throw new FormTemplateFault(`the form has no check box ${name}`)
    field.check()
  }

  /** The addendum: first what did not fit, then each answer with what it rests on. */
  finish(content: FormContent): void {
    const evidence = content.criteria.map(
      ({ question, answer, reason, evidence: found }, index) => ({
        heading: this.#shown(`${index + 1}. ${question}  ${answerWords[answer]}`, 'Criteria'),
        text: this.#shown([`${reason}.`, ...found.map((one) => `- ${one}`)].join('\n'), 'Criteria'),
      }),
    )
    const marks =
      this.unrenderableRoles.length === 0
        ? []
        : [
            {
              heading: 'Characters that this form cannot print',
              text: `Some characters were replaced by a mark in: ${[...new Set(this.unrenderableRoles)].join(', ')}. See the chart.`,
            },
          ]
    const parts = [...this.#parts, ...marks, ...evidence]
    if (parts.length > 0) drawAddendum(this.#document, parts, this.#font, this.#measure)
  }

  #textField(name: string): PDFTextField {
    const field = this.#document.getForm().getFieldMaybe(name)
    if (!(field instanceof PDFTextField))
      throw new FormTemplateFault(`the form has no text field ${name}`)
    return field
  }

  #shown(raw: string, label: string): string {
    const { text, isWhole } = renderable(plainText(raw), this.#known)
    if (!isWhole) this.unrenderableRoles.push(label)
    return text
  }
}

/** Laying a text out is slow, and its width grows with the size: each word is measured once. */
function measureOnce(font: PDFFont): Measure {
  const widths = new Map<string, number>()
  return {
    widthOfTextAtSize(text, size) {
      let width = widths.get(text)
      if (width === undefined) {
        width = font.widthOfTextAtSize(text, 1)
        widths.set(text, width)
      }
      return width * size
    },
  }
}

function boxOf(field: PDFTextField): Box {
  const [widget] = field.acroField.getWidgets()
  if (widget === undefined) throw new FormTemplateFault(`field ${field.getName()} has no box`)
  const { width, height } = widget.getRectangle()
  return {
    // Some forms have boxes of negative height; ours do not, others' may.
    width: Math.abs(width) - 2 * padding,
    height: Math.abs(height) - 2 * padding,
    isMultiline: field.isMultiline(),
    maxSize: preferredSize,
    minSize: smallestSize,
  }
}

/** Opens the finished form as a stranger would, and compares: what is on paper is what was meant. */
async function checkReadBack(pdf: Uint8Array, written: ReadonlyMap<string, string>): Promise<void> {
  const form = (await PDFDocument.load(pdf, { updateMetadata: false })).getForm()
  for (const [name, value] of written) {
    if ((form.getTextField(name).getText() ?? '') !== value) {
      throw new FormTemplateFault(
        `field ${name} of the finished form does not hold what was written`,
      )
    }
  }
}
