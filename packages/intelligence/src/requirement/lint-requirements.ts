import { normalizeName } from '@authscript/prior-auth'
import { lookUpCode } from '../codes/look-up.ts'
import type { NamePattern, RequirementRule } from './requirement-rule.ts'
import { codeMatch } from './rule-matching.ts'

/** What must be fixed before the rules can be used, one sentence each; empty if they are valid. */
export function lintRequirements(rules: readonly RequirementRule[]): readonly string[] {
  return [
    ...repeatedIds(rules),
    ...rules.flatMap((rule) => lintRule(rule).map((problem) => `${rule.ruleId}: ${problem}`)),
    ...contradictions(rules),
  ]
}

function lintRule(rule: RequirementRule): string[] {
  const problems: string[] = []
  if (rule.source.document.trim() === '') problems.push('has no source')
  if (rule.procedureCodes.length === 0) problems.push('names no code')
  if (rule.effectiveTo !== undefined && rule.effectiveTo < rule.effectiveFrom)
    problems.push(`ends on ${rule.effectiveTo}, before it begins on ${rule.effectiveFrom}`)
  for (const code of rule.procedureCodes) {
    if (typeof code !== 'string') {
      if (code.from.length !== code.to.length || code.to < code.from)
        problems.push(`${code.from} to ${code.to} is not a range of codes`)
    } else if (!isKnown(code)) problems.push(`${code} is not in the code tables`)
  }
  return problems
}

function isKnown(code: string): boolean {
  return lookUpCode('cpt', code) !== undefined || lookUpCode('hcpcs', code) !== undefined
}

function repeatedIds(rules: readonly RequirementRule[]): string[] {
  const ids = rules.map((rule) => rule.ruleId)
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map(
    (id) => `${id}: the id is used twice`,
  )
}

/**
 * Pairs of rules that are equally specific and contradict each other: `findRequirement` could only answer
 * `unknown`.
 */
function contradictions(rules: readonly RequirementRule[]): string[] {
  return rules.flatMap((one, index) =>
    rules
      .slice(index + 1)
      .filter((other) => isContradiction(one, other))
      .map((other) => `${one.ruleId}: contradicts ${other.ruleId}`),
  )
}

function isContradiction(one: RequirementRule, other: RequirementRule): boolean {
  return (
    one.isRequired !== other.isRequired &&
    one.effectiveFrom === other.effectiveFrom &&
    shareNames(one.payers, other.payers) &&
    shareNames(one.plans, other.plans) &&
    sharePlaces(one, other) &&
    shareCodes(one, other)
  )
}

function shareNames(
  one: readonly NamePattern[] | undefined,
  other: readonly NamePattern[] | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other
  const wordsOf = (pattern: NamePattern) =>
    normalizeName(typeof pattern === 'string' ? pattern : pattern.whole)
  const words = one.map(wordsOf)
  return other.some((pattern) => words.includes(wordsOf(pattern)))
}

function sharePlaces(one: RequirementRule, other: RequirementRule): boolean {
  const { placesOfService: places } = one
  const { placesOfService: others } = other
  if (places === undefined || others === undefined) return places === others
  return others.some((place) => places.includes(place))
}

/** A code that both name equally specifically: singly, or within overlapping ranges. */
function shareCodes(one: RequirementRule, other: RequirementRule): boolean {
  return one.procedureCodes.some((code) =>
    typeof code === 'string'
      ? codeMatch(other.procedureCodes, code) === 'single'
      : other.procedureCodes.some(
          (range) =>
            typeof range !== 'string' &&
            range.from.length === code.from.length &&
            range.from <= code.to &&
            code.from <= range.to,
        ),
  )
}
