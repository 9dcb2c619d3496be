import { nameContains, normalizeName } from '@authscript/prior-auth'
import type { PlaceOfService } from './place-of-service.ts'
import type { CodePattern, NamePattern, RequirementRule } from './requirement-rule.ts'

/** The payer and plan as the coverage names them; undefined if the coverage is absent or could not be read. */
export interface PayerNames {
  readonly payerName?: string | undefined
  readonly planName?: string | undefined
}

export function matchesPayer(rule: RequirementRule, names: PayerNames): boolean {
  const spoken = [names.payerName, names.planName].filter((name) => name !== undefined)
  const isExcepted = (rule.exceptWords ?? []).some((word) =>
    spoken.some((name) => matchesName(word, name)),
  )
  return (
    !isExcepted &&
    (rule.payers === undefined || matchesAny(rule.payers, names.payerName)) &&
    (rule.plans === undefined || matchesAny(rule.plans, names.planName))
  )
}

function matchesAny(patterns: readonly NamePattern[], name: string | undefined): boolean {
  return name !== undefined && patterns.some((pattern) => matchesName(pattern, name))
}

function matchesName(pattern: NamePattern, name: string): boolean {
  return typeof pattern === 'string'
    ? nameContains(pattern, name)
    : normalizeName(name) === normalizeName(pattern.whole)
}

/** How specifically a rule names a code; undefined if it does not. */
export function codeMatch(
  patterns: readonly CodePattern[],
  procedureCode: string,
): 'single' | 'range' | undefined {
  const code = procedureCode.trim().toUpperCase()
  if (patterns.includes(code)) return 'single'
  return patterns.some((pattern) => typeof pattern !== 'string' && isWithin(pattern, code))
    ? 'range'
    : undefined
}

function isWithin({ from, to }: { readonly from: string; readonly to: string }, code: string) {
  return code.length === from.length && from <= code && code <= to
}

export function matchesPlace(rule: RequirementRule, place: PlaceOfService): boolean {
  return rule.placesOfService === undefined || rule.placesOfService.includes(place)
}

export function isInForce(rule: RequirementRule, day: string): boolean {
  return rule.effectiveFrom <= day && (rule.effectiveTo === undefined || day <= rule.effectiveTo)
}
