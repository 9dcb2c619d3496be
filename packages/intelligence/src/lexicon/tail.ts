import type { Span } from '../document/note-document.ts'

/** Only the end of a long line above is inspected. */
export const tailLength = 400

export function tailOf(span: Span): Span {
  const { start, end } = span
  return end - start <= tailLength ? span : { start: end - tailLength, end }
}
