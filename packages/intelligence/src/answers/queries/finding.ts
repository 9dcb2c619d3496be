import type { Fact } from '../../facts/fact.ts'
import type { FindingQuery } from '../../policy/criterion.ts'
import { daysOf } from '../../policy/sourced.ts'
import type { AnswerContext } from '../answer-context.ts'
import { isDenied, isPlanned, readCandidates } from '../candidates.ts'
import type { FactStore } from '../chart-facts.ts'
import { daysBetween, placeOfFact } from '../days.ts'
import { readDenial } from '../denial.ts'
import { isOtherSide } from '../fact-scope.ts'
import type { QueryAnswer } from '../query-answer.ts'
import { unreadForDenial } from '../unread-sources.ts'
import type { FactReading } from '../reading.ts'
import { settleReadings } from '../settle-readings.ts'
import {
  dayInBrackets,
  noteDayInBrackets,
  someDayInWords,
  durationOf,
  listed,
  nameOf,
  sideInWords,
  windowOf,
} from '../wording.ts'
import { newestStudy, readSince } from './new-since.ts'

/** Answers whether a finding is present. */
export function answerFinding(
  query: FindingQuery,
  store: FactStore,
  context: AnswerContext,
): QueryAnswer {
  const lists = listsOf(query)
  const since = query.newSince === undefined ? undefined : newestStudy(query, store, context)
  const readings = readCandidates(store, { ...query, concepts: query.finding }, context, (fact) =>
    readSince(
      fact.from.kind === 'coded' ? readCoded(fact, query, context) : readTold(fact, query, context),
      query,
      since,
      context,
    ),
  )
  const settled = query.course?.includes('new') === true ? withNew(readings, context) : readings
  const types =
    query.notesOnly === true
      ? []
      : [
          ...(lists.includes('conditions') ? (['Condition'] as const) : []),
          ...(lists.includes('procedures') ? (['Procedure'] as const) : []),
        ]
  return settleReadings(settled, {
    asked: query.finding,
    context,
    isDenialEnough: query.when !== 'ever',
    unread: unreadForDenial(types, context.bundle, store, query.codedOnly !== true),
  })
}

/**
 * "Witnessed convulsion, no prior history of seizures": a finding that is present now and denied
 * for the past is new, and the denial does not apply to now.
 */
function withNew(
  readings: readonly FactReading[],
  { concepts }: AnswerContext,
): readonly FactReading[] {
  const before = readings.filter((one) => one.as === 'denies' && one.fact.assertion.when === 'past')
  const isSame = (one: Fact, other: Fact) =>
    concepts.isA(one.conceptId, other.conceptId) || concepts.isA(other.conceptId, one.conceptId)
  const isNew = ({ as, fact }: FactReading) =>
    as === 'open' &&
    fact.from.kind === 'note' &&
    fact.assertion.status === 'affirmed' &&
    fact.assertion.when === 'now' &&
    fact.assertion.course === undefined &&
    before.some((no) => isSame(fact, no.fact))
  const begun = readings.filter(isNew)
  // "Had a seizure at work. No previous history of seizures": the denial does not cover the event
  // just reported.
  const stated = readings.filter(
    ({ as, fact }) =>
      as === 'mentions' &&
      fact.from.kind === 'note' &&
      fact.from.isOfEncounter &&
      fact.assertion.status === 'affirmed' &&
      fact.assertion.subject === 'patient' &&
      fact.assertion.when === 'past',
  )
  if (begun.length === 0 && stated.length === 0) return readings
  return readings.map((one): FactReading => {
    if (begun.includes(one)) return { as: 'supports', fact: one.fact }
    const isOfBefore =
      before.includes(one) && [...begun, ...stated].some(({ fact }) => isSame(fact, one.fact))
    return isOfBefore ? { as: 'mentions', fact: one.fact } : one
  })
}

export function listsOf({ lists }: FindingQuery): readonly string[] {
  return lists ?? ['conditions', 'order_reasons', 'observations']
}

function readCoded(
  fact: Fact,
  query: FindingQuery,
  context: AnswerContext,
): FactReading | undefined {
  const { assertion, from } = fact
  if (from.kind !== 'coded') return undefined
  const isActive = assertion.when === 'now' || query.when === 'ever' || query.anyStatus === true
  if (!listsOf(query).includes(from.list)) return { as: 'mentions', fact }
  if (isDenied(fact)) {
    const result = `the result${dayInBrackets(fact)} says that there is no ${nameOf(fact.conceptId, context)}`
    return isOtherSide(fact, query, context)
      ? { as: 'mentions', fact }
      : readDenial(fact, query.finding, query, context, result)
  }
  if (assertion.status === 'possible')
    return query.known === true
      ? { as: 'mentions', fact }
      : { as: 'open', fact, because: 'listed, but not as confirmed' }
  if (isPlanned(fact)) return { as: 'beside', fact, because: 'only planned' }
  if (!isActive) return { as: 'mentions', fact }
  return readAffirmed(fact, query, context)
}

