import type { Fact } from '../../facts/fact.ts'
import type { FunctionQuery } from '../../policy/criterion.ts'
import type { AnswerContext } from '../answer-context.ts'
import { readCandidates } from '../candidates.ts'
import type { FactStore } from '../chart-facts.ts'
import { placeOfFact } from '../days.ts'
import { readDenial } from '../denial.ts'
import { isOtherSide } from '../fact-scope.ts'
import type { QueryAnswer } from '../query-answer.ts'
import { unreadForDenial } from '../unread-sources.ts'
import type { FactReading } from '../reading.ts'
import { settleReadings } from '../settle-readings.ts'
import { dayInBrackets, noteDayInBrackets, nameOf, sideInWords } from '../wording.ts'

/** Answers whether the patient cannot do something now, or only with difficulty. */
export function answerFunction(
  query: FunctionQuery,
  store: FactStore,
  context: AnswerContext,
): QueryAnswer {
  const readings = readCandidates(store, { ...query, concepts: query.function }, context, (fact) =>
    readFunction(fact, query, context),
  )
  return settleReadings(readings, {
    asked: query.function,
    context,
    isDenialEnough: true,
    unread: unreadForDenial([], context.bundle, store, true),
  })
}

function readFunction(fact: Fact, query: FunctionQuery, context: AnswerContext): FactReading {
  const { assertion, from } = fact
  const name = nameOf(fact.conceptId, context)
  const isNow = assertion.when === 'now' && (from.kind === 'coded' || from.isOfEncounter)
  if (fact.kind !== 'function' || fact.limit === 'not_stated' || !isNow)
    return { as: 'mentions', fact }
  if (assertion.status === 'possible')
    return { as: 'open', fact, because: `${name} is mentioned only as a possibility` }
  if (assertion.phase === 'planned') return { as: 'beside', fact, because: `${name} is a goal` }
  const isLimited = fact.limit === 'limited'
  // "Not unlimited" is too ambiguous to settle anything.
  if (assertion.status === 'denied' && !isLimited) return { as: 'mentions', fact }
  if (assertion.status === 'denied' || !isLimited) {
    return isOtherSide(fact, query, context)
      ? { as: 'mentions', fact }
      : readDenial(
          fact,
          query.function,
          query,
          context,
          `the note${noteDayInBrackets(fact)} says that ${name} is not limited`,
        )
  }
  if (isOtherSide(fact, query, context))
    return {
      as: 'beside',
      fact,
      because: `${name} is limited by ${sideInWords(fact.side)}; the order is for ${sideInWords(context.orderSide)}`,
    }
  return placeOfFact(fact, query.within, context.asOf) === 'inside'
    ? { as: 'supports', fact, because: `${name} is limited${dayInBrackets(fact)}` }
    : {
        as: 'beside',
        fact,
        because: `${name}${dayInBrackets(fact)} is older than the question allows`,
      }
}
