import {
  PDFCheckBox,
  type PDFDocument,
  type PDFField,
  type PDFFont,
  PDFTextField,
} from '@cantoo/pdf-lib'
import { type FormContent, identityFields } from '@authscript/prior-auth'
import { AddendumPlan } from './addendum-plan.ts'
import { rowCountsOf, textFor } from './answers.ts'
import { chosenValue, optionFor, takesNoReference, writtenIn } from './box-text.ts'
import { beyondEvidence, evidenceOf } from './evidence-list.ts'
import { type FieldRole, isCode, labelOf, readRole } from './map/field-role.ts'
import { formFieldOf } from './map/form-field.ts'
import type { FormTemplate, TemplateField } from './map/form-template.ts'
import { isList, keepExported, type ListField, takesOtherTexts } from './map/list-choice.ts'
import { tickMarksOf, tickWord, wordsOf } from './map/tick-marks.ts'
import { valueKindOf } from './map/value-kind.ts'
import { drawAddendum } from './paper/addendum.ts'
import { evenSizes } from './paper/even-sizes.ts'
import { type Box, fitText, type Measure } from './paper/fit-text.ts'
import { charactersOf, measureOnce } from './paper/font.ts'
import { type AddendumPlace, layOut } from './paper/lay-out.ts'
import { omission, plainText, renderable } from './paper/plain-text.ts'
import {
  boxOf,
  drawListChoice,
  listSizeOf,
  smallestReadable,
  writeTextBox,
} from './paper/text-box.ts'

/** The template does not match the PDF: an error of the template, not of the chart. */
export class FormTemplateFault extends Error {
  override readonly name = 'FormTemplateFault'
}

const narrative = 'clinical.narrative'

/** Fills one form: writes the boxes, and collects the parts of the addendum and the notices for the reviewer. */
export class Filling {
  readonly #document: PDFDocument
  /** By name, because pdf-lib reads all fields for every lookup. */
  readonly #fields: ReadonlyMap<string, readonly PDFField[]>
  readonly #font: PDFFont
  readonly #template: FormTemplate
  readonly #measure: Measure
  readonly #known: ReadonlySet<number>
  #plan: AddendumPlan
  #largestSize: (group: string, size: number) => number = (_group, size) => size
  /** What the narrative says beside the evidence, which is printed anyway. */
  #beyondEvidence = ''
  readonly #written = new Map<string, string>()
  readonly #whole = new Map<string, string>()
  /** Of values that are split: whether their boxes can show them. */
  readonly #splitRoles = new Map<string, boolean>()
  /** Boxes that are blank because there is nothing to write in them. */
  readonly #settled = new Set<string>()
  readonly continued: string[] = []
  readonly unrenderable: string[] = []
  readonly missingLabels: string[] = []
  /** The missing boxes that a person may fill on the screen, as FormFields. */
  readonly missingFields: string[] = []
  /** Of the boxes that stay blank: those whose value is known, but cannot be printed there. A notice says why. */
  readonly unplacedLabels: string[] = []
  readonly notices: string[] = []

