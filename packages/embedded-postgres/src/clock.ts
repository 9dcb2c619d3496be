import { setTimeout as sleep } from 'node:timers/promises'

/** Time, so that a test can control it. */
export interface Clock {
  /** Resolves after `delayMs`; rejects with `signal.reason` as soon as the signal aborts. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>
  /** Milliseconds from any start; only differences count. Setting the system's clock does not change it. */
  monotonicMs(): number
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  async sleep(delayMs, signal) {
    try {
      await sleep(delayMs, undefined, { signal })
    } catch (error) {
      signal.throwIfAborted()
      throw error
    }
  },
}
