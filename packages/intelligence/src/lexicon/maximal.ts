import type { Hit } from './phrase-trie.ts'

/** A term spans at most this many tokens, so terms further apart cannot contain each other. */
const window = 24

/**
 * Removes hits that are contained in a longer one. A hit in the gap of another ("numbness" in "weakness and
 * numbness of the leg") is not contained in it. Two hits on the same tokens both stay, one for each entry.
 * `hits` must be ordered by their first token.
 */
export function maximal<T>(hits: readonly Hit<T>[]): readonly Hit<T>[] {
  return hits.filter((hit, index) => {
    for (let at = index - 1; at >= 0; at -= 1) {
      const other = hits[at]
      if (other === undefined || other.start < hit.start - window) break
      if (isWithin(hit, other)) return false
    }
    for (let at = index + 1; at < hits.length; at += 1) {
      const other = hits[at]
      if (other === undefined || other.start > hit.start) break
      if (isWithin(hit, other)) return false
    }
    return true
  })
}

function isWithin<T>(inner: Hit<T>, outer: Hit<T>): boolean {
  if (inner === outer || outer.used.length < inner.used.length) return false
  if (outer.used.length === inner.used.length) {
    // The same words over a shorter stretch are the better match for the same concept.
    return inner.entry === outer.entry && inner.start === outer.start && outer.end < inner.end
  }
  return inner.used.every((token) => outer.used.includes(token))
}
