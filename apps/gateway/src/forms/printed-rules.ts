import type { FormContent } from '@authscript/prior-auth'
import { textFor } from './answers.ts'
import { type FieldRole, labelOf, readRole } from './map/field-role.ts'
import { formFieldOf } from './map/form-field.ts'
import type { FormTemplate, TemplateField } from './map/form-template.ts'

export interface Ruled {
  readonly content: FormContent
  /** The boxes that may be filled. */
  readonly fields: readonly TemplateField[]
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
    notices.push(`${labelOf(ticked)} stays blank until ${labelOf(needed)} is filled: ${because}`)
    missing.push(needed)
  }
  const allowed = { ...content, choices }
  for (const { when, also, because } of rules.requires) {
    const first = readRole(when)?.role
    const second = readRole(also)?.role
    if (first === undefined || second === undefined) continue
    if (!isFilled(first, allowed, template) || isFilled(second, allowed, template)) continue
    notices.push(`${labelOf(second)} is blank although ${labelOf(first)} is filled: ${because}`)
    missing.push(second)
  }
  const blank = new Set<string>()
  for (const { roles, because } of rules.onlyOneOf) {
    const ofForm = roles.flatMap((word) => {
      const role = readRole(word)?.role
      return role === undefined || !fields.some((one) => isSame(one.role, role)) ? [] : [role]
    })
    const filled = ofForm.filter((role) => isFilled(role, allowed, template))
    const kept = filled[0] ?? ofForm[0]
    for (const role of ofForm) if (role !== kept) blank.add(JSON.stringify(role))
    if (kept === undefined || filled.length < 2) continue
    const others = filled.slice(1).map(labelOf)
    notices.push(
      `${others.join(', ')}: left blank although the order has it, because ${labelOf(kept)} is filled: ${because}`,
    )
  }
  if (rules.mostServices !== undefined && content.services.length > rules.mostServices.rows) {
    notices.push(
      `${content.services.length} services for ${rules.mostServices.rows} rows: ${rules.mostServices.because}`,
    )
  }
  return {
    content: allowed,
    fields: fields.filter(({ role }) => !blank.has(JSON.stringify(role))),
    notices,
    missingLabels: missing.map(labelOf),
    missingFields: missing.flatMap((role) => formFieldOf(role) ?? []),
  }
}

/** Whether the order has a value for a box with this role. */
function isFilled(role: FieldRole, content: FormContent, template: FormTemplate): boolean {
  if (role.kind === 'tick') return content.choices[role.choice] === role.value
  if (role.kind === 'answer') return content.criteria[role.row - 1]?.answer === role.value
  return (textFor(role, content, template) ?? '') !== ''
}

function isSame(one: FieldRole, other: FieldRole): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
