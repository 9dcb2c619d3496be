import type { Span } from '../document/note-document.ts'

/** A concept found in a unit (or in one of its leads), by offsets into the note's source. */
export interface Mention extends Span {
  readonly conceptId: string
  /**
   * For an observable with a value beside it: the mention stands for the finding that the value asserts or denies, and covers both words.
   */
  readonly denied?: true
}
