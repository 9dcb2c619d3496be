import type { Span } from './note-document.ts'

/** What is to be read: text as long as the source, and what mark-up said of its lines. */
export interface Page {
  readonly text: string
  /** Starts of lines that are headings, with their level. */
  readonly headings: ReadonlyMap<number, number>
  /** Starts of lines that are the heading of a table. */
  readonly headerLines: ReadonlySet<number>
  readonly skipped: readonly Span[]
  /** Where a word ends in the source, by where it ends in the text: further on, where mark-up parts its letters. */
  readonly wordEnds: ReadonlyMap<number, number>
}

export const pageOfText = (text: string): Page => ({
  text,
  headings: new Map(),
  headerLines: new Set(),
  skipped: [],
  wordEnds: new Map(),
})
