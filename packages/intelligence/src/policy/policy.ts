import type { Immutable } from '@authscript/prior-auth'
import { z } from 'zod'
import { duration, sourceKey, tally } from './sourced.ts'
import { type Criterion, criterion } from './criterion.ts'

/**
 * A payer's medical-necessity policy as data: what it covers, what it asks, and how the answers combine.
 *
 * A policy is one YAML or JSON file in `packages/intelligence/policies` or in a practice's own directory. This
 * schema checks its shape, and `lint/` checks its meaning. It contains lexicon concepts, numbers and codes but
 * no wording; each number names its source.
 */

/** Where a number or a question comes from. */
const source = z.strictObject({
  document: z.string().min(1),
  section: z.string().min(1),
  /** The date of the edition that was read: `2025`, `2025-11`, `2025-11-06`. */
  date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
  url: z.url().optional(),
  /**
   * `published`: from a payer, an agency or a society. `our_default`: not published; our own figure, which a
   * practice should replace by its payer's.
   */
  basis: z.enum(['published', 'our_default']),
  /** When the passage was read, and by whom. A published source that nobody has read keeps its policy off. */
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
  /** Met when a supporting day of the criterion lies within the window before the encounter. */
  | { readonly criterion: string; readonly within: Immutable<z.infer<typeof duration>> }
  /** Met when the number of the criterion's supporting days within the window satisfies the count. */
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
  /** Whose policy it is; absent: used for any payer that has no policy of its own here. */
  scope: z
    .strictObject({
      payers: z.array(z.string().min(1)).min(1),
      plans: z.array(z.string().min(1)).min(1).optional(),
    })
    .optional(),
  /** Why it is off until a practice switches it on: a source that could not be read. Absent: it is on. */
  off: z.string().min(1).optional(),
  /** CPT and HCPCS codes. */
  procedureCodes: z.array(z.string()).min(1),
  sources: z.record(sourceKey, source),
  criteria: z.array(criterion).min(1),
  /** Required for every request, in addition to a pathway. */
  always: rule,
  /** The alternatives, shown to the reviewer one by one; one of them is enough. */
  pathways: z.array(pathway).min(1),
})

export type { Criterion } from './criterion.ts'
export type Pathway = Immutable<z.infer<typeof pathway>>
export type Policy = Immutable<Omit<z.infer<typeof policy>, 'criteria'>> & {
  readonly criteria: readonly Criterion[]
}
