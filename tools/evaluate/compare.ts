import type { Answer, AnswerValue, AssessedAnalysis } from '@authscript/prior-auth'
import {
  analyze,
  isFalseStatement,
  isQuoted,
  type Polarity,
  policies,
  polarityOf,
} from '@authscript/intelligence'
import type { CaseTable } from '@authscript/labelled-cases'
import { casesOf, type EvaluatedCase } from './evaluated-case.ts'

/** One criterion of one case: the label and our answer. */
export interface Comparison {
  readonly policyId: string
  readonly caseId: string
  readonly style: string
  readonly criterionId: string
  readonly truth: AnswerValue
  readonly answer: AnswerValue
  readonly grounds: Answer['grounds']
  /** It states something false to the payer in favor of the request. */
  readonly isFalseStatement: boolean
  readonly confidence: number
  readonly reason: string
  /** Whether one of our quotes overlaps the labelled text; undefined if nothing is labelled or nothing was quoted. */
  readonly isOnSpan: boolean | undefined
}

export interface ComparedCase {
  readonly policyId: string
  readonly caseId: string
  readonly style: string
  /** Undefined if it is not labelled. */
  readonly wanted: AssessedAnalysis['recommendation'] | undefined
  readonly given: AssessedAnalysis['recommendation']
  readonly confidence: number
  readonly comparisons: readonly Comparison[]
  readonly unverifiedQuotes: number
}

const polarities: ReadonlyMap<string, ReadonlyMap<string, Polarity>> = new Map(
  policies.map((policy) => [policy.policyId, polarityOf(policy)]),
)
const noPolarity: Polarity = { isMetFavorable: true, isNotMetFavorable: true }

/**
 * Assesses a table's cases with every policy switched on, because policies that are off by default must match
 * their labels too.
 */
export function compareTable(table: CaseTable): readonly ComparedCase[] {
  return casesOf(table).map(compareCase)
}

/** @throws {Error} the case is not assessed by the policy that it is labelled for */
export function compareCase(one: EvaluatedCase): ComparedCase {
  const { policyId, caseId, style, bundle } = one
  const analysis = analyze(bundle, one.orderId, { switchedOn: [policyId] })
  if (analysis.outcome !== 'assessed' || analysis.policy.policyId !== policyId)
    throw new Error(`case "${caseId}" is not assessed by ${policyId}`)
  const evidence = analysis.answers.flatMap((answer) => answer.evidence)
  return {
    policyId,
    caseId,
    style,
    wanted: one.recommendation,
    given: analysis.recommendation,
    confidence: analysis.confidence,
    unverifiedQuotes: evidence.filter(
      (found) => found.quote !== undefined && !isQuoted(found, bundle),
    ).length,
    comparisons: analysis.answers.flatMap((answer) => {
      const truth = one.truth[answer.criterionId]
      if (truth === undefined) return []
      const { criterionId, grounds, confidence, reason } = answer
      const polarity = polarities.get(policyId)?.get(criterionId) ?? noPolarity
      return [
        {
          policyId,
          caseId,
          style,
          criterionId,
          truth,
          answer: answer.answer,
          grounds,
          isFalseStatement: isFalseStatement(polarity, answer.answer, truth),
          confidence,
          reason,
          isOnSpan: isOnSpan(one, answer),
        },
      ]
    }),
  }
}

function isOnSpan({ caseId, bundle, spans }: EvaluatedCase, answer: Answer): boolean | undefined {
  const span = spans?.[answer.criterionId]
  const quotes = answer.evidence.flatMap((found) => found.quote ?? [])
  if (span === undefined || quotes.length === 0) return undefined
  const texts = bundle.documents.flatMap(({ content }) =>
    content.kind === 'text' ? [content.text] : [],
  )
  if (!texts.some((text) => text.includes(span)))
    throw new Error(`case "${caseId}": the span of ${answer.criterionId} is in no note`)
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
