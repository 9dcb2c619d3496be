import type { ResourceSource } from '@authscript/prior-auth'
import type { Span } from '../document/note-document.ts'
import type { Assertion } from '../modifiers/assertion.ts'

export type Side = 'left' | 'right' | 'both'

/** A day, or the days between which it lies: "March 2026" is 2026-03-01..2026-03-31. Both `YYYY-MM-DD`. */
export interface Days {
  readonly first: string
  readonly last: string
}

/** Where a fact stands. A note's fact has spans; a coded entry's has the entry's path. */
export type FactSource =
  | {
      readonly kind: 'note'
      readonly source: ResourceSource
      /** What is shown, one piece of the note's text. */
      readonly quote: Span
      /** The words that made the fact, within the quote. */
      readonly spans: readonly Span[]
      /** `YYYY-MM-DD` since when it stands in the chart: of the oldest note that says the same, letter for letter. */
      readonly day?: string
      readonly author?: string
      /** Stands in a note of the encounter, and was not copied from an older one. */
      readonly isOfEncounter: boolean
      readonly isCopied: boolean
    }
  | {
      readonly kind: 'coded'
      readonly source: ResourceSource
      readonly path: string
      readonly list:
        | 'conditions'
        | 'observations'
        | 'procedures'
        | 'medications'
        | 'reports'
        /** Titles of documents: that something is spoken of, and nothing more. */
        | 'documents'
        | 'order'
        | 'order_reasons'
      /** By a code; or by the words of an entry without one. */
      readonly by: 'code' | 'words'
      readonly codes: readonly { readonly system: string; readonly code: string }[]
      /** What the entry is called, for the reviewer: its text, else the display of its first coding. */
      readonly text?: string
      /** The days that its date may mean: recorded, performed, effective or authored. */
      readonly day?: Days
    }

interface FactBase {
  /** Of the lexicon; empty for a coded entry that no concept knows. */
  readonly conceptId: string
  readonly assertion: Assertion
  /** Parts of the body that are said, or that the concept has by its nature; empty: not said. */
  readonly sites: readonly string[]
  readonly side?: Side
  readonly from: FactSource
}

/** A finding, sign, disease, device, or an order's reason. */
export interface Finding extends FactBase {
  readonly kind: 'finding'
  /** When it began or was found, as far as said. */
  readonly onset?: Days
  /** For how long it has been there, in days, as far as said. */
  readonly lastingDays?: number
}

/** What was done to treat: a course of therapy, a drug, an injection, an operation. */
export interface Therapy extends FactBase {
  readonly kind: 'therapy'
  readonly start?: Days
  readonly end?: Days
  /** How long it was done, in days; of "2 of 6 weeks" fourteen. Of several statements in one unit the one that is tied to it. */
  readonly lastedDays?: number
  /**
   * At most so long, where the text leaves it open: of "4 to 6 weeks" `lastedDays` is 28 and this 42; of "less than 6 weeks" 0 and 41; of "over 6 weeks"
   * 42 and 36,500. Absent: `lastedDays` is exact.
   */
  readonly lastedAtMostDays?: number
  readonly sessions?: number
  readonly dose?: string
  /** What a drug is said to be given for: "methotrexate for psoriasis". */
  readonly givenFor?: readonly string[]
  /** `failed`: did not help enough, or was not tolerated; `helped`: helped; absent: not said. */
  readonly outcome?: 'failed' | 'helped' | 'not_tolerated'
  /** Said to go on: "continues", "currently on", "since March". */
  readonly isOngoing?: true
  /** "Last tablet the week before": whether another one follows is not said. */
  readonly isLastTold?: true
  /** Denied of the present alone: "not on naproxen", "no brace at present". An earlier course is left open. */
  readonly isOfNowAlone?: true
  /** Relief in per cent, and for how many days, where said. */
  readonly reliefPercent?: number
  readonly reliefDays?: number
}

export interface Study extends FactBase {
  readonly kind: 'study'
  readonly day?: Days
  /** What it found, as concepts, is in findings of the same unit or section. */
  readonly hasResult: boolean
}

export interface Measurement extends FactBase {
  readonly kind: 'measurement'
  readonly value: number
  /** "≥ 30", "over 40": the comparator before the number. */
  readonly comparator?: '<' | '<=' | '>=' | '>'
  /** Of a range "20-25" the upper end; `value` is the lower. */
  readonly high?: number
  /** As UCUM; absent: none was said. */
  readonly unit?: string
  /** "at rest", "on exertion", "on room air", "on 2 L": concept ids of kind observable or device, as said. */
  readonly conditions: readonly string[]
  readonly day?: Days
  /** Of "8/10" the ten. */
  readonly outOf?: number
  /** Said to be older than another value beside it ("from 42", "previously 42"), on a day that may not be said. */
  readonly isEarlier?: true
}

/** What the patient can or cannot do. */
export interface FunctionFact extends FactBase {
  readonly kind: 'function'
  /** `limited`: cannot, with difficulty, only so far, with help; `unlimited`: can, independent, without difficulty. */
  readonly limit: 'limited' | 'unlimited' | 'unsaid'
}

export type Fact = Finding | Therapy | Study | Measurement | FunctionFact
