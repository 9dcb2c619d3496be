import {
  PDFCheckBox,
  type PDFDocument,
  PDFDropdown,
  type PDFField,
  type PDFFont,
  PDFRadioGroup,
  PDFTextField,
} from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import { answerWords, rowCountsOf, textFor } from './answers.ts'
import { type FieldRole, isCode, labelOf, readRole } from './map/field-role.ts'
import { formFieldOf } from './map/form-field.ts'
import type { FormTemplate, TemplateField } from './map/form-template.ts'
import { addendumPageAfter, type AddendumPart, drawAddendum } from './paper/addendum.ts'
import type { Measure } from './paper/fit-text.ts'
import { measureOnce } from './paper/font.ts'
import { type AddendumPlace, layOut } from './paper/lay-out.ts'
import { plainText, renderable } from './paper/plain-text.ts'
import { boxOf, writeTextBox } from './paper/text-box.ts'

/** The template does not match the PDF: an error of the template, not of the chart. */
export class FormTemplateFault extends Error {
  override readonly name = 'FormTemplateFault'
}

const narrative = 'clinical.narrative'

/** Fills one form: writes the boxes, and collects the parts of the addendum and the notices for the reviewer. */
export class Filling {
  readonly #document: PDFDocument
  /** By name, because pdf-lib reads all fields for every lookup. */
  readonly #fields: ReadonlyMap<string, PDFField>
  readonly #font: PDFFont
  readonly #template: FormTemplate
  readonly #measure: Measure
  readonly #known: ReadonlySet<number>
  readonly #parts: AddendumPart[] = []
  /** Cached, because every box needs it. */
  #nextPlaceCache: AddendumPlace | undefined
  readonly #written = new Map<string, string>()
  readonly #whole = new Map<string, string>()
  readonly continued: string[] = []
  readonly unrenderable: string[] = []
  readonly missingLabels: string[] = []
  /** The missing boxes that a person may fill on the screen, as FormFields. */
  readonly missingFields: string[] = []
  readonly notices: string[] = []

  constructor(document: PDFDocument, font: PDFFont, template: FormTemplate) {
    this.#document = document
    const fields = document.getForm().getFields()
    this.#fields = new Map(fields.map((field) => [field.getName(), field]))
    this.#font = font
    this.#template = template
    this.#measure = measureOnce(font)
    this.#known = new Set(font.getCharacterSet())
  }

  /** What the read-back compares the finished form with. */
  get expected() {
    return {
      written: this.#written,
      continued: this.#whole,
      shown: (text: string) => oneLine(renderable(plainText(text), this.#known).text),
    }
  }

  fill(content: FormContent): void {
    const further = this.#moveFurtherRows(content)
    const story = [...further, content.values[narrative] ?? ''].filter((one) => one !== '')
    const complete = { ...content, values: { ...content.values, [narrative]: story.join('\n') } }
    const isQuestion = ({ role }: TemplateField) => role.kind === 'criterion'
    const { fields } = this.#template
    this.#fillFields(
      fields.filter((field) => !isQuestion(field)),
      complete,
    )
    this.#keepUnplacedNarrative(content)
    // The last row of questions may refer to a page of the addendum, which begins with what did not fit elsewhere.
    const questions = fields.filter(isQuestion)
    this.#fillFields(
      questions.toSorted((one, other) => questionRowOf(one.role) - questionRowOf(other.role)),
      complete,
    )
    this.#drawAddendum(content)
  }

