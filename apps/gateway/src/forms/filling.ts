import type { PDFDocument, PDFFont, PDFTextField } from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import { AddendumPlan } from './addendum-plan.ts'
import { textFor } from './answers.ts'
import { chosenValue, optionFor, takesNoReference, writtenIn } from './box-text.ts'
import { beyondEvidence, evidenceOf } from './evidence-list.ts'
import { FillReport } from './fill-report.ts'
import { FormBoxes } from './form-boxes.ts'
import { FormTemplateFault } from './form-template-fault.ts'
import { furtherRowsOf } from './further-rows.ts'
import { type FieldRole, isCode, labelOf, readRole } from './map/field-role.ts'
import type { FormTemplate, TemplateField } from './map/form-template.ts'
import { isList, type ListField, takesOtherTexts } from './map/list-choice.ts'
import { valueKindOf } from './map/value-kind.ts'
import { chooseOption, tickBoxes } from './mark-boxes.ts'
import { drawAddendum } from './paper/addendum.ts'
import type { Box } from './paper/fit-text.ts'
import { type AddendumPlace, layOut } from './paper/lay-out.ts'
import { drawListChoice, listSizeOf, smallestReadable, writeTextBox } from './paper/text-box.ts'
import { oneLine, Printing } from './printing.ts'
import { isNarrative, narrative, questionRowOf } from './role-groups.ts'

/** Fills one form: writes the boxes, and collects the parts of the addendum and the notices for the reviewer. */
export class Filling {
  readonly #document: PDFDocument
  readonly #template: FormTemplate
  readonly #printing: Printing
  readonly #boxes: FormBoxes
  #plan: AddendumPlan
  /** What the narrative says in addition to the evidence, which is printed anyway. */
  #beyondEvidence = ''
  readonly report = new FillReport()

  constructor(document: PDFDocument, font: PDFFont, template: FormTemplate) {
    this.#document = document
    this.#template = template
    this.#printing = new Printing(font, this.report)
    this.#boxes = new FormBoxes(document, template, this.#printing)
    this.#plan = this.#planFor([])
  }

