import type { Answer, ReviewView } from '@authscript/prior-auth'

/**
 * The questions for which the gateway asks a reason of whoever approves: those that are open, and those answered no, unless the chart meets
 * the criteria as it is. Then only a no that a person gave needs one.
 */
export function unsettledAnswers({ analysis, answerChanges }: ReviewView): readonly Answer[] {
  if (analysis.outcome !== 'assessed') return []
  const changed = new Set(
    answerChanges.flatMap(({ applies, criterionId }) => (applies ? [criterionId] : [])),
  )
  return analysis.answers.filter(
    ({ answer, criterionId }) =>
      answer === 'unclear' ||
      (answer === 'not_met' && (analysis.verdict !== 'met' || changed.has(criterionId))),
  )
}
