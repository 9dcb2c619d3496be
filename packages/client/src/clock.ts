/** Resolves after `delayMs`, or as soon as the signal aborts. */
export function sleep(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, delayMs)
    signal?.addEventListener('abort', end)
  })
}

/** Calls `act` once when `again` was not called for `limitMs`. */
export function watchdog(limitMs: number, act: () => void) {
  let timer = setTimeout(act, limitMs)
  return {
    again() {
      clearTimeout(timer)
      timer = setTimeout(act, limitMs)
    },
    stop: () => clearTimeout(timer),
  }
}
