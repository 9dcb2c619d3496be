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
  /** What is done to treat over time: physical therapy, bracing, an injection, an operation. */
  'therapy',
  'drug',
  /** An examination with a result: MRI, radiograph, echocardiogram, sleep study. */
  'study',
  'device',
  /** What has a number: ejection fraction, AHI, hematocrit. */
  'measure',
  /** A named scale or questionnaire: Epworth, ODI, pain scale. */
  'score',
  /** A part of the body. */
  'site',
  /** What is judged normal or not by the word beside it: bladder, vision, gait. Asserts nothing by itself. */
  'observable',
] as const

/** A short form or a name that means this in some surroundings only: a name that is listed here too is matched with its guard. */
const abbreviation = z.strictObject({
  text: z.string().min(1),
  /** Must stand in capitals as written. @default false */
  isCaseSensitive: z.literal(true).optional(),
  /** One of these words or concepts (`#concept-id`) stands in the same unit, its leads or its section's title. */
  near: z.array(z.string().min(1)).min(1).optional(),
  /** None of these does. */
  notNear: z.array(z.string().min(1)).min(1).optional(),
  /** Directly followed by, or directly after, one of these words: "PT x8", "PT for". */
  before: z.array(z.string().min(1)).min(1).optional(),
  after: z.array(z.string().min(1)).min(1).optional(),
  /** Not directly followed by: "PT says". */
  notBefore: z.array(z.string().min(1)).min(1).optional(),
  notAfter: z.array(z.string().min(1)).min(1).optional(),
})

/** What the words beside an observable say: that this concept is there, that this one is not, or both. */
const verdict = z
  .strictObject({ asserts: conceptId.optional(), denies: conceptId.optional() })
  .refine(({ asserts, denies }) => asserts !== undefined || denies !== undefined, {
    message: 'must hold asserts, denies or both',
  })

/** What a mention may need beside it: "three times a week", "for six weeks", "8/10", "in March". */
export const neededValues = ['rate', 'duration', 'number', 'date'] as const

/** Codes that mean the concept; a code stands for all that begin with it. */
const conceptCodes = z.partialRecord(
  z.enum(['icd10cm', 'cpt', 'hcpcs', 'loinc', 'snomed', 'rxnorm']),
  z.array(z.string().min(1)).min(1),
)

/**
 * A row of the lexicon. Inflection (plural, -ing, -ed), hyphens, British spelling and the order "weakness of the leg" / "leg weakness" are
 * computed and never listed; a synonym is another word for the same thing.
 */
export const concept = z.strictObject({
  id: conceptId,
  kind: z.enum(conceptKinds),
  /** The preferred name, which is also matched. */
  name: z.string().min(1),
  synonyms: z.array(z.string().min(1)).optional(),
  abbreviations: z.array(abbreviation).optional(),
  /** Wider concepts: a question that asks for one of these is answered by this one. */
  broader: z.array(conceptId).optional(),
  /** Saying that it is there says that these are not: "afebrile" denies fever. */
  denies: z.array(conceptId).min(1).optional(),
  /** Counts only where the same statement, or the next one of its section, has all of these; otherwise it settles nothing. */
  needs: z.array(z.enum(neededValues)).min(1).optional(),
  /** Where it is by its nature: foot drop is of the foot, cauda equina syndrome of the lumbar spine. */
  sites: z.array(conceptId).optional(),
  /** For an observable: what the words beside it make of it. */
  values: z
    .strictObject({
      /** "bladder function normal" denies bladder dysfunction; "QuantiFERON negative" asserts a negative test. */
      normal: verdict,
      /** "bladder trouble" asserts bladder dysfunction. */
      abnormal: verdict,
      /** Words beyond the common lists of `values.yaml` that mean normal or abnormal of this observable. */
      normalWords: z.array(z.string().min(1)).optional(),
      abnormalWords: z.array(z.string().min(1)).optional(),
    })
    .optional(),
  /** For a measure or score: in which unit a bare number is meant, as UCUM; other units as they are written. */
  unit: z.string().min(1).optional(),
  unitWords: z.record(z.string(), z.array(z.string().min(1))).optional(),
  /** For a measure or score: which way is an improvement. */
  betterIs: z.enum(['higher', 'lower']).optional(),
  /** Numbers outside of this are no values of it (a bare "88" beside "SpO2" is, "2026" is not). */
  range: z.tuple([z.number(), z.number()]).optional(),
  /**
   * A noun so common that alone it asserts nothing: "bladder", "memory". It may deny ("no bladder problems").
   */
  isBare: z.literal(true).optional(),
  /**
   * No policy asks for it or for a concept related to it: it keeps its words apart from those of other concepts ("wrist drop" from "foot drop"), or guards
   * an abbreviation.
   */
  isUnasked: z.literal(true).optional(),
  codes: conceptCodes.optional(),
})

export type Concept = z.infer<typeof concept>
export type NeededValue = (typeof neededValues)[number]
export type ConceptKind = (typeof conceptKinds)[number]
