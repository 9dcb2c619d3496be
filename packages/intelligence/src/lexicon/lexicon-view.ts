import type { NoteDocument, Unit } from '../document/note-document.ts'
import type { Concept } from './concept.ts'
import type { Mention } from './mention.ts'

/** What the facts stage needs of the lexicon. */
export interface LexiconView {
  /** Every row, for the index of codes. */
  readonly concepts: Iterable<Concept>
  get(conceptId: string): Concept | undefined
  /** Whether the concept is `wider` or narrower than it. */
  isA(conceptId: string, wider: string): boolean
  find(document: NoteDocument, unit: Unit): readonly Mention[]
  /** Concepts in a text that is no note's; offsets into that text. */
  findIn(text: string): readonly Mention[]
  /**
   * The words of a text with which a term may begin. A concept of whose `firstWordsOf` none is among those of a unit or of its leads is not found there.
   */
  firstWordsIn(text: string): readonly string[]
  /** The first words of all terms from which a mention of the concept may come. */
  firstWordsOf(conceptId: string): Iterable<string>
}
