import type { AnswerValue, AssessedAnalysis, ClinicalBundle } from '@authscript/prior-auth'
import { type CaseTable, type LabelledCase, orderId, toBundle } from '@authscript/labelled-cases'
import { styleOf } from './style.ts'

/** A chart with its labels, from any author. */
export interface EvaluatedCase {
  readonly policyId: string
  readonly caseId: string
  /** The writing style of its note. */
  readonly style: string
  readonly bundle: ClinicalBundle
  readonly orderId: string
  /** By criterion. A criterion that is absent is not compared. */
  readonly truth: Readonly<Record<string, AnswerValue>>
  /** Absent: not labelled. */
  readonly recommendation?: AssessedAnalysis['recommendation']
  /** Text that settles a criterion, character for character from a note. */
  readonly spans?: Readonly<Record<string, string>>
}

/** Rewrites a note before it is assessed; the labels stay the same. */
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
    // A rewritten note no longer contains the labelled text.
    ...(rewrite === undefined && spans !== undefined ? { spans } : {}),
  }
}
