import type { Fact } from '../facts/fact.ts'

/** What one fact says about one query. */
export type FactReading =
  | { readonly as: 'supports'; readonly fact: Fact; readonly because?: string }
  /** A denial of these concepts of the query; none if only one side, part or degree is denied. */
  | {
      readonly as: 'denies'
      readonly fact: Fact
      readonly concepts: readonly string[]
      readonly because: string
      /** Of every side, part and degree in the query. */
      readonly isWhole?: boolean
    }
  /**
   * The fact itself falls short of the query: too short, only planned, of the other side. The fact with the
   * highest rank makes the answer no.
   */
  | {
      readonly as: 'short'
      readonly fact: Fact
      readonly because: string
      /** How close the fact comes to the query; the closest is named in the reason. */
      readonly rank: number
      /**
       * The concepts of the query that it answers. @default all: the longest known course stands for what the
       * chart has
       */
      readonly concepts?: readonly string[]
    }
  /**
   * Something other than what the query asks for (too old, planned today): it answers nothing, and silence still
   * counts.
   */
  | { readonly as: 'beside'; readonly fact: Fact; readonly because: string }
  /** It may be what the query asks for: a possibility, without a length, in another unit. It prevents a no. */
  | {
      readonly as: 'open'
      readonly fact: Fact
      readonly because: string
      /**
       * Only severity, change, onset, length or outcome is missing: this leaves a yes open and does not prevent
       * a denial.
       */
      readonly lacks?: 'degree'
    }
  /** A mention from which nothing follows, except that the chart is not silent. */
  | { readonly as: 'mentions'; readonly fact: Fact }
  /** Facts that cannot be true together. */
  | { readonly as: 'conflicts'; readonly fact: Fact; readonly because: string }

export type ReadingOf<As extends FactReading['as']> = Extract<FactReading, { readonly as: As }>

export function readingsOf<As extends FactReading['as']>(
  readings: readonly FactReading[],
  as: As,
): readonly ReadingOf<As>[] {
  return readings.filter((one): one is ReadingOf<As> => one.as === as)
}
