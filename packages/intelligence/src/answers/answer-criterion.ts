import type { Answer } from '@authscript/prior-auth'
import type { Fact } from '../facts/fact.ts'
import type { Judged } from '../policy/algebra.ts'
import type { Criterion } from '../policy/criterion.ts'
import { supportBy } from '../support/support-by.ts'
import type { AnswerContext } from './answer-context.ts'
import { answerQuery } from './answer-query.ts'
import type { ConceptTree, FactStore } from './chart-facts.ts'
import { unreadOfSilence } from './closed-world.ts'
import { contradictionOf } from './contradiction.ts'
import { eventDayOf } from './days.ts'
import { bestFirst } from './evidence/best-first.ts'
import { toEvidence } from './evidence/to-evidence.ts'
import { type QueryAnswer, silence } from './query-answer.ts'
import { isStatedEmergency } from './emergency.ts'
import { type Alternative, refusalOf } from './refusal.ts'

export interface Answered extends Judged {
  readonly answer: Answer
  /** The encounter's notes state an emergency. The reviewer sees it before anything else. */
  readonly isEmergencyStated: boolean
  /** The answer is yes only because of what a language model found. */
  readonly isByModelAlone: boolean
}

type Settled = Pick<Answer, 'answer' | 'grounds' | 'reason'>

/**
 * Answers one question of the payer from the facts of the chart.
 *
 * One alternative that is met is enough. The answer is no when a `deniedBy` set is denied, when
 * every alternative falls short, or when a completely read chart is silent and the criterion treats
 * silence as no. A stated emergency is never answered with no.
 */
export function answerCriterion(
  criterion: Criterion,
  store: FactStore,
  context: AnswerContext,
): Answered {
  const alternatives = criterion.any.map((query) => ({
    query,
    answer: answerQuery(query, store, context),
  }))
  const unreadInSilence =
    criterion.silence === 'not_met' ? unreadOfSilence(criterion.any, store, context) : undefined
  const isEmergencyStated =
    criterion.isEmergency === true &&
    alternatives.some((one) => isStatedEmergency(one.answer.readings))
  const settled = withoutRefusal(
    withContradiction(
      settle(criterion, alternatives, unreadInSilence, context),
      criterion,
      store,
      context,
    ),
    isEmergencyStated,
  )
  const isClosed =
    unreadInSilence?.length === 0 && alternatives.every(({ answer }) => isCounted(answer))
  const evidence = evidenceOf(settled, alternatives, context)
  return {
    answer: {
      criterionId: criterion.criterionId,
      question: criterion.question,
      answer: settled.answer,
      // A passage that is shown beside it says something, if not enough.
      reason:
        settled.reason === silence && evidence.length > 0
          ? 'the chart does not settle it'
          : settled.reason,
      grounds: settled.grounds,
      evidence: [...evidence],
      confidence: supportOf(settled, alternatives),
    },
    value: settled.answer,
    days: alternatives.flatMap((one) => one.answer.days),
    isClosed,
    isEmergencyStated,
    isByModelAlone: false,
  }
}

/**
 * Whether days outside the answer's days count as days without an event: nothing is open and every
 * supporting fact has a day.
 */
function isCounted({ isOpen, isSilent, value, supports }: QueryAnswer): boolean {
  const isSettled = isSilent || value !== 'unclear'
  return !isOpen && isSettled && supports.every((fact) => eventDayOf(fact) !== undefined)
}

function settle(
  criterion: Criterion,
  alternatives: readonly Alternative[],
  unreadInSilence: readonly string[] | undefined,
  { concepts }: AnswerContext,
): Settled {
  const answers = alternatives.map((one) => one.answer)
  const met = answers.find((one) => one.value === 'met')
  if (met !== undefined) {
    const against =
      criterion.isOneMatter === true
        ? alternatives.find((one) => isOtherReading(one, concepts))?.answer
        : undefined
    return against === undefined
      ? { answer: 'met', grounds: 'evidence', reason: met.because }
      : {
          answer: 'unclear',
          grounds: 'contradiction',
          reason: `${met.because}; but ${against.because}`,
        }
  }
  const unclear = (grounds: Answer['grounds']): Settled | undefined => {
    const found = answers.find((one) => one.grounds === grounds && one.value === 'unclear')
    return found === undefined ? undefined : { answer: 'unclear', grounds, reason: found.because }
  }
  const unsettled = unclear('contradiction') ?? unclear('unread')
  if (unsettled !== undefined) return unsettled
  const isOpen = answers.some((one) => one.isOpen)
  const refusal = isOpen ? undefined : refusalOf(criterion, alternatives, concepts)
  if (refusal !== undefined) return { answer: 'not_met', grounds: 'evidence', reason: refusal }
  const isAllSilent = answers.every((one) => one.isSilent || one.value === 'not_met')
  if (unreadInSilence !== undefined && isAllSilent && !isOpen) {
    if (unreadInSilence.length > 0)
      return {
        answer: 'unclear',
        grounds: 'unread',
        reason: `unknown: ${unreadInSilence.join(', ')} were not read completely or not far enough back`,
      }
    return { answer: 'not_met', grounds: 'absence', reason: reasonOfSilence(answers) }
  }
  return (
    unclear('mentioned') ??
    unclear('silent') ?? { answer: 'unclear', grounds: 'silent', reason: silence }
  )
}

