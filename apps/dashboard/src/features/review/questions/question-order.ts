import type {
  Answer,
  AnswerValue,
  AssessedAnalysis,
  Evidence,
  LogicResult,
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
export function orderQuestions(
  analysis: AssessedAnalysis,
  changedIds: ReadonlySet<string>,
): readonly Question[] {
  const questions = analysis.answers.map((answer, index) =>
    toQuestion({ answer, index, analysis, isChanged: changedIds.has(answer.criterionId) }),
  )
  return (['open', 'against', 'answered'] as const).flatMap((group) =>
    questions.filter((question) => question.group === group),
  )
}

function toQuestion({
  answer,
  index,
  analysis,
  isChanged,
}: {
  readonly answer: Answer
  readonly index: number
  readonly analysis: AssessedAnalysis
  readonly isChanged: boolean
}): Question {
  const isDefinite = answer.answer !== 'unclear'
  // The alternatives are those of the chart, so a person's answer is no obstacle in them.
  const obstructed =
    isDefinite && !isChanged && analysis.verdict !== 'met'
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

/** Whether an alternative says that this answer is one of the reasons why it is not met. */
export function isObstacle({ question }: Answer, { whyNot }: PathwayResult): boolean {
  return whyNot.some((line) => line.startsWith(question))
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

/** "Meets …; 2 of 10 open", for people. `verdict` and `pathways` are the rules' own, or those with the changed answers. */
export function summarize(
  analysis: AssessedAnalysis,
  { verdict, pathways }: Pick<LogicResult, 'verdict' | 'pathways'> = analysis,
): {
  readonly verdict: string
  readonly open: string
} {
  const met = pathways.find((pathway) => pathway.result === 'met')
  const label = analysis.pathways.find(({ pathwayId }) => pathwayId === met?.pathwayId)?.label
  const openCount = analysis.answers.filter(({ answer }) => answer === 'unclear').length
  const total = analysis.answers.length
  return {
    verdict:
      verdict === 'met'
        ? `Meets ${label ?? analysis.policy.title}`
        : verdict === 'not_met'
          ? 'Does not meet the criteria'
          : 'Not settled yet',
    open: openCount === 0 ? `all ${total} answered` : `${openCount} of ${total} open`,
  }
}
