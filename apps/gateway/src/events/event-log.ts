import type { GatewayEvent } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

/** The stored events, as this module reads them. */
export interface EventRows {
  after(sequence: number, limit: number): Promise<readonly GatewayEvent[]>
  bounds(): Promise<{ readonly first: number; readonly last: number }>
}

export interface EventLogOptions {
  readonly rows: EventRows
  publish(event: GatewayEvent): void
  readonly pollIntervalMs: number
  readonly clock: Clock
  readonly log: Log
}

const batchSize = 500

/**
 * Brings committed events of all nodes to this node's subscribers, in the order of their sequence, each once. A notification of a commit
 * makes it read at once. It also polls, because a notification can be lost.
 */
export class EventLog {
  readonly #options: EventLogOptions
  readonly #stopping = new AbortController()
  #cursor = 0
  #wake = Promise.withResolvers<void>()
  #loop: Promise<void> = Promise.resolve()

  constructor(options: EventLogOptions) {
    this.#options = options
  }

  /** Resolves when every later commit will be published. Readers get earlier events by replay. */
  async start(): Promise<void> {
    this.#cursor = (await this.#options.rows.bounds()).last
    this.#loop = this.#follow()
  }

  /** There was a notification of a commit: reads now. */
  wake(): void {
    this.#wake.resolve()
  }

  /** Publishes what is committed now, then ends. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.wake()
    await this.#loop
  }

  async #follow(): Promise<void> {
    const { clock, log, pollIntervalMs } = this.#options
    const { signal } = this.#stopping
    for (;;) {
      const last = signal.aborted
      this.#wake = Promise.withResolvers()
      try {
        await this.#catchUp()
      } catch (error) {
        log.error({ error }, 'events could not be read; trying again')
      }
      if (last) return
      const waited = new AbortController()
      await Promise.race([
        this.#wake.promise,
        clock.sleep(pollIntervalMs, waited.signal).catch(() => undefined),
      ])
      waited.abort()
    }
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      const events = await this.#options.rows.after(this.#cursor, batchSize)
      for (const event of events) {
        this.#options.publish(event)
        this.#cursor = event.sequence
      }
      if (events.length < batchSize) return
    }
  }
}
