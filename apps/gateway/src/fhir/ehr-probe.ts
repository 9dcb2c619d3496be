import type { Clock } from '../clock.ts'
import type { EhrFault } from './ehr-calls.ts'

export interface EhrProbeOptions {
  /** Sends one small request, whose outcome the monitor records. */
  ask(signal: AbortSignal): Promise<unknown>
  readonly monitor: {
    readonly fault: EhrFault | undefined
    /** The last request was not answered, and it is not a fault yet. */
    readonly isInDoubt: boolean
    readonly heardAt: Date | undefined
  }
  readonly requestsPerDay: number
  readonly clock: Clock
}

const tickMs = 5000
const faultyMs = 60_000
const dayMs = 86_400_000
/** At most this share of the day's requests is used to probe an EHR when there are no other requests. */
const idleShare = 0.05
const minIdleMs = 30_000
const maxIdleMs = 15 * 60_000

/**
 * Keeps the state of the EHR current, so that readiness is answered without a request to it. Probes each minute while there is a fault, at
 * once after a request that was not answered, and when there was no request for a while: about half a minute with the default daily budget.
 * So an EHR that stops answering at night is reported within a minute or so, although nobody works.
 */
export class EhrProbe {
  readonly #options: EhrProbeOptions
  readonly #stopping = new AbortController()
  readonly #idleMs: number
  #loop: Promise<void> = Promise.resolve()

  constructor(options: EhrProbeOptions) {
    this.#options = options
    const affordableMs = dayMs / (options.requestsPerDay * idleShare)
    this.#idleMs = Math.min(maxIdleMs, Math.max(minIdleMs, affordableMs))
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
    let askedMs = clock.now().getTime()
    while (!signal.aborted) {
      await clock.sleep(tickMs, signal).catch(() => undefined)
      if (signal.aborted || !this.#isDue(askedMs)) continue
      askedMs = clock.now().getTime()
      // The monitor records the outcome.
      await ask(signal).catch(() => undefined)
    }
  }

  #isDue(askedMs: number): boolean {
    const { monitor, clock } = this.#options
    const nowMs = clock.now().getTime()
    if (monitor.fault !== undefined || monitor.heardAt === undefined)
      return nowMs - askedMs >= faultyMs
    if (monitor.isInDoubt) return true
    return nowMs - Math.max(askedMs, monitor.heardAt.getTime()) >= this.#idleMs
  }
}
