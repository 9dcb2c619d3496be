import type { RestartReport } from '../src/supervisor.ts'

type Outcome = RestartReport['outcome']

/** Keeps what a supervised server reports, to be waited for and read. */
export class RestartLog {
  readonly #reports: RestartReport[] = []
  #onReport: () => void = () => {}

  /** To be given as `onRestart`. */
  readonly record = (report: RestartReport): void => {
    this.#reports.push(report)
    this.#onReport()
  }

  get reports(): readonly RestartReport[] {
    return this.#reports
  }

  get outcomes(): readonly Outcome[] {
    return this.#reports.map(({ outcome }) => outcome)
  }

  /** Resolves once the outcome has been reported that many times. */
  async until(outcome: Outcome, times = 1): Promise<void> {
    while (this.outcomes.filter((reported) => reported === outcome).length < times) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#onReport = resolve
      await promise
    }
  }
}
