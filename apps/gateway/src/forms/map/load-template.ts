import {
  PDFArray,
  PDFButton,
  PDFCheckBox,
  PDFDict,
  PDFDocument,
  PDFDropdown,
  type PDFField,
  PDFName,
  PDFRadioGroup,
  PDFSignature,
  PDFTextField,
} from '@cantoo/pdf-lib'
import { formChoices } from '@authscript/prior-auth'
import { type FieldRole, knownRoles, labelOf, readRole } from './field-role.ts'
import type { FieldMap, MapEntry } from './field-map.ts'
import type { FormRules } from './form-rules.ts'
import type { FormTemplate, SigningField, TemplateField } from './form-template.ts'
import { optionsFor } from './options.ts'
import { readFields } from './read-fields.ts'
import { showsText } from './shown-text.ts'
import { placesOf } from './widget-places.ts'

export interface LoadedTemplate {
  /** Undefined if there are faults. */
  readonly template: FormTemplate | undefined
  readonly faults: readonly string[]
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
  if (typeof opened === 'string') return { template: undefined, faults: [opened], warnings: [] }
  const faults: string[] = []
  const warnings: string[] = []
  const fieldsByName = Map.groupBy(opened.getForm().getFields(), (field) => field.getName())
  const blank = readFields(opened)
  const places = placesOf(opened)
  const mapped = Map.groupBy(map.fields, (entry) => entry.name)
  const fields: TemplateField[] = []
  const signing: SigningField[] = []

  for (const [name, entries] of mapped) {
    const [entry] = entries
    if (entry === undefined) continue
    const [field, ...duplicates] = fieldsByName.get(name) ?? []
    const fault = (what: string) => faults.push(`field "${name}": ${what}`)
    if (field === undefined) {
      fault('is in the map and not in the PDF')
      continue
    }
    if (duplicates.length > 0) fault('is twice in the PDF')
    if (isMappedTwice(entries, field)) fault('is mapped twice')
    if (entry.page !== undefined && entry.page > opened.getPageCount()) {
      fault(`page ${entry.page} of ${opened.getPageCount()}`)
    }
    if (entry.role === null) continue
    const read = readRole(entry.role)
    if (read === undefined) {
      fault(`role "${entry.role}" is unknown; known: ${knownRoles.join(', ')}; or null`)
      continue
    }
    if (rules.leftToPeople.includes(name)) continue
    if (read.role.kind === 'person') {
      const { part } = read.role
      if (part !== undefined && (places.get(name) ?? []).length === 1) signing.push({ name, part })
      continue
    }
    const problem = whyUnusable(field, read.role, entry)
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
    fields.push({
      name,
      role: read.role,
      label: labelOf(read.role),
      isEssential: read.isEssential || isEssentialBy(rules, read.role),
      ...(entry.maxLength === undefined ? {} : { maxLength: entry.maxLength }),
      ...(read.role.kind === 'choice' && !(field instanceof PDFTextField)
        ? { options: optionsFor(formChoices[read.role.choice], optionsOf(field), entry.options) }
        : {}),
    })
  }

  for (const name of [...rules.leftToPeople, ...rules.arrivesFilled]) {
    if (!fieldsByName.has(name)) faults.push(`field "${name}": is in the rules and not in the PDF`)
  }
  for (const [name, [field]] of fieldsByName) {
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
    } else if (field instanceof PDFTextField && !mayBeFilled && showsText(field)) {
      faults.push(
        `field "${name}": the blank form shows text there that is not its value; empty it`,
      )
    }
  }

  if (faults.length > 0) return { template: undefined, faults, warnings }
  const title = rules.title ?? opened.getTitle() ?? map.form
  return {
    template: { name: map.form, title, pdf, fields, signing, blank, rules },
    faults,
    warnings,
  }
}

/** The PDF, or why it cannot be used. */
async function openBlank(pdf: Uint8Array): Promise<PDFDocument | string> {
  try {
    const document = await PDFDocument.load(pdf, {
      updateMetadata: false,
      ignoreEncryption: true,
      preserveXFA: true,
    })
    if (document.isEncrypted) return 'the PDF is encrypted; save it without a password'
    const acroForm = document.catalog.lookup(PDFName.of('AcroForm'))
    if (!(acroForm instanceof PDFDict)) return 'the PDF has no form fields'
    if (acroForm.has(PDFName.of('XFA'))) {
      return 'the PDF is an XFA form, which other viewers show differently; save it as an AcroForm'
    }
    if (!(acroForm.lookup(PDFName.of('Fields')) instanceof PDFArray))
      return 'the PDF has no form fields'
    document.getPageCount()
    const signed = document
      .getForm()
      .getFields()
      .find((field) => field instanceof PDFSignature && field.acroField.dict.has(PDFName.of('V')))
    if (signed !== undefined) return 'the PDF is already signed; use the blank form'
    return document
  } catch (error) {
    return `cannot be read as a PDF (${error instanceof Error ? error.name : 'unreadable'})`
  }
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

function whyUnusable(field: PDFField, role: FieldRole, entry: MapEntry): string | undefined {
  const kind = kindOf(field)
  if (field.getName().toLowerCase().includes('signature') && kind !== 'check box') {
    return 'is named like a signature, which only a person may fill: its role must be "attestation"'
  }
  if (field instanceof PDFTextField) {
    if (role.kind === 'tick') return `is a ${kind}; role "${entry.role}" needs a check box`
    if (field.isPassword() || field.isFileSelector() || field.isRichFormatted())
      return 'is a password, file or rich-text field, which cannot be filled'
    return undefined
  }
  if (field instanceof PDFCheckBox) {
    if (role.kind !== 'tick') return `is a ${kind}; role "${entry.role}" needs a text field`
    const marks = field.acroField.getWidgets().map((widget) => String(widget.getOnValue()))
    return new Set(marks).size > 1
      ? `is one check box with several meanings (${marks.join(', ')}), which cannot be filled`
      : undefined
  }
  if (field instanceof PDFRadioGroup || field instanceof PDFDropdown) {
    if (role.kind !== 'choice') {
      if (field instanceof PDFDropdown && role.kind !== 'tick') return undefined
      return `is a ${kind}; it needs a role with a choice: ${Object.keys(formChoices).join(', ')}`
    }
    const options = optionsOf(field)
    const known = optionsFor(formChoices[role.choice], options, entry.options)
    return Object.keys(known).length === 0
      ? `none of its options (${options.join(', ')}) is one of ${formChoices[role.choice].join(', ')}; say which under "options" in the map`
      : undefined
  }
  return `is a ${kind}, which cannot be filled`
}

function optionsOf(field: PDFField): readonly string[] {
  return field instanceof PDFRadioGroup || field instanceof PDFDropdown ? field.getOptions() : []
}

function kindOf(field: PDFField): string {
  if (field instanceof PDFTextField) return 'text field'
  if (field instanceof PDFCheckBox) return 'check box'
  if (field instanceof PDFRadioGroup) return 'radio group'
  if (field instanceof PDFDropdown) return 'list'
  if (field instanceof PDFButton) return 'button'
  return field instanceof PDFSignature ? 'signature field' : 'list of several options'
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
