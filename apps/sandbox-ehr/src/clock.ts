/** Injected time, so that tests can advance it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  sleep(delayMs: number): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (delayMs) =>
    new Promise((resolve) => {
      setTimeout(resolve, delayMs).unref()
    }),
}
