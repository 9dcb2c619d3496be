import type { Immutable } from '@authscript/prior-auth'
import { z } from 'zod'
import { bounds, duration, limit, tally } from './sourced.ts'

/**
 * Codes of one system. `under` takes a code with all that stand below it (`M17` takes `M17.11`); `except` takes some out again.
 */
export const codeSet = z.strictObject({
  system: z.enum(['icd10cm', 'cpt', 'hcpcs', 'loinc', 'snomed', 'rxnorm']),
  codes: z.array(z.string().min(1)).optional(),
  under: z.array(z.string().min(1)).optional(),
  except: z.array(z.string().min(1)).optional(),
})

/**
 * What the coded chart says. An entry is taken when one of `codes` is on it, or, where no code is, when `words` stand in its text;
 * and when `where` holds. What is taken supports the criterion, unless `stance` or `latest` says otherwise.
 */
export const codedRule = z.strictObject({
  /** `order`: the order being judged. `order_reasons`: its own reasons and the conditions it points to. */
  from: z.enum([
    'conditions',
    'observations',
    'procedures',
    'medications',
    'order',
    'order_reasons',
    'patient',
  ]),
  codes: z.array(codeSet).optional(),
  /**
   * Regular expressions, without regard to case, at a word's start, for entries that carry text alone or another code system. Such a match is
   * surer than silence and less sure than a code.
   */
  words: z.array(z.string().min(1)).optional(),
  /**
   * FHIRPath over the entry (the shapes of `prior-auth/clinical-bundle.ts`), true to keep it. `%asOf` is the day of the visit; numbers come in by
   * name from `parameters`, so that each has its source.
   */
  where: z.string().min(1).optional(),
  parameters: z.record(z.string().regex(/^[a-z][A-Za-z]*$/), limit).optional(),
  /** The measured value, in the bound's own unit after conversion. An entry whose value is outside refutes; one without a value says nothing. */
  value: bounds.optional(),
  /** Only the most recent entry is asked: an old value does not stand against a newer one. */
  latest: z.literal(true).optional(),
  /** Dated at most this long before the visit. An entry without a date is outside every window. */
  within: duration.optional(),
  /** The entries, taken as sessions, reach over at least so long from first to last. */
  lasting: duration.optional(),
  /** The entries stand on at least so many different days. */
  days: tally.optional(),
  /** `of_order`: an entry of the other side than the order's is another knee. */
  side: z.literal('of_order').optional(),
  /**
   * Which of several alternatives in one criterion this is: "fever" denied says nothing against "drug injection" affirmed when both
   * rules say what they are about. Without it a yes and a no contradict each other, and the answer is `unclear`.
   */
  about: z.string().min(1).optional(),
  /** @default 'supports' */
  stance: z.enum(['supports', 'refutes']).optional(),
})

export type CodeSet = Immutable<z.infer<typeof codeSet>>
export type CodedRule = Immutable<z.infer<typeof codedRule>>
