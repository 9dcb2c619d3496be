import { type PDFDocument, type PDFField, PDFTextField } from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import { textFor } from './answers.ts'
import { optionFor, writtenIn } from './box-text.ts'
import { type FieldRole, isCode } from './map/field-role.ts'
import type { FormTemplate, TemplateField } from './map/form-template.ts'
import { isList } from './map/list-choice.ts'
import { evenSizes } from './paper/even-sizes.ts'
import { type Box, fitText } from './paper/fit-text.ts'
import { boxOf } from './paper/text-box.ts'
import type { Printing } from './printing.ts'
import { groupOf } from './role-groups.ts'

/** The boxes of an open form: how much text each holds, and in which type size. */
export class FormBoxes {
  readonly #template: FormTemplate
  readonly #printing: Printing
  /** By name, because pdf-lib reads all fields for every lookup. */
  readonly #fields: ReadonlyMap<string, readonly PDFField[]>
  /** Of values that are split: whether their boxes can show them. */
  readonly #splitRoles = new Map<string, boolean>()
  #largestSize: (group: string, size: number) => number = (_group, size) => size

  constructor(document: PDFDocument, template: FormTemplate, printing: Printing) {
    this.#template = template
    this.#printing = printing
    const fields = document.getForm().getFields()
    this.#fields = Map.groupBy(fields, (field) => field.getName())
  }

  /** The fields of this name: some forms have several. */
  fieldsOf(name: string): readonly PDFField[] {
    return this.#fields.get(name) ?? []
  }

  textsOf(name: string): readonly PDFTextField[] {
    return this.fieldsOf(name).filter((one) => one instanceof PDFTextField)
  }

  boxOf(field: TemplateField): Box {
    return boxOf(this.textsOf(field.name), {
      isCode: isCode(field.role),
      maxLength: field.maxLength,
    })
  }

  /** Finds one type size for boxes that look the same. */
  evenOut(content: FormContent): void {
    const sizes = this.#template.fields.flatMap((field) => this.#sizeOf(field, content))
    this.#largestSize = evenSizes(sizes)
  }

  /** The box with the type size that boxes like it have. */
  evenly(box: Box, { role }: TemplateField, text: string): Box {
    if (box.isMultiline) return box
    const { rest, size } = fitText(text, box, this.#printing.measure)
    if (rest !== '') return box
    return { ...box, maxSize: this.#largestSize(groupOf(role).group, size) }
  }

  /** Whether the boxes of a value that is split can show all of it. A part of a name or number could be read as another one. */
  holdsEveryPiece(role: FieldRole, text: string): boolean {
    const key = JSON.stringify(role)
    const known = this.#splitRoles.get(key)
    if (known !== undefined) return known
    const holds = this.#template.fields
      .filter((field) => field.piece !== undefined && JSON.stringify(field.role) === key)
      .every((field) => this.#holdsPiece(field, text))
    this.#splitRoles.set(key, holds)
    return holds
  }

  #holdsPiece(field: TemplateField, text: string): boolean {
    const [target] = this.fieldsOf(field.name)
    if (isList(target)) return optionFor(target.getOptions(), text, field) !== undefined
    if (this.textsOf(field.name).length === 0) return true
    const box = this.boxOf(field)
    const written = writtenIn(box, field, text, this.#printing.measure)
    return written !== undefined && fitText(written, box, this.#printing.measure).rest === ''
  }

  /** The type size that a box would have alone. */
  #sizeOf(field: TemplateField, content: FormContent) {
    const raw = textFor(field.role, content, this.#template)
    if (this.textsOf(field.name).length === 0 || raw === undefined || raw === '') return []
    const box = this.boxOf(field)
    const { measure } = this.#printing
    const text = box.isMultiline
      ? undefined
      : writtenIn(box, field, this.#printing.inLine(raw), measure)
    if (text === undefined || text === '') return []
    const { rest, size } = fitText(text, box, measure)
    return rest === '' ? [{ ...groupOf(field.role), size }] : []
  }
}
