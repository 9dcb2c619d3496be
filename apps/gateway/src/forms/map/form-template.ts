import type { BoxPiece } from './box-piece.ts'
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
  /** The pattern in which the box wants its date. */
  readonly pattern?: string
  /** For one of several boxes that hold a value together. */
  readonly piece?: BoxPiece
  /** For a list, a radio group or check boxes of one name: the option for each value. */
  readonly options?: Readonly<Record<string, string>>
}

export interface SigningField {
  readonly name: string
  readonly part: 'signature' | 'date'
}

/** A form that can be filled: the blank PDF, the roles of its fields, and its rules. Plain data, so that it can be passed to threads. */
export interface FormTemplate {
  readonly name: string
  readonly title: string
  readonly pdf: Uint8Array
  readonly fields: readonly TemplateField[]
  /** The boxes in which the requesting provider signs and dates. They are left to people. */
  readonly signing: readonly SigningField[]
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

/** A configured form that cannot be used. */
export interface RefusedForm {
  /** The name in its map, or else the name of its file. */
  readonly name: string
  /** Its place in the configuration: `Forms.Templates.0`. */
  readonly key: string
  /** Without its folder. */
  readonly file: string
  readonly payers: readonly string[]
  /** Each with its key and file. */
  readonly faults: readonly string[]
}

/** The configured forms. One that cannot be used keeps no other from being filled. */
export interface LoadedForms {
  readonly offered: readonly OfferedTemplate[]
  readonly refused: readonly RefusedForm[]
}
