import type { ReviewView } from '@authscript/prior-auth'

/** The open questions, as the beginning of what is asked; empty when none is open. */
export function openQuestionWords({ analysis }: Pick<ReviewView, 'analysis'>): string {
  const open =
    analysis.outcome === 'assessed'
      ? analysis.answers.filter(({ answer }) => answer === 'unclear')
      : []
  return open.length === 0
    ? ''
    : `Please answer from the chart:\n${open.map(({ question }) => `- ${question}`).join('\n')}`
}