  /** What the read-back compares the finished form with. */
  get expected() {
    const { written, whole } = this.report
    return { written, continued: whole, shown: (text: string) => this.#printing.inLine(text) }
  }

  fill(content: FormContent): void {
    this.#beyondEvidence = beyondEvidence(content.values[narrative] ?? '', content.criteria)
    this.#plan = this.#planFor(content.criteria)
    const further = this.#moveFurtherRows(content)
    const story = [...further, content.values[narrative] ?? ''].filter((one) => one !== '')
    const complete = { ...content, values: { ...content.values, [narrative]: story.join('\n') } }
    const { fields } = this.#template
    this.#boxes.evenOut(complete)
    const isQuestion = ({ role }: TemplateField) => role.kind === 'criterion'
    const others = fields.filter((field) => !isQuestion(field))
    this.#fillFields(
      others.filter(({ role }) => !isNarrative(role)),
      complete,
    )
    // Where the narrative and the last row of questions continue is known when nothing else is added before.
    this.#fillFields(
      others.filter(({ role }) => isNarrative(role)),
      complete,
    )
    this.#keepUnplacedNarrative()
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
      if (field.isEssential && this.report.isBlank(field.name))
        this.report.addMissing(field, content)
    }
  }

  #textFor(role: FieldRole, content: FormContent): string | undefined {
    const { criteria } = content
    if (role.kind !== 'criterion' || role.row < this.#questionRows || criteria.length <= role.row)
      return textFor(role, content, this.#template)
    // Questions beyond the rows of the form: the last row says where they are.
    if (role.part === 'answer') return undefined
    return `Questions ${role.row} to ${criteria.length}: continued on page ${this.#plan.pageOfQuestion(role.row)}`
  }

  get #hasNarrative(): boolean {
    return this.#template.fields.some(({ role }) => isNarrative(role))
  }

  get #questionRows(): number {
    return Math.max(0, ...this.#template.fields.map(({ role }) => questionRowOf(role)))
  }

  #planFor(criteria: FormContent['criteria']): AddendumPlan {
    const evidence = evidenceOf(criteria).map(({ heading, lines }) => ({
      heading: this.#printing.inText(heading, 'Criteria'),
      text: this.#printing.inText(lines.join('\n'), 'Criteria'),
    }))
    const formPages = this.#document.getPageCount()
    return new AddendumPlan({ formPages, evidence, measure: this.#printing.measure })
  }

  #fillField(field: TemplateField, content: FormContent): void {
    const { name, role, options } = field
    const targets = this.#boxes.fieldsOf(name)
    const [target] = targets
    if (role.kind === 'tick') {
      if (content.choices[role.choice] === role.value) tickBoxes(targets, field, this.report)
      return
    }
    if (role.kind === 'answer') {
      if (content.criteria[role.row - 1]?.answer === role.value)
        tickBoxes(targets, field, this.report)
      return
    }
    if (options !== undefined) {
      const value = chosenValue(role, content)
      if (value !== undefined) this.#choose(field, options[value])
      return
    }
    const text = this.#textFor(role, content)
    if (text === undefined || text === '') return
    if (isList(target)) {
      const option = optionFor(target.getOptions(), text, field)
      if (option === undefined && takesOtherTexts(target) && field.piece === undefined) {
        this.#writeIntoList(target, field, text)
        return
      }
      if (field.piece === undefined) {
        this.#choose(field, option)
        return
      }
      const shown = this.#printing.inLine(text)
      this.report.whole.set(name, shown)
      this.#choose(field, this.#boxes.holdsEveryPiece(role, shown) ? option : undefined)
      return
    }
    const texts = this.#boxes.textsOf(name)
    if (texts.length === 0) throw new FormTemplateFault(`the form has no text field "${name}"`)
    this.#write(texts, field, text)
  }

  #write(targets: readonly PDFTextField[], field: TemplateField, raw: string): void {
    const { name, role, label } = field
    const box = this.#boxes.boxOf(field)
    const rendered = this.#printing.render(raw)
    if (!rendered.isWhole && !box.isMultiline) {
      this.report.leaveToPerson(field, oneLine(rendered.text))
      return
    }
    const text = rendered.isWhole ? rendered.text : this.#printing.inText(raw, label)
    const shown = box.isMultiline ? text : oneLine(text)
    const isInPieces = field.piece !== undefined
    const written =
      isInPieces && !this.#boxes.holdsEveryPiece(role, shown)
        ? undefined
        : writtenIn(box, field, shown, this.#printing.measure)
    if (written === '') {
      this.report.settled.add(name)
      this.report.whole.set(name, shown)
      return
    }
    if (written !== shown) this.report.whole.set(name, shown)
    const rest = isNarrative(role) ? this.#printing.inText(this.#beyondEvidence, label) : text
    const place = this.#placeFor(field, rest)
    const laid =
      written === undefined
        ? { lines: [], size: box.minSize, isWhole: false, isReferred: false }
        : layOut(
            written,
            this.#boxes.evenly(box, field, written),
            place,
            this.#printing.measure,
            isCode(role) || valueKindOf(role) !== undefined,
          )
    if (laid.isWhole) {
      // Line breaks are only for display: the value of a field with its whole text has none.
      this.#draw(targets, field, { ...laid, value: written ?? '' })
      return
    }
    this.report.whole.set(name, shown)
    this.report.continued.push(role.kind === 'text' ? role.role : label)
    const isReferred = laid.isReferred && !takesNoReference(box, field)
    if (place.part !== undefined && role.kind !== 'criterion')
      this.#continueOnAddendum(field, rest, { ...place, isReferred, box })
    else if (!isReferred) this.report.addUnreferred(label, { page: place.page })
    this.#checkMayBeAttached(label)
    if (isReferred) this.#draw(targets, field, { ...laid, value: laid.lines.join('\n') })
    else if (field.isEssential) this.report.unplacedLabels.push(label)
  }

  #draw(
    targets: readonly PDFTextField[],
    { name }: TemplateField,
    laid: { readonly value: string; readonly lines: readonly string[]; readonly size: number },
  ): void {
    if (laid.lines.length === 0) return
    for (const target of targets)
      writeTextBox(target, laid, this.#printing.font, this.#printing.measure)
    this.report.written.set(name, laid.value)
  }

  /** Once for all boxes of one text. */
  #continueOnAddendum(
    { label, isEssential }: TemplateField,
    text: string,
    {
      part = '',
      page,
      isReferred,
      box,
    }: AddendumPlace & { readonly isReferred: boolean; readonly box: Box },
  ): void {
    if (!this.#plan.add(label, text)) return
    if (!isReferred) {
      this.report.addUnreferred(label, { page, part })
    } else if (isEssential && !box.isMultiline) {
      this.report.notices.push(
        `${label} does not fit its box: the form refers to page ${page}, ${part}; the payer may want it in the box`,
      )
    }
  }

  /** What a person could write into a list that does not have it. */
  #writeIntoList(target: ListField, field: TemplateField, raw: string): void {
    const { name, label, isEssential } = field
    const rendered = this.#printing.render(raw)
    const text = oneLine(rendered.text)
    if (!rendered.isWhole) {
      this.report.leaveToPerson(field, text)
      return
    }
    const size = listSizeOf(target, text, this.#printing.measure)
    this.report.whole.set(name, text)
    if (size !== undefined && size >= smallestReadable) {
      target.select(text)
      drawListChoice(target, size, this.#printing.font)
      this.report.written.set(name, text)
      return
    }
    this.report.addUnreferred(label, this.#plan.placeOf(label, text))
    this.#plan.add(label, text)
    if (isEssential) this.report.unplacedLabels.push(label)
  }

  #choose(field: TemplateField, option: string | undefined): void {
    const parts = { printing: this.#printing, report: this.report }
    chooseOption(this.#boxes.fieldsOf(field.name), field, option, parts)
  }

  /** Codes without a row go to the addendum, one per line; the form's narrative refers to it. */
  #moveFurtherRows(content: FormContent): readonly string[] {
    return furtherRowsOf(content, this.#template).map(({ what, count, text: raw }) => {
      const text = this.#printing.inText(raw, what)
      const { part, page } = this.#plan.placeOf(what, text)
      this.#plan.add(what, text)
      const unsaid = this.#hasNarrative
        ? ''
        : '; the form has no box to say so: write it on the form'
      this.report.notices.push(`${what.toLowerCase()}: ${count} on the addendum, ${part}${unsaid}`)
      return `${what}: continued on page ${page}, ${part}.`
    })
  }

  /** Where a text that does not fit continues. What the evidence says anyway is not printed twice. */
  #placeFor({ role, label }: TemplateField, text: string): AddendumPlace {
    if (role.kind === 'criterion')
      return { part: `question ${role.row}`, page: this.#plan.pageOfQuestion(role.row) }
    const isCovered = isNarrative(role) && text === ''
    return isCovered ? { page: this.#plan.pageOfQuestion(1) } : this.#plan.placeOf(label, text)
  }

  #keepUnplacedNarrative(): void {
    if (this.#beyondEvidence === '' || this.#hasNarrative) return
    const label = 'Clinical narrative'
    this.#plan.add(label, this.#printing.inText(this.#beyondEvidence, label))
  }

  #checkMayBeAttached(label: string): void {
    const allowed = this.#template.rules.mayBeAttached?.flatMap((word) => {
      const read = readRole(word)
      return read === undefined ? [] : [labelOf(read.role)]
    })
    if (allowed !== undefined && !allowed.includes(label)) {
      this.report.notices.push(
        `${label} continues on the addendum, which this form allows only for: ${allowed.join(', ')}`,
      )
    }
  }

  #drawAddendum({ subject }: FormContent): void {
    const { parts } = this.#plan
    if (parts.length === 0) return
    const { name, birthDate, memberId } = subject
    const owner = [
      name,
      birthDate === undefined ? undefined : `born ${birthDate}`,
      memberId === undefined ? undefined : `member ${memberId}`,
    ].filter((one) => one !== undefined)
    const isPrintable = (one: string) => this.#printing.render(one).isWhole
    // Beside a date, a name in letters from right to left cannot be printed.
    const printable = isPrintable(owner.join(', '))
      ? owner
      : owner.filter((one) => isPrintable(`${one} 1`))
    const title = this.#printing.render(this.#template.title).text
    drawAddendum(
      this.#document,
      { title, owner: oneLine(this.#printing.render(printable.join(', ')).text), parts },
      this.#printing.font,
      this.#printing.measure,
    )
  }
}
