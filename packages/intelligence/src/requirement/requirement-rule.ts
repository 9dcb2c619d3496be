import type { Immutable } from '@authscript/prior-auth'
import { z } from 'zod'
import { placesOfService } from './place-of-service.ts'

const day = z.iso.date()

/** A name of a payer or plan: words that may occur anywhere in the coverage's name, or the whole name. */
const namePattern = z.union([z.string().min(1), z.strictObject({ whole: z.string().min(1) })])

/** Codes, or ranges of codes of one length. */
const codePattern = z.union([z.string(), z.strictObject({ from: z.string(), to: z.string() })])

/**
 * Whether a payer requires prior authorization for some codes. A rule without payers applies to every payer, and
 * one without places to every place. `source.verified` means that the source was read when the rule was written;
 * otherwise the rule is from memory, and its reader is told so. A misspelt key is refused: without its payers a rule would be every payer's.
 */
export const requirementRule = z.strictObject({
  ruleId: z.string().min(1),
  payers: z.array(namePattern).min(1).optional(),
  plans: z.array(namePattern).min(1).optional(),
  /** Words in the payer's or plan's name that exclude the rule: "advantage". */
  exceptWords: z.array(z.string().min(1)).optional(),
  procedureCodes: z.array(codePattern),
  placesOfService: z.array(z.enum(placesOfService)).min(1).optional(),
  /** First and last day of service, `YYYY-MM-DD`. */
  effectiveFrom: day,
  effectiveTo: day.optional(),
  isRequired: z.boolean(),
  /** Completes "needed because …" or "not needed because …". */
  reason: z.string().min(1),
  source: z.strictObject({
    document: z.string(),
    section: z.string().optional(),
    date: z.string().optional(),
    url: z.string().optional(),
    verified: z.boolean(),
  }),
})

export type RequirementRule = Immutable<z.infer<typeof requirementRule>>
export type NamePattern = Immutable<z.infer<typeof namePattern>>
export type CodePattern = Immutable<z.infer<typeof codePattern>>
