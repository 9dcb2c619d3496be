import type { Analysis, Answer } from './analysis.ts'
import { evaluateLogic, type LogicResult } from './answer-logic.ts'
import type { AnswerValue } from './answer-value.ts'
import { assessedDecisions, reviewStateOf } from './decision.ts'
import type { Evidence } from './evidence.ts'
import type { ReviewState } from './work-item.ts'

/** A person's answer in place of the chart's. */
export interface AnswerChange {
  readonly criterionId: string
  /** What the rules answered when the person changed it. */
  readonly chartAnswer: AnswerValue
  readonly answer: AnswerValue
  readonly reason: string
  /** A passage of the chart that the person selected. */
  readonly evidence?: Evidence
  /** The label of the person. */
  readonly changedBy: string
  /** ISO 8601. */
  readonly changedAt: string
}

/** What people changed on one order: their answers, and what they typed into the form, by FormField. */
export interface PeopleInput {
  readonly changes: readonly AnswerChange[]
  readonly entries: Readonly<Record<string, string>>
}

export const noPeopleInput: PeopleInput = { changes: [], entries: {} }

/** A change applies only while the rules still give the answer that it replaced. `analysis` is the one of the rules. */
export function doesChangeApply(analysis: Analysis, change: AnswerChange): boolean {
  return (
    analysis.outcome === 'assessed' &&
    analysis.answers.some(
      ({ criterionId, answer }) =>
        criterionId === change.criterionId && answer === change.chartAnswer,
    )
  )
}

/**
 * The analysis with the answers that count: a person's before the chart's, with the passage that they selected first. The verdict and the
 * pathways stay those of the rules.
 */
export function withAnswerChanges(analysis: Analysis, changes: readonly AnswerChange[]): Analysis {
  if (analysis.outcome !== 'assessed') return analysis
  const applying = changesByCriterion(analysis, changes)
  return {
    ...analysis,
    answers: analysis.answers.map((answer) => {
      const change = applying.get(answer.criterionId)
      return change === undefined ? answer : changed(answer, change)
    }),
  }
}

/**
 * What the answers that count come to, by the algebra of the rules. Undefined while no change applies, and for an analysis that does not
 * say how its answers combine.
 */
export function resultWithChanges(
  analysis: Analysis,
  changes: readonly AnswerChange[],
): LogicResult | undefined {
  if (analysis.outcome !== 'assessed' || analysis.logic === undefined) return undefined
  const applying = changesByCriterion(analysis, changes)
  if (applying.size === 0) return undefined
  // A service whose logic does not give its own verdict is not believed about others.
  if (evaluateLogic(analysis.logic, new Map())?.verdict !== analysis.verdict) return undefined
  return evaluateLogic(
    analysis.logic,
    new Map([...applying].map(([criterionId, { answer }]) => [criterionId, answer])),
  )
}

/** The review state of a draft: of the answers that count, where it can be worked out, else of the rules. */
export function draftStateOf(analysis: Analysis, changes: readonly AnswerChange[]): ReviewState {
  const result = resultWithChanges(analysis, changes)
  return result === undefined ? reviewStateOf(analysis) : assessedDecisions[result.verdict].review
}

function changed(answer: Answer, change: AnswerChange): Answer {
  return {
    ...answer,
    answer: change.answer,
    reason: `changed by ${change.changedBy}: ${change.reason}`,
    evidence: [...(change.evidence === undefined ? [] : [change.evidence]), ...answer.evidence],
    grounds: change.answer === 'unclear' ? 'silent' : 'evidence',
    // A person has decided; nothing is left to estimate.
    confidence: change.answer === 'unclear' ? 0 : 1,
  }
}

function changesByCriterion(
  analysis: Analysis,
  changes: readonly AnswerChange[],
): ReadonlyMap<string, AnswerChange> {
  return new Map(
    changes
      .filter((change) => doesChangeApply(analysis, change))
      .map((change) => [change.criterionId, change]),
  )
}

/**
 * The questions for which an approval needs a reason: every one that is open, and every one answered no, unless the answers that count
 * meet the requirements. Then a no belongs to an alternative that is not used, or is the answer that the payer wants; it needs a reason
 * only if a person gave it. `analysis` is the one of the rules.
 */
export function unsettledQuestions(
  analysis: Analysis,
  changes: readonly AnswerChange[],
): readonly Answer[] {
  const counted = withAnswerChanges(analysis, changes)
  if (analysis.outcome !== 'assessed' || counted.outcome !== 'assessed') return []
  const applying = changesByCriterion(analysis, changes)
  const verdict = resultWithChanges(analysis, changes)?.verdict ?? analysis.verdict
  return counted.answers.filter(
    ({ answer, criterionId }) =>
      answer === 'unclear' ||
      (answer === 'not_met' && (verdict !== 'met' || applying.has(criterionId))),
  )
}
