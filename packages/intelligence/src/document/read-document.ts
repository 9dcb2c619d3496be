import { htmlPage, isHtml } from './html/html-page.ts'
import type { NoteDocument } from './note-document.ts'
import { NoteReader } from './note-reader.ts'
import { pageOfText } from './page.ts'

/** Longer than any note written by a person. */
const defaultMaxLength = 2_000_000

export interface ReadDocumentOptions {
  /**
   * In UTF-16 units. Text beyond the limit is `skipped`, and the document is not whole.
   * @default 2,000,000
   */
  readonly maxLength?: number
}

/**
 * Parses a note into sections and statements, with what the layout says about each. Detects whether the text is
 * HTML. One pass, linear in the length.
 *
 * Layout that cannot be parsed becomes units of polarity `unknown`, which assert nothing.
 */
export function readDocument(
  source: string,
  { maxLength = defaultMaxLength }: ReadDocumentOptions = {},
): NoteDocument {
  const isWhole = source.length <= maxLength
  const read = isWhole ? source : source.slice(0, maxLength)
  const page = isHtml(read) ? htmlPage(read) : pageOfText(read)
  const { sections, units, text, skipped } = new NoteReader(page).read()
  const beyond = isWhole ? [] : [{ start: read.length, end: source.length }]
  return {
    source,
    ...(text === read ? {} : { text: isWhole ? text : text + source.slice(read.length) }),
    sections,
    units,
    skipped: [...page.skipped, ...skipped, ...beyond].toSorted((a, b) => a.start - b.start),
    isWhole: isWhole && skipped.length === 0,
  }
}
