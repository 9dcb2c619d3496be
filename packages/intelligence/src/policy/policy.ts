import type { Immutable } from '@authscript/prior-auth'
import { z } from 'zod'
import { duration, sourceKey, tally } from './sourced.ts'
import { type Criterion, criterion } from './criterion.ts'

/**
 * A payer's medical-necessity policy as data: what it covers, what it asks, and how the answers combine.
 *
 * A policy is one file, YAML or JSON, of `packages/intelligence/policies` or of a practice's own directory. It is checked twice: by this schema for its
 * shape, and by `lint/` for its sense. It holds concepts of the lexicon, numbers and codes, and no wording; each number names its source.
 */

/** Where a number or a question comes from. */
const source = z.strictObject({
  document: z.string().min(1),
  section: z.string().min(1),
  /** Of the edition that was read: `2025`, `2025-11`, `2025-11-06`. */
  date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
  url: z.url().optional(),
  /**
   * `published`: a payer, an agency or a society says so. `our_default`: nobody does; the figure is this rule set's, for a practice
   * to replace by its payer's own.
   */
  basis: z.enum(['published', 'our_default']),
  /**
   * When somebody read the passage, and where. A published source that nobody has read keeps its policy off.
   */
  verified: z.strictObject({ on: z.iso.date(), by: z.string().min(1) }).optional(),
})

/** How answers combine, in Kleene's three-valued logic. */
export type Rule =
  | { readonly criterion: string }
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly atLeast: number; readonly of: readonly Rule[]; readonly source: string }
  /** Met when the inner rule is not. */
  | { readonly unless: Rule }
  /** Met when what supports the criterion is dated within the window before the visit. */
  | { readonly criterion: string; readonly within: Immutable<z.infer<typeof duration>> }
  /** Met when the criterion's supporting days within the window number so many. */
  | {
      readonly countOf: string
      readonly atLeast?: Immutable<z.infer<typeof tally>>
      readonly atMost?: Immutable<z.infer<typeof tally>>
      readonly within: Immutable<z.infer<typeof duration>>
    }

const rule: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    z.strictObject({ criterion: z.string(), within: duration }),
    z.strictObject({ criterion: z.string() }),
    z.strictObject({ all: z.array(rule).min(1) }),
    z.strictObject({ any: z.array(rule).min(1) }),
    z.strictObject({
      atLeast: z.number().int().positive(),
      of: z.array(rule).min(1),
      source: sourceKey,
    }),
    z.strictObject({ unless: rule }),
    z.strictObject({
      countOf: z.string(),
      atLeast: tally.optional(),
      atMost: tally.optional(),
      within: duration,
    }),
  ]),
) as z.ZodType<Rule>

const pathway = z.strictObject({
  pathwayId: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: z.string().min(1),
  rule,
})

export const policy = z.strictObject({
  policyId: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  version: z.string().min(1),
  /** First and last day of service it applies to. */
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().optional(),
  /** Whose policy it is; absent: taken for any payer that has no policy of its own here. */
  scope: z
    .strictObject({
      payers: z.array(z.string().min(1)).min(1),
      plans: z.array(z.string().min(1)).min(1).optional(),
    })
    .optional(),
  /** Why it is off until a practice switches it on: a source that nobody could read. Absent: it is on. */
  off: z.string().min(1).optional(),
  /** CPT and HCPCS codes. */
  procedureCodes: z.array(z.string()).min(1),
  sources: z.record(sourceKey, source),
  criteria: z.array(criterion).min(1),
  /** What every request needs beside a pathway. */
  always: rule,
  /** The ways to be satisfied, shown to the reviewer one by one; one of them is enough. */
  pathways: z.array(pathway).min(1),
})

export type { Criterion } from './criterion.ts'
export type Pathway = Immutable<z.infer<typeof pathway>>
export type Policy = Immutable<Omit<z.infer<typeof policy>, 'criteria'>> & {
  readonly criteria: readonly Criterion[]
}