  constructor(document: PDFDocument, font: PDFFont, template: FormTemplate) {
    this.#document = document
    const fields = document.getForm().getFields()
    this.#fields = Map.groupBy(fields, (field) => field.getName())
    this.#font = font
    this.#template = template
    this.#measure = measureOnce(font)
    this.#known = charactersOf(font)
    this.#plan = this.#planFor([])
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
    this.#beyondEvidence = beyondEvidence(content.values[narrative] ?? '', content.criteria)
    this.#plan = this.#planFor(content.criteria)
    const further = this.#moveFurtherRows(content)
    const story = [...further, content.values[narrative] ?? ''].filter((one) => one !== '')
    const complete = { ...content, values: { ...content.values, [narrative]: story.join('\n') } }
    const { fields } = this.#template
    this.#largestSize = evenSizes(fields.flatMap((field) => this.#sizeOf(field, complete)))
    const isQuestion = ({ role }: TemplateField) => role.kind === 'criterion'
    const others = fields.filter((field) => !isQuestion(field))
    this.#fillFields(
      others.filter(({ role }) => !isNarrative(role)),
      complete,
    )
    // Where the narrative and the last row of questions go on is known when nothing else is added before.
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
      const isBlank = (this.#written.get(field.name) ?? '') === '' && !this.#settled.has(field.name)
      if (field.isEssential && isBlank) this.#addMissing(field, content)
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
      heading: this.#inText(heading, 'Criteria'),
      text: this.#inText(lines.join('\n'), 'Criteria'),
    }))
    const formPages = this.#document.getPageCount()
    return new AddendumPlan({ formPages, evidence, measure: this.#measure })
  }

  #addMissing({ label, role }: TemplateField, { choices, criteria }: FormContent): void {
    // Of several boxes to tick, one is enough.
    if (role.kind === 'tick' && choices[role.choice] !== undefined) return
    const answer = role.kind === 'answer' ? criteria[role.row - 1]?.answer : undefined
    if (answer === 'met' || answer === 'not_met') return
    this.missingLabels.push(
      role.kind === 'tick' ? labelOf({ kind: 'choice', choice: role.choice }) : label,
    )
    const field = formFieldOf(role)
    // Who the patient is comes from the chart: what cannot be printed of it is written by hand.
    const isFromChart =
      this.unplacedLabels.includes(label) &&
      (identityFields as readonly string[]).includes(field ?? '')
    if (field !== undefined && !isFromChart) this.missingFields.push(field)
  }

  #fillField(field: TemplateField, content: FormContent): void {
    const { name, role, options } = field
    const targets = this.#fields.get(name) ?? []
    const [target] = targets
    if (role.kind === 'tick') {
      if (content.choices[role.choice] === role.value) this.#tick(name)
      return
    }
    if (role.kind === 'answer') {
      if (content.criteria[role.row - 1]?.answer === role.value) this.#tick(name)
      return
    }
    if (options !== undefined) {
      const value = chosenValue(role, content)
      if (value !== undefined) this.#choose(target, field, options[value])
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
        this.#choose(target, field, option)
        return
      }
      const shown = oneLine(this.#render(text).text)
      this.#whole.set(name, shown)
      this.#choose(target, field, this.#holdsEveryPiece(role, shown) ? option : undefined)
      return
    }
    const texts = targets.filter((one) => one instanceof PDFTextField)
    if (texts.length === 0) throw new FormTemplateFault(`the form has no text field "${name}"`)
    this.#write(texts, field, text)
  }

  #write(targets: readonly PDFTextField[], field: TemplateField, raw: string): void {
    const { name, role, label } = field
    const box = boxOf(targets, { isCode: isCode(role), maxLength: field.maxLength })
    const rendered = this.#render(raw)
    if (!rendered.isWhole && !box.isMultiline) {
      this.#leaveToPerson(field, oneLine(rendered.text))
      return
    }
    const text = rendered.isWhole ? rendered.text : this.#inText(raw, label)
    const shown = box.isMultiline ? text : oneLine(text)
    const isInPieces = field.piece !== undefined
    const written =
      isInPieces && !this.#holdsEveryPiece(role, shown)
        ? undefined
        : writtenIn(box, field, shown, this.#measure)
    if (written === '') {
      this.#settled.add(name)
      this.#whole.set(name, shown)
      return
    }
    if (written !== shown) this.#whole.set(name, shown)
    const rest = isNarrative(role) ? this.#inText(this.#beyondEvidence, label) : text
    const place = this.#placeFor(field, rest)
    const laid =
      written === undefined
        ? { lines: [], size: box.minSize, isWhole: false, isReferred: false }
        : layOut(
            written,
            this.#evenly(box, field, written),
            place,
            this.#measure,
            isCode(role) || valueKindOf(role) !== undefined,
          )
    if (laid.isWhole) {
      // Line breaks are only for display: the value of a field with its whole text has none.
      this.#draw(targets, field, { ...laid, value: written ?? '' })
      return
    }
    this.#whole.set(name, shown)
    this.continued.push(role.kind === 'text' ? role.role : label)
    const isReferred = laid.isReferred && !takesNoReference(box, field)
    if (place.part !== undefined && role.kind !== 'criterion')
      this.#continueOnAddendum(field, rest, { ...place, isReferred, box })
    else if (!isReferred)
      this.notices.push(
        `${label} does not fit its box, and the box has no space for a reference: see page ${place.page}`,
      )
    this.#checkMayBeAttached(label)
    if (isReferred) this.#draw(targets, field, { ...laid, value: laid.lines.join('\n') })
    else if (field.isEssential) this.unplacedLabels.push(label)
  }

  /** Whether the boxes of a value that is split can show all of it. A part of a name or number could be read as another one. */
  #holdsEveryPiece(role: FieldRole, text: string): boolean {
    const key = JSON.stringify(role)
    const known = this.#splitRoles.get(key)
    if (known !== undefined) return known
    const holds = this.#template.fields
      .filter((field) => field.piece !== undefined && JSON.stringify(field.role) === key)
      .every((field) => {
        const targets = this.#fields.get(field.name) ?? []
        const [target] = targets
        if (isList(target)) return optionFor(target.getOptions(), text, field) !== undefined
        const texts = targets.filter((one) => one instanceof PDFTextField)
        if (texts.length === 0) return true
        const box = boxOf(texts, { isCode: isCode(role), maxLength: field.maxLength })
        const written = writtenIn(box, field, text, this.#measure)
        return written !== undefined && fitText(written, box, this.#measure).rest === ''
      })
    this.#splitRoles.set(key, holds)
    return holds
  }

  #draw(
    targets: readonly PDFTextField[],
    { name }: TemplateField,
    laid: { readonly value: string; readonly lines: readonly string[]; readonly size: number },
  ): void {
    if (laid.lines.length === 0) return
    for (const target of targets) writeTextBox(target, laid, this.#font, this.#measure)
    this.#written.set(name, laid.value)
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
      this.notices.push(
        `${label} does not fit its box, and the box has no space for a reference: see page ${page}, ${part}`,
      )
    } else if (isEssential && !box.isMultiline) {
      this.notices.push(
        `${label} does not fit its box: the form refers to page ${page}, ${part}; the payer may want it in the box`,
      )
    }
  }

  /** The form would show marks instead of the letters. */
  #leaveToPerson({ name, label, isEssential }: TemplateField, shown: string): void {
    this.#whole.set(name, shown)
    if (isEssential) this.unplacedLabels.push(label)
    if (this.unrenderable.includes(label)) return
    this.unrenderable.push(label)
    this.notices.push(
      `${label} was left blank: it has characters that the form cannot print; write it by hand`,
    )
  }

  /** The box with the type size that boxes like it have. */
  #evenly(box: Box, { role }: TemplateField, text: string): Box {
    if (box.isMultiline) return box
    const { rest, size } = fitText(text, box, this.#measure)
    if (rest !== '') return box
    return { ...box, maxSize: this.#largestSize(groupOf(role).group, size) }
  }

  /** The size that a box would have by itself. */
  #sizeOf(field: TemplateField, content: FormContent) {
    const texts = (this.#fields.get(field.name) ?? []).filter((one) => one instanceof PDFTextField)
    const raw = textFor(field.role, content, this.#template)
    if (texts.length === 0 || raw === undefined || raw === '') return []
    const box = boxOf(texts, { isCode: isCode(field.role), maxLength: field.maxLength })
    const text = box.isMultiline
      ? undefined
      : writtenIn(box, field, oneLine(this.#render(raw).text), this.#measure)
    if (text === undefined || text === '') return []
    const { rest, size } = fitText(text, box, this.#measure)
    return rest === '' ? [{ ...groupOf(field.role), size }] : []
  }

  #tick(name: string): void {
    const marks = tickMarksOf(this.#fields.get(name) ?? [])
    const boxes = (this.#fields.get(name) ?? []).filter((one) => one instanceof PDFCheckBox)
    if (boxes.length === 0) throw new FormTemplateFault(`the form has no check box "${name}"`)
    for (const box of boxes) {
      // Without a drawn mark the box would be ticked for software and blank for people.
      if (marks.some(({ state }) => state === undefined)) box.defaultUpdateAppearances()
      box.check()
    }
    this.#written.set(name, 'on')
  }

  #choose(target: unknown, field: TemplateField, option?: string): void {
    const { name, label } = field
    if (option === undefined) {
      this.notices.push(`${label} was left blank: the form's list does not have the chart's value`)
      return
    }
    if (isList(target)) {
      const size = listSizeOf(target, option, this.#measure)
      if (!this.#render(option).isWhole || size === undefined) {
        this.#leaveToPerson(field, option)
        return
      }
      target.select(option)
      drawListChoice(target, size, this.#font)
      keepExported(target, option)
      this.#written.set(name, option)
      return
    }
    const marks = tickMarksOf(this.#fields.get(name) ?? [])
    if (!wordsOf(marks).includes(option))
      throw new FormTemplateFault(`the form has no box "${option}" of "${name}"`)
    tickWord(marks, option)
    this.#written.set(name, option)
  }

  /** What a person could write into a list that does not have it. */
  #writeIntoList(target: ListField, field: TemplateField, raw: string): void {
    const { name, label, isEssential } = field
    const rendered = this.#render(raw)
    const text = oneLine(rendered.text)
    if (!rendered.isWhole) {
      this.#leaveToPerson(field, text)
      return
    }
    const size = listSizeOf(target, text, this.#measure)
    this.#whole.set(name, text)
    if (size !== undefined && size >= smallestReadable) {
      target.select(text)
      drawListChoice(target, size, this.#font)
      this.#written.set(name, text)
      return
    }
    const { part, page } = this.#plan.placeOf(label, text)
    this.#plan.add(label, text)
    this.notices.push(
      `${label} does not fit its box, and the box has no space for a reference: see page ${page}, ${part}`,
    )
    if (isEssential) this.unplacedLabels.push(label)
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
      const lines = rows.map((row) => row.filter((one) => one !== undefined).join('  '))
      const text = this.#inText(lines.join('\n'), what)
      const { part, page } = this.#plan.placeOf(what, text)
      this.#plan.add(what, text)
      const unsaid = this.#hasNarrative
        ? ''
        : '; the form has no box to say so: write it on the form'
      this.notices.push(`${what.toLowerCase()}: ${rows.length} on the addendum, ${part}${unsaid}`)
      return [`${what}: continued on page ${page}, ${part}.`]
    })
  }

  /** Where a text that does not fit goes on. What the evidence says anyway is not printed twice. */
  #placeFor({ role, label }: TemplateField, text: string): AddendumPlace {
    if (role.kind === 'criterion')
      return { part: `question ${role.row}`, page: this.#plan.pageOfQuestion(role.row) }
    const isCovered = isNarrative(role) && text === ''
    return isCovered ? { page: this.#plan.pageOfQuestion(1) } : this.#plan.placeOf(label, text)
  }

  #keepUnplacedNarrative(): void {
    if (this.#beyondEvidence === '' || this.#hasNarrative) return
    const label = 'Clinical narrative'
    this.#plan.add(label, this.#inText(this.#beyondEvidence, label))
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

  #drawAddendum({ subject }: FormContent): void {
    const { parts } = this.#plan
    if (parts.length === 0) return
    const { name, birthDate, memberId } = subject
    const owner = [
      name,
      birthDate === undefined ? undefined : `born ${birthDate}`,
      memberId === undefined ? undefined : `member ${memberId}`,
    ].filter((one) => one !== undefined)
    const isPrintable = (one: string) => this.#render(one).isWhole
    // Beside a date, a name in letters from right to left cannot be printed.
    const printable = isPrintable(owner.join(', '))
      ? owner
      : owner.filter((one) => isPrintable(`${one} 1`))
    const title = this.#render(this.#template.title).text
    drawAddendum(
      this.#document,
      { title, owner: oneLine(this.#render(printable.join(', ')).text), parts },
      this.#font,
      this.#measure,
    )
  }

  #render(raw: string) {
    return renderable(plainText(raw), this.#known)
  }

  /** Running text: what the font lacks is left out, and a notice says so. */
  #inText(raw: string, label: string): string {
    const { text, isWhole } = this.#render(raw)
    if (!isWhole && !this.unrenderable.includes(label)) {
      this.unrenderable.push(label)
      this.notices.push(
        `${label} has characters that the form cannot print; ${omission} stands for each`,
      )
    }
    return text
  }
}

function isNarrative(role: FieldRole): boolean {
  return role.kind === 'text' && role.role === narrative
}

/** Boxes of one look: a column of a table, or every box outside of tables. */
function groupOf(role: FieldRole): { readonly group: string; readonly isColumn: boolean } {
  return role.kind === 'row' || role.kind === 'criterion'
    ? { group: `${role.kind} ${role.part}`, isColumn: true }
    : { group: 'text', isColumn: false }
}

/** 0 for every other box. */
function questionRowOf(role: FieldRole): number {
  return role.kind === 'criterion' ? role.row : 0
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ')
}
