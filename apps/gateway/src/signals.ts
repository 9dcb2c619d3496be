/** Ctrl-C reaches a program twice when npm passes it on too: a second signal within this time is taken for the same one. */
const sameMs = 1000

/** Calls `stop` on SIGINT and SIGTERM, and exits 0 afterwards; a signal that comes later exits at once. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let askedAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const now = performance.now()
      if (askedAt !== undefined) {
        if (now - askedAt > sameMs) process.exit(130)
        return
      }
      askedAt = now
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}
