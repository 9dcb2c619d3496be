import type { Measurement } from '../../facts/fact.ts'
import type { MeasureQuery } from '../../policy/criterion.ts'
import type { AnswerContext } from '../answer-context.ts'
import { isDenied, readCandidates } from '../candidates.ts'
import type { FactStore } from '../chart-facts.ts'
import { isAhead, placeOfFact } from '../days.ts'
import { isOtherSide, sidesMeet } from '../fact-scope.ts'
import type { QueryAnswer } from '../query-answer.ts'
import { unreadForDenial } from '../unread-sources.ts'
import type { FactReading } from '../reading.ts'
import { settleReadings } from '../settle-readings.ts'
import {
  boundsInWords,
  dayInBrackets,
  listed,
  nameOf,
  namesOf,
  sideInWords,
  windowOf,
} from '../wording.ts'
import { readImprovement } from './improvement.ts'
import { compareFact, extremeOf, newestOf, valueOf } from './values.ts'

/**
 * Answers from measured values: the newest value of each measure counts, and values of the same day
 * must agree.
 */
export function answerMeasure(
  query: MeasureQuery,
  store: FactStore,
  context: AnswerContext,
): QueryAnswer {
  const values: Measurement[] = []
  const others = readCandidates(store, { ...query, concepts: query.measure }, context, (fact) => {
    // A study that may have given the value is more than silence, unless it was not done.
    if (fact.kind !== 'measurement') return isDenied(fact) ? undefined : { as: 'mentions', fact }
    const reading = readUncounted(fact, query, context)
    if (reading === undefined) values.push(fact)
    return reading === 'passed' ? undefined : reading
  })
  const measureOf = (fact: Measurement) =>
    query.measure.find((asked) => context.concepts.isA(fact.conceptId, asked)) ?? fact.conceptId
  const groups = Map.groupBy(values, (fact) =>
    // Each movement of each side is compared with its own earlier value.
    query.improved === true
      ? [fact.conceptId, fact.side, ...fact.sites].join(' ')
      : measureOf(fact),
  )
  const readings = [...groups.values()].flatMap((group) =>
    query.improved === true
      ? readImprovement(group, query, context)
      : readNewest(group, query, context),
  )
  return settleReadings([...others, ...readings], {
    asked: query.measure,
    context,
    isDenialEnough: false,
    unread: unreadForDenial(
      query.notesOnly === true ? [] : ['Observation'],
      context.bundle,
      store,
      true,
    ),
  })
}

/** Why a value cannot be compared; undefined if it can. */
function readUncounted(
  fact: Measurement,
  query: MeasureQuery,
  context: AnswerContext,
): FactReading | 'passed' | undefined {
  const { assertion, conditions } = fact
  const name = nameOf(fact.conceptId, context)
  const isSaidWith = (asked: readonly string[]) =>
    conditions.some((one) => asked.some((wanted) => context.concepts.isA(one, wanted)))
  if (query.notConditions !== undefined && isSaidWith(query.notConditions)) return 'passed'
  if (
    assertion.status === 'denied' ||
    assertion.phase === 'not_done' ||
    assertion.phase === 'planned'
  )
    return { as: 'mentions', fact }
  if (fact.day !== undefined && isAhead(fact.day.first, context.asOf))
    return { as: 'mentions', fact }
  if (isOtherSide(fact, query, context))
    return {
      as: 'beside',
      fact,
      because: `${name} was measured on ${sideInWords(fact.side)}; the order is for ${sideInWords(context.orderSide)}`,
    }
  const isCodedPlainly =
    query.conditionsOf === 'notes' && fact.from.kind === 'coded' && conditions.length === 0
  const isSaid =
    (query.conditions === undefined || isSaidWith(query.conditions)) &&
    (query.conditionsAll ?? []).every((one) => isSaidWith([one]))
  if (!isSaid && !isCodedPlainly) {
    const asked = listed(
      [
        ...(query.conditions === undefined ? [] : [namesOf(query.conditions, context)]),
        ...(query.conditionsAll ?? []).map((one) => nameOf(one, context)),
      ],
      'and',
    )
    return conditions.length > 0
      ? {
          as: 'beside',
          fact,
          because: `${name} was measured ${namesOf(conditions, context)}; required: ${asked}`,
        }
      : {
          as: 'open',
          fact,
          because: `${name} is given, but not whether ${asked}`,
        }
  }
  if (assertion.status === 'possible')
    return { as: 'open', fact, because: `${name} is given only as a possibility` }
  const place = placeOfFact(fact, query.within, context.asOf)
  if (place === 'outside')
    return {
      as: 'beside',
      fact,
      because: `the last ${name} is${dayInBrackets(fact)}; required: in ${query.within === undefined ? 'the past' : windowOf(query.within)}`,
    }
  return place === 'unsure'
    ? { as: 'open', fact, because: `it is not stated when ${name} was measured` }
    : undefined
}

function readNewest(
  facts: readonly Measurement[],
  query: MeasureQuery,
  context: AnswerContext,
): readonly FactReading[] {
  const ofDay = newestOf(facts)
  const newest = query.take === undefined ? ofDay : extremeOf(ofDay, query.take)
  const older = facts.filter((fact) => !newest.includes(fact))
  const places = newest.map((fact) => ({ fact, place: compareFact(fact, query.value) }))
  // The two sides of a muscle are separate values; several values of the same side must agree.
  const isSameSide = (one: Measurement, other: Measurement) =>
    one.side === other.side ||
    // If the order has a side, a value without a side may belong to it.
    (query.side === 'of_order' && (one.side === undefined || other.side === undefined)) ||
    (one.side !== undefined && other.side !== undefined && sidesMeet(one.side, other.side))
  const conflicting = new Set(
    places
      .filter(({ fact, place }) =>
        places.some(
          (other) =>
            isSameSide(fact, other.fact) &&
            ((place === 'inside' && other.place === 'outside') ||
              (place === 'outside' && other.place === 'inside')),
        ),
      )
      .map((one) => one.fact),
  )
  return [
    ...places.map(({ fact, place }): FactReading => {
      const said = `${nameOf(fact.conceptId, context)} ${valueOf(fact)}${dayInBrackets(fact)}`
      if (conflicting.has(fact)) {
        const values = [...new Set([...conflicting].map(valueOf))].join(' and ')
        return {
          as: 'conflicts',
          fact,
          because: `${nameOf(fact.conceptId, context)} is given as ${values} for the same day`,
        }
      }
      if (place === 'inside') return { as: 'supports', fact, because: said }
      if (place === 'outside')
        return {
          as: 'short',
          fact,
          rank: 1,
          because: `${said}; required: ${query.value === undefined ? 'a value' : boundsInWords(query.value)}`,
        }
      return { as: 'open', fact, because: `${said} cannot be compared with the requirement` }
    }),
    ...older.map((fact): FactReading => ({ as: 'mentions', fact })),
  ]
}
