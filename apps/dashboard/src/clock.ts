/** The only access to the system time, timers and chance in this app. */
export const now = (): number => Date.now()

/** From 0 to 1, so that many browsers do not reconnect at the same moment. */
export const chance = (): number => Math.random()

export function every(intervalMs: number, tick: () => void): () => void {
  const timer = setInterval(tick, intervalMs)
  return () => clearInterval(timer)
}

export function after(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs)
  return () => clearTimeout(timer)
}

/** Runs `work` when the browser has nothing better to do, after two seconds at the latest. */
export function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') return after(500, work)
  const handle = requestIdleCallback(work, { timeout: 2000 })
  return () => cancelIdleCallback(handle)
}
