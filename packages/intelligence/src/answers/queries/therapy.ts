import type { Fact, Therapy } from '../../facts/fact.ts'
import type { TherapyQuery } from '../../policy/criterion.ts'
import type { AnswerContext } from '../answer-context.ts'
import { isDenied, isPlanned, readCandidates } from '../candidates.ts'
import type { FactStore } from '../chart-facts.ts'
import { isAhead, latestDayOf, ownDaysOf, placeOfFact } from '../days.ts'
import { readDenial } from '../denial.ts'
import { isOtherSide } from '../fact-scope.ts'
import { unrelatedIndication } from '../policy-concepts.ts'
import type { QueryAnswer } from '../query-answer.ts'
import { type ListedType, unreadForDenial } from '../unread-sources.ts'
import { type FactReading, type ReadingOf, readingsOf } from '../reading.ts'
import { settleReadings } from '../settle-readings.ts'
import { dayInBrackets, noteDayInBrackets, nameOf, sideInWords, windowOf } from '../wording.ts'
import { readOngoing } from './ongoing.ts'
import {
  isSession,
  readCourse,
  readSessions,
  askedConceptOf,
  withDistinct,
} from './therapy-courses.ts'

/**
 * Answers whether a treatment was given for long enough and with the required outcome. Of several courses the
 * longest counts.
 */
export function answerTherapy(
  query: TherapyQuery,
  store: FactStore,
  context: AnswerContext,
): QueryAnswer {
  const done: Therapy[] = []
  const others = readCandidates(store, { ...query, concepts: query.therapy }, context, (fact) => {
    const reading = readUndone(fact, query, context) ?? readOtherUse(fact, query, store, context)
    if (reading === undefined && fact.kind === 'therapy') done.push(fact)
    return reading
  })
  const courses = [
    ...readSessions(done.filter(isSession), query, context),
    ...done
      .filter((fact) => !isSession(fact))
      .map((fact) => readCourse(fact, done, query, context)),
  ]
  const readings = withoutMissingLength(
    [...others, ...withDistinct(courses, query, context)],
    query,
    context,
  )
  return settleReadings(withNewest(readings, query, context), {
    asked: query.therapy,
    context,
    isDenialEnough: false,
    unread: unreadForDenial(
      query.notesOnly === true ? [] : typesOfTherapy(query, context),
      context.bundle,
      store,
      true,
    ),
  })
}

/** Drugs are prescribed, everything else is performed; a concept that the lexicon does not classify may be either. */
export function typesOfTherapy(
  { therapy }: TherapyQuery,
  { concepts }: Pick<AnswerContext, 'concepts'>,
): readonly ListedType[] {
  const kinds = therapy.map((id) => concepts.get(id)?.kind)
  return [
    ...(kinds.some((kind) => kind !== 'drug') ? (['Procedure'] as const) : []),
    ...(kinds.some((kind) => kind === 'drug' || kind === undefined)
      ? (['MedicationRequest'] as const)
      : []),
  ]
}

/** Why a fact is not a completed course; undefined if it is one. */
function readUndone(
  fact: Fact,
  query: TherapyQuery,
  context: AnswerContext,
): FactReading | undefined {
  const { assertion } = fact
  const name = nameOf(fact.conceptId, context)
  if (fact.kind !== 'therapy') return { as: 'mentions', fact }
  const isElsewhere = isOtherSide(fact, query, context)
  if (isDenied(fact)) {
    if (query.relief !== undefined && !isElsewhere)
      return { as: 'beside', fact, because: `there was no ${name} that could have given relief` }
    return isElsewhere || (fact.isOfNowAlone === true && query.ongoing !== true)
      ? { as: 'mentions', fact }
      : readDenial(
          fact,
          query.therapy,
          query,
          context,
          `the note${noteDayInBrackets(fact)} says that ${name} was not done`,
        )
  }
  const isInFuture = fact.start !== undefined && isAhead(fact.start.first, context.asOf)
  if (isPlanned(fact) || isInFuture) {
    // "Consider therapy if it gets no better" is not a plan, and says nothing about what was done.
    const isOnlyConsidered = assertion.status === 'hypothetical' || assertion.status === 'possible'
    if (isElsewhere || isOnlyConsidered) return { as: 'mentions', fact }
    if (query.orPlanned === true && assertion.status === 'affirmed')
      return { as: 'supports', fact, because: `${name} is planned` }
    // A plan in an older note may have been carried out since.
    const isOfNow = fact.from.kind === 'coded' || fact.from.isOfEncounter
    if (!isOfNow) return { as: 'mentions', fact }
    const because = `${name} is only planned`
    // The ordered injection says nothing about the effect of an earlier one.
    if (query.relief !== undefined) return { as: 'beside', fact, because }
    // A planned therapy rules out itself and its narrower concepts, but not wider ones, because other care may
    // have been given. A drug also rules out its class.
    const isDrug = context.concepts.get(fact.conceptId)?.kind === 'drug'
    const concepts = query.therapy.filter(
      (asked) =>
        context.concepts.isA(asked, fact.conceptId) ||
        (isDrug && context.concepts.isA(fact.conceptId, asked)),
    )
    return { as: 'short', fact, rank: 0, because, concepts }
  }
  if (isElsewhere)
    return {
      as: 'beside',
      fact,
      because: `${name} was for ${sideInWords(fact.side)}; the order is for ${sideInWords(context.orderSide)}`,
    }
  if (assertion.status === 'possible')
    return { as: 'open', fact, because: `${name} is mentioned only as a possibility` }
  // "Injection history" above a table does not say that any of the injections gave relief.
  if (!isDone(fact) && query.relief !== undefined) return { as: 'mentions', fact }
  if (!isDone(fact))
    return {
      as: 'open',
      fact,
      because: `${name} is mentioned, but not that it was done`,
      // The query asks only for the outcome, not whether or for how long it was done.
      ...(query.outcome !== undefined && query.atLeast === undefined ? { lacks: 'degree' } : {}),
    }
  const ended = query.ongoing === true ? readOngoing(fact, query.therapy, context) : undefined
  if (ended !== undefined) return ended
  const place = placeOfFact(fact, query.within, context.asOf)
  if (place === 'outside')
    return {
      as: 'beside',
      fact,
      because: `the last ${name}${dayInBrackets(fact)}; required: in ${query.within === undefined ? 'the past' : windowOf(query.within)}`,
    }
  return place === 'unsure'
    ? { as: 'open', fact, because: `it is not stated when ${name} was done` }
    : undefined
}