/** A yes is opened again when the encounter's notes state something that cannot be true at the same time. */
function withContradiction(
  settled: Settled,
  criterion: Criterion,
  store: FactStore,
  context: AnswerContext,
): Settled {
  const against = settled.answer === 'met' ? contradictionOf(criterion, store, context) : undefined
  return against === undefined
    ? settled
    : { answer: 'unclear', grounds: 'contradiction', reason: `${settled.reason}; but ${against}` }
}

/** Whether another alternative reports the same thing with a value that cannot be true beside the yes. */
function isOtherReading({ query, answer }: Alternative, concepts: ConceptTree): boolean {
  // Only the denial of an observable is known: the reason for the study was not found.
  const isDenialAlone =
    'finding' in query && query.finding.every((one) => concepts.get(one)?.kind === 'observable')
  if (isDenialAlone) return answer.value === 'not_met'
  return (
    'measure' in query &&
    answer.value !== 'met' &&
    (answer.grounds === 'contradiction' || answer.value === 'not_met')
  )
}

/** "Not on record; MRI is only planned." */
function reasonOfSilence(answers: readonly QueryAnswer[]): string {
  const beside = answers
    .flatMap((one) => one.readings)
    .flatMap((one) => (one.as === 'beside' ? [one.because] : []))
  const [first] = beside
  const none = 'not mentioned in the lists and notes that could say so, which were read completely'
  return first === undefined ? none : `${none}; ${first}`
}

/** A stated emergency is at least unclear, whatever else denies it. */
function withoutRefusal(settled: Settled, isEmergencyStated: boolean): Settled {
  return isEmergencyStated && settled.answer === 'not_met'
    ? {
        answer: 'unclear',
        grounds: 'contradiction',
        reason:
          'the note states an emergency, but other parts of the chart contradict it; both are shown',
      }
    : settled
}

/**
 * The facts that an answer rests on. For an open answer: both sides, and facts that only mention
 * the subject.
 */
function evidenceOf(
  { answer, grounds }: Settled,
  alternatives: readonly Alternative[],
  context: AnswerContext,
): Answer['evidence'] {
  const all = (pick: (one: QueryAnswer) => readonly Fact[], only?: 'met' | 'not_met') =>
    bestFirst(
      alternatives
        .filter((one) => only === undefined || one.answer.value === only)
        .flatMap((one) => pick(one.answer)),
    )
  const entries = alternatives.flatMap((one) => one.answer.entries)
  if (answer === 'met')
    return [
      ...toEvidence(
        all((one) => one.supports, 'met'),
        'supports',
        context,
      ),
      ...entries.filter((one) => one.stance === 'supports'),
    ]
  const supports = all((one) => one.supports)
  const refutes = all((one) => one.refutes).filter((one) => !supports.includes(one))
  const mentions = all((one) => one.mentions).filter(
    (one) => !supports.includes(one) && !refutes.includes(one),
  )
  const shown = answer === 'not_met' && grounds === 'evidence' ? [] : mentions
  return [
    ...toEvidence(
      supports,
      answer === 'unclear' && grounds !== 'contradiction' ? 'mentions' : 'supports',
      context,
    ),
    ...toEvidence(refutes, 'refutes', context),
    ...toEvidence(shown, 'mentions', context),
    ...entries.filter((one) => one.stance === 'refutes'),
  ]
}

/** 0..1, by the kind of evidence behind the answer. */
function supportOf(settled: Settled, alternatives: readonly Alternative[]): number {
  const { answer, grounds } = settled
  if (answer === 'unclear') return grounds === 'contradiction' ? supportBy.open : 0
  if (grounds === 'absence') return supportBy.absence
  const used = alternatives.filter((one) => one.answer.value === answer)
  const facts = used.flatMap((one) => (answer === 'met' ? one.answer.supports : one.answer.refutes))
  const isCoded =
    facts.some((one) => one.from.kind === 'coded' && one.from.by === 'code') ||
    used.some((one) => one.answer.entries.length > 0)
  const isStated = facts.some((one) => one.from.kind === 'note')
  if (isCoded && isStated) return supportBy.coded_and_note
  if (isCoded) return supportBy.coded
  return isStated ? supportBy.note : supportBy.text
}
