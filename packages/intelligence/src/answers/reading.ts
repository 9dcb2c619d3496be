import type { Fact } from '../facts/fact.ts'

/** What one fact says to one query. */
export type FactReading =
  | { readonly as: 'supports'; readonly fact: Fact; readonly because?: string }
  /** It says that it is not so: of these concepts of the query wholly; of none where it is denied of one side, one part or one degree only. */
  | {
      readonly as: 'denies'
      readonly fact: Fact
      readonly concepts: readonly string[]
      readonly because: string
      /** Of every side, part and degree that is asked. */
      readonly isWhole?: boolean
    }
  /** It is less than what is asked, and says so itself: too short, only planned, of the other side. The fullest answers the query with no. */
  | {
      readonly as: 'short'
      readonly fact: Fact
      readonly because: string
      /** How near it comes to what is asked: the nearest is named. */
      readonly rank: number
      /** The concepts of the query that it answers. @default all: the longest course that is told of is what the chart has */
      readonly concepts?: readonly string[]
    }
  /** It is another one than what is asked (too old, planned today): it answers nothing, and does not stand against the silence of a chart read whole. */
  | { readonly as: 'beside'; readonly fact: Fact; readonly because: string }
  /** It may be what is asked: said as a possibility, without its length, in another unit. It keeps the query from a no. */
  | {
      readonly as: 'open'
      readonly fact: Fact
      readonly because: string
      /**
       * Only how severe it is, how it changes, since when, how long or how it worked is not said: that leaves a yes open, and keeps nothing from being denied.
       */
      readonly lacks?: 'degree'
    }
  /** It speaks of it and nothing follows, but for that the chart is not silent. */
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
