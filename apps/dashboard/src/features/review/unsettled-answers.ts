import type { Answer, ReviewView } from '@authscript/prior-auth'

/** The questions for which the gateway asks a reason of whoever approves. */
export function unsettledAnswers({ analysis, unsettledQuestions }: ReviewView): readonly Answer[] {
  if (analysis.outcome !== 'assessed') return []
  return analysis.answers.filter(({ criterionId }) => unsettledQuestions.includes(criterionId))
}
