import type { Query } from '../policy/criterion.ts'
import type { AnswerContext } from './answer-context.ts'
import type { FactStore } from './chart-facts.ts'
import { answerFinding } from './queries/finding.ts'
import { answerFunction } from './queries/function.ts'
import { answerMeasure } from './queries/measure.ts'
import { answerOrder } from './queries/order.ts'
import { answerPatient } from './queries/patient.ts'
import { answerStudy } from './queries/study.ts'
import { answerTherapy } from './queries/therapy.ts'
import { nothingFound, type QueryAnswer } from './query-answer.ts'

/** Answers one query from the facts of a chart. */
export function answerQuery(query: Query, store: FactStore, context: AnswerContext): QueryAnswer {
  if ('all' in query) return answerAll(query.all, store, context)
  if ('finding' in query) return answerFinding(query, store, context)
  if ('therapy' in query) return answerTherapy(query, store, context)
  if ('study' in query) return answerStudy(query, store, context)
  if ('measure' in query) return answerMeasure(query, store, context)
  if ('function' in query) return answerFunction(query, store, context)
  if ('order' in query) return answerOrder(query, context)
  if ('patient' in query) return answerPatient(query, context)
  return query satisfies never
}

/** Conjunction: one no makes it no, and every part must be yes. */
function answerAll(
  queries: readonly Query[],
  store: FactStore,
  context: AnswerContext,
): QueryAnswer {
  const parts = queries.map((one) => answerQuery(one, store, context))
  const refused = parts.find((one) => one.value === 'not_met')
  const open = parts.find((one) => one.value === 'unclear' && one.grounds !== 'silent')
  const silent = parts.find((one) => one.value === 'unclear')
  const deciding = refused ?? open ?? silent ?? parts[0] ?? nothingFound
  const isMet = deciding.value === 'met'
  return {
    value: deciding.value,
    grounds: deciding.grounds,
    because: isMet ? [...new Set(parts.map((one) => one.because))].join('; ') : deciding.because,
    supports: isMet ? parts.flatMap((one) => one.supports) : [],
    refutes: parts.flatMap((one) => one.refutes),
    mentions: isMet
      ? []
      : parts.flatMap((one) => [...(refused === undefined ? one.supports : []), ...one.mentions]),
    denied: new Set(parts.flatMap((one) => [...one.denied])),
    // A part that nothing mentions may not be what the query asks for.
    isOpen:
      refused === undefined &&
      parts.some((one) => one.isOpen) &&
      !parts.some((one) => one.isSilent && one.value === 'unclear'),
    isSilent: parts.some((one) => one.isSilent),
    days: isMet ? parts.flatMap((one) => one.days) : [],
    entries: parts.flatMap((one) => one.entries),
    readings: parts.flatMap((one) => one.readings),
  }
}
