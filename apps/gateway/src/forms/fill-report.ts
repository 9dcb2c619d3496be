import { type FormContent, identityFields } from '@authscript/prior-auth'
import { labelOf } from './map/field-role.ts'
import { formFieldOf } from './map/form-field.ts'
import type { TemplateField } from './map/form-template.ts'
import type { AddendumPlace } from './paper/lay-out.ts'

/** What was written into a form, what was not, and why. */
export class FillReport {
  /** Every written field, with its value. */
  readonly written = new Map<string, string>()
  /** The whole text of fields that show it in another format, in part, or as a reference. */
  readonly whole = new Map<string, string>()
  /** Boxes that are blank because there is nothing to write in them. */
  readonly settled = new Set<string>()
  readonly continued: string[] = []
  readonly unrenderable: string[] = []
  readonly missingLabels: string[] = []
  /** The missing boxes that a person may fill on the screen, as FormFields. */
  readonly missingFields: string[] = []
  /** The blank boxes whose value is known, but cannot be printed there. A notice says why. */
  readonly unplacedLabels: string[] = []
  readonly notices: string[] = []

  isBlank(name: string): boolean {
    return (this.written.get(name) ?? '') === '' && !this.settled.has(name)
  }

  /** A box that the payer requires is blank. */
  addMissing({ label, role }: TemplateField, { choices, criteria }: FormContent): void {
    // Of several boxes to tick, one is enough.
    if (role.kind === 'tick' && choices[role.choice] !== undefined) return
    const answer = role.kind === 'answer' ? criteria[role.row - 1]?.answer : undefined
    if (answer === 'met' || answer === 'not_met') return
    this.missingLabels.push(
      role.kind === 'tick' ? labelOf({ kind: 'choice', choice: role.choice }) : label,
    )
    const field = formFieldOf(role)
    // The patient's identity comes from the chart: what cannot be printed of it must be written by hand.
    const isFromChart =
      this.unplacedLabels.includes(label) &&
      (identityFields as readonly string[]).includes(field ?? '')
    if (field !== undefined && !isFromChart) this.missingFields.push(field)
  }

  /** The form would show marks instead of the letters. */
  leaveToPerson({ name, label, isEssential }: TemplateField, shown: string): void {
    this.whole.set(name, shown)
    if (isEssential) this.unplacedLabels.push(label)
    if (this.unrenderable.includes(label)) return
    this.unrenderable.push(label)
    this.notices.push(
      `${label} was left blank: it has characters that the form cannot print; write it by hand`,
    )
  }

  /** Neither the text nor a reference to it fits. */
  addUnreferred(label: string, { part, page }: AddendumPlace): void {
    const where = part === undefined ? '' : `, ${part}`
    this.notices.push(
      `${label} does not fit its box, and the box has no space for a reference: see page ${page}${where}`,
    )
  }
}
