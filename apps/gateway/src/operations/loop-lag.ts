import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 20

/** How late the event loop was. */
export interface LoopLag {
  /** The longest since it was last asked, in milliseconds. */
  take(): number
  stop(): void
}

export function watchLoopLag(): LoopLag {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  return {
    take() {
      // The histogram measures the whole interval of its timer.
      const ms = Math.max(0, delays.max / 1e6 - resolutionMs)
      delays.reset()
      return Math.round(ms)
    },
    stop: () => void delays.disable(),
  }
}
