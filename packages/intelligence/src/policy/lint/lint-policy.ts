import type { ConceptTree } from '../../answers/chart-facts.ts'
import { type Policy, policy as schema } from '../policy.ts'
import { explainShape } from './explain-shape.ts'
import { lintCodes } from './lint-codes.ts'
import { lintConcepts } from './lint-concepts.ts'
import { lintLookBack, type LookBackMonths } from './lint-look-back.ts'
import { findNesting } from './lint-nesting.ts'
import type { LintProblem } from './lint-problem.ts'
import { lintQueries } from './lint-queries.ts'
import { lintRules } from './lint-rules.ts'
import { lintSources } from './lint-sources.ts'

/** What a policy is held against. */
export interface LintOptions {
  /** `YYYY-MM-DD`: codes have to exist and be billable on it. */
  readonly serviceDay: string
  /** The ids of the lexicon. Absent: concepts are not checked. */
  readonly conceptIds?: ReadonlySet<string>
  /** How far back the gateway reads. Absent: everything is read from the beginning. */
  readonly lookBack?: LookBackMonths
  /** Where a therapy's list depends on its kind. */
  readonly concepts?: ConceptTree
}

const noConcepts: ConceptTree = { isA: (one, other) => one === other, get: () => undefined }

/**
 * What the schema cannot say of a policy: that its concepts are in the lexicon, its numbers name their sources, its codes exist, its windows can be met and are
 * covered by what is read, and each of its pathways is a way of its own. Empty for a policy that may be used.
 */
export function lintPolicy(candidate: unknown, options: LintOptions): readonly LintProblem[] {
  const nesting = findNesting(candidate)
  if (nesting !== undefined) return [nesting]
  const parsed = schema.safeParse(candidate)
  if (!parsed.success) return explainShape(candidate, parsed.error.issues)
  const policy = parsed.data as Policy
  return [
    ...lintDates(policy),
    ...lintSources(policy),
    ...lintCodes(policy, options.serviceDay),
    ...lintConcepts(policy, options.conceptIds, options.concepts ?? noConcepts),
    ...lintQueries(policy),
    ...lintLookBack(policy, options.lookBack ?? {}, options.concepts ?? noConcepts),
    ...lintRules(policy),
  ]
}

function lintDates({ effectiveFrom, effectiveTo }: Policy): readonly LintProblem[] {
  return effectiveTo !== undefined && effectiveTo < effectiveFrom
    ? [{ rule: 'dates_reversed', path: 'effectiveTo', message: 'ends before it begins' }]
    : []
}
