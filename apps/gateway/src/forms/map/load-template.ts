import {
  PDFButton,
  PDFCheckBox,
  type PDFField,
  PDFRadioGroup,
  PDFSignature,
  PDFTextField,
} from '@cantoo/pdf-lib'
import { formChoices } from '@authscript/prior-auth'
import { type FieldRole, knownRoles, labelOf, type ReadRole, readRole } from './field-role.ts'
import type { FieldMap, MapEntry } from './field-map.ts'
import type { FormRules } from './form-rules.ts'
import type { FormTemplate, SigningField, TemplateField } from './form-template.ts'
import { isList } from './list-choice.ts'
import { optionsFor } from './options.ts'
import { readFields } from './read-fields.ts'
import { datePatternOf } from './date-pattern.ts'
import { type OpenBlank, openBlank, unreadable } from './open-blank.ts'
import { shownTextOf } from './shown-text.ts'
import { withPieces } from './split-boxes.ts'
import { type TickField, tickFieldOf } from './tick-field.ts'
import { tickMarksOf, wordsOf } from './tick-marks.ts'
import { valueKindOf } from './value-kind.ts'
import { placesOf, widgetPlaces } from './widget-places.ts'

export interface LoadedTemplate {
  /** Undefined if there are faults. */
  readonly template: FormTemplate | undefined
  readonly faults: readonly string[]
  /** The PDF itself cannot be used, whatever its map says. */
  readonly isUnreadable: boolean
  /** Problems that do not prevent using the form. */
  readonly warnings: readonly string[]
}

/** How many points a box may differ from its position in the map, because maps are rounded. */
const tolerance = 3

/** Checks a blank PDF against its map and rules. Reports every fault at once; a form with a fault is not used. */
export async function loadTemplate(
  pdf: Uint8Array,
  map: FieldMap,
  rules: FormRules,
): Promise<LoadedTemplate> {
  const opened = await openBlank(pdf)
  return 'fault' in opened ? unusable(opened.fault) : checkTemplate(opened, map, rules)
}

/** As `loadTemplate`, for a PDF that is open already. */
export function checkTemplate(blank: OpenBlank, map: FieldMap, rules: FormRules): LoadedTemplate {
  try {
    return check(blank, map, rules)
  } catch (error) {
    // The library throws bare errors at what it cannot read, wherever that is.
    return unusable(unreadable(error))
  }
}

function check(
  { document: opened, pdf }: OpenBlank,
  map: FieldMap,
  rules: FormRules,
): LoadedTemplate {
  const faults: string[] = []
  const warnings: string[] = []
  const fieldsByName = Map.groupBy(opened.getForm().getFields(), (field) => field.getName())
  const blank = readFields(opened)
  const places = placesOf(opened)
  const placeOf = widgetPlaces(opened)
  const mapped = Map.groupBy(map.fields, (entry) => entry.name)
  const fields: TemplateField[] = []
  const signing: SigningField[] = []

  for (const [name, entries] of mapped) {
    const [entry] = entries
    if (entry === undefined) continue
    const sameName = fieldsByName.get(name) ?? []
    const [field] = sameName
    const fault = (what: string) => faults.push(`field "${name}": ${what}`)
    if (field === undefined) {
      fault('is in the map and not in the PDF')
      continue
    }
    const marks = tickMarksOf(sameName)
    const areTexts = sameName.every((one) => one instanceof PDFTextField)
    if (sameName.length > 1 && marks.length < sameName.length && !areTexts)
      fault('is twice in the PDF')
    if (entry.page !== undefined && entry.page > opened.getPageCount()) {
      fault(`page ${entry.page} of ${opened.getPageCount()}`)
    }
    // Check boxes of one name with several values, and radio groups.
    const isSeveral =
      wordsOf(marks).length > 1 || (marks.length > 0 && !(field instanceof PDFCheckBox))
    if (!isSeveral && isMappedTwice(entries, field)) fault('is mapped twice')
    if (entry.role === null) continue
    const unknown = entries.find(({ role }) => role !== null && readRole(role) === undefined)
    const read = readRole(entry.role)
    if (read === undefined || unknown !== undefined) {
      const role = unknown?.role ?? entry.role
      fault(`role "${role}" is unknown; known: ${knownRoles.join(', ')}; or null`)
      continue
    }
    if (rules.leftToPeople.includes(name)) continue
    if (read.role.kind === 'person') {
      const { part } = read.role
      if (part !== undefined && (places.get(name) ?? []).length === 1) signing.push({ name, part })
      continue
    }
    const ticked = isSeveral
      ? tickFieldOf(entries, marks, ({ widget }) => placeOf(widget))
      : undefined
    const problem =
      typeof ticked === 'string'
        ? ticked
        : sameName.map((one) => whyUnusable(one, read, entry, ticked)).find((one) => one)
    if (problem !== undefined) {
      fault(problem)
      continue
    }
    const seen = places.get(name) ?? []
    if (seen.length === 0)
      fault('is on no page, is hidden, or has no size: its text would not be visible')
    if (isMisplaced(entry, seen)) {
      warnings.push(
        `field "${name}" is not where the map says: is this another edition of the form?`,
      )
    }
    const { role, isEssential } = typeof ticked === 'object' ? ticked : read
    const pattern =
      entry.pattern ?? (field instanceof PDFTextField ? datePatternOf(field) : undefined)
    fields.push({
      name,
      role,
      label: labelOf(role),
      isEssential: isEssential || isEssentialBy(rules, role),
      ...(entry.maxLength === undefined || entry.maxLength === 0
        ? {}
        : { maxLength: entry.maxLength }),
      ...(read.piece === undefined ? {} : { piece: read.piece }),
      ...(pattern !== undefined && valueKindOf(role) === 'date' ? { pattern } : {}),
      ...(role.kind === 'choice' && isList(field)
        ? { options: optionsFor(formChoices[role.choice], field.getOptions(), entry.options) }
        : {}),
      ...(typeof ticked === 'object' ? { options: ticked.options } : {}),
    })
  }

  for (const name of [...rules.leftToPeople, ...rules.arrivesFilled]) {
    if (!fieldsByName.has(name)) faults.push(`field "${name}": is in the rules and not in the PDF`)
  }
  for (const [name, same] of fieldsByName) {
    const [field] = same
    if (field === undefined || field instanceof PDFButton) continue
    if (!mapped.has(name)) {
      const message = `field "${name}" of the PDF is not in the map`
      if (map.complete) faults.push(message)
      else if (!field.isReadOnly()) warnings.push(`${message} and stays blank`)
    }
    const isOurs = fields.some((one) => one.name === name)
    const mayBeFilled = rules.arrivesFilled.includes(name) || (field.isReadOnly() && !isOurs)
    if ((blank.get(name) ?? '') !== '' && !mayBeFilled) {
      faults.push(
        `field "${name}": the blank form is already filled there; empty it, or list it under arrivesFilled in the rules`,
      )
    } else if (!mayBeFilled) {
      const shown = same.map((one) => (one instanceof PDFTextField ? shownTextOf(one) : 'none'))
      if (shown.includes('some'))
        faults.push(
          `field "${name}": the blank form shows text there that is not its value; empty it`,
        )
      if (shown.includes('undecodable'))
        faults.push(`field "${name}": its drawing cannot be decoded`)
    }
  }

  const pieced = withPieces(fields, (name) => fieldsByName.get(name)?.[0], places)
  faults.push(...pieced.faults)
  if (faults.length > 0) return { template: undefined, faults, isUnreadable: false, warnings }
  const title = rules.title ?? opened.getTitle() ?? map.form
  return {
    template: { name: map.form, title, pdf, fields: pieced.fields, signing, blank, rules },
    faults,
    isUnreadable: false,
    warnings,
  }
}

