import type { Therapy } from '../../facts/fact.ts'
import type { AnswerContext } from '../answer-context.ts'
import type { FactReading } from '../reading.ts'
import { dayInBrackets, nameOf } from '../wording.ts'

/**
 * Why a therapy that was done does not count as ongoing; undefined if it does. A drug that is taken
 * is ongoing until something says that it ended; a course of sessions is ongoing only if it has a
 * beginning and no end.
 */
export function readOngoing(
  fact: Therapy,
  asked: readonly string[],
  context: AnswerContext,
): FactReading | undefined {
  const { assertion, start, end, outcome, from } = fact
  const name = nameOf(fact.conceptId, context)
  const isEnded = assertion.when !== 'now' || (end !== undefined && end.last < context.asOf)
  // The end of one drug says nothing about another one, which may be ongoing.
  if (isEnded)
    return {
      as: 'short',
      fact,
      rank: 20,
      because: `${name} has ended${dayInBrackets(fact)}`,
      concepts: asked.filter((one) => context.concepts.isA(fact.conceptId, one)),
    }
  const notStated: FactReading = {
    as: 'open',
    fact,
    because: `it is not stated whether ${name} is ongoing`,
  }
  // An older note describes the past.
  if (from.kind === 'note' && !from.isOfEncounter) return { as: 'mentions', fact }
  if (fact.isLastStated === true && fact.isOngoing !== true) return notStated
  if (outcome === 'failed' || outcome === 'not_tolerated') return notStated
  if (from.kind === 'coded') return from.list === 'medications' ? undefined : notStated
  const isTaken = context.concepts.get(fact.conceptId)?.kind === 'drug'
  return isTaken || (start !== undefined && end === undefined) ? undefined : notStated
}
