import type { Fact } from '../facts/fact.ts'
import type { AnswerContext } from './answer-context.ts'
import { eventDayOf } from './days.ts'
import { contradicts, doubts, isResolvedLater } from './denial.ts'
import { bestFirst } from './evidence/best-first.ts'
import { nothingFound, type QueryAnswer } from './query-answer.ts'
import { partlyReadNote, listNames } from './unread-sources.ts'
import { type FactReading, type ReadingOf, readingsOf } from './reading.ts'
import { noteDayInBrackets } from './wording.ts'

export interface SettleContext {
  readonly asked: readonly string[]
  readonly context: AnswerContext
  /** The unread sources that a no depends on, as text; empty if everything was read. */
  readonly unread: readonly string[]
  /**
   * A clinician's denial is enough even if a list was not read. True for what a patient has now, not for what
   * was done in the past.
   */
  readonly isDenialEnough: boolean
}

/**
 * Combines the readings of all facts into a query's value. A supporting fact without contradiction is a yes. A
 * no requires that every source it depends on was read, that nothing is open, and that either everything is
 * denied or a fact itself falls short. Everything else is unclear.
 */
export function settleReadings(
  readings: readonly FactReading[],
  settling: SettleContext,
): QueryAnswer {
  const { asked, context, unread, isDenialEnough } = settling
  const denials = readingsOf(readings, 'denies')
  const supports = readingsOf(readings, 'supports').filter(
    (yes) => !denials.some((no) => isResolvedLater(yes, no, context)),
  )
  const short = readingsOf(readings, 'short')
  const open = readingsOf(readings, 'open')
  const beside = readingsOf(readings, 'beside')
  const conflicts = readingsOf(readings, 'conflicts')
  const isMentioned = (concept: string) =>
    open.some(({ fact }) => context.concepts.isA(fact.conceptId, concept))
  const denied = new Set([
    ...denials.flatMap((one) => one.concepts),
    // What is only planned was not done, unless another fact may show that it was.
    ...short.flatMap((one) => one.concepts ?? []).filter((concept) => !isMentioned(concept)),
  ])
  const answer = {
    ...nothingFound,
    readings,
    supports: factsOf(supports),
    refutes: factsOf([...denials, ...short]),
    mentions: factsOf([...open, ...beside, ...readingsOf(readings, 'mentions')]),
    denied,
    isOpen: open.some((one) => one.lacks === undefined) || conflicts.length > 0,
    isSilent:
      supports.length === 0 &&
      open.length === 0 &&
      conflicts.length === 0 &&
      readings.every((one) => one.as !== 'mentions'),
    days: supports.flatMap((one) => eventDayOf(one.fact) ?? []),
  }
  const contradicted = supports.filter(
    (yes) =>
      denials.some((no) => contradicts(yes, no, context, asked)) ||
      open.some((hedge) => doubts(hedge, yes, context)),
  )
  const deniedAnyway = open.filter(
    (one) => one.lacks === 'degree' && denials.some((no) => contradicts(one, no, context)),
  )
  const clean = supports.filter((one) => !contradicted.includes(one))
  const [proof] = clean
  if (proof !== undefined) {
    return {
      ...answer,
      value: 'met',
      grounds: 'evidence',
      supports: factsOf(clean),
      refutes: [],
      because: clean.find((one) => one.because !== undefined)?.because ?? whereOf(clean),
    }
  }
  if (contradicted.length > 0 || conflicts.length > 0 || deniedAnyway.length > 0) {
    return {
      ...answer,
      grounds: 'contradiction',
      because:
        conflicts[0]?.because ??
        contradictionOf([...contradicted, ...deniedAnyway], denials, context, asked),
      mentions: [...factsOf(conflicts), ...answer.mentions],
      isOpen: true,
    }
  }
  const isAllDenied = asked.length > 0 && asked.every((one) => denied.has(one))
  // A clinician's denial needs no other source. For acts, and for facts that fall short, the unread sources may
  // contain more.
  const missed = !isAllDenied
    ? unread
    : unread.filter(
        (one) => one === partlyReadNote || (one !== listNames.DocumentReference && !isDenialEnough),
      )
  if (missed.length > 0 && (denials.length > 0 || short.length > 0)) {
    return { ...answer, grounds: 'unread', because: unreadOf(missed) }
  }
  const [unsettled] = open.filter((one) => !isDegreeSaid(one, short, isAllDenied, context))
  if (unsettled !== undefined)
    return { ...answer, grounds: 'mentioned', because: unsettled.because }
  const [nearest] = short
    .filter((one) => one.concepts === undefined)
    .sort((one, other) => other.rank - one.rank)
  if (isAllDenied || nearest !== undefined) {
    const because = (nearest ?? denials[0] ?? short[0])?.because ?? ''
    return { ...answer, value: 'not_met', grounds: 'evidence', because }
  }
  if (unread.length > 0) return { ...answer, grounds: 'unread', because: unreadOf(unread) }
  const part = denials[0]?.because ?? short[0]?.because
  if (part !== undefined)
    return { ...answer, grounds: 'mentioned', because: `only a part is denied: ${part}` }
  if (beside[0] !== undefined)
    return { ...answer, grounds: 'mentioned', because: beside[0].because }
  return answer.mentions.length > 0
    ? {
        ...answer,
        grounds: 'mentioned',
        because: 'mentioned, but not in a way that settles the question',
      }
    : answer
}

/**
 * Severity or change is missing here and nothing depends on it: everything is denied, or another sentence about
 * the same finding gives it.
 */
function isDegreeSaid(
  { fact, lacks }: ReadingOf<'open'>,
  short: readonly ReadingOf<'short'>[],
  isAllDenied: boolean,
  { concepts }: AnswerContext,
): boolean {
  const isSame = (other: Fact) =>
    concepts.isA(fact.conceptId, other.conceptId) || concepts.isA(other.conceptId, fact.conceptId)
  return (
    lacks === 'degree' &&
    (isAllDenied || (fact.kind === 'finding' && short.some((one) => isSame(one.fact))))
  )
}

function factsOf(readings: readonly FactReading[]): readonly Fact[] {
  return bestFirst(readings.map((one) => one.fact))
}

export function unreadOf(unread: readonly string[]): string {
  return `unknown: ${unread.join(', ')} could not be read completely`
}

function whereOf(clean: readonly ReadingOf<'supports'>[]): string {
  const stated = clean.find(({ fact }) => fact.from.kind === 'note')
  const coded = clean.find(({ fact }) => fact.from.kind === 'coded')
  if (stated === undefined) return 'found in coded data'
  const note = `stated in the note${noteDayInBrackets(stated.fact)}`
  return coded === undefined ? note : `${note} and found in coded data`
}

function contradictionOf(
  contradicted: readonly (ReadingOf<'supports'> | ReadingOf<'open'>)[],
  denials: readonly ReadingOf<'denies'>[],
  context: AnswerContext,
  asked: readonly string[],
): string {
  const isDenied = contradicted.some((yes) =>
    denials.some((no) => contradicts(yes, no, context, asked)),
  )
  return isDenied
    ? 'the chart contradicts itself; both sides are shown'
    : 'coded, but the note mentions it only as a possibility'
}
