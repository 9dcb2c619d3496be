import type { Fact } from '../facts/fact.ts'
import type { UnreadNote } from '../facts/fact-store.ts'
import type { NotedMention } from '../facts/note-index.ts'
import type { ConceptKind } from '../lexicon/concept.ts'
import type { CodeSet } from '../policy/criterion.ts'

/**
 * The facts of one order's chart, from notes and coded lists, as far as answers need them. `IndexedFactStore` has them all; tests
 * and the second reader make their own.
 *
 * Facts of every status are included; the caller decides which of them answer and which are only
 * mentions. Withdrawn text is `unsettled`, and text copied from an older note is marked `isCopied`.
 */
export interface FactStore {
  /** Facts of these concepts and narrower ones, each once, in chart order. */
  factsOf(conceptIds: readonly string[]): readonly Fact[]
  /** Facts of wider concepts, without those of `factsOf`: "conservative care" for physical therapy. */
  widerFactsOf(conceptIds: readonly string[]): readonly Fact[]
  /** Facts of coded entries with a code of one of these sets. */
  factsWithCodes(codes: readonly CodeSet[]): readonly Fact[]
  /** Mentions in notes of these concepts or narrower ones that gave no fact. */
  mentionsOf(conceptIds: readonly string[]): readonly NotedMention[]
  /** Notes that were not read completely. Empty: the silence of the notes counts. */
  readonly unreadNotes: readonly UnreadNote[]
}

/** The part of the lexicon that answers need. */
export interface ConceptTree {
  /** Whether `conceptId` is `wider` or one of its narrower concepts. */
  isA(conceptId: string, wider: string): boolean
  get(conceptId: string):
    | {
        readonly name: string
        readonly kind?: ConceptKind
        readonly synonyms?: readonly string[] | undefined
        readonly sites?: readonly string[] | undefined
        readonly broader?: readonly string[] | undefined
        readonly denies?: readonly string[] | undefined
        /** For a measure: which direction is an improvement. */
        readonly betterIs?: 'higher' | 'lower' | undefined
      }
    | undefined
}
