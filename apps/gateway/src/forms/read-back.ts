import { ParseSpeeds, PDFDict, PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib'
import type { FormContent, FormRole } from '@authscript/prior-auth'
import type { FormTemplate } from './map/form-template.ts'
import { readFields } from './map/read-fields.ts'
import { subjectHash } from './subject-hash.ts'

/** The finished PDF does not say what the chart says: a fault of ours, or of a form that arrived filled. */
export class ReadBackFault extends Error {
  override readonly name = 'ReadBackFault'
}

/** Parsed in one go: in the thread of the form filler nobody else waits for a turn. */
export const openOptions = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest }

const subjectKey = PDFName.of('AuthScriptSubject')

/** Writes whose form it is into the metadata, as a hash: nobody learns it from there, and everybody can compare. */
export function bindSubject(document: PDFDocument, subject: FormContent['subject']): void {
  // The title is set before, which makes the dictionary.
  document.context
    .lookup(document.context.trailerInfo.Info, PDFDict)
    .set(subjectKey, PDFHexString.fromText(subjectHash(subject)))
}

export interface Meant {
  readonly subject: FormContent['subject']
  /** Every field that was written, with what was meant to be in it. */
  readonly written: ReadonlyMap<string, string>
  /** The whole text of those that only refer to the addendum. */
  readonly continued: ReadonlyMap<string, string>
  /** As a text is shown on this form. */
  readonly shown: (text: string) => string
}

const identity: readonly (readonly [FormRole, 'name' | 'birthDate' | 'memberId'])[] = [
  ['patient.name', 'name'],
  ['patient.birthDate', 'birthDate'],
  ['coverage.memberId', 'memberId'],
]

/**
 * The wrong-patient guard: opens the finished form as a stranger would and holds every field against what was meant, and who it
 * is about against the chart itself. A field that was not meant to be filled is as blank as it came.
 *
 * @throws {ReadBackFault} with names of fields, never with what they hold
 */
export async function checkReadBack(
  pdf: Uint8Array,
  template: FormTemplate,
  { subject, written, continued, shown }: Meant,
): Promise<void> {
  const document = await PDFDocument.load(pdf, openOptions)
  const found = readFields(document)
  const names = new Set([...template.blank.keys(), ...found.keys()])
  for (const name of names) {
    const meant = written.get(name) ?? template.blank.get(name)
    if (meant === undefined) throw new ReadBackFault(`field "${name}" appeared while filling`)
    if (found.get(name) !== meant)
      throw new ReadBackFault(`field "${name}" of the finished form does not hold what was meant`)
  }
  for (const { name, role } of template.fields) {
    const [, key] = identity.find(([one]) => role.kind === 'text' && role.role === one) ?? []
    if (key === undefined) continue
    const charted = subject[key] === undefined ? '' : shown(subject[key])
    const held = continued.get(name) ?? found.get(name)
    if (held !== charted)
      throw new ReadBackFault(`field "${name}" of the finished form is not the chart's ${key}`)
  }
  const bound = document.context.lookup(document.context.trailerInfo.Info)
  const hash = bound instanceof PDFDict ? bound.lookup(subjectKey) : undefined
  if (!(hash instanceof PDFHexString) || hash.decodeText() !== subjectHash(subject))
    throw new ReadBackFault('the finished form is bound to another patient or order')
}
