import type { ResourceSource } from '@authscript/prior-auth'
import type { Span } from '../document/note-document.ts'
import type { Fact } from '../facts/fact.ts'
import type { ConceptKind } from '../lexicon/concept.ts'
import type { CodeSet } from '../policy/criterion.ts'

/** A note of which something was not read: a scan, a part beyond the limit, a layout or text that was set aside. */
export interface UnreadNote {
  readonly source: ResourceSource
  readonly isOfEncounter: boolean
  /** A part of the text itself was set aside or cut off: what stands there may take back what the rest says. */
  readonly isCut?: true
  /** Words in it could not be made out by its writer: only its silence counts for nothing. */
  readonly isIllegible?: true
}

/** A concept that a note speaks of so that no fact came of it: a measure without a value, a word in a heading. It is not silence. */
export interface NotedMention {
  readonly conceptId: string
  readonly source: ResourceSource
  readonly quote: Span
  readonly span: Span
  readonly day?: string
  readonly isOfEncounter: boolean
}

/**
 * The facts of one order's chart, from notes and coded lists alike: what queries are put to.
 *
 * Facts are given in any status: who asks decides what answers and what is a mere mention. Withdrawn text and text copied from an older note are in it as
 * `unsettled`, or with `isCopied`.
 */
export interface FactStore {
  /** Facts of these concepts and of narrower ones, each once, in the order of the chart. */
  factsOf(conceptIds: readonly string[]): readonly Fact[]
  /** Facts of concepts that are wider than one of these, without those of `factsOf`: "conservative care" for physical therapy. */
  widerFactsOf(conceptIds: readonly string[]): readonly Fact[]
  /** Facts of coded entries that carry a code of one of these sets. */
  factsWithCodes(codes: readonly CodeSet[]): readonly Fact[]
  /** What notes speak of these concepts or narrower ones, of which no fact came. */
  mentionsOf(conceptIds: readonly string[]): readonly NotedMention[]
  /** Notes that were not read to their end, or not at all. Empty: the silence of the notes says something. */
  readonly unreadNotes: readonly UnreadNote[]
}

/** What of the lexicon the answers need. */
export interface ConceptTree {
  /** Whether the concept is `wider` or narrower than it. */
  isA(conceptId: string, wider: string): boolean
  get(conceptId: string):
    | {
        readonly name: string
        readonly kind?: ConceptKind
        readonly synonyms?: readonly string[] | undefined
        readonly sites?: readonly string[] | undefined
        readonly broader?: readonly string[] | undefined
        /** Of a measure: which way is the better one. */
        readonly betterIs?: 'higher' | 'lower' | undefined
      }
    | undefined
}
