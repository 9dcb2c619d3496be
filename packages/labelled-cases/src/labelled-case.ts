import type { AnswerValue, AssessedAnalysis } from '@authscript/prior-auth'
import type { ChartSketch } from './chart-sketch.ts'

/**
 * A chart with the answers that a careful reviewer of the payer would give from it alone. Labels are made by
 * reading the chart, never by running the rules.
 */
export interface LabelledCase {
  /** A sentence that describes the case; unique in its table. */
  readonly caseId: string
  readonly chart: ChartSketch
  /** For every criterion of the policy. `unclear` if the chart does not settle it. */
  readonly truth: Readonly<Record<string, AnswerValue>>
  /**
   * For criteria that a note settles: the exact text, copied character for character from a note of the chart. A
   * quote in our answer must overlap it.
   */
  readonly spans?: Readonly<Record<string, string>>
  readonly recommendation: AssessedAnalysis['recommendation']
}

/** The cases of one policy. */
export interface CaseTable {
  readonly policyId: string
  readonly cases: readonly LabelledCase[]
}
