import type { Span } from '../document/note-document.ts'

/** Of a long line above, its end governs. */
export const tailLength = 400

export function tailOf(span: Span): Span {
  const { start, end } = span
  return end - start <= tailLength ? span : { start: end - tailLength, end }
}
