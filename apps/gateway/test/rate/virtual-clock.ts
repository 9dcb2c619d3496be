import type { FakeClock } from '@authscript/orchestrator'
import type { SteadyClock } from '../../src/clock.ts'

/** The gateway's clock on virtual time: it stands still until `time` is advanced. */
export class VirtualClock implements SteadyClock {
  readonly time: FakeClock
  #pausedUntilMs = 0

  constructor(time: FakeClock) {
    this.time = time
  }

  /** For a stopped process: timers that were due fire when it continues. */
  pauseFor(durationMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, this.time.now() + durationMs)
  }

  now(): Date {
    return new Date(this.time.now())
  }

  monotonicMs(): number {
    return this.time.now()
  }

  random(): number {
    return this.time.random()
  }

  sleep(delayMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    if (signal.aborted) {
      reject(signal.reason)
      return promise
    }
    const onAbort = () => {
      timer.cancel()
      reject(signal.reason)
    }
    const wake = () => {
      const restMs = this.#pausedUntilMs - this.time.now()
      if (restMs > 0) {
        timer = this.time.setTimer(wake, restMs)
        return
      }
      signal.removeEventListener('abort', onAbort)
      resolve()
    }
    let timer = this.time.setTimer(wake, delayMs)
    signal.addEventListener('abort', onAbort, { once: true })
    return promise
  }
}
