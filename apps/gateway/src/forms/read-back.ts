import {
  ParseSpeeds,
  PDFCheckBox,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
} from '@cantoo/pdf-lib'
import type { FormContent, FormRole } from '@authscript/prior-auth'
import type { FormTemplate } from './map/form-template.ts'
import { readFields } from './map/read-fields.ts'
import { subjectHash } from './subject-hash.ts'

/** The finished PDF does not match the chart: an error of ours, or a form that was already filled. */
export class ReadBackFault extends Error {
  override readonly name = 'ReadBackFault'
}

/** Parses without yielding: nothing else runs in the form filler's thread. */
export const openOptions = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest }

const subjectKey = PDFName.of('AuthScriptSubject')

/** Writes a hash of patient and order into the metadata: it can be compared, but does not reveal who the patient is. */
export function bindSubject(document: PDFDocument, subject: FormContent['subject']): void {
  // The dictionary exists, because the title was set before.
  document.context
    .lookup(document.context.trailerInfo.Info, PDFDict)
    .set(subjectKey, PDFHexString.fromText(subjectHash(subject)))
}

export interface ExpectedForm {
  readonly subject: FormContent['subject']
  /** Every written field, with its expected value. */
  readonly written: ReadonlyMap<string, string>
  /** The whole text of fields that refer to the addendum. */
  readonly continued: ReadonlyMap<string, string>
  /** Converts a text to how this form shows it. */
  readonly shown: (text: string) => string
}

const identity: readonly (readonly [FormRole, 'name' | 'birthDate' | 'memberId'])[] = [
  ['patient.name', 'name'],
  ['patient.birthDate', 'birthDate'],
  ['coverage.memberId', 'memberId'],
]

/**
 * The wrong-patient guard: parses the finished form from its bytes and compares every field with its expected value, and the patient's
 * identity with the chart. A field that was not written must be as in the blank form.
 *
 * @throws {ReadBackFault} with names of fields, never with their values
 */
export async function checkReadBack(
  pdf: Uint8Array,
  template: FormTemplate,
  { subject, written, continued, shown }: ExpectedForm,
): Promise<void> {
  const document = await PDFDocument.load(pdf, openOptions)
  const found = readFields(document)
  const names = new Set([...template.blank.keys(), ...found.keys()])
  for (const name of names) {
    const expected = written.get(name) ?? template.blank.get(name)
    if (expected === undefined) throw new ReadBackFault(`field "${name}" appeared while filling`)
    if (found.get(name) !== expected)
      throw new ReadBackFault(
        `field "${name}" of the finished form does not have the expected value`,
      )
  }
  for (const field of document.getForm().getFields()) {
    if (!(field instanceof PDFCheckBox) || written.get(field.getName()) !== 'on') continue
    const isDrawn = field.acroField
      .getWidgets()
      .some((widget) => !['/Off', 'undefined'].includes(String(widget.getAppearanceState())))
    if (!isDrawn)
      throw new ReadBackFault(
        `field "${field.getName()}" is ticked for software and not for people`,
      )
  }
  for (const { name, role } of template.fields) {
    const [, key] = identity.find(([one]) => role.kind === 'text' && role.role === one) ?? []
    if (key === undefined) continue
    const charted = subject[key] === undefined ? '' : shown(subject[key])
    const held = continued.get(name) ?? found.get(name)
    if (held !== charted)
      throw new ReadBackFault(
        `field "${name}" of the finished form does not match the chart's ${key}`,
      )
  }
  const bound = document.context.lookup(document.context.trailerInfo.Info)
  const hash = bound instanceof PDFDict ? bound.lookup(subjectKey) : undefined
  if (!(hash instanceof PDFHexString) || hash.decodeText() !== subjectHash(subject))
    throw new ReadBackFault('the finished form is bound to another patient or order')
}
