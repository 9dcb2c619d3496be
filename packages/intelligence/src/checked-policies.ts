import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadLexicon } from './lexicon/lexicon.ts'
import { lintLookBack, type LookBackMonths } from './policy/lint/lint-look-back.ts'
import { lintPolicy } from './policy/lint/lint-policy.ts'
import type { LintProblem } from './policy/lint/lint-problem.ts'
import { InvalidPolicyError, loadPolicies, parsePolicy } from './policy/load-policies.ts'
import type { Policy } from './policy/policy.ts'
import { policiesWith } from './policy/registry.ts'

/** What policies are checked against before they are used. */
export interface PolicyCheck {
  /** A practice's own policies; see `packages/intelligence/policies/README.md`. */
  readonly practiceDirectory: string | undefined
  /** `YYYY-MM-DD`, today: codes must be billable on this day. */
  readonly serviceDay: string
  /** How far back the chart is read. Kinds that are absent are read completely. */
  readonly lookBack: LookBackMonths
}

export interface CheckedPolicies {
  readonly policies: readonly Policy[]
  /** Problems an operator should know that do not prevent a start, one sentence each. */
  readonly warnings: readonly string[]
}

/** A code that our tables lack may still exist: they contain only the codes of our own policies. */
const tolerated: ReadonlySet<string> = new Set(['unknown_code'])

/**
 * The product's policies and those of a practice's directory, checked by the linter that also tests ours. If the
 * configured look-back is shorter than a window of our own policies, answers from silence are unclear; that is
 * reported as a warning.
 *
 * @throws {InvalidPolicyError} a file of the practice cannot be used; the message names the file, the position
 * and the allowed values
 */
export function checkedPolicies({
  practiceDirectory,
  serviceDay,
  lookBack,
}: PolicyCheck): CheckedPolicies {
  const lexicon = loadLexicon()
  const options = {
    serviceDay,
    lookBack,
    concepts: lexicon,
    conceptIds: new Set([...lexicon.concepts].map((one) => one.id)),
  }
  const own = practiceDirectory === undefined ? [] : loadPolicies(practiceDirectory)
  const ownIds = new Set(own.map((one) => one.policyId))
  const policies = policiesWith(practiceDirectory)
  const warnings = policies.flatMap((policy) => {
    // Whatever else the linter says of ours, its tests have said before.
    if (!ownIds.has(policy.policyId))
      return [...lintLookBack(policy, lookBack, lexicon)].map(
        (one) => `${policy.policyId}: ${inWords(one)}`,
      )
    const problems = lintPolicy(policy, options)
    const faults = problems.filter((one) => !tolerated.has(one.rule))
    if (faults.length > 0)
      throw new InvalidPolicyError(
        fileOf(policy, practiceDirectory ?? ''),
        faults.slice(0, maxFaultsNamed).map(inWords),
      )
    return problems.map((one) => `${policy.policyId}: ${inWords(one)}`)
  })
  return { policies, warnings }
}

const maxFaultsNamed = 10

function inWords({ path, message }: LintProblem): string {
  return `${path}: ${message}`
}

/** The file of the directory that holds the policy. All files have been read once already. */
function fileOf({ policyId }: Policy, directory: string): string {
  const files = readdirSync(directory)
    .filter((name) => /\.(?:ya?ml|json)$/i.test(name))
    .map((name) => join(directory, name))
  return (
    files.find((file) => parsePolicy(readFileSync(file, 'utf8'), file).policyId === policyId) ??
    directory
  )
}
