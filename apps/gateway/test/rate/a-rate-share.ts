import { type SteadyClock, systemClock } from '../../src/clock.ts'
import { RateShare, type ShareStore } from '../../src/fhir/rate/rate-share.ts'
import { MemoryShares } from './memory-shares.ts'

/** A rate share that has been started: that of the only node, unless the store has others. Limits are high by default. */
export function aRateShare({
  clock = systemClock,
  store = new MemoryShares(() => clock.now().getTime()),
  perSecond = 1000,
  perDay = 1_000_000,
  pollingShare = 0.6,
}: {
  readonly clock?: SteadyClock
  readonly store?: ShareStore
  readonly perSecond?: number
  readonly perDay?: number
  readonly pollingShare?: number
} = {}): RateShare {
  const log = { warn: () => undefined, info: () => undefined }
  const share = new RateShare({ store, perSecond, perDay, pollingShare, clock, log })
  share.start()
  return share
}
