import type { Fact, Therapy } from '../../facts/fact.ts'
import type { TherapyQuery } from '../../policy/criterion.ts'
import type { AnswerContext } from '../answer-context.ts'
import { sidesMeet } from '../fact-scope.ts'
import { type FactReading, readingsOf } from '../reading.ts'
import { countOf, namesOf } from '../wording.ts'
import { coursesOf } from './course-length.ts'
import { measureCourse } from './course-requirements.ts'

/** A coded procedure is one session, unless it gives its own length. */
export function isSession({ from, lastedDays }: Therapy): boolean {
  return from.kind === 'coded' && from.list === 'procedures' && lastedDays === undefined
}

export function readCourse(
  fact: Therapy,
  done: readonly Therapy[],
  query: TherapyQuery,
  context: AnswerContext,
): FactReading {
  const measured = measureCourse({ fact, outcome: outcomeBeside(fact, done) }, query, context)
  switch (measured.as) {
    case 'enough':
      return {
        as: 'supports',
        fact,
        ...(measured.because === undefined ? {} : { because: measured.because }),
      }
    case 'short':
      return { as: 'short', fact, rank: measured.rank, because: measured.because }
    case 'not_stated':
      return { as: 'open', fact, because: measured.because, lacks: 'degree' }
    default:
      return measured satisfies never
  }
}

/**
 * "8 weeks of therapy. Therapy did not help.": takes the outcome from another sentence about the same therapy,
 * if all of them agree.
 */
function outcomeBeside(fact: Therapy, done: readonly Therapy[]): Therapy['outcome'] {
  const outcomes = new Set(
    done
      .filter((one) => one.conceptId === fact.conceptId && sidesMeet(one.side, fact.side))
      .flatMap((one) => one.outcome ?? []),
  )
  const [outcome] = outcomes
  return outcomes.size === 1 ? outcome : undefined
}

export function readSessions(
  facts: readonly Therapy[],
  query: TherapyQuery,
  context: AnswerContext,
): readonly FactReading[] {
  const groups = Map.groupBy(facts, (fact) => askedConceptOf(fact, query, context))
  return [...groups].flatMap(([asked, group]) => {
    const [longest] = coursesOf(group)
    const shown = longest?.facts ?? group
    const [first] = shown
    if (first === undefined) return []
    // A course of several kinds of sessions is named by what they have in common.
    const isMixed = shown.some(({ conceptId }) => conceptId !== first.conceptId)
    const measured = measureCourse(
      {
        fact: isMixed && asked !== '' ? { ...first, conceptId: asked } : first,
        // A single day is not a length: it may be the only day that was coded.
        lastedDays:
          longest === undefined || longest.days.length < 2 ? undefined : longest.lastedDays,
        sessions: longest?.days.length,
      },
      query,
      context,
    )
    const tail =
      longest === undefined ? '' : `, by ${countOf(longest.days.length, 'coded session')}`
    return shown.map((fact): FactReading => {
      switch (measured.as) {
        case 'enough':
          return {
            as: 'supports',
            fact,
            ...(measured.because === undefined ? {} : { because: `${measured.because}${tail}` }),
          }
        case 'short':
          return { as: 'short', fact, rank: measured.rank, because: `${measured.because}${tail}` }
        case 'not_stated':
          return { as: 'open', fact, because: measured.because, lacks: 'degree' }
        default:
          return measured satisfies never
      }
    })
  })
}

export function askedConceptOf(
  { conceptId }: Fact,
  { therapy }: TherapyQuery,
  { concepts }: AnswerContext,
): string {
  return therapy.find((asked) => concepts.isA(conceptId, asked)) ?? ''
}

/** The query asks for a number of different courses, each of which is long enough. */
export function withDistinct(
  courses: readonly FactReading[],
  query: TherapyQuery,
  context: AnswerContext,
): readonly FactReading[] {
  if (query.distinct === undefined) return courses
  const enough = readingsOf(courses, 'supports')
  const kinds = new Set(enough.map((one) => askedConceptOf(one.fact, query, context)))
  if (kinds.size >= query.distinct.value) return courses
  // Another one may be undocumented: too few courses are a no only if everything was read.
  return courses.map((one) =>
    one.as === 'supports'
      ? {
          as: 'beside',
          fact: one.fact,
          because: `only ${namesOf([...kinds], context)}; required: ${query.distinct?.value} different ones`,
        }
      : one,
  )
}
