import { type Answer, type ReviewView, unsettledQuestions } from '@authscript/prior-auth'

/** The questions for which the gateway requires a reason from the person who approves. */
export function unsettledAnswers({ analysis, answerChanges }: ReviewView): readonly Answer[] {
  return unsettledQuestions(
    analysis,
    new Set(answerChanges.flatMap(({ applies, criterionId }) => (applies ? [criterionId] : []))),
  )
}
