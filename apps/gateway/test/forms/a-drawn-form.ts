import {
  type PDFCheckBox,
  PDFDict,
  PDFDocument,
  type PDFForm,
  PDFName,
  type PDFPage,
} from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import { fillForm } from '../../src/forms/fill-form.ts'
import { fieldMap } from '../../src/forms/map/field-map.ts'
import { noRules } from '../../src/forms/map/form-rules.ts'
import { type LoadedTemplate, loadTemplate } from '../../src/forms/map/load-template.ts'
import { readFields } from '../../src/forms/map/read-fields.ts'
import { aContent } from './a-content.ts'

export interface Drawing {
  readonly document: PDFDocument
  readonly form: PDFForm
  readonly page: PDFPage
  /** A text field of one line. */
  text(name: string, place?: Partial<{ x: number; y: number; width: number }>): TextField
}

type TextField = ReturnType<PDFForm['createTextField']>

/** A blank form as `draw` leaves it, on one page. */
export async function aDrawnForm(draw: (drawing: Drawing) => void): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([612, 792])
  const form = document.getForm()
  draw({
    document,
    form,
    page,
    text(name, { x = 40, y = 700, width = 200 } = {}) {
      const field = form.createTextField(name)
      field.addToPage(page, { x, y, width, height: 16, borderWidth: 0 })
      return field
    },
  })
  return document.save({ updateFieldAppearances: false })
}

/** Check boxes of one name, side by side, each with a state of its own. */
export function addBoxesOfOneName(
  { form, page }: Drawing,
  name: string,
  words: readonly string[],
  y = 700,
): PDFCheckBox {
  const field = form.createCheckBox(name)
  for (const [index, word] of words.entries()) {
    field.addToPage(page, { x: 40 + index * 40, y, width: 10, height: 10 })
    const widget = field.acroField.getWidgets()[index]
    const drawings = widget?.AP()?.lookup(PDFName.of('N'))
    if (!(drawings instanceof PDFDict)) throw new Error('nothing drawn')
    const on = drawings.get(PDFName.of('Yes'))
    drawings.delete(PDFName.of('Yes'))
    if (on !== undefined) drawings.set(PDFName.of(word), on)
  }
  return field
}

/** The fields as they are mapped: a role by name, or whole entries of a map. */
export type MappedFields = Readonly<Record<string, string>> | readonly object[]

export function loadDrawn(pdf: Uint8Array, fields: MappedFields): Promise<LoadedTemplate> {
  const entries = Array.isArray(fields)
    ? fields
    : Object.entries(fields).map(([name, role]) => ({ name, role: role as string }))
  return loadTemplate(pdf, fieldMap.parse({ form: 'drawn', fields: entries }), noRules)
}

/** Fills a drawn form, and opens it again. */
export async function fillDrawn(
  draw: (drawing: Drawing) => void,
  fields: MappedFields,
  content: Partial<FormContent>,
) {
  const { template, faults } = await loadDrawn(await aDrawnForm(draw), fields)
  if (template === undefined) throw new Error(faults.join('\n'))
  const filled = await fillForm(aContent(content), template)
  const document = await PDFDocument.load(filled.pdf, { updateMetadata: false })
  return { filled, document, texts: Object.fromEntries(readFields(document)) }
}
