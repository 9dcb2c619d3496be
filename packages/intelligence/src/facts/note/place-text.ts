import type { Mention } from '../../lexicon/mention.ts'
import type { Side } from '../fact.ts'
import type { SideMention } from '../values/sides.ts'
import type { Token } from '../values/tokens.ts'

/** A text that may state a place: a unit, one of its lead-ins, its section's title. */
export interface PlaceText {
  readonly tokens: readonly Token[]
  readonly sites: readonly Mention[]
  /** Studies of a part of the body: their findings are in that part. */
  readonly studies: readonly Mention[]
  /** Findings with a part of the body by nature: "low back pain treated with PT" tells where the therapy was. */
  readonly troubles: readonly Mention[]
  readonly sides: readonly SideMention[]
  /** The only side that the whole text names. */
  readonly onlySide: Side | undefined
}
