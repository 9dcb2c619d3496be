import { AsyncLocalStorage } from 'node:async_hooks'

/** The requests to the EHR that one step made. */
export interface CallTally {
  count: number
  ms: number
}

/** Counts requests for the step that causes them, without passing anything through the modules between. */
export class CallTallies {
  readonly #current = new AsyncLocalStorage<CallTally>()

  /** Counts into `tally` what is recorded while `work` runs, also by what it started. */
  during<Result>(tally: CallTally, work: () => Promise<Result>): Promise<Result> {
    return this.#current.run(tally, work)
  }

  record(durationMs: number): void {
    const tally = this.#current.getStore()
    if (tally === undefined) return
    tally.count += 1
    tally.ms += durationMs
  }
}
