import type { Span } from './note-document.ts'

/**
 * The part of `start..end` without surrounding characters of `edges`. One pass, because a pattern such as `\s+$`
 * is quadratic on hostile text.
 */
export function trimmed(text: string, { start, end }: Span, edges: RegExp = /\s/): Span {
  let from = start
  let to = end
  while (from < to && edges.test(text.charAt(from))) from += 1
  while (to > from && edges.test(text.charAt(to - 1))) to -= 1
  return { start: from, end: to }
}
