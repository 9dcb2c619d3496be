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

/** What a policy is checked against. */
export interface LintOptions {
  /** `YYYY-MM-DD`: codes must exist and be billable on this day. */
  readonly serviceDay: string
  /** The ids of the lexicon. Absent: concepts are not checked. */
  readonly conceptIds?: ReadonlySet<string>
  /** How far back the gateway reads. Absent: everything is read. */
  readonly lookBack?: LookBackMonths
  /** Needed because the resource type of a therapy depends on the kind of its concept. */
  readonly concepts?: ConceptTree
}

const noConcepts: ConceptTree = { isA: (one, other) => one === other, get: () => undefined }

/**
 * Checks what the schema cannot: that concepts are in the lexicon, numbers name their sources, codes exist,
 * windows can be satisfied and are covered by the look-back, and no pathway is redundant. Empty for a policy
 * that can be used.
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