  #fillFields(fields: readonly TemplateField[], content: FormContent): void {
    for (const field of fields) {
      this.#fillField(field, content)
      if (field.isEssential && (this.#written.get(field.name) ?? '') === '')
        this.#addMissing(field, content)
    }
  }

  #textFor(role: FieldRole, content: FormContent): string | undefined {
    const { criteria } = content
    if (role.kind !== 'criterion' || role.row < this.#questionRows || criteria.length <= role.row)
      return textFor(role, content, this.#template)
    // Questions beyond the rows of the form: the last row says where they are.
    if (role.part === 'answer') return undefined
    const before = this.#addendumParts(criteria.slice(0, role.row - 1))
    const page = this.#document.getPageCount() + 1 + addendumPageAfter(before, this.#measure)
    return `Questions ${role.row} to ${criteria.length}: continued on page ${page}`
  }

  get #questionRows(): number {
    return Math.max(0, ...this.#template.fields.map(({ role }) => questionRowOf(role)))
  }

  /** First the texts that did not fit, then each answer with its evidence. */
  #addendumParts(criteria: FormContent['criteria']): readonly AddendumPart[] {
    const evidence = criteria.map(({ question, answer, reason, evidence: found }, index) => ({
      heading: this.#shown(`${index + 1}. ${question}  ${answerWords[answer]}`, 'Criteria'),
      text: this.#shown([`${reason}.`, ...found.map((one) => `- ${one}`)].join('\n'), 'Criteria'),
    }))
    const marks =
      this.unrenderable.length === 0
        ? []
        : [
            {
              heading: 'Characters that this form cannot print',
              text: `Some characters were replaced by a mark in: ${[...new Set(this.unrenderable)].join(', ')}. See the chart.`,
            },
          ]
    return [...this.#parts, ...marks, ...evidence]
  }

  #addMissing({ label, role }: TemplateField, { choices }: FormContent): void {
    this.missingLabels.push(label)
    const field = formFieldOf(role)
    // Of several boxes to tick, one is enough.
    const isAnswered = role.kind === 'tick' && choices[role.choice] !== undefined
    if (field !== undefined && !isAnswered) this.missingFields.push(field)
  }

  #fillField(field: TemplateField, content: FormContent): void {
    const { name, role, label } = field
    const target = this.#fields.get(name)
    if (role.kind === 'tick') {
      if (content.choices[role.choice] === role.value) this.#tick(target, name)
      return
    }
    if (
      target instanceof PDFRadioGroup ||
      (target instanceof PDFDropdown && role.kind === 'choice')
    ) {
      const value = role.kind === 'choice' ? content.choices[role.choice] : undefined
      if (value !== undefined) this.#choose(target, field, field.options?.[value])
      return
    }
    const text = this.#textFor(role, content)
    if (text === undefined || text === '') return
    if (target instanceof PDFDropdown) {
      this.#choose(
        target,
        field,
        target.getOptions().find((one) => one === text),
      )
      return
    }
    if (!(target instanceof PDFTextField))
      throw new FormTemplateFault(`the form has no text field "${name}"`)
    this.#write(target, field, this.#shown(text, label))
  }

  #write(
    target: PDFTextField,
    { name, role, label, maxLength }: TemplateField,
    text: string,
  ): void {
    const box = boxOf(target, { isCode: isCode(role), maxLength })
    const shown = box.isMultiline ? text : oneLine(text)
    const place = this.#nextPlace()
    const { part } = place
    const laid = layOut(shown, box, place, this.#measure)
    if (!laid.isWhole) {
      this.#parts.push({ heading: `${part}  ${label}`, text })
      this.#whole.set(name, shown)
      this.continued.push(role.kind === 'text' ? role.role : label)
      if (!laid.isReferred) {
        this.notices.push(
          `${label} does not fit its box, and the box has no space for a reference: see page ${place.page}, ${part}`,
        )
      }
      this.#checkMayBeAttached(label)
    }
    if (laid.lines.length === 0) return
    // Line breaks are only for display: the value of a field with its whole text has none.
    const value = laid.isWhole ? shown : laid.lines.join('\n')
    writeTextBox(target, { ...laid, value }, this.#font, this.#measure)
    this.#written.set(name, value)
  }

  #tick(target: unknown, name: string): void {
    if (!(target instanceof PDFCheckBox))
      throw new FormTemplateFault(`the form has no check box "${name}"`)
    target.check()
    // Without a drawn mark the box would be ticked for software and blank for people.
    const isDrawn = target.acroField
      .getWidgets()
      .every((widget) => widget.getOnValue() !== undefined)
    if (!isDrawn) target.defaultUpdateAppearances()
    this.#written.set(name, 'on')
  }

  #choose(
    target: PDFRadioGroup | PDFDropdown,
    { name, label }: TemplateField,
    option?: string,
  ): void {
    if (option === undefined) {
      this.notices.push(`${label} was left blank: the form's list does not have the chart's value`)
      return
    }
    target.select(option)
    if (target instanceof PDFDropdown) target.updateAppearances(this.#font)
    this.#written.set(name, option)
  }

  /** Codes without a row go to the addendum, one per line; the form's narrative refers to it. */
  #moveFurtherRows({ services, diagnoses }: FormContent): readonly string[] {
    const rowCounts = rowCountsOf(this.#template)
    const beyond = [
      {
        what: 'Further services',
        rows: services
          .slice(rowCounts.services)
          .map(({ code, description, start, end, quantity }) => [
            code,
            description,
            start,
            end,
            quantity === undefined ? undefined : `quantity ${quantity}`,
          ]),
      },
      {
        what: 'Further diagnoses',
        rows: diagnoses
          .slice(rowCounts.diagnoses)
          .map(({ code, description }) => [code, description]),
      },
    ]
    return beyond.flatMap(({ what, rows }) => {
      if (rows.length === 0) return []
      const { part, page } = this.#nextPlace()
      const lines = rows.map((row) => row.filter((one) => one !== undefined).join('  '))
      this.#parts.push({ heading: `${part}  ${what}`, text: this.#shown(lines.join('\n'), what) })
      this.notices.push(`${what.toLowerCase()}: ${rows.length} on the addendum, ${part}`)
      return [`${what}: continued on page ${page}, ${part}.`]
    })
  }

  /** Where the next part of the addendum begins. */
  #nextPlace(): AddendumPlace {
    const part = `A-${this.#parts.length + 1}`
    if (this.#nextPlaceCache?.part === part) return this.#nextPlaceCache
    const page = this.#document.getPageCount() + 1 + addendumPageAfter(this.#parts, this.#measure)
    this.#nextPlaceCache = { part, page }
    return this.#nextPlaceCache
  }

  #keepUnplacedNarrative({ values }: FormContent): void {
    const text = values[narrative] ?? ''
    const hasBox = this.#template.fields.some(
      ({ role }) => role.kind === 'text' && role.role === narrative,
    )
    if (text === '' || hasBox) return
    const heading = `A-${this.#parts.length + 1}  Clinical narrative`
    this.#parts.push({ heading, text: this.#shown(text, 'Clinical narrative') })
  }

  #checkMayBeAttached(label: string): void {
    const allowed = this.#template.rules.mayBeAttached?.flatMap((word) => {
      const read = readRole(word)
      return read === undefined ? [] : [labelOf(read.role)]
    })
    if (allowed !== undefined && !allowed.includes(label)) {
      this.notices.push(
        `${label} continues on the addendum, which this form allows only for: ${allowed.join(', ')}`,
      )
    }
  }

  #drawAddendum({ subject, criteria }: FormContent): void {
    const parts = this.#addendumParts(criteria)
    const owner = this.expected.shown(
      [
        subject.name,
        subject.birthDate === undefined ? undefined : `born ${subject.birthDate}`,
        subject.memberId === undefined ? undefined : `member ${subject.memberId}`,
      ]
        .filter((one) => one !== undefined)
        .join(', '),
    )
    if (parts.length === 0) return
    const { title } = this.#template
    drawAddendum(this.#document, { title, owner, parts }, this.#font, this.#measure)
  }

  #shown(raw: string, label: string): string {
    const { text, isWhole } = renderable(plainText(raw), this.#known)
    if (!isWhole && !this.unrenderable.includes(label)) this.unrenderable.push(label)
    return text
  }
}

/** 0 for every other box. */
function questionRowOf(role: FieldRole): number {
  return role.kind === 'criterion' ? role.row : 0
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ')
}
