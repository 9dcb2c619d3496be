import type { Immutable } from '@authscript/prior-auth'
import { z } from 'zod'
import { conceptId } from '../lexicon/concept.ts'
import { bounds, duration, sourceKey, tally } from './sourced.ts'

/**
 * Codes of one system. `under` includes all codes that begin with it (`M17` includes `M17.11`); `except`
 * excludes some of them.
 */
export const codeSet = z.strictObject({
  system: z.enum(['icd10cm', 'cpt', 'hcpcs', 'loinc', 'snomed', 'rxnorm']),
  codes: z.array(z.string().min(1)).optional(),
  under: z.array(z.string().min(1)).optional(),
  except: z.array(z.string().min(1)).optional(),
})

const concepts = z.array(conceptId).min(1)
const courses = z.array(z.enum(['new', 'worse', 'stable', 'better'])).min(1)

/** Options of every query. */
const common = {
  /** Its name in `deniedBy`. @default its first concept */
  name: conceptId.optional(),
  /** Facts stated to be only about other parts of the body are skipped; a fact without a stated part counts. */
  sites: concepts.optional(),
  /** Facts stated to be about these parts are skipped: "therapy for the neck". */
  notSites: concepts.optional(),
  /** `of_order`: a fact about the side opposite to the order's is about another joint. */
  side: z.literal('of_order').optional(),
  /**
   * Dated at most this long before the encounter, as far as the chart says when; a coded entry without a day is
   * outside.
   */
  within: duration.optional(),
  /** Codes that count in addition to those of the lexicon's concepts. */
  codes: z.array(codeSet).optional(),
  /** Only notes are read: the payer requires a clinician's statement, and a code alone does not count. */
  notesOnly: z.literal(true).optional(),
  /** Only the concepts themselves, without narrower ones. */
  exactly: z.literal(true).optional(),
}

/**
 * A query on the facts of a chart, by kind. Concepts include their narrower concepts. Each query has one of
 * three values: `met` if there is enough; `not_met`, with a reason, if denied, too short, only planned, or only
 * about the other side; `unclear` if doubtful, contradicted or unread.
 */
export const querySchemas = {
  /** Something is present: a finding, a sign, a disease, a device. */
  finding: z.strictObject({
    finding: concepts,
    ...common,
    /**
     * `now`: from the encounter's own notes and active conditions. `ever`: a statement in any note is enough.
     * @default 'now'
     */
    when: z.enum(['now', 'ever']).optional(),
    severity: z
      .array(z.enum(['mild', 'moderate', 'severe']))
      .min(1)
      .optional(),
    course: courses.optional(),
    /**
     * Findings stated to have one of these courses do not count: "weakness, unchanged for years". A finding
     * without a stated course counts.
     */
    notCourse: courses.optional(),
    /** One of `sites` must be stated or inherent in the concept. @default a finding without a stated part counts */
    isPlaced: z.literal(true).optional(),
    /** It must be certain: suspected findings are skipped. @default a suspicion leaves the question open */
    known: z.literal(true).optional(),
    /** Planned items count too: goals, a frequency. @default only what is present */
    orPlanned: z.literal(true).optional(),
    /**
     * Began at most this long before the encounter. A finding without a stated beginning counts only if `course`
     * is stated.
     */
    newWithin: duration.optional(),
    /**
     * Began after the newest of these studies of the same `sites` and `side`. If no such study is known, the
     * question stays open.
     */
    newSince: concepts.optional(),
    /** Lists whose coded entries count. @default ['conditions', 'order_reasons', 'observations'] */
    lists: z
      .array(z.enum(['conditions', 'order_reasons', 'observations', 'procedures']))
      .min(1)
      .optional(),
    /** A condition counts with any clinical status unless it was refuted. @default only active ones */
    anyStatus: z.literal(true).optional(),
    /** Notes are not read: the payer requires a code. */
    codedOnly: z.literal(true).optional(),
  }),
  /** A treatment was given. */
  therapy: z.strictObject({
    therapy: concepts,
    ...common,
    /** For at least this long; the duration must belong to the therapy. Of several courses the longest counts. */
    atLeast: duration.optional(),
    sessions: tally.optional(),
    /** This many different concepts. */
    distinct: tally.optional(),
    outcome: z
      .array(z.enum(['failed', 'not_tolerated', 'helped']))
      .min(1)
      .optional(),
    /** A course with this stated outcome leaves the question open: care that helped did not fail. */
    notOutcome: z
      .array(z.enum(['failed', 'not_tolerated', 'helped']))
      .min(1)
      .optional(),
    dose: bounds.optional(),
    relief: z
      .strictObject({
        percent: z.strictObject({ value: z.number(), source: sourceKey }),
        lasting: duration.optional(),
      })
      .optional(),
    /** A therapy that is about to begin counts too. @default only what was done or is ongoing */
    orPlanned: z.literal(true).optional(),
    /** If everything known ended before `within`, the answer is no. @default it does not answer the question */
    newestDecides: z.literal(true).optional(),
    /**
     * It counts for whatever disease it is given, because the question is about the drug itself. @default one
     * for another disease leaves the question open
     */
    forAnyDisease: z.literal(true).optional(),
    /**
     * It is ongoing: a note says so, or it is active on the medication list. @default everything done counts,
     * ongoing or not
     */
    ongoing: z.literal(true).optional(),
  }),
  /** A study was done. */
  study: z.strictObject({
    study: concepts,
    ...common,
    /**
     * If everything known is older than `within`, the answer is no. @default it does not answer the question,
     * and silence decides
     */
    newestDecides: z.literal(true).optional(),
  }),
  /** Something was measured. Of several values the newest counts. */
  measure: z.strictObject({
    measure: concepts,
    ...common,
    /** Absent: any value counts; the question is whether it was measured. */
    value: bounds.optional(),
    /** Measured under one of these conditions: at rest, on exertion, on room air. */
    conditions: concepts.optional(),
    notConditions: concepts.optional(),
    /** Measured under all of these conditions: on exertion and on oxygen. */
    conditionsAll: concepts.optional(),
    /**
     * `notes`: only notes must state them. A coded value states its conditions through its code or not at all,
     * and counts without. @default coded values too
     */
    conditionsOf: z.literal('notes').optional(),
    /**
     * Of several values of the newest day the lowest or the highest counts: the weakest muscle. @default they
     * must agree
     */
    take: z.enum(['lowest', 'highest']).optional(),
    /** There are two values, and the later one is better. */
    improved: z.literal(true).optional(),
  }),
  /** The patient cannot do something, or only with difficulty. */
  function: z.strictObject({ function: concepts, ...common }),
  /** The order itself carries one of these codes (`met`), or one of `otherwise` (`not_met`). */
  order: z.strictObject({
    order: z.array(codeSet).min(1),
    otherwise: z.array(codeSet).min(1).optional(),
    name: conceptId.optional(),
  }),
  age: z.strictObject({ patient: z.literal('age'), value: bounds, name: conceptId.optional() }),
  gender: z.strictObject({
    patient: z.literal('gender'),
    is: z.array(z.enum(['male', 'female', 'other'])).min(1),
    name: conceptId.optional(),
  }),
} as const

