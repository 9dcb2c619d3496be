/** How well a chart supports a request, as a level. */
export type SupportLevel = 'strong' | 'partial' | 'weak'

/**
 * Lower limits of the levels, our own scale. Display only; nothing is decided by them. @see
 * docs/support.md#levels
 */
const minStrong = 0.9
const minPartial = 0.5

/** The level of a support value from 0 to 1, which is called `confidence` on the wire. */
export function supportLevelOf(value: number): SupportLevel {
  if (value >= minStrong) return 'strong'
  return value >= minPartial ? 'partial' : 'weak'
}
