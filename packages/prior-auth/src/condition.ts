import { z } from 'zod'
import { answerValue, type AnswerValue } from './answer-value.ts'

/** One question as a rule uses it. */
const questionCondition = z.object({
  criterionId: z.string(),
  /** Whether a yes is wanted, or a no. */
  isWanted: z.boolean(),
  /** Whether it holds, as the rules answered the question. */
  result: answerValue,
  /** Whether it would hold if a person answered yes or no. A yes without a day settles nothing that must lie in a period. */
  resultIf: z.object({ met: answerValue, not_met: answerValue }),
})

export type QuestionCondition = Readonly<z.infer<typeof questionCondition>>

/** A rule with its questions: what must hold, in three-valued logic. */
export type Condition =
  | QuestionCondition
  | { readonly atLeast: number; readonly of: readonly Condition[] }

export const condition: z.ZodType<Condition> = z.union([
  questionCondition,
  z.object({
    atLeast: z.number().int().nonnegative(),
    get of() {
      return z.array(condition)
    },
  }),
])

/** What all of these require together. */
export function allOf(...of: readonly Condition[]): Condition {
  return { atLeast: of.length, of }
}

/** Answers that people gave, by criterion. */
export type PeopleAnswers = ReadonlyMap<string, AnswerValue>

/** In Kleene's logic: `unclear` stays `unclear` unless the others settle it. */
export function resultOf(one: Condition, people: PeopleAnswers = new Map()): AnswerValue {
  if ('criterionId' in one) return resultOfQuestion(one, people)
  return combine(
    one.of.map((part) => resultOf(part, people)),
    one.atLeast,
  )
}

/** `met` when at least this many are. */
export function combine(values: readonly AnswerValue[], atLeast: number): AnswerValue {
  const met = values.filter((value) => value === 'met').length
  const open = values.filter((value) => value === 'unclear').length
  if (met >= atLeast) return 'met'
  return met + open >= atLeast ? 'unclear' : 'not_met'
}

/** A question that keeps a condition from being met. */
export interface Obstacle {
  readonly criterionId: string
  readonly isWanted: boolean
  readonly result: Exclude<AnswerValue, 'met'>
}

/** Each question once. Of alternatives that are all open or not met, those of each: any of them would be enough. */
export function obstaclesIn(
  one: Condition,
  people: PeopleAnswers = new Map(),
): readonly Obstacle[] {
  const all = collectObstacles(one, people)
  return [
    ...new Map(
      all.map((obstacle) => [`${obstacle.criterionId} ${obstacle.isWanted}`, obstacle]),
    ).values(),
  ]
}

function collectObstacles(one: Condition, people: PeopleAnswers): readonly Obstacle[] {
  if ('criterionId' in one) {
    const result = resultOfQuestion(one, people)
    const { criterionId, isWanted } = one
    return result === 'met' ? [] : [{ criterionId, isWanted, result }]
  }
  const parts = one.of.map((part) => collectObstacles(part, people))
  const metCount = parts.filter((part) => part.length === 0).length
  return metCount >= one.atLeast ? [] : parts.flat()
}

function resultOfQuestion(
  { criterionId, result, resultIf }: QuestionCondition,
  people: PeopleAnswers,
): AnswerValue {
  const answer = people.get(criterionId)
  if (answer === undefined) return result
  return answer === 'unclear' ? 'unclear' : resultIf[answer]
}

const words = { met: 'Yes', not_met: 'No', unclear: 'Unknown' } as const

/** One line for each obstacle, as a reviewer reads it: the question, its answer and the reason. */
export function describeObstacles(
  obstacles: readonly Obstacle[],
  answers: readonly {
    readonly criterionId: string
    readonly question: string
    readonly reason: string
  }[],
): readonly string[] {
  return obstacles.flatMap(({ criterionId, result, isWanted }) => {
    const answer = answers.find((one) => one.criterionId === criterionId)
    if (answer === undefined) return []
    const word = result === 'unclear' ? words.unclear : isWanted ? words.not_met : words.met
    return [`${answer.question} ${word}: ${answer.reason}`]
  })
}
