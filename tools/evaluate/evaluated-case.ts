import type { AnswerValue, AssessedAnalysis, ClinicalBundle } from '@authscript/prior-auth'
import { type CaseTable, type LabelledCase, orderId, toBundle } from '@authscript/labelled-cases'
import { styleOf } from './style.ts'

/** A chart with its labels, whoever wrote them. */
export interface EvaluatedCase {
  readonly policyId: string
  readonly caseId: string
  /** In which manner its note is written. */
  readonly style: string
  readonly bundle: ClinicalBundle
  readonly orderId: string
  /** By criterion. A criterion that is absent is not compared. */
  readonly truth: Readonly<Record<string, AnswerValue>>
  /** Absent: nobody labelled it. */
  readonly recommendation?: AssessedAnalysis['recommendation']
  /** Words that settle a criterion, letter for letter as a note has them. */
  readonly spans?: Readonly<Record<string, string>>
}

/** How a note is rewritten before it is judged; its labels stay. */
export type Rewrite = (note: string) => string

export function casesOf(table: CaseTable, rewrite?: Rewrite): readonly EvaluatedCase[] {
  return table.cases.map((one) => toEvaluated(table.policyId, one, rewrite))
}

function toEvaluated(policyId: string, one: LabelledCase, rewrite?: Rewrite): EvaluatedCase {
  const { chart, caseId, truth, recommendation, spans } = one
  const { note, olderNotes } = chart
  const sketch =
    rewrite === undefined
      ? chart
      : {
          ...chart,
          ...(note === undefined ? {} : { note: rewrite(note) }),
          ...(olderNotes === undefined
            ? {}
            : { olderNotes: olderNotes.map((old) => ({ ...old, text: rewrite(old.text) })) }),
        }
  return {
    policyId,
    caseId,
    style: styleOf(note),
    bundle: toBundle(sketch),
    orderId,
    truth,
    recommendation,
    // The words of a rewritten note are not those that were labelled.
    ...(rewrite === undefined && spans !== undefined ? { spans } : {}),
  }
}
