/** The time of a sandbox EHR that keeps its slow answers back until a test releases them, however long or short that takes. */
export interface HeldAnswers {
  /** To be given to the sandbox: what a fault delays waits for `release`. */
  readonly clock: { now(): number; sleep(): Promise<void> }
  /** Slow answers are kept back from now on. */
  hold(): void
  /** What was kept back is answered, and nothing is slow any more. */
  release(): void
}

export function holdAnswers(): HeldAnswers {
  let released = Promise.withResolvers<void>()
  return {
    clock: { now: () => Date.now(), sleep: () => released.promise },
    hold: () => void (released = Promise.withResolvers()),
    release: () => released.resolve(),
  }
}
