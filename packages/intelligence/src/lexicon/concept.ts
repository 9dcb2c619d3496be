import { z } from 'zod'

/** Letters, digits and single hyphens: `foot-drop`. */
export const conceptId = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)

export const conceptKinds = [
  /** What a patient has or notices: foot drop, fever, dyspnea. */
  'finding',
  /** What an examiner elicits: a positive straight leg raise. */
  'sign',
  /** What a patient can or cannot do: climbing stairs, walking, dressing. */
  'function',
  'disease',
  /** A treatment over time: physical therapy, bracing, an injection, an operation. */
  'therapy',
  'drug',
  /** An examination with a result: MRI, radiograph, echocardiogram, sleep study. */
  'study',
  'device',
  /** Something with a numeric value: ejection fraction, AHI, hematocrit. */
  'measure',
  /** A named scale or questionnaire: Epworth, ODI, pain scale. */
  'score',
  /** A part of the body. */
  'site',
  /**
   * Something that the word beside it describes as normal or abnormal: bladder, vision, gait. Asserts nothing by
   * itself.
   */
  'observable',
] as const

/**
 * An abbreviation or name that has this meaning only in some contexts. A name that is also listed here is
 * matched only with its guard.
 */
const abbreviation = z.strictObject({
  text: z.string().min(1),
  /** Must be in capitals as written. @default false */
  isCaseSensitive: z.literal(true).optional(),
  /** One of these words or concepts (`#concept-id`) occurs in the same unit, its lead-ins or its section's title. */
  near: z.array(z.string().min(1)).min(1).optional(),
  /** None of these occurs there. */
  notNear: z.array(z.string().min(1)).min(1).optional(),
  /** Directly followed or preceded by one of these words: "PT x8", "PT for". */
  before: z.array(z.string().min(1)).min(1).optional(),
  after: z.array(z.string().min(1)).min(1).optional(),
  /** Not directly followed by: "PT says". */
  notBefore: z.array(z.string().min(1)).min(1).optional(),
  notAfter: z.array(z.string().min(1)).min(1).optional(),
})

/** What the words beside an observable say: one concept is present, another is absent, or both. */
const verdict = z
  .strictObject({ asserts: conceptId.optional(), denies: conceptId.optional() })
  .refine(({ asserts, denies }) => asserts !== undefined || denies !== undefined, {
    message: 'must have asserts, denies or both',
  })

/** Values that a mention may require beside it: "three times a week", "for six weeks", "8/10", "in March". */
export const neededValues = ['rate', 'duration', 'number', 'date'] as const

/** Codes that mean the concept; a code includes all codes that begin with it. */
const conceptCodes = z.partialRecord(
  z.enum(['icd10cm', 'cpt', 'hcpcs', 'loinc', 'snomed', 'rxnorm']),
  z.array(z.string().min(1)).min(1),
)

/**
 * A row of the lexicon. Inflections (plural, -ing, -ed), hyphens, British spelling and the order "weakness of
 * the leg" / "leg weakness" are computed and never listed. A synonym is a different word for the same thing.
 */
export const concept = z.strictObject({
  id: conceptId,
  kind: z.enum(conceptKinds),
  /** The preferred name, which is also matched. */
  name: z.string().min(1),
  synonyms: z.array(z.string().min(1)).optional(),
  abbreviations: z.array(abbreviation).optional(),
  /** Wider concepts: a query for one of them is answered by this one. */
  broader: z.array(conceptId).optional(),
  /** Concepts that are denied by stating this one: "afebrile" denies fever. */
  denies: z.array(conceptId).min(1).optional(),
  /**
   * Counts only if the same statement, or the next one of its section, has all of these values; otherwise it
   * settles nothing.
   */
  needs: z.array(z.enum(neededValues)).min(1).optional(),
  /** Its part of the body by nature: foot drop is in the foot, cauda equina syndrome in the lumbar spine. */
  sites: z.array(conceptId).optional(),
  /** For an observable: the meaning of the words beside it. */
  values: z
    .strictObject({
      /** "bladder function normal" denies bladder dysfunction; "QuantiFERON negative" asserts a negative test. */
      normal: verdict,
      /** "bladder trouble" asserts bladder dysfunction. */
      abnormal: verdict,
      /** Words for normal or abnormal of this observable, in addition to the common lists of `values.yaml`. */
      normalWords: z.array(z.string().min(1)).optional(),
      abnormalWords: z.array(z.string().min(1)).optional(),
    })
    .optional(),
  /** For a measure or score: the UCUM unit of a number without one; other units are read as written. */
  unit: z.string().min(1).optional(),
  unitWords: z.record(z.string(), z.array(z.string().min(1))).optional(),
  /** For a measure or score: which direction is an improvement. */
  betterIs: z.enum(['higher', 'lower']).optional(),
  /** Numbers outside this range are not values of it (a bare "88" beside "SpO2" is, "2026" is not). */
  range: z.tuple([z.number(), z.number()]).optional(),
  /** A noun too common to assert anything alone: "bladder", "memory". It may be denied ("no bladder problems"). */
  isBare: z.literal(true).optional(),
  /**
   * Not used by any policy. It keeps its wording apart from other concepts ("wrist drop" from "foot drop"), or
   * guards an abbreviation.
   */
  isUnasked: z.literal(true).optional(),
  codes: conceptCodes.optional(),
})

export type Concept = z.infer<typeof concept>
export type NeededValue = (typeof neededValues)[number]
export type ConceptKind = (typeof conceptKinds)[number]
