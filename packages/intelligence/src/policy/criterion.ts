import type { Immutable } from '@authscript/prior-auth'
import { z } from 'zod'
import { conceptId } from '../lexicon/concept.ts'
import { bounds, duration, sourceKey, tally } from './sourced.ts'

/** Codes of one system. `under` takes a code with all that begin with it (`M17` takes `M17.11`); `except` takes some out again. */
export const codeSet = z.strictObject({
  system: z.enum(['icd10cm', 'cpt', 'hcpcs', 'loinc', 'snomed', 'rxnorm']),
  codes: z.array(z.string().min(1)).optional(),
  under: z.array(z.string().min(1)).optional(),
  except: z.array(z.string().min(1)).optional(),
})

const concepts = z.array(conceptId).min(1)
const courses = z.array(z.enum(['new', 'worse', 'stable', 'better'])).min(1)

/** What every query may say. */
const common = {
  /** Its name in `deniedBy`. @default its first concept */
  name: conceptId.optional(),
  /** A fact that is said to be of other parts of the body alone is passed over; one of no stated part counts. */
  sites: concepts.optional(),
  /** Facts that are said to be of these parts are passed over: "therapy for the neck". */
  notSites: concepts.optional(),
  /** `of_order`: a fact of the other side than the order's is of another joint. */
  side: z.literal('of_order').optional(),
  /** Dated at most this long before the visit, as far as the chart says when; a coded entry without a day is outside. */
  within: duration.optional(),
  /** Codes that count beside those of the lexicon's concepts. */
  codes: z.array(codeSet).optional(),
  /** Only notes are asked: the payer wants it written by a clinician, and a code alone does not count. */
  notesOnly: z.literal(true).optional(),
  /** The concepts themselves, without their narrower ones. */
  exactly: z.literal(true).optional(),
}

/**
 * A question put to the facts of a chart, of one kind. Concepts take those that are narrower with them. Each gives three values, derived: enough is `met`;
 * denied, too short, only planned, of the other side alone is `not_met` and says which; hedged, contradicted or unread is `unclear`.
 */
