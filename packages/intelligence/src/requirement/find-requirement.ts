import type { Citation } from '@authscript/prior-auth'
import type { PlaceOfService } from './place-of-service.ts'
import type { RequirementRule } from './requirement-rule.ts'
import {
  codeMatch,
  isInForce,
  matchesPayer,
  matchesPlace,
  type PayerNames,
} from './rule-matching.ts'
import { requirementRules } from './rules/rules.ts'

export interface RequirementQuestion extends PayerNames {
  readonly procedureCode: string
  readonly placeOfService: PlaceOfService
  /** `YYYY-MM-DD` */
  readonly serviceDay: string
}

export interface Requirement {
  readonly need: 'required' | 'not_required' | 'unknown'
  readonly reason: string
  /** The rule that decided. */
  readonly rule?: RequirementRule
  readonly citations: readonly Citation[]
}

/**
 * Whether a service needs prior authorization, by the most specific rule that applies: one for the payer and
 * plan before one for any payer, one for the place before one for any place, one for the code before one for a
 * range of codes, and then the newer one.
 *
 * If two equally specific rules disagree, or there is no rule, the result is `unknown`, never "not required".
 */
export function findRequirement(
  question: RequirementQuestion,
  rules: readonly RequirementRule[] = requirementRules,
): Requirement {
  const { procedureCode, placeOfService, serviceDay } = question
  const ofCode = rules.filter(
    (rule) => codeMatch(rule.procedureCodes, procedureCode) && matchesPayer(rule, question),
  )
  const inForce = ofCode.filter((rule) => isInForce(rule, serviceDay))
  const fitting = inForce
    .filter((rule) => matchesPlace(rule, placeOfService))
    .sort((a, b) => compareExactness(b, a, procedureCode))
  const best = fitting[0]
  if (best === undefined) return unknown(whyNoRule(question, ofCode, inForce), [])
  const rivals = fitting.filter(
    (rule) =>
      compareExactness(rule, best, procedureCode) === 0 && rule.isRequired !== best.isRequired,
  )
  const [tied] = rivals
  if (tied !== undefined) {
    return unknown(
      `rules ${best.ruleId} and ${tied.ruleId} disagree about ${procedureCode}; ask the payer`,
      [best, tied],
    )
  }
  return {
    need: best.isRequired ? 'required' : 'not_required',
    reason: `${procedureCode}: ${best.reason}${unverified(best)}${payerNote(question, best)}`,
    rule: best,
    citations: [toCitation(best)],
  }
}

function unknown(reason: string, rules: readonly RequirementRule[]): Requirement {
  return { need: 'unknown', reason, citations: rules.map(toCitation) }
}

function whyNoRule(
  { procedureCode, payerName, placeOfService, serviceDay }: RequirementQuestion,
  ofCode: readonly RequirementRule[],
  inForce: readonly RequirementRule[],
): string {
  const elsewhere = inForce.find((rule) => rule.isRequired)
  if (elsewhere !== undefined) {
    const places = (elsewhere.placesOfService ?? []).join(', ')
    return `${procedureCode}: prior authorization is needed at ${places} (${elsewhere.reason}); the place of this service is ${placeOfService}`
  }
  if (ofCode.length > 0 && inForce.length === 0)
    return `no rule about ${procedureCode} is in force on ${serviceDay}`
  const payer =
    payerName === undefined
      ? 'the payer is unknown, so payer-specific rules were not used'
      : `no rule of ${payerName} covers it`
  return `whether ${procedureCode} needs prior authorization is unknown: ${payer}`
}

function unverified(rule: RequirementRule): string {
  return rule.source.verified ? '' : ' (the source was not read when this rule was written)'
}

/** A payer's own rule may override a general one, which cannot be checked if the payer is unknown. */
function payerNote({ payerName }: RequirementQuestion, rule: RequirementRule): string {
  return payerName === undefined && rule.payers === undefined
    ? '; the payer is unknown, so payer-specific rules were not used'
    : ''
}

function toCitation({ source }: RequirementRule): Citation {
  const { verified: _, ...citation } = source
  return citation
}

/** Positive if `a` is more specific, zero if both are equally specific. */
export function compareExactness(
  a: RequirementRule,
  b: RequirementRule,
  procedureCode: string,
): number {
  const [left, right] = [exactness(a, procedureCode), exactness(b, procedureCode)]
  return left === right ? 0 : left > right ? 1 : -1
}

/** Sort key as text: payer, place, code, then the first day. */
function exactness(rule: RequirementRule, procedureCode: string): string {
  const payer = (rule.payers === undefined ? 0 : 2) + (rule.plans === undefined ? 0 : 1)
  const place = rule.placesOfService === undefined ? 0 : 1
  const code = codeMatch(rule.procedureCodes, procedureCode) === 'single' ? 1 : 0
  return `${payer}${place}${code}${rule.effectiveFrom}`
}
