import type { FieldRole } from './field-role.ts'
import type { FormRules } from './form-rules.ts'

/** A box of a form that has a role. */
export interface TemplateField {
  readonly name: string
  readonly role: FieldRole
  /** As a person reads it. */
  readonly label: string
  readonly isEssential: boolean
  readonly maxLength?: number
  /** For a list or a radio group: the option that stands for a value. */
  readonly options?: Readonly<Record<string, string>>
}

/** A form that can be filled: the blank PDF, what its boxes are for, and what it demands. Plain data: it travels to the threads. */
export interface FormTemplate {
  readonly name: string
  readonly title: string
  readonly pdf: Uint8Array
  readonly fields: readonly TemplateField[]
  /** Every field of the blank PDF with what it holds, as `readFields` tells it. */
  readonly blank: ReadonlyMap<string, string>
  readonly rules: FormRules
}

/** An outside form and the orders it is for. */
export interface OfferedTemplate {
  readonly template: FormTemplate
  readonly payers: readonly string[]
  /** Codes and ranges; empty: all. */
  readonly codes: readonly string[]
}