function readOtherUse(
  fact: Fact,
  query: TherapyQuery,
  store: FactStore,
  context: AnswerContext,
): FactReading | undefined {
  const disease =
    query.forAnyDisease === true
      ? undefined
      : unrelatedIndication(fact, query.sites, store, context)
  return disease === undefined
    ? undefined
    : {
        as: 'open',
        fact,
        because: `${nameOf(fact.conceptId, context)} was for ${nameOf(disease, context)}`,
      }
}

/** A length, an outcome or a past day means that it was done, unless the note says it is planned. */
function isDone(fact: Therapy): boolean {
  return (
    fact.assertion.phase === 'done' ||
    fact.from.kind === 'coded' ||
    fact.lastedDays !== undefined ||
    fact.sessions !== undefined ||
    fact.outcome !== undefined ||
    (latestDayOf(fact) !== undefined && (fact.start ?? fact.end) !== undefined)
  )
}

/** All known courses ended before the required time, and nothing is left open. */
function withNewest(
  readings: readonly FactReading[],
  { newestDecides, within }: TherapyQuery,
  { asOf }: AnswerContext,
): readonly FactReading[] {
  const isOpen = readings.some(({ as }) => as !== 'beside' && as !== 'denies' && as !== 'short')
  if (newestDecides !== true || isOpen) return readings
  return readings.map((one) =>
    one.as === 'beside' &&
    ownDaysOf(one.fact) !== undefined &&
    placeOfFact(one.fact, within, asOf) === 'outside'
      ? { ...one, as: 'short', rank: 1 }
      : one,
  )
}

/**
 * "Tried therapy" beside "two weeks of therapy" is the same therapy: the statement without a length does not
 * leave the other one open.
 */
function withoutMissingLength(
  readings: readonly FactReading[],
  query: TherapyQuery,
  context: AnswerContext,
): readonly FactReading[] {
  if (query.relief !== undefined) {
    const isStated = ({ fact }: FactReading) =>
      fact.kind === 'therapy' &&
      (fact.reliefPercent !== undefined ||
        fact.reliefDays !== undefined ||
        fact.outcome === 'failed')
    return readings.some(isStated)
      ? readings.map((one) =>
          one.as === 'open' && !isStated(one) ? { as: 'mentions', fact: one.fact } : one,
        )
      : readings
  }
  const short = readingsOf(readings, 'short').filter((one) => one.rank >= minLengthRank)
  const said = Map.groupBy(short, (one) => askedConceptOf(one.fact, query, context))
  const isBare = ({ fact }: ReadingOf<'open'>) =>
    fact.kind === 'therapy' &&
    fact.assertion.status === 'affirmed' &&
    fact.lastedDays === undefined &&
    (short.some((other) => isSameSentence(fact, other.fact, context)) ||
      (fact.sessions === undefined &&
        said
          .get(askedConceptOf(fact, query, context))
          ?.some((other) => isSameTime(fact, other.fact, context)) === true))
  return readings.map((one) =>
    one.as === 'open' && isBare(one) ? { as: 'mentions', fact: one.fact } : one,
  )
}

/** "PT since 5/28, 4 of 12 visits so far": the visits belong to that therapy. */
function isSameSentence(
  { from: one, conceptId }: Fact,
  { from: other, conceptId: stated }: Fact,
  { concepts }: AnswerContext,
): boolean {
  return (
    concepts.isA(stated, conceptId) &&
    one.kind === 'note' &&
    other.kind === 'note' &&
    one.source.resourceId === other.source.resourceId &&
    one.quote.start === other.quote.start
  )
}

/** Nothing says that they happened at different times: a course in 2021 is not the one of this spring. */
function isSameTime(one: Fact, other: Fact, { asOf }: AnswerContext): boolean {
  const days = ownDaysOf(one)
  if (days === undefined) return one.assertion.when === other.assertion.when
  const others = ownDaysOf(other) ?? { first: asOf, last: asOf }
  return days.first <= others.last && others.first <= days.last
}

/** Ranks from this value on are for lengths and numbers of sessions. */
const minLengthRank = 100
