import { codesUnder, isBillable, lookUpCode } from '../../codes/look-up.ts'
import type { CodeSet } from '../criterion.ts'
import type { Policy } from '../policy.ts'
import { isLoincCode, isSnomedCode } from './check-digits.ts'
import type { LintProblem } from './lint-problem.ts'
import { type PlainQuery, queriesOf } from './queries-of.ts'

/** Codes that do not exist, cannot be billed on the day, or whose check digit is wrong. */
export function lintCodes(policy: Policy, serviceDay: string): readonly LintProblem[] {
  const problems: LintProblem[] = []
  for (const code of policy.procedureCodes) {
    const system = /^\d/.test(code) ? 'cpt' : 'hcpcs'
    const fault = faultOf(system, code, serviceDay)
    if (fault !== undefined)
      problems.push({ rule: 'bad_code', path: 'procedureCodes', message: `${code} ${fault}` })
  }
  for (const { path, query } of queriesOf(policy))
    for (const { at, sets } of codeSetsOf(query))
      for (const set of sets)
        for (const message of faultsOf(set, serviceDay))
          problems.push({ rule: 'bad_code', path: `${path}.${at}`, message })
  return problems
}

function codeSetsOf(
  query: PlainQuery,
): readonly { readonly at: string; readonly sets: readonly CodeSet[] }[] {
  if ('order' in query)
    return [
      { at: 'order', sets: query.order },
      { at: 'otherwise', sets: query.otherwise ?? [] },
    ]
  return 'codes' in query ? [{ at: 'codes', sets: query.codes ?? [] }] : []
}

function* faultsOf(set: CodeSet, day: string): Generator<string> {
  if (set.codes === undefined && set.under === undefined) yield `${set.system} names no code`
  for (const code of set.codes ?? []) {
    const fault = faultOf(set.system, code, day)
    if (fault !== undefined) yield `${code} ${fault}`
  }
  for (const code of set.under ?? []) {
    if (set.system !== 'icd10cm') yield `${set.system} has no hierarchy to stand under ${code}`
    else if (
      codesUnder(code, day).length === 0 &&
      lookUpCode('icd10cm', code, day)?.hasUnlistedChildren !== true
    )
      yield `${code} has no billable code below it on ${day}`
  }
}

function faultOf(system: CodeSet['system'], code: string, day: string): string | undefined {
  switch (system) {
    case 'icd10cm':
    case 'cpt':
    case 'hcpcs': {
      const state = isBillable(system, code, day)
      return state === 'billable'
        ? undefined
        : `is ${state.replaceAll('_', ' ')} (${system}, ${day})`
    }
    case 'loinc':
      return isLoincCode(code) ? undefined : 'is no LOINC code: its check digit is wrong'
    case 'snomed':
      return isSnomedCode(code) ? undefined : 'is no SNOMED CT identifier: its check digit is wrong'
    case 'rxnorm':
      return /^\d{1,8}$/.test(code) ? undefined : 'is no RxNorm identifier'
    default:
      return system satisfies never
  }
}
