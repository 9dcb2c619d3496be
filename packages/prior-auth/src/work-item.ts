import { z } from 'zod'

/**
 * What the practice's people see and decide about one order. How far our own processing is says `ProcessingState`.
 *
 *   ready_for_review ─┐
 *   missing_data ─────┼──► approved ──► submitted
 *   requirements_not_met ┘      │
 *   no_policy, not_required
 *
 *   any of these but submitted ──► superseded  (the encounter was re-opened, or the order is gone)
 *   superseded ──► drafted again              (the encounter was signed again)
 *   approved ──► drafted again                (a person withdrew the approval before the form was sent to the chart)
 *   any but superseded ──► closed
 *   closed ──► drafted again, or submitted if its form is in the chart  (a person re-opened it)
 *
 * An approval does not survive a re-opened encounter; a submitted form does, since it is in the chart.
 */
export const reviewState = z.enum([
  'ready_for_review',
  'missing_data',
  'requirements_not_met',
  'no_policy',
  'not_required',
  'approved',
  'submitted',
  'closed',
  'superseded',
])

export type ReviewState = z.infer<typeof reviewState>

const drafted = [
  'ready_for_review',
  'missing_data',
  'requirements_not_met',
  'no_policy',
  'not_required',
] as const

/**
 * Which states may follow which. A drafted item may be assessed again (rehydrate, reprocess) into any drafted state; only a person leads
 * an approved or closed one back.
 */
export const reviewTransitions: Readonly<Record<ReviewState, readonly ReviewState[]>> = {
  ready_for_review: [...drafted, 'approved', 'closed', 'superseded'],
  missing_data: [...drafted, 'approved', 'closed', 'superseded'],
  requirements_not_met: [...drafted, 'approved', 'closed', 'superseded'],
  no_policy: [...drafted, 'closed', 'superseded'],
  not_required: [...drafted, 'closed', 'superseded'],
  approved: [...drafted, 'submitted', 'closed', 'superseded'],
  submitted: ['closed'],
  closed: [...drafted, 'submitted'],
  superseded: [...drafted],
}

/** Drafts, which people may change. */
export const draftedStates: readonly ReviewState[] = drafted

export function isDrafted(state: ReviewState): boolean {
  return draftedStates.includes(state)
}

/** The states that a new run may replace. What a person has decided, only a person changes. */
export const statesAssessedAgain: readonly ReviewState[] = [...drafted, 'superseded']

export function canReviewFollow(from: ReviewState, to: ReviewState): boolean {
  return reviewTransitions[from].includes(to)
}

/** The states from which `to` may be reached: what a compare-and-set update has to find. */
export function reviewStatesBefore(to: ReviewState): readonly ReviewState[] {
  return reviewState.options.filter((from) => canReviewFollow(from, to))
}
