import type { Span } from './note-document.ts'

/** What is to be read: text as long as the source, and what mark-up said of its lines. */
export interface Page {
  readonly text: string
  /** Starts of lines that are headings, with their level. */
  readonly headings: ReadonlyMap<number, number>
  /** Starts of lines that are the heading of a table. */
  readonly headerLines: ReadonlySet<number>
  readonly skipped: readonly Span[]
}

export const pageOfText = (text: string): Page => ({
  text,
  headings: new Map(),
  headerLines: new Set(),
  skipped: [],
})
