import type {
  Answer,
  AnswerValue,
  AssessedAnalysis,
  Evidence,
  PathwayResult,
} from '@authscript/prior-auth'

/**
 * `open`: unknown. `against`: a contradiction, or an answer that is one of the reasons why the criteria are not met. `answered`: the rest.
 */
export type QuestionGroup = 'open' | 'against' | 'answered'

export interface Question {
  readonly answer: Answer
  /** Its number on the form, from 1. */
  readonly number: number
  readonly group: QuestionGroup
  /** No alternative can be met with this answer. */
  readonly isBlocking: boolean
}

export const answerWords: Readonly<Record<AnswerValue, string>> = {
  met: 'Yes',
  not_met: 'No',
  unclear: 'Unknown',
}

/** The questions in the order in which people work on them: open, against the request, answered. */
export function orderQuestions(analysis: AssessedAnalysis): readonly Question[] {
  const questions = analysis.answers.map((answer, index) => toQuestion(answer, index, analysis))
  return (['open', 'against', 'answered'] as const).flatMap((group) =>
    questions.filter((question) => question.group === group),
  )
}

function toQuestion(answer: Answer, index: number, analysis: AssessedAnalysis): Question {
  const isDefinite = answer.answer !== 'unclear'
  const obstructed =
    isDefinite && analysis.verdict !== 'met'
      ? analysis.pathways.filter((pathway) => isObstacle(answer, pathway)).length
      : 0
  const isBlocking = obstructed > 0 && obstructed === analysis.pathways.length
  const isAgainst =
    isBlocking ||
    (obstructed > 0 && analysis.verdict === 'not_met') ||
    (!isDefinite && answer.grounds === 'contradiction')
  return {
    answer,
    number: index + 1,
    isBlocking,
    group: isAgainst ? 'against' : isDefinite ? 'answered' : 'open',
  }
}

/** Whether this answer is one of the reasons why an alternative is not met. */
export function isObstacle({ criterionId }: Answer, { obstacleIds }: PathwayResult): boolean {
  return obstacleIds.includes(criterionId)
}

const stanceFor: Readonly<Record<AnswerValue, Evidence['stance']>> = {
  met: 'supports',
  not_met: 'refutes',
  unclear: 'mentions',
}

/** Each piece of evidence once, the most telling first: a quote for the answer, other quotes, then codes. */
export function evidenceOf({ answer, evidence }: Answer): readonly Evidence[] {
  const once = new Map<string, Evidence>()
  for (const one of evidence) {
    const key = `${one.source.resourceId} ${one.quote?.text.trim() ?? `${one.summary} ${one.date ?? ''}`}`
    if (!once.has(key)) once.set(key, one)
  }
  const rank = (one: Evidence) =>
    (one.quote === undefined ? 2 : 0) + (one.stance === stanceFor[answer] ? 0 : 1)
  return [...once.values()].toSorted((one, other) => rank(one) - rank(other))
}

/**
 * What is shown before "more": the best piece, and every passage that mentions the subject without settling it, because
 * only a person can settle it.
 */
export function firstEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter(
    (one, index) => index === 0 || (one.stance === 'mentions' && one.quote !== undefined),
  )
}

/** "Meets …; 2 of 10 open", for people. */
export function summarize(analysis: AssessedAnalysis): {
  readonly verdict: string
  readonly open: string
} {
  const openCount = analysis.answers.filter(({ answer }) => answer === 'unclear').length
  const total = analysis.answers.length
  return {
    verdict: describeVerdict(analysis),
    open: openCount === 0 ? `all ${total} answered` : `${openCount} of ${total} open`,
  }
}

/** "Meets …", for people. */
function describeVerdict({ verdict, pathways, policy }: AssessedAnalysis): string {
  switch (verdict) {
    case 'met':
      return `Meets ${pathways.find(({ result }) => result === 'met')?.label ?? policy.title}`
    case 'not_met':
      return 'Does not meet the criteria'
    case 'unclear':
      return 'Not settled yet'
  }
}
