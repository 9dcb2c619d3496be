import type { Span } from '../document/note-document.ts'

/** A concept found in a unit (or in one of its lead-ins), by offsets into the note's source. */
export interface Mention extends Span {
  readonly conceptId: string
  /**
   * For an observable with a value beside it: the mention is of the finding that the value asserts or denies,
   * and covers both texts.
   */
  readonly denied?: true
  /** Derived from the value beside an observable, so it is not a bare noun. */
  readonly isJudged?: true
  /** The value is the layout's answer ("QuantiFERON: negative"), so the layout's polarity is not applied again. */
  readonly isAnswered?: true
}
