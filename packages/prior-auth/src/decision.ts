import type { Analysis, Recommendation } from './analysis.ts'
import type { AnswerValue } from './answer-value.ts'
import type { ReviewState } from './work-item.ts'

/** The consequence of an assessment: the recommendation and the initial review state of the work item. */
interface Decision<Word extends Recommendation = Recommendation> {
  readonly recommendation: Word
  readonly review: ReviewState
}

/**
 * The only table from assessment to consequence. Every outcome has its own row, with no default. Confidence
 * sorts the queue and decides nothing.
 */
export const assessedDecisions = {
  met: { recommendation: 'approve', review: 'ready_for_review' },
  unclear: { recommendation: 'needs_info', review: 'missing_data' },
  not_met: { recommendation: 'requirements_not_met', review: 'requirements_not_met' },
} as const satisfies Record<AnswerValue, Decision>

export const otherDecisions = {
  no_procedure_code: { recommendation: 'needs_info', review: 'missing_data' },
  not_required: { recommendation: 'not_required', review: 'not_required' },
  no_policy: { recommendation: 'no_policy', review: 'no_policy' },
} as const satisfies Record<Exclude<Analysis['outcome'], 'assessed'>, Decision>

/** The review state of a new analysis. */
export function reviewStateOf(analysis: Analysis): ReviewState {
  return analysis.outcome === 'assessed'
    ? assessedDecisions[analysis.verdict].review
    : otherDecisions[analysis.outcome].review
}
