import type { Clock } from '../clock.ts'
import type { EhrFault } from './ehr-calls.ts'

export interface EhrProbeOptions {
  /** Sends one small request, whose outcome the monitor records. */
  ask(signal: AbortSignal): Promise<unknown>
  readonly monitor: { readonly fault: EhrFault | undefined; readonly heardAt: Date | undefined }
  readonly clock: Clock
}

const intervalMs = 60_000
/** Without requests for this long, the state of a healthy EHR is checked again: at most 96 requests a day. */
const staleMs = 15 * 60_000

/**
 * Keeps what is known of the EHR current, so that readiness is answered without asking it: asks each minute while something is wrong,
 * and after a quarter of an hour without any request.
 */
export class EhrProbe {
  readonly #options: EhrProbeOptions
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()

  constructor(options: EhrProbeOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop = this.#askPeriodically()
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'))
    await this.#loop
  }

  async #askPeriodically(): Promise<void> {
    const { clock, ask } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await clock.sleep(intervalMs, signal).catch(() => undefined)
      if (signal.aborted || !this.#isDue()) continue
      // The monitor records the outcome.
      await ask(signal).catch(() => undefined)
    }
  }

  #isDue(): boolean {
    const { monitor, clock } = this.#options
    if (monitor.fault !== undefined || monitor.heardAt === undefined) return true
    return clock.now().getTime() - monitor.heardAt.getTime() >= staleMs
  }
}
