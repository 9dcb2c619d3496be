export interface JsonLimits {
  /** Levels of nested objects and lists. */
  readonly maxDepth: number
  /** Objects, lists and values together. */
  readonly maxNodes: number
}

export type JsonScan =
  | { readonly outcome: 'within_limits'; readonly nodes: number }
  | { readonly outcome: 'too_deep' }
  | { readonly outcome: 'too_many_nodes' }

const quote = 0x22
const comma = 0x2c
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

/**
 * Measures JSON without parsing it, in one pass over its UTF-8 bytes, and stops at the first limit that is exceeded. Each value is the
 * first in its object or list, or follows a comma. So the brackets and commas outside of strings are at least as many as the values
 * that `JSON.parse` would allocate. Invalid JSON is measured as well.
 */
export function scanJson(bytes: Uint8Array, { maxDepth, maxNodes }: JsonLimits): JsonScan {
  let nodes = 1
  let depth = 0
  let isInString = false
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]
    if (isInString) {
      if (byte === quote) isInString = false
      else if (byte === backslash) index += 1
    } else if (byte === quote) {
      isInString = true
    } else if (byte === comma) {
      nodes += 1
    } else if (byte === openBrace || byte === openBracket) {
      nodes += 1
      depth += 1
      if (depth > maxDepth) return { outcome: 'too_deep' }
    } else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1
    }
    if (nodes > maxNodes) return { outcome: 'too_many_nodes' }
  }
  return { outcome: 'within_limits', nodes }
}
