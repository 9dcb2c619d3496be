import type { Analysis, AnswerValue, Recommendation } from './analysis.ts'
import type { ReviewState } from './work-item.ts'

/** What follows from a judgement: what is recommended, and where the work item opens. */
interface Decision<Word extends Recommendation = Recommendation> {
  readonly recommendation: Word
  readonly review: ReviewState
}

/**
 * The one table from judgement to consequence. Every outcome has its row, and no row is reached by default: confidence sorts the queue and
 * decides nothing.
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

/** The review state that a fresh analysis opens with. */
export function reviewStateOf(analysis: Analysis): ReviewState {
  return analysis.outcome === 'assessed'
    ? assessedDecisions[analysis.verdict].review
    : otherDecisions[analysis.outcome].review
}
