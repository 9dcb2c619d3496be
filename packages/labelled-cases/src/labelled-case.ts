import type { AnswerValue, AssessedAnalysis } from '@authscript/prior-auth'
import type { ChartSketch } from './chart-sketch.ts'

/**
 * A chart with what a careful reviewer of the payer would answer from it, and nothing else. The labels are made by reading the chart, never by running the
 * rules.
 */
export interface LabelledCase {
  /** A sentence that says what the case is about; unique in its table. */
  readonly caseId: string
  readonly chart: ChartSketch
  /** For every criterion of the policy. `unclear` where the chart does not settle it. */
  readonly truth: Readonly<Record<string, AnswerValue>>
  /**
   * For criteria that a note settles: the words that do, letter for letter as they stand in a note of the chart. A quote of ours has to
   * overlap them.
   */
  readonly spans?: Readonly<Record<string, string>>
  readonly recommendation: AssessedAnalysis['recommendation']
}

/** The cases of one policy. */
export interface CaseTable {
  readonly policyId: string
  readonly cases: readonly LabelledCase[]
}
