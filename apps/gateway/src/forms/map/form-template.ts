import type { FieldRole } from './field-role.ts'
import type { FormRules } from './form-rules.ts'

/** A box of a form that has a role. */
export interface TemplateField {
  readonly name: string
  readonly role: FieldRole
  /** For display. */
  readonly label: string
  readonly isEssential: boolean
  readonly maxLength?: number
  /** For a list or a radio group: the option for each value. */
  readonly options?: Readonly<Record<string, string>>
}

/** A form that can be filled: the blank PDF, the roles of its fields, and its rules. Plain data, so that it can be passed to threads. */
export interface FormTemplate {
  readonly name: string
  readonly title: string
  readonly pdf: Uint8Array
  readonly fields: readonly TemplateField[]
  /** Every field of the blank PDF with its value, as returned by `readFields`. */
  readonly blank: ReadonlyMap<string, string>
  readonly rules: FormRules
}

/** A payer's form and the orders it applies to. */
export interface OfferedTemplate {
  readonly template: FormTemplate
  readonly payers: readonly string[]
  /** Codes and ranges; empty: all. */
  readonly codes: readonly string[]
  /** The uploaded form that it is; absent: one of the configuration. */
  readonly payerForm?: { readonly formId: string; readonly version: number } | undefined
}
