import type { Therapy } from '../../facts/fact.ts'
import { compareToBounds } from '../../facts/values/units.ts'
import type { TherapyQuery } from '../../policy/criterion.ts'
import { type Duration, daysOf } from '../../policy/sourced.ts'
import type { AnswerContext } from '../answer-context.ts'
import {
  boundsInWords,
  countOf,
  durationOf,
  lengthOf,
  listed,
  nameOf,
  windowOf,
} from '../wording.ts'
import { type Length, lengthOfCourse } from './course-length.ts'

/** How a completed course compares with the requirements of the query. */
export type CourseResult =
  | { readonly as: 'enough'; readonly because?: string }
  | { readonly as: 'short'; readonly because: string; readonly rank: number }
  | { readonly as: 'not_stated'; readonly because: string; readonly lacks: 'length' | 'other' }

/** Adds to a fact the total of the course's coded entries and the statements of neighboring text. */
export interface CompletedCourse {
  readonly fact: Therapy
  readonly lastedDays?: number | undefined
  readonly sessions?: number | undefined
  readonly outcome?: Therapy['outcome']
}

/** Checks every requirement. A shortfall comes before missing information because it settles the question. */
export function measureCourse(
  course: CompletedCourse,
  query: TherapyQuery,
  context: AnswerContext,
): CourseResult {
  const results = [
    measureLength(course, query, context),
    measureSessions(course, query, context),
    measureOutcome(course, query, context),
    measureDose(course, query, context),
    measureRelief(course, query, context),
  ].filter((one) => one !== undefined)
  return (
    results.find((one) => one.as === 'short') ??
    results.find((one) => one.as === 'not_stated') ??
    results.find((one) => one.because !== undefined) ?? { as: 'enough' }
  )
}

function measureLength(
  course: CompletedCourse,
  { atLeast, within }: TherapyQuery,
  context: AnswerContext,
): CourseResult | undefined {
  if (atLeast === undefined) return undefined
  const { fact } = course
  const name = nameOf(fact.conceptId, context)
  // A sum of sessions has no other length: a single day may just be the only one that was coded.
  const length =
    'lastedDays' in course ? exactly(course.lastedDays) : lengthOfCourse(fact, context.asOf)
  const asked = `required: at least ${durationOf(atLeast)}`
  const notStated: CourseResult = {
    as: 'not_stated',
    lacks: 'length',
    because: `it is not stated for how long ${name} was done`,
  }
  if (length === undefined) return notStated
  const { least: days, most } = length
  if (days >= leastDaysOf(atLeast))
    return { as: 'enough', because: `${name} for ${lengthOf(days)}` }
  if (most >= leastDaysOf(atLeast))
    return {
      ...notStated,
      because: `it is not stated exactly for how long ${name} was done; ${asked}`,
    }
  const when = within === undefined ? '' : ` in ${windowOf(within)}`
  return {
    as: 'short',
    rank: 100 + days,
    because: `the longest course of ${name}${when}: ${lengthOf(days)}; ${asked}`,
  }
}

/** A stated "three months" is 91 days, so no more days than that are required. */
function leastDaysOf(asked: Duration): number {
  return asked.unit === 'months' ? Math.floor((asked.value * 365.25) / 12) : daysOf(asked)
}

function exactly(days: number | undefined): Length | undefined {
  return days === undefined ? undefined : { least: days, most: days }
}

function measureSessions(
  { fact, sessions }: CompletedCourse,
  { sessions: asked }: TherapyQuery,
  context: AnswerContext,
): CourseResult | undefined {
  if (asked === undefined) return undefined
  const name = nameOf(fact.conceptId, context)
  const count = sessions ?? fact.sessions
  if (count === undefined)
    return {
      as: 'not_stated',
      lacks: 'length',
      because: `it is not stated how many sessions of ${name}`,
    }
  return count >= asked.value
    ? { as: 'enough', because: `${countOf(count, 'session')} of ${name}` }
    : {
        as: 'short',
        rank: 100 + count,
        because: `${countOf(count, 'session')} of ${name}; required: at least ${asked.value}`,
      }
}

const outcomeWords = {
  failed: 'it did not help enough',
  helped: 'it helped',
  not_tolerated: 'it was not tolerated',
} as const

function measureOutcome(
  { fact, outcome }: CompletedCourse,
  { outcome: asked, notOutcome }: TherapyQuery,
  context: AnswerContext,
): CourseResult | undefined {
  const name = nameOf(fact.conceptId, context)
  const found = fact.outcome ?? outcome
  if (found !== undefined && notOutcome?.includes(found) === true)
    return { as: 'not_stated', lacks: 'other', because: `${name}: ${outcomeWords[found]}` }
  if (asked === undefined) return undefined
  if (found === undefined)
    return { as: 'not_stated', lacks: 'other', because: `it is not stated how ${name} worked` }
  return asked.includes(found)
    ? { as: 'enough', because: `${name}: ${outcomeWords[found]}` }
    : {
        as: 'short',
        rank: 50,
        because: `${name}: ${outcomeWords[found]}; required: ${listed(
          asked.map((one) => outcomeWords[one]),
          'or',
        )}`,
      }
}

const dosePattern = /^(\d{1,7}(?:\.\d{1,4})?)\s{0,3}([^\s\d][^\s]{0,15})/

function measureDose(
  { fact }: CompletedCourse,
  { dose: asked }: TherapyQuery,
  context: AnswerContext,
): CourseResult | undefined {
  if (asked === undefined) return undefined
  const name = nameOf(fact.conceptId, context)
  const [, value, unit] = dosePattern.exec(fact.dose ?? '') ?? []
  const place =
    value === undefined || unit === undefined
      ? 'unknown'
      : compareToBounds(Number(value), unit, asked)
  if (place === 'unknown')
    return { as: 'not_stated', lacks: 'other', because: `the dose of ${name} is not stated` }
  // A prescription gives the strength of one tablet; the patient may take several.
  if (place === 'outside' && fact.from.kind === 'coded')
    return { as: 'not_stated', lacks: 'other', because: `how much ${name} is taken is not stated` }
  return place === 'inside'
    ? { as: 'enough', because: `${name} ${fact.dose ?? ''}` }
    : {
        as: 'short',
        rank: 40,
        because: `${name} ${fact.dose ?? ''}; required: ${boundsInWords(asked)}`,
      }
}

function measureRelief(
  { fact }: CompletedCourse,
  { relief: asked }: TherapyQuery,
  context: AnswerContext,
): CourseResult | undefined {
  if (asked === undefined) return undefined
  const { reliefPercent: percent, reliefDays: days } = fact
  const { lasting } = asked
  const name = nameOf(fact.conceptId, context)
  if (percent !== undefined && percent < asked.percent.value)
    return {
      as: 'short',
      rank: 40,
      because: `${percent}% relief from ${name}; required: at least ${asked.percent.value}%`,
    }
  if (lasting !== undefined && days !== undefined && days < leastDaysOf(lasting))
    return {
      as: 'short',
      rank: 40,
      because: `relief from ${name} for ${lengthOf(days)}; required: at least ${durationOf(lasting)}`,
    }
  if (percent === undefined && fact.outcome === 'failed')
    return { as: 'short', rank: 40, because: `${name}: ${outcomeWords.failed}` }
  if (percent === undefined || (lasting !== undefined && days === undefined))
    return {
      as: 'not_stated',
      lacks: 'other',
      because: `it is not stated how much ${name} relieved, and for how long`,
    }
  return { as: 'enough', because: `${percent}% relief from ${name}` }
}
