import type { Analysis, Answer, AssessedAnalysis, PathwayResult } from './analysis.ts'
import type { AnswerValue } from './answer-value.ts'
import {
  allOf,
  combine,
  type Condition,
  describeObstacles,
  obstaclesIn,
  type PeopleAnswers,
  resultOf,
} from './condition.ts'
import { assessedDecisions } from './decision.ts'
import type { Evidence } from './evidence.ts'

/** A person's answer in place of the chart's. */
export interface AnswerChange {
  readonly criterionId: string
  /** What the rules answered when the person changed it. */
  readonly chartAnswer: AnswerValue
  readonly answer: AnswerValue
  readonly reason: string
  /** A passage of the chart that the person selected. */
  readonly evidence?: Evidence
  /** The label of the person. */
  readonly changedBy: string
  /** ISO 8601. */
  readonly changedAt: string
}

/** What people changed on one order: their answers, and what they typed into the form, by FormField. */
export interface PeopleInput {
  readonly changes: readonly AnswerChange[]
  readonly entries: Readonly<Record<string, string>>
}

export const noPeopleInput: PeopleInput = { changes: [], entries: {} }

/** A change applies only while the rules still give the answer that it replaced. `analysis` is the one of the rules. */
export function doesChangeApply(analysis: Analysis, change: AnswerChange): boolean {
  return (
    analysis.outcome === 'assessed' &&
    analysis.answers.some(
      ({ criterionId, answer }) =>
        criterionId === change.criterionId && answer === change.chartAnswer,
    )
  )
}

/**
 * The analysis with the answers that count: a person's before the chart's, with the passage that they selected first. The verdict and the
 * pathways follow from these answers by the payer's rule; where the analysis does not contain the rule, they stay as they are.
 */
export function withAnswerChanges(analysis: Analysis, changes: readonly AnswerChange[]): Analysis {
  if (analysis.outcome !== 'assessed') return analysis
  const applying = changesByCriterion(analysis, changes)
  if (applying.size === 0) return analysis
  const answers = analysis.answers.map((answer) => {
    const change = applying.get(answer.criterionId)
    return change === undefined ? answer : changed(answer, change)
  })
  return concludeAgain({ ...analysis, answers }, applying)
}

/** The verdict and the pathways, with people's answers in place of those of the rules. */
function concludeAgain(
  analysis: AssessedAnalysis,
  applying: ReadonlyMap<string, AnswerChange>,
): AssessedAnalysis {
  const { always, pathways, answers } = analysis
  const people = new Map([...applying].map(([criterionId, { answer }]) => [criterionId, answer]))
  const wholes = pathways.flatMap(({ condition }) =>
    always === undefined || condition === undefined ? [] : [allOf(always, condition)],
  )
  if (wholes.length < pathways.length || wholes.length === 0)
    return {
      ...analysis,
      pathways: pathways.map((pathway) => ({
        ...pathway,
        obstacleIds: pathway.obstacleIds.filter((criterionId) => !applying.has(criterionId)),
      })),
    }
  const verdict = combine(
    wholes.map((whole) => resultOf(whole, people)),
    1,
  )
  return {
    ...analysis,
    verdict,
    recommendation:
      verdict === analysis.verdict
        ? analysis.recommendation
        : assessedDecisions[verdict].recommendation,
    missing: verdict === 'unclear' ? analysis.missing : [],
    pathways: pathways.map((pathway, index) =>
      concludePathway(pathway, wholes[index] as Condition, people, answers),
    ),
  }
}

function concludePathway(
  pathway: PathwayResult,
  whole: Condition,
  people: PeopleAnswers,
  answers: readonly Answer[],
): PathwayResult {
  const result = resultOf(pathway.condition as Condition, people)
  const obstacles = obstaclesIn(whole, people)
  return {
    ...pathway,
    result,
    obstacleIds: obstacles.map(({ criterionId }) => criterionId),
    whyNot: describeObstacles(obstacles, answers),
    cheapest: result === pathway.result ? pathway.cheapest : [],
  }
}

function changed(answer: Answer, change: AnswerChange): Answer {
  return {
    ...answer,
    answer: change.answer,
    reason: `changed by ${change.changedBy}: ${change.reason}`,
    evidence: [...(change.evidence === undefined ? [] : [change.evidence]), ...answer.evidence],
    grounds: change.answer === 'unclear' ? 'silent' : 'evidence',
    // A person has decided; nothing is left to estimate.
    confidence: change.answer === 'unclear' ? 0 : 1,
  }
}

function changesByCriterion(
  analysis: Analysis,
  changes: readonly AnswerChange[],
): ReadonlyMap<string, AnswerChange> {
  return new Map(
    changes
      .filter((change) => doesChangeApply(analysis, change))
      .map((change) => [change.criterionId, change]),
  )
}

/**
 * The questions for which an approval needs a reason: every one that is open, and every one answered no, unless the requirements are met.
 * Then a no belongs to an alternative that is not used, or is the answer that the payer wants; it needs a reason only if a person gave it.
 * `analysis` has the answers that count.
 */
export function unsettledQuestions(
  analysis: Analysis,
  changedIds: ReadonlySet<string>,
): readonly Answer[] {
  if (analysis.outcome !== 'assessed') return []
  return analysis.answers.filter(
    ({ answer, criterionId }) =>
      answer === 'unclear' ||
      (answer === 'not_met' && (analysis.verdict !== 'met' || changedIds.has(criterionId))),
  )
}