function readTold(
  fact: Fact,
  query: FindingQuery,
  context: AnswerContext,
): FactReading | undefined {
  const { assertion, from } = fact
  if (query.codedOnly === true || from.kind !== 'note') return undefined
  const name = nameOf(fact.conceptId, context)
  const isOfNow = query.when !== 'ever'
  const isAnotherSide = isOtherSide(fact, query, context)
  if (isDenied(fact)) {
    return isAnotherSide
      ? { as: 'mentions', fact }
      : readDenial(
          fact,
          query.finding,
          query,
          context,
          `the note${noteDayInBrackets(fact)} denies ${name}`,
        )
  }
  if (isOfNow && !from.isOfEncounter) return { as: 'mentions', fact }
  if (assertion.status === 'possible')
    return isAnotherSide || query.known === true
      ? { as: 'mentions', fact }
      : { as: 'open', fact, because: `${name} is mentioned only as a possibility` }
  if (isPlanned(fact)) {
    return query.orPlanned === true && assertion.status === 'affirmed'
      ? readAffirmed(fact, query, context)
      : { as: 'beside', fact, because: `${name} is only planned` }
  }
  if (isOfNow && assertion.when === 'resolved')
    return readDenial(fact, query.finding, query, context, `${name} has resolved`)
  if (isOfNow && assertion.when === 'past') return { as: 'mentions', fact }
  return readAffirmed(fact, query, context)
}

function readAffirmed(fact: Fact, query: FindingQuery, context: AnswerContext): FactReading {
  const name = nameOf(fact.conceptId, context)
  if (fact.kind !== 'finding' && fact.kind !== 'therapy' && fact.kind !== 'function')
    return { as: 'mentions', fact }
  if (fact.kind === 'function' && fact.limit !== 'limited') return { as: 'mentions', fact }
  if (isOtherSide(fact, query, context)) {
    const other = sideInWords(fact.side)
    return {
      as: 'beside',
      fact,
      because: `${name} is on ${other}; the order is for ${sideInWords(context.orderSide)}`,
    }
  }
  const { severity, course } = fact.assertion
  if (query.severity !== undefined && severity === undefined)
    return {
      as: 'open',
      fact,
      because: `${name} is stated without its severity`,
      lacks: 'degree',
    }
  if (query.severity !== undefined && severity !== undefined && !query.severity.includes(severity))
    return {
      as: 'short',
      fact,
      rank: 2,
      because: `${name} is ${severity}; required: ${listed(query.severity, 'or')}`,
    }
  if (query.course !== undefined && course === undefined)
    return {
      as: 'open',
      fact,
      because: `it is not stated whether ${name} is ${listed(query.course, 'or')}`,
      lacks: 'degree',
    }
  if (query.course !== undefined && course !== undefined && !query.course.includes(course))
    return {
      as: 'short',
      fact,
      rank: 2,
      because: `${name} is ${course}; required: ${listed(query.course, 'or')}`,
    }
  if (course !== undefined && query.notCourse?.includes(course) === true)
    return { as: 'short', fact, rank: 2, because: `${name} is ${course}` }
  return readBeginning(fact, query, context) ?? readWindow(fact, query, context)
}

/** Checks how long the finding has been present; undefined if it is new enough. */
function readBeginning(
  fact: Fact,
  { newWithin }: FindingQuery,
  { asOf, ...context }: AnswerContext,
): FactReading | undefined {
  if (newWithin === undefined) return undefined
  const name = nameOf(fact.conceptId, { asOf, ...context })
  const asked = `required: started in ${windowOf(newWithin)}`
  const onset = fact.kind === 'finding' ? fact.onset : undefined
  const lasting = fact.kind === 'finding' ? fact.lastingDays : undefined
  if (onset !== undefined) {
    const isOld = (day: string) => daysBetween(day, asOf) > daysOf(newWithin)
    if (!isOld(onset.first)) return undefined
    return isOld(onset.last)
      ? { as: 'short', fact, rank: 3, because: `${name} since ${someDayInWords(onset)}; ${asked}` }
      : {
          as: 'open',
          fact,
          because: `it is not stated exactly when ${name} began`,
          lacks: 'degree',
        }
  }
  if (lasting !== undefined) {
    return lasting <= daysOf(newWithin)
      ? undefined
      : {
          as: 'short',
          fact,
          rank: 3,
          because: `${name} for ${durationOf({ value: lasting, unit: 'days' })}; ${asked}`,
        }
  }
  return fact.assertion.course === 'new'
    ? undefined
    : { as: 'open', fact, because: `it is not stated when ${name} began`, lacks: 'degree' }
}

function readWindow(fact: Fact, { within }: FindingQuery, context: AnswerContext): FactReading {
  const name = nameOf(fact.conceptId, context)
  const place = placeOfFact(fact, within, context.asOf)
  if (place === 'inside') return { as: 'supports', fact }
  return place === 'outside'
    ? {
        as: 'beside',
        fact,
        because: `${name}${dayInBrackets(fact)} is older than the question allows`,
      }
    : { as: 'open', fact, because: `it is not stated when ${name} was found` }
}
