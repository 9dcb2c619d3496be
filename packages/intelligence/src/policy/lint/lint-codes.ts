import { codesUnder, isBillable, lookUpCode } from '../../codes/look-up.ts'
import type { CodeSet } from '../criterion.ts'
import type { Policy } from '../policy.ts'
import { isLoincCode, isSnomedCode } from './check-digits.ts'
import type { LintProblem } from './lint-problem.ts'
import { type PlainQuery, queriesOf } from './queries-of.ts'

/** Codes that do not exist, are not billable on the day, or have a wrong check digit. */
export function lintCodes(policy: Policy, serviceDay: string): readonly LintProblem[] {
  const problems: LintProblem[] = []
  for (const code of policy.procedureCodes) {
    const system = /^\d/.test(code) ? 'cpt' : 'hcpcs'
    const fault = faultOf(system, code, serviceDay)
    if (fault !== undefined)
      problems.push({ ...fault, path: 'procedureCodes', message: `${code} ${fault.message}` })
  }
  for (const { path, query } of queriesOf(policy))
    for (const { at, sets } of codeSetsOf(query))
      for (const set of sets)
        for (const fault of faultsOf(set, serviceDay))
          problems.push({ ...fault, path: `${path}.${at}` })
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

/**
 * `unknown_code`: not in our tables, which contain only the codes of our own policies; `bad_code`: it cannot be
 * valid.
 */
type CodeFault = Pick<LintProblem, 'message'> & { readonly rule: 'unknown_code' | 'bad_code' }

const bad = (message: string): CodeFault => ({ rule: 'bad_code', message })

function* faultsOf(set: CodeSet, day: string): Generator<CodeFault> {
  if (set.codes === undefined && set.under === undefined) yield bad(`${set.system} names no code`)
  for (const code of set.codes ?? []) {
    const fault = faultOf(set.system, code, day)
    if (fault !== undefined) yield { ...fault, message: `${code} ${fault.message}` }
  }
  for (const code of set.under ?? []) {
    if (set.system !== 'icd10cm')
      yield bad(`${set.system} has no hierarchy, so "under" cannot be used with ${code}`)
    else if (
      codesUnder(code, day).length === 0 &&
      lookUpCode('icd10cm', code, day)?.hasUnlistedChildren !== true
    )
      yield bad(`${code} has no billable code below it on ${day}`)
  }
}

const shapes = {
  icd10cm: /^[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?$/,
  cpt: /^\d{4}[0-9A-Z]$/,
  hcpcs: /^[A-Z]\d{4}$/,
} as const

function faultOf(system: CodeSet['system'], code: string, day: string): CodeFault | undefined {
  switch (system) {
    case 'icd10cm':
    case 'cpt':
    case 'hcpcs': {
      const state = isBillable(system, code, day)
      if (state === 'billable') return undefined
      const message = `is ${state.replaceAll('_', ' ')} (${system}, ${day})`
      const isShaped = shapes[system].test(code)
      return { rule: state === 'unknown' && isShaped ? 'unknown_code' : 'bad_code', message }
    }
    case 'loinc':
      return isLoincCode(code) ? undefined : bad('is not a LOINC code: its check digit is wrong')
    case 'snomed':
      return isSnomedCode(code)
        ? undefined
        : bad('is not a SNOMED CT identifier: its check digit is wrong')
    case 'rxnorm':
      return /^\d{1,8}$/.test(code) ? undefined : bad('is not an RxNorm identifier')
    default:
      return system satisfies never
  }
}
