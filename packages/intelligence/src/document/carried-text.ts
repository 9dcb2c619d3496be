import type { Span } from './note-document.ts'

const sign = String.raw`(?:>{1,4}|<{2,4}|-{2,}|={2,}|\*{2,}|#{1,3})`
const words = String.raw`(?:(?:text|note|section|start of|begin|beginning of)[ \t]+)?(?:carried|copied|copy|pulled|brought|forwarded|imported|pasted|(?:old|prior|previous|last|earlier)[ \t]+(?:note|visit|text))\b`
/**
 * ">> carried over from visit 02/24", "[forwarded text, 05/11] …", "=== previous note ===" at the beginning of a
 * line.
 */
const opening = new RegExp(
  String.raw`^[ \t]*(?:${sign}[ \t]*${words}[^\n]{0,80}$|\[[ \t]*${words}[^\n\]]{0,80}\](?=[ \t]*\S|[ \t]*$))`,
  'gim',
)
/** ">> end carried over", "[end]", "[/copied]", "--- today ---". */
const closing = new RegExp(
  String.raw`(?:^[ \t]*${sign}[ \t]*|\[[ \t]*)\/?(?:end|stop|close|today|current|new)\b[^\n\]]{0,60}(?:\]|$)|\[\/[^\n\]]{1,40}\]|^[ \t]*<{2,4}[ \t]*$`,
  'gim',
)
const blankLine = /\n[ \t\r]*\n/g

/**
 * Parts of a note that its writer marked as carried over from another day, from the mark to its end mark, or to
 * the end of the paragraph if there is none. Sorted, without overlap.
 */
export function carriedTextsOf(text: string): readonly Span[] {
  const openings = [...text.matchAll(opening)]
  if (openings.length === 0) return []
  const found: Span[] = []
  for (const [index, { index: start, 0: mark }] of openings.entries()) {
    if (start < (found.at(-1)?.end ?? 0)) continue
    const next = openings[index + 1]?.index ?? text.length
    const from = start + mark.length
    const end = endOf(closing, text, from, next)
    found.push({ start, end: end ?? endOf(blankLine, text, skipBlank(text, from), next) ?? next })
  }
  return found
}

/** The end of the first match that begins in this part. */
function endOf(pattern: RegExp, text: string, from: number, to: number): number | undefined {
  const match = new RegExp(pattern.source, 'im').exec(text.slice(from, to))
  return match === null ? undefined : from + match.index + match[0].length
}

function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1
  return at
}