function unusable(fault: string): LoadedTemplate {
  return { template: undefined, faults: [fault], isUnreadable: true, warnings: [] }
}

/** Several entries for one field are valid if they have the same role and describe its different widgets. */
function isMappedTwice(entries: readonly MapEntry[], field: PDFField): boolean {
  const place = (entry: MapEntry) => JSON.stringify([entry.page, entry.x, entry.y])
  return (
    entries.length > field.acroField.getWidgets().length ||
    new Set(entries.map((entry) => entry.role)).size > 1 ||
    new Set(entries.map(place)).size < entries.length
  )
}

function whyUnusable(
  field: PDFField,
  { role }: ReadRole,
  entry: MapEntry,
  ticked: TickField | undefined,
): string | undefined {
  const kind = kindOf(field)
  if (field.getName().toLowerCase().includes('signature') && kind !== 'check box') {
    return 'is named like a signature, which only a person may fill: its role must be "attestation"'
  }
  if (ticked !== undefined) return undefined
  if (field instanceof PDFTextField) {
    if (isTick(role)) return `is a ${kind}; role "${entry.role}" needs a check box`
    if (field.isPassword() || field.isFileSelector() || field.isRichFormatted())
      return 'is a password, file or rich-text field, which cannot be filled'
    return undefined
  }
  if (field instanceof PDFCheckBox)
    return isTick(role) ? undefined : `is a ${kind}; role "${entry.role}" needs a text field`
  if (isList(field)) {
    if (isTick(role))
      return `is a ${kind}; it needs a role with a choice: ${Object.keys(formChoices).join(', ')}`
    if (role.kind !== 'choice') return undefined
    const values = formChoices[role.choice]
    const options = field.getOptions()
    return Object.keys(optionsFor(values, options, entry.options)).length === 0
      ? `none of its options (${options.join(', ')}) is one of ${values.join(', ')}; say which under "options" in the map`
      : undefined
  }
  return `is a ${kind}, which cannot be filled`
}

function isTick({ kind }: FieldRole): boolean {
  return kind === 'tick' || kind === 'answer'
}

function kindOf(field: PDFField): string {
  if (field instanceof PDFTextField) return 'text field'
  if (field instanceof PDFCheckBox) return 'check box'
  if (field instanceof PDFRadioGroup) return 'radio group'
  if (isList(field)) return 'list'
  if (field instanceof PDFButton) return 'button'
  return field instanceof PDFSignature ? 'signature field' : 'field of an unknown kind'
}

function isEssentialBy(rules: FormRules, role: FieldRole): boolean {
  return rules.essential.some((word) => {
    const read = readRole(word)
    return read !== undefined && labelOf(read.role) === labelOf(role)
  })
}

function isMisplaced(
  entry: MapEntry,
  seen: readonly { readonly x: number; readonly y: number; readonly page: number }[],
): boolean {
  const { x, y, page } = entry
  if (x === undefined || y === undefined || seen.length === 0) return false
  return !seen.some(
    (place) =>
      Math.abs(place.x - x) <= tolerance &&
      Math.abs(place.y - y) <= tolerance &&
      (page === undefined || place.page === page),
  )
}
