/** How well a chart supports a request, in a word. */
export type SupportLevel = 'strong' | 'partial' | 'weak'

/** From these on; our own scale, for reading and not for deciding. @see docs/support.md#levels */
const leastStrong = 0.9
const leastPartial = 0.5

/** The level of a number of support, 0..1; on the wire that number is called `confidence`. */
export function supportLevelOf(value: number): SupportLevel {
  if (value >= leastStrong) return 'strong'
  return value >= leastPartial ? 'partial' : 'weak'
}