const plainQuery = z.union([
  querySchemas.finding,
  querySchemas.therapy,
  querySchemas.study,
  querySchemas.measure,
  querySchemas.function,
  querySchemas.order,
  querySchemas.age,
  querySchemas.gender,
])

type PlainQuery = z.infer<typeof plainQuery>
interface AllQuery {
  all: (PlainQuery | AllQuery)[]
  name?: string | undefined
}

const allQuery: z.ZodType<AllQuery> = z.strictObject({
  /** All of these at once: pain at rest that is also severe. */
  all: z.lazy(() => z.array(query).min(2)),
  name: conceptId.optional(),
})

export const query: z.ZodType<PlainQuery | AllQuery> = z.union([plainQuery, allQuery])

/** One question of the payer. */
export const criterion = z.strictObject({
  criterionId: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** As shown to the reviewer and printed on the form. */
  question: z.string().regex(/\?$/),
  /** What a person could add to the chart to settle it: a noun phrase, as in "the date of the last lumbar MRI". */
  missing: z.string().min(1),
  /** The effort needed to supply the fact, cheapest first. */
  effort: z.enum(['document', 'examine', 'test', 'treat']),
  /** Keys of `sources` that ask this question. */
  sources: z.array(sourceKey).min(1),
  /** Alternatives: one that is met is enough. */
  any: z.array(query).min(1),
  /**
   * Sets of alternatives, by name, whose combined denial answers the question with no: `[[fever], [infection]]`.
   * One set that is denied completely is enough. A name is the name of a query, a concept of a query, or a
   * narrower one; for a concept, its own denial or that of a wider concept counts.
   *
   * @default all deniable alternatives together, and for each alternative all its concepts
   */
  deniedBy: z.array(z.array(conceptId).min(1)).min(1).optional(),
  /**
   * What a silent chart means if everything was read: most things may be undocumented (`unclear`, the default);
   * a procedure that is on no complete list and in no note was not done (`not_met`).
   */
  silence: z.enum(['unclear', 'not_met']).optional(),
  /**
   * Findings that cannot be true beside a yes: if the encounter's own notes state one, now or as planned, the
   * question is open and both are shown. For a yes from codes alone: an order with the code of a guided
   * injection, and "blind, no imaging" in the note.
   */
  contradictedBy: concepts.optional(),
  /**
   * It is an emergency: once stated, it is never answered with no, whatever else denies it, and it is shown
   * first.
   */
  isEmergency: z.literal(true).optional(),
  /**
   * Its alternatives describe one thing: grade 2 by one reader of the films and bone on bone by another cannot
   * both be true. A value that contradicts another or falls short makes a yes of another alternative unclear; so
   * does the denial of an observable with nothing else known about it.
   */
  isOneMatter: z.literal(true).optional(),
})

export type CodeSet = Immutable<z.infer<typeof codeSet>>
export type Query = Immutable<PlainQuery> | ImmutableAll
interface ImmutableAll {
  readonly all: readonly Query[]
  readonly name?: string | undefined
}
export type FindingQuery = Extract<Query, { readonly finding: unknown }>
export type TherapyQuery = Extract<Query, { readonly therapy: unknown }>
export type StudyQuery = Extract<Query, { readonly study: unknown }>
export type MeasureQuery = Extract<Query, { readonly measure: unknown }>
export type FunctionQuery = Extract<Query, { readonly function: unknown }>
export type OrderQuery = Extract<Query, { readonly order: unknown }>
export type PatientQuery = Extract<Query, { readonly patient: unknown }>
export type Criterion = Immutable<z.infer<typeof criterion>>
