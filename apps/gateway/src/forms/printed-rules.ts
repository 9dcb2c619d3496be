import type { FormContent } from '@authscript/prior-auth'
import { textFor } from './answers.ts'
import { type FieldRole, labelOf, readRole } from './map/field-role.ts'
import { formFieldOf } from './map/form-field.ts'
import type { FormTemplate } from './map/form-template.ts'

export interface Ruled {
  readonly content: FormContent
  readonly notices: readonly string[]
  /** Labels of boxes that the rules require and the chart does not have. */
  readonly missingLabels: readonly string[]
  /** Those that a person may fill on the screen, as FormFields. */
  readonly missingFields: readonly string[]
}

/** A form with a box for the reason of urgency always requires a reason for urgency, even without a rules file. */
const reasonRule = {
  tick: 'review.urgent',
  filled: 'review.urgentReason',
  because: 'the form asks for the clinical reason for urgency',
}

/** Removes what the form's printed rules do not allow, with a notice for the reviewer. */
export function applyRules(content: FormContent, template: FormTemplate): Ruled {
  const { rules, fields } = template
  const notices: string[] = []
  const missing: FieldRole[] = []
  let choices = content.choices
  const asksReason = fields.some(
    ({ role }) => role.kind === 'text' && role.role === 'review.urgentReason',
  )
  for (const { tick, filled, because } of [...rules.needs, ...(asksReason ? [reasonRule] : [])]) {
    const ticked = readRole(tick)?.role
    const needed = readRole(filled)?.role
    if (ticked?.kind !== 'tick' || needed === undefined) continue
    if (choices[ticked.choice] !== ticked.value || isFilled(needed, content, template)) continue
    choices = { ...choices, [ticked.choice]: undefined }
    notices.push(
      `${labelOf(ticked)} was left blank although the order has it: ${because}, and the order does not give one`,
    )
    missing.push(needed)
  }
  if (rules.mostServices !== undefined && content.services.length > rules.mostServices.rows) {
    notices.push(
      `${content.services.length} services for ${rules.mostServices.rows} rows: ${rules.mostServices.because}`,
    )
  }
  return {
    content: { ...content, choices },
    notices,
    missingLabels: missing.map(labelOf),
    missingFields: missing.flatMap((role) => formFieldOf(role) ?? []),
  }
}

function isFilled(role: FieldRole, content: FormContent, template: FormTemplate): boolean {
  return (textFor(role, content, template) ?? '') !== ''
}