export const querySchemas = {
  /** Something is there: a finding, a sign, a disease, a device. */
  finding: z.strictObject({
    finding: concepts,
    ...common,
    /** `now`: of the visit's own notes and active conditions. `ever`: once true is true, whichever note says so. @default 'now' */
    when: z.enum(['now', 'ever']).optional(),
    severity: z
      .array(z.enum(['mild', 'moderate', 'severe']))
      .min(1)
      .optional(),
    course: courses.optional(),
    /** What is said to take one of these courses is not what is asked: "weakness, unchanged for years". Where no course is said, it counts. */
    notCourse: courses.optional(),
    /** One of `sites` has to be said, or to belong to the concept. @default where no part is said, it counts */
    isPlaced: z.literal(true).optional(),
    /** It has to be known: what is only suspected is passed over. @default a suspicion leaves the question open */
    known: z.literal(true).optional(),
    /** What is only planned counts too: goals, a frequency. @default what is there */
    orPlanned: z.literal(true).optional(),
    /** Began at most this long before the visit. One whose beginning is not said counts only where `course` says it. */
    newWithin: duration.optional(),
    /**
     * Began after the newest of these studies, of the same `sites` and `side`. Where no such study is told of, nothing can be newer than it, and the question
     * stays open.
     */
    newSince: concepts.optional(),
    /** Lists whose coded entries count. @default ['conditions', 'order_reasons', 'observations'] */
    lists: z
      .array(z.enum(['conditions', 'order_reasons', 'observations', 'procedures']))
      .min(1)
      .optional(),
    /** A condition counts whatever its clinical status, so long as nobody refuted it. @default active ones only */
    anyStatus: z.literal(true).optional(),
    /** Notes are not asked: the payer wants it coded. */
    codedOnly: z.literal(true).optional(),
  }),
  /** Something was done to treat. */
  therapy: z.strictObject({
    therapy: concepts,
    ...common,
    /** For at least so long: the duration must be tied to the therapy. Of several courses the longest. */
    atLeast: duration.optional(),
    sessions: tally.optional(),
    /** So many different ones of the concepts. */
    distinct: tally.optional(),
    outcome: z
      .array(z.enum(['failed', 'not_tolerated', 'helped']))
      .min(1)
      .optional(),
    /** A course that is said to have gone so leaves the question open: care that helped did not fail. */
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
    /** A therapy that is about to begin counts too. @default what was done or goes on */
    orPlanned: z.literal(true).optional(),
    /** Where all that the chart tells of ended before `within`, that is a no. @default it answers nothing */
    newestDecides: z.literal(true).optional(),
    /** It counts whatever disease it is given for: what is asked is the drug itself. @default one for another disease leaves the question open */
    forAnyDisease: z.literal(true).optional(),
    /** It goes on now: a note says so, or it is active on the medication list. @default what was done counts, whether it goes on or not */
    ongoing: z.literal(true).optional(),
  }),
  /** A study was made. */
  study: z.strictObject({
    study: concepts,
    ...common,
    /** Where all that the chart tells of is older than `within`, that is a no. @default it answers nothing, and silence decides */
    newestDecides: z.literal(true).optional(),
  }),
  /** Something was measured. Of several values the newest counts. */
  measure: z.strictObject({
    measure: concepts,
    ...common,
    /** Absent: any value will do; the question is whether it was measured. */
    value: bounds.optional(),
    /** Said with one of these: at rest, on exertion, on room air. */
    conditions: concepts.optional(),
    notConditions: concepts.optional(),
    /** Said with all of these: on exertion and on oxygen. */
    conditionsAll: concepts.optional(),
    /**
     * `notes`: only notes have to say them; a coded value says how it was measured by its code, or not at all, and counts without. @default coded values too
     */
    conditionsOf: z.literal('notes').optional(),
    /** Of several values of the newest day the lowest or the highest counts: the weakest muscle. @default they have to agree */
    take: z.enum(['lowest', 'highest']).optional(),
    /** Two values, and the later is the better one. */
    improved: z.literal(true).optional(),
  }),
  /** Something the patient cannot do, or only with trouble. */
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
  /** As the reviewer and the form read it. */
  question: z.string().regex(/\?$/),
  /** What a person could add to the chart to settle it: a noun phrase, as in "the date of the last lumbar MRI". */
  missing: z.string().min(1),
  /** What it takes to supply the fact, cheapest first. */
  effort: z.enum(['document', 'examine', 'test', 'treat']),
  /** Keys of `sources` that ask this question. */
  sources: z.array(sourceKey).min(1),
  /** Alternatives: one that is met is enough. */
  any: z.array(query).min(1),
  /**
   * The sets of alternatives, by name, whose denial together answers the question with no: `[[fever], [infection]]`. One set denied whole is enough.
   * A name is that of a query, or one of the concepts that the queries ask for, or one narrower than that: then the denial of that concept (or of a wider one)
   * is meant.
   *
   * @default all alternatives that a note can deny, together, and of each alternative all its concepts
   */
  deniedBy: z.array(z.array(conceptId).min(1)).min(1).optional(),
  /**
   * What a silent chart says, if everything was read: most things may have gone unwritten (`unclear`, the default); a procedure that is on no complete
   * list and of which no note speaks was not done (`not_met`).
   */
  silence: z.enum(['unclear', 'not_met']).optional(),
  /**
   * Findings that cannot be true beside a yes: where the visit's own notes state one, now or as planned, the question is open and both are shown. For a yes of
   * codes alone: an order with the code of a guided injection, and "blind, no imaging" in the note.
   */
  contradictedBy: concepts.optional(),
  /** It is an emergency: stated once it is never answered with no, whatever else denies it, and it is shown first. */
  isEmergency: z.literal(true).optional(),
  /**
   * Its alternatives are readings of one thing: grade 2 by one reader of the films and bone on bone by another cannot both be true. A value that contradicts
   * another, or falls short, leaves a yes of another alternative unclear; so does the denial of an observable, of which nothing else is told.
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
