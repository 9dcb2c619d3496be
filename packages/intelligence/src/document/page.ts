import type { Span } from './note-document.ts'

/** The input of the reader: text of the same length as the source, and the line information from markup. */
export interface Page {
  readonly text: string
  /** Offsets of lines that are headings, with their level. */
  readonly headings: ReadonlyMap<number, number>
  /** Offsets of lines that are table headers. */
  readonly headerLines: ReadonlySet<number>
  readonly skipped: readonly Span[]
  /**
   * Where a word ends in the source, by where it ends in the text. The source end is later if markup splits the
   * word.
   */
  readonly wordEnds: ReadonlyMap<number, number>
}

export const pageOfText = (text: string): Page => ({
  text,
  headings: new Map(),
  headerLines: new Set(),
  skipped: [],
  wordEnds: new Map(),
})
