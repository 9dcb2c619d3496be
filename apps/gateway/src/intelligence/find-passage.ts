export interface Passage {
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/**
 * The first occurrence of `wanted` in `text`. It must match exactly, except that any whitespace matches any other, because line breaks are
 * lost when a passage is copied. Offsets refer to `text`, so `text.slice(start, end)` is the passage as written.
 */
export function findPassage(text: string, wanted: string): Passage | undefined {
  const words = wanted.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return undefined
  const match = new RegExp(words.map(literal).join('\\s+')).exec(text)
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length }
}

/** A pattern that matches exactly this text. */
export function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
