import type { AnswerValue, AssessedAnalysis } from '@authscript/prior-auth'
import { analyze, isQuoted, policies } from '@authscript/intelligence'
import { orderId, toBundle } from '@authscript/labelled-cases'
import type { CaseTable, LabelledCase } from '@authscript/labelled-cases'

/** One criterion of one case: what the chart says to a reviewer, and what we said. */
export interface Comparison {
  readonly policyId: string
  readonly caseId: string
  readonly criterionId: string
  readonly truth: AnswerValue
  readonly answer: AnswerValue
  readonly confidence: number
  readonly reason: string
  /** Whether a quote of ours lies on the labelled words; undefined where none are labelled, or nothing was found to quote. */
  readonly isOnSpan: boolean | undefined
}

export interface ComparedCase {
  readonly policyId: string
  readonly caseId: string
  readonly wanted: AssessedAnalysis['recommendation']
  readonly given: AssessedAnalysis['recommendation']
  readonly confidence: number
  readonly comparisons: readonly Comparison[]
  readonly unverifiedQuotes: number
}

/** Judges a table's cases with every policy switched on: what is off by default is still held to its labels. */
export function compareTable(table: CaseTable): readonly ComparedCase[] {
  return table.cases.map((one) => compareCase(table.policyId, one))
}

function compareCase(policyId: string, one: LabelledCase): ComparedCase {
  const bundle = toBundle(one.chart)
  const analysis = analyze(bundle, orderId, {
    switchedOn: policies.map((policy) => policy.policyId),
  })
  if (analysis.outcome !== 'assessed' || analysis.policy.policyId !== policyId)
    throw new Error(`case "${one.caseId}" is not judged by ${policyId}`)
  const evidence = analysis.answers.flatMap((answer) => answer.evidence)
  return {
    policyId,
    caseId: one.caseId,
    wanted: one.recommendation,
    given: analysis.recommendation,
    confidence: analysis.confidence,
    unverifiedQuotes: evidence.filter(
      (found) => found.quote !== undefined && !isQuoted(found, bundle),
    ).length,
    comparisons: analysis.answers.map((answer) => {
      const truth = one.truth[answer.criterionId]
      if (truth === undefined)
        throw new Error(`case "${one.caseId}" has no label for ${answer.criterionId}`)
      return {
        policyId,
        caseId: one.caseId,
        criterionId: answer.criterionId,
        truth,
        answer: answer.answer,
        confidence: answer.confidence,
        reason: answer.reason,
        isOnSpan: isOnSpan(one, answer),
      }
    }),
  }
}

function isOnSpan(
  one: LabelledCase,
  answer: AssessedAnalysis['answers'][number],
): boolean | undefined {
  const span = one.spans?.[answer.criterionId]
  const quotes = answer.evidence.flatMap((found) => found.quote ?? [])
  if (span === undefined || quotes.length === 0) return undefined
  const texts = [one.chart.note ?? '', ...(one.chart.olderNotes ?? []).map((note) => note.text)]
  if (!texts.some((text) => text.includes(span)))
    throw new Error(`case "${one.caseId}": the span of ${answer.criterionId} is in no note`)
  return texts.some((text) => {
    const start = text.indexOf(span)
    return (
      start !== -1 &&
      quotes.some(
        (quote) =>
          text.slice(quote.start, quote.end) === quote.text &&
          quote.start < start + span.length &&
          start < quote.end,
      )
    )
  })
}
