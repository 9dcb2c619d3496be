import type { NoteDocument, Unit } from '../document/note-document.ts'
import type { Concept } from './concept.ts'
import type { Mention } from './mention.ts'

/** The part of the lexicon that the facts stage needs. */
export interface LexiconView {
  /** Every row, for the index of codes. */
  readonly concepts: Iterable<Concept>
  get(conceptId: string): Concept | undefined
  /** Whether `conceptId` is `wider` or one of its narrower concepts. */
  isA(conceptId: string, wider: string): boolean
  find(document: NoteDocument, unit: Unit): readonly Mention[]
  /** Concepts in a text outside a note; offsets into that text. */
  findIn(text: string): readonly Mention[]
  /**
   * The words of a text at which a term may begin. A concept can occur in a unit only if the unit or its
   * lead-ins contain one of its `firstWordsOf`.
   */
  firstWordsIn(text: string): readonly string[]
  /** The first words of all terms that can give a mention of the concept. */
  firstWordsOf(conceptId: string): Iterable<string>
}
