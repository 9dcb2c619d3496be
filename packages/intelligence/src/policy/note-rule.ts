import type { Immutable } from '@authscript/prior-auth'
import { z } from 'zod'
import { type BodySite, bodySites } from '../evidence/notes/body-sites.ts'
import { bounds, duration } from './sourced.ts'

/** Regular expressions, without regard to case, from word boundary to word boundary. */
const terms = z.array(z.string().min(1)).min(1)

const spoken = {
  terms,
  /** As in a coded rule: which of several alternatives in one criterion this is. */
  about: z.string().min(1).optional(),
  /**
   * Wider words for the same thing. The rules do not look for them, but a passage that a language model proposes may rest on them.
   */
  widerTerms: terms.optional(),
  /** `of_order`: a sentence about the other side is about another knee. */
  side: z.literal('of_order').optional(),
  /** The part of the body: a sentence that names another one and not this one is passed over. */
  site: z.enum(Object.keys(bodySites) as [BodySite, ...BodySite[]]).optional(),
}

/**
 * What the notes say. Negation, doubt, other people, plans, copied text and text addressed to software are the reader's business
 * (`evidence/`); a rule only names the thing.
 */
export const noteRule = z.discriminatedUnion('kind', [
  /** Something is there or not. Affirmed it is met, denied it is not. */
  z.strictObject({
    kind: z.literal('finding'),
    ...spoken,
    /** Words that by themselves say the contrary: "strength 5/5". */
    contraryTerms: terms.optional(),
    /** `now`: asked of the visit's own notes. `ever`: true once is true, whichever note says so. @default 'now' */
    when: z.enum(['now', 'ever']).optional(),
    /** Its denial alone settles nothing: who denies insomnia may still be sleepy. Beside another alternative's denial it counts. */
    isMinor: z.literal(true).optional(),
    /** The sentence dates it at most this long before the visit: a test result without a date is of no day. */
    within: duration.optional(),
  }),
  /** Something was done. What is only planned, ordered or recommended was not. */
  z.strictObject({
    kind: z.literal('done'),
    ...spoken,
    /** For at least so long: the duration must be tied to the thing. */
    lasting: duration.optional(),
    /** Done at most this long before the visit, as far as the note says when. */
    within: duration.optional(),
    /** The same sentence, or the next, says that it did not help. */
    failed: z.literal(true).optional(),
  }),
  /** A number stands behind the term: "LVEF 30 %", "BMI of 42", "AHI was 22". */
  z.strictObject({
    kind: z.literal('measured'),
    ...spoken,
    value: bounds,
    /** How the unit is written; a number with another unit is not taken. Absent: a bare number is. */
    unitWords: terms.optional(),
    within: duration.optional(),
  }),
])

export type NoteRule = Immutable<z.infer<typeof noteRule>>
