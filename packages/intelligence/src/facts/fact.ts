import type { ResourceSource } from '@authscript/prior-auth'
import type { Span } from '../document/note-document.ts'
import type { Assertion } from '../modifiers/assertion.ts'

export type Side = 'left' | 'right' | 'both'

/** A day, or a range of days that contains it: "March 2026" is 2026-03-01..2026-03-31. Both `YYYY-MM-DD`. */
export interface Days {
  readonly first: string
  readonly last: string
}

/** Where a fact was found. A fact of a note has spans; a fact of a coded entry has a path. */
export type FactSource =
  | {
      readonly kind: 'note'
      readonly source: ResourceSource
      /** The text to show, one piece of the note. */
      readonly quote: Span
      /** The text within the quote that the fact was read from. */
      readonly spans: readonly Span[]
      /** `YYYY-MM-DD` of the oldest note with the same text, character for character. */
      readonly day?: string
      readonly author?: string
      /** From a note of the encounter, and not copied from an older one. */
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
        /** Titles of documents, which are only mentions. */
        | 'documents'
        | 'order'
        | 'order_reasons'
      /** By a code, or by the text of an entry without one. */
      readonly by: 'code' | 'words'
      readonly codes: readonly { readonly system: string; readonly code: string }[]
      /** The name of the entry for the reviewer: its text, else the display of its first coding. */
      readonly text?: string
      /** The days that its date (recorded, performed, effective or authored) may mean. */
      readonly day?: Days
    }

interface FactBase {
  /** An id of the lexicon; empty for a coded entry without a known concept. */
  readonly conceptId: string
  readonly assertion: Assertion
  /** Parts of the body that are stated or inherent in the concept; empty: not stated. */
  readonly sites: readonly string[]
  readonly side?: Side
  readonly from: FactSource
}

/** A finding, sign, disease, device, or a reason of an order. */
export interface Finding extends FactBase {
  readonly kind: 'finding'
  /** When it began or was found, if stated. */
  readonly onset?: Days
  /** How long it has been present, in days, if stated. */
  readonly lastingDays?: number
}

/** A treatment: a course of therapy, a drug, an injection, an operation. */
export interface Therapy extends FactBase {
  readonly kind: 'therapy'
  readonly start?: Days
  readonly end?: Days
  /**
   * How long it was done, in days; fourteen for "2 of 6 weeks". Of several lengths in one unit, the one that
   * belongs to it.
   */
  readonly lastedDays?: number
  /**
   * Upper limit if the text leaves the length open: for "4 to 6 weeks", `lastedDays` is 28 and this is 42; for
   * "less than 6 weeks", 0 and 41; for "over 6 weeks", 42 and 36,500. Absent: `lastedDays` is exact.
   */
  readonly lastedAtMostDays?: number
  readonly sessions?: number
  readonly dose?: string
  /** The stated indication of a drug: "methotrexate for psoriasis". */
  readonly givenFor?: readonly string[]
  /** `failed`: did not help enough, or was not tolerated; `helped`: helped; absent: not stated. */
  readonly outcome?: 'failed' | 'helped' | 'not_tolerated'
  /** Stated to be ongoing: "continues", "currently on", "since March". */
  readonly isOngoing?: true
  /** "Last tablet the week before": whether another one follows is not stated. */
  readonly isLastStated?: true
  /** Denied only for the present: "not on naproxen", "no brace at present". An earlier course remains possible. */
  readonly isOfNowAlone?: true
  /** Relief in percent, and for how many days, if stated. */
  readonly reliefPercent?: number
  readonly reliefDays?: number
}

export interface Study extends FactBase {
  readonly kind: 'study'
  readonly day?: Days
  /** Its findings are separate facts of the same unit or section. */
  readonly hasResult: boolean
}

export interface Measurement extends FactBase {
  readonly kind: 'measurement'
  readonly value: number
  /** "≥ 30", "over 40": the comparator before the number. */
  readonly comparator?: '<' | '<=' | '>=' | '>'
  /** The upper end of a range "20-25"; `value` is the lower end. */
  readonly high?: number
  /** In UCUM; absent: not stated. */
  readonly unit?: string
  /** "at rest", "on exertion", "on room air", "on 2 L": ids of observables or devices, as stated. */
  readonly conditions: readonly string[]
  readonly day?: Days
  /** For "8/10": ten. */
  readonly outOf?: number
  /** Stated to be older than another value beside it ("from 42", "previously 42"); its day may be unknown. */
  readonly isEarlier?: true
}

/** What the patient can or cannot do. */
export interface FunctionFact extends FactBase {
  readonly kind: 'function'
  /**
   * `limited`: cannot, with difficulty, only to some extent, with help; `unlimited`: can, independent, without
   * difficulty.
   */
  readonly limit: 'limited' | 'unlimited' | 'not_stated'
}

export type Fact = Finding | Therapy | Study | Measurement | FunctionFact
