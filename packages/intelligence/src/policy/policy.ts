import type { Citation } from '@authscript/prior-auth'

/**
 * A payer's medical-necessity policy as data: what it covers, what it asks, and how the answers combine. Every number carries its
 * source in `citations` or beside it.
 */
export interface Policy {
  readonly policyId: string
  readonly title: string
  readonly version: string
  /** First day of service it applies to, `YYYY-MM-DD`. */
  readonly effectiveFrom: string
  readonly effectiveTo?: string
  /** CPT and HCPCS codes. */
  readonly procedureCodes: readonly string[]
  readonly citations: readonly Citation[]
  readonly criteria: readonly Criterion[]
  /** The ways to be satisfied, shown to the reviewer one by one; one of them is enough. */
  readonly pathways: readonly Pathway[]
  /** What every request needs beside a pathway. */
  readonly always: Rule
}

export interface Pathway {
  readonly pathwayId: string
  readonly label: string
  readonly rule: Rule
}

/** How answers combine, in three-valued logic. */
export type Rule =
  | { readonly criterion: string }
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly atLeast: number; readonly of: readonly Rule[] }
  /** Met when the inner rule is not. */
  | { readonly unless: Rule }

export interface Criterion {
  readonly criterionId: string
  readonly question: string
  /** What a person could add to the chart to settle it. */
  readonly missing: string
  readonly structured?: readonly StructuredRule[]
  readonly notes?: NoteRule
  /**
   * What a silent chart says, if everything the rules look at was read: most things may have gone unwritten (`unclear`); a
   * procedure that is not on a complete list was not done (`not_met`).
   * @default 'unclear'
   */
  readonly silence?: 'unclear' | 'not_met'
}

/** Selects entries of the ClinicalBundle. `%asOf` is the day of the visit. */
export interface StructuredRule {
  /** FHIRPath over the bundle; yields entries with a `source`. */
  readonly select: string
  /** The field that carries the fact, for the pointer. */
  readonly path: string
  /** Resource types it looks at: while one is not complete, absence proves nothing. */
  readonly reads: readonly string[]
  /** How strong a match is: a code on the list, or words that say the same. @default 'coded' */
  readonly basis?: 'coded' | 'text'
  /** The matches, taken as sessions, must reach over this many days. */
  readonly spanDays?: number
  /** Matches are older than the visit by at most this many days. */
  readonly withinDays?: number
}

export type NoteRule =
  /** Something is there or not: found affirmed it is met, found denied it is not. */
  | {
      readonly kind: 'finding'
      readonly terms: readonly string[]
      /** Words that say the contrary by themselves: "strength 5/5". */
      readonly contraryTerms?: readonly string[]
    }
  /** Something was done, for at least `minWeeks` where given. */
  | { readonly kind: 'done'; readonly terms: readonly string[]; readonly minWeeks?: number }
