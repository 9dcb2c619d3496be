import type { Policy } from '../policy.ts'
import { policy as schema } from '../policy.ts'
import { lintCodes } from './lint-codes.ts'
import { lintCriteria } from './lint-criteria.ts'
import { lintRules } from './lint-rules.ts'
import { lintSources } from './lint-sources.ts'

export interface LintProblem {
  /** What kind of fault: the names in the linter's tests. */
  readonly rule: string
  /** Where, as a path into the policy. */
  readonly path: string
  readonly message: string
}

/**
 * What the schema cannot say of a policy: that its numbers name their sources, its codes exist and can be billed on `serviceDay` (`YYYY-MM-DD`), its criteria
 * can be satisfied, and each of its pathways is a way of its own. Empty for a policy that may go into the catalogue.
 */
export function lintPolicy(candidate: unknown, serviceDay: string): readonly LintProblem[] {
  const parsed = schema.safeParse(candidate)
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({
      rule: 'schema',
      path: issue.path.join('.'),
      message: issue.message,
    }))
  }
  const policy: Policy = parsed.data
  return [
    ...lintDates(policy),
    ...lintSources(policy),
    ...lintCodes(policy, serviceDay),
    ...lintCriteria(policy),
    ...lintRules(policy),
  ]
}

function lintDates({ effectiveFrom, effectiveTo }: Policy): readonly LintProblem[] {
  return effectiveTo !== undefined && effectiveTo < effectiveFrom
    ? [{ rule: 'dates_reversed', path: 'effectiveTo', message: 'ends before it begins' }]
    : []
}
