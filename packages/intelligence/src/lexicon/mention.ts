import type { Span } from '../document/note-document.ts'

/** A concept found in a unit (or in one of its leads), by offsets into the note's source. */
export interface Mention extends Span {
  readonly conceptId: string
  /**
   * For an observable with a value beside it: the mention stands for the finding that the value asserts or denies, and covers both words.
   */
  readonly denied?: true
  /** Made by the value beside an observable, so not a bare noun. */
  readonly isJudged?: true
  /** The value is the answer that the layout gives ("QuantiFERON: negative"), so the layout says nothing more of it. */
  readonly isAnswered?: true
}
