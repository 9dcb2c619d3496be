import type { FindingQuery } from '../../policy/criterion.ts'
import { americanDate } from '@authscript/prior-auth'
import type { AnswerContext } from '../answer-context.ts'
import type { FactStore } from '../chart-facts.ts'
import { latestDayOf } from '../days.ts'
import type { FactReading } from '../reading.ts'
import { nameOf } from '../wording.ts'
import { answerStudy } from './study.ts'

/**
 * `YYYY-MM-DD` of the newest study, which a finding must be newer than; undefined if no dated study
 * is known.
 */
export function newestStudy(
  { newSince = [], sites, notSites, side }: FindingQuery,
  store: FactStore,
  context: AnswerContext,
): string | undefined {
  const place = {
    ...(sites === undefined ? {} : { sites }),
    ...(notSites === undefined ? {} : { notSites }),
    ...(side === undefined ? {} : { side }),
  }
  return answerStudy({ study: newSince, ...place }, store, context)
    .supports.flatMap((fact) => (fact.kind === 'study' ? (latestDayOf(fact) ?? []) : []))
    .toSorted()
    .at(-1)
}

/** A finding counts as newer than a study only if its beginning is known. */
export function readSince(
  reading: FactReading | undefined,
  { newSince }: FindingQuery,
  since: string | undefined,
  context: AnswerContext,
): FactReading | undefined {
  if (newSince === undefined || reading === undefined) return reading
  const { fact } = reading
  const name = nameOf(fact.conceptId, context)
  if (since === undefined)
    return {
      as: 'beside',
      fact,
      because: `there is no earlier study that ${name} could be newer than`,
    }
  if (reading.as !== 'supports') return reading
  const study = `the study of ${americanDate(since)}`
  const onset = fact.kind === 'finding' ? fact.onset : undefined
  if (onset === undefined)
    return fact.assertion.course === 'new'
      ? reading
      : { as: 'open', fact, because: `it is not stated whether ${name} began after ${study}` }
  if (onset.first > since) return reading
  return onset.last <= since
    ? { as: 'short', fact, rank: 3, because: `${name} began before ${study}` }
    : { as: 'open', fact, because: `it is not stated whether ${name} began after ${study}` }
}
