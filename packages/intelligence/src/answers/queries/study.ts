import type { Fact } from '../../facts/fact.ts'
import type { StudyQuery } from '../../policy/criterion.ts'
import type { AnswerContext } from '../answer-context.ts'
import { isDenied, isPlanned, readCandidates } from '../candidates.ts'
import type { FactStore } from '../chart-facts.ts'
import { isAhead, latestDayOf, ownDaysOf, placeOfFact } from '../days.ts'
import { readDenial } from '../denial.ts'
import { isOtherSide } from '../fact-scope.ts'
import type { QueryAnswer } from '../query-answer.ts'
import { unreadForDenial } from '../unread-sources.ts'
import { type FactReading, readingsOf } from '../reading.ts'
import { settleReadings } from '../settle-readings.ts'
import { dayInBrackets, noteDayInBrackets, nameOf, windowOf } from '../wording.ts'

/**
 * Answers whether a study was done. A study that is planned, for the other side, or older than the
 * window says nothing about another one: only a denial or the silence of a completely read chart is
 * a no.
 */
export function answerStudy(
  query: StudyQuery,
  store: FactStore,
  context: AnswerContext,
): QueryAnswer {
  const read = readCandidates(store, { ...query, concepts: query.study }, context, (fact) =>
    readStudy(fact, query, context),
  )
  const readings = withNewest(withoutNamed(read, context), query, context)
  return settleReadings(readings, {
    asked: query.study,
    context,
    isDenialEnough: false,
    unread: unreadForDenial(
      query.notesOnly === true ? [] : ['Procedure'],
      context.bundle,
      store,
      true,
    ),
  })
}

function readStudy(fact: Fact, query: StudyQuery, context: AnswerContext): FactReading {
  const { assertion, from } = fact
  const name = nameOf(fact.conceptId, context)
  if (fact.kind !== 'study' && from.kind !== 'coded') return { as: 'mentions', fact }
  const isElsewhere = isOtherSide(fact, query, context)
  if (isDenied(fact)) {
    return isElsewhere
      ? { as: 'mentions', fact }
      : readDenial(
          fact,
          query.study,
          query,
          context,
          `the note${noteDayInBrackets(fact)} says that there was no ${name}`,
        )
  }
  const latest = latestDayOf(fact)
  const isInFuture = ownDaysOf(fact) !== undefined && isAhead(latest ?? '', context.asOf)
  if (isPlanned(fact) || isInFuture)
    return { as: 'beside', fact, because: `${name} is only planned` }
  if (isElsewhere)
    return { as: 'beside', fact, because: `${name}${dayInBrackets(fact)} is for the other side` }
  if (assertion.status === 'possible')
    return { as: 'open', fact, because: `${name} is mentioned only as a possibility` }
  if (!isMade(fact))
    return { as: 'open', fact, because: `${name} is mentioned, but not that it was done` }
  const place = placeOfFact(fact, query.within, context.asOf)
  if (place === 'inside') return { as: 'supports', fact, because: `${name}${dayInBrackets(fact)}` }
  if (place === 'outside')
    return {
      as: 'beside',
      fact,
      because: `${name}${dayInBrackets(fact)} is older than ${query.within === undefined ? 'the question allows' : windowOf(query.within)}`,
    }
  return { as: 'open', fact, because: `it is not stated when ${name} was done` }
}

/** "Never had an MRI. Asks about the MRI.": a study that is denied and otherwise only named was not done. */
function withoutNamed(
  readings: readonly FactReading[],
  { concepts }: AnswerContext,
): readonly FactReading[] {
  const denials = readingsOf(readings, 'denies').filter((one) => one.isWhole === true)
  const isDeniedHere = ({ fact }: FactReading) =>
    denials.some(
      (no) =>
        concepts.isA(fact.conceptId, no.fact.conceptId) ||
        concepts.isA(no.fact.conceptId, fact.conceptId),
    )
  return readings.map((one) =>
    one.as === 'open' && one.fact.assertion.status === 'affirmed' && !isMade(one.fact)
      ? isDeniedHere(one)
        ? { as: 'beside', fact: one.fact, because: one.because }
        : one
      : one,
  )
}

/**
 * The newest known study is too old, and nothing is left open. A planned study says nothing about
 * studies that were done.
 */
function withNewest(
  readings: readonly FactReading[],
  { newestDecides, within }: StudyQuery,
  { asOf }: AnswerContext,
): readonly FactReading[] {
  // "No study since": a denial leaves nothing open.
  const isOpen = ({ as, fact }: FactReading) =>
    as === 'open' || (as === 'mentions' && !isDenied(fact))
  if (newestDecides !== true || readings.some(isOpen)) return readings
  return readings.map((one) =>
    one.as === 'beside' &&
    ownDaysOf(one.fact) !== undefined &&
    placeOfFact(one.fact, within, asOf) === 'outside'
      ? { ...one, as: 'short', rank: 1 }
      : one,
  )
}

/** A past day or a result means that it was done, unless the note says it is planned. */
function isMade(fact: Fact): boolean {
  if (fact.from.kind === 'coded' || fact.assertion.phase === 'done') return true
  return fact.kind === 'study' && (fact.hasResult || fact.day !== undefined)
}
