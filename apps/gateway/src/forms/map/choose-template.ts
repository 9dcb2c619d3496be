import { type FormContent, nameContains } from '@authscript/prior-auth'
import { isInRange } from './code-range.ts'
import type { FormTemplate, OfferedTemplate, RefusedForm } from './form-template.ts'

export interface ChosenTemplate {
  readonly template: FormTemplate
  /** Why a form of the payer was not used. */
  readonly notices: readonly string[]
}

/** The first form of the order's payer that applies to this order, or else the general form. */
export function chooseTemplate(
  content: FormContent,
  offered: readonly OfferedTemplate[],
  general: FormTemplate,
  refused: readonly RefusedForm[] = [],
): ChosenTemplate {
  const payer = content.values['payer.name']
  const notices: string[] = []
  for (const { template, payers, codes } of offered) {
    if (payer === undefined || !payers.some((name) => nameContains(name, payer))) continue
    const why = whyNotFor(template, codes, content)
    if (why === undefined) return { template, notices }
    notices.push(`the form ${template.name} was not used: ${why}`)
  }
  for (const { name, payers } of refused) {
    if (payer !== undefined && payers.some((one) => nameContains(one, payer)))
      notices.push(`the form ${name} was not used: the gateway cannot read it`)
  }
  return { template: general, notices }
}

function whyNotFor(
  { rules }: FormTemplate,
  codes: readonly string[],
  { services }: FormContent,
): string | undefined {
  for (const { code } of services) {
    if (code === undefined) continue
    const isOneOf = (ranges: readonly string[]) => ranges.some((range) => isInRange(code, range))
    if (codes.length > 0 && !isOneOf(codes)) return `it is not configured for code ${code}`
    const refusal = rules.refuses.find((rule) => isOneOf(rule.codes))
    if (refusal !== undefined) return `${refusal.because} (code ${code})`
    if (rules.onlyFor !== undefined && !isOneOf(rules.onlyFor.codes))
      return `${rules.onlyFor.because} (code ${code})`
  }
  return undefined
}
