import { correlationIdOf } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { DurableQueue, Lease } from './durable-queue.ts'

/** What the loop needs of the orchestrator: room, and a task's settlement. */
export interface TaskRunner {
  /** Resolves with how many tasks would be accepted at once. */
  whenRoom(signal: AbortSignal): Promise<number>
  /** Runs the lease's task through queue, workers and policy; settles with the task. */
  run(lease: Lease, signal: AbortSignal): Promise<void>
}

/** What to do with a lease whose task did not succeed. */
export type Verdict =
  /** The failure is recorded: the job was settled with it. */
  | { readonly outcome: 'recorded' }
  /** Not the visit's fault: back to the queue for `delayMs`. */
  | { readonly outcome: 'give_back'; readonly delayMs: number }

export interface LeaseLoopOptions {
  readonly queue: DurableQueue
  readonly runner: TaskRunner
  /** Decides after a failed task, and records what is final. */
  concludeFailure(lease: Lease, error: unknown): Promise<Verdict>
  /** Records a visit whose workers kept dying. */
  concludeAbandoned(lease: Lease): Promise<void>
  readonly clock: Clock
  readonly log: Log
  readonly leaseSeconds: number
  readonly pollIntervalMs: number
  /** Jobs taken in one statement at most. */
  readonly batchSize: number
}

/**
 * Takes jobs only while the orchestrator has room, keeps their leases alive, and gives back what cannot be finished. This is how
 * backpressure reaches back to the database without dropping anything.
 *
 *   start ──► leasing ──stop()──► stopped, held leases still kept alive ──release()──► all given back
 */
export class LeaseLoop {
  readonly #options: LeaseLoopOptions
  readonly #held = new Map<Lease, AbortController>()
  readonly #stopping = new AbortController()
  readonly #closing = new AbortController()
  #wake = Promise.withResolvers<void>()
  #loops: Promise<unknown> = Promise.resolve()

  constructor(options: LeaseLoopOptions) {
    this.#options = options
  }

  get heldCount(): number {
    return this.#held.size
  }

  start(): void {
    this.#loops = Promise.all([this.#leaseForever(), this.#touchForever()])
  }

  /** New work may be there: look now instead of at the next poll. */
  wake(): void {
    this.#wake.resolve()
  }

  /** Takes no more jobs. Those held go on and are kept alive until `release`. */
  stop(): void {
    this.#stopping.abort()
    this.wake()
  }

  /** Gives back every lease still held: the drain is over. Returns how many there were. */
  async release(): Promise<number> {
    this.stop()
    this.#closing.abort()
    const leases = [...this.#held.keys()]
    await Promise.all(leases.map((lease) => this.#giveBack(lease, 0)))
    await this.#loops
    return leases.length
  }

  async #leaseForever(): Promise<void> {
    const { queue, runner, log, batchSize, pollIntervalMs, clock } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        const room = await runner.whenRoom(signal)
        if (signal.aborted) return
        this.#wake = Promise.withResolvers()
        const leases = await queue.lease(Math.min(room, batchSize))
        for (const lease of leases) void this.#carry(lease)
        if (leases.length > 0) continue
        for (const lease of await queue.leaseAbandoned(batchSize))
          await this.#options.concludeAbandoned(lease)
      } catch (error) {
        if (signal.aborted) return
        log.error({ error }, 'leasing failed; trying again')
      }
      const poll = new AbortController()
      await Promise.race([
        this.#wake.promise,
        clock.sleep(pollIntervalMs, poll.signal).catch(() => undefined),
      ])
      poll.abort()
    }
  }

  async #carry(lease: Lease): Promise<void> {
    const { runner, log, concludeFailure } = this.#options
    const lost = new AbortController()
    this.#held.set(lease, lost)
    const correlationId = correlationIdOf(lease.job.encounterId)
    try {
      await runner.run(lease, lost.signal)
    } catch (error) {
      if (lost.signal.aborted || this.#closing.signal.aborted) return
      try {
        const verdict = await concludeFailure(lease, error)
        if (verdict.outcome === 'give_back') await this.#giveBack(lease, verdict.delayMs)
      } catch (recordError) {
        // Nothing is lost: without its heartbeat the lease returns to the queue by itself.
        log.error(
          { correlationId, error: recordError },
          'a failure could not be recorded; the lease will expire',
        )
      }
    } finally {
      this.#held.delete(lease)
    }
  }

  async #giveBack(lease: Lease, delayMs: number): Promise<void> {
    this.#held.delete(lease)
    const correlationId = correlationIdOf(lease.job.encounterId)
    try {
      const returned = await this.#options.queue.giveBack(lease, delayMs)
      if (returned) this.#options.log.info({ correlationId, delayMs }, 'lease given back')
    } catch (error) {
      this.#options.log.error(
        { correlationId, error },
        'a lease could not be given back; it will expire',
      )
    }
  }

  async #touchForever(): Promise<void> {
    const { queue, clock, leaseSeconds, log } = this.#options
    while (!this.#closing.signal.aborted) {
      await clock.sleep((leaseSeconds * 1000) / 4, this.#closing.signal).catch(() => undefined)
      if (this.#closing.signal.aborted) return
      try {
        for (const lease of await queue.touch([...this.#held.keys()])) {
          const correlationId = correlationIdOf(lease.job.encounterId)
          if (!this.#held.has(lease)) continue
          log.warn({ correlationId }, 'lease lost to another worker; stopping its task')
          this.#held.get(lease)?.abort(new Error('lease lost'))
        }
      } catch (error) {
        log.error({ error }, 'heartbeat failed; leases expire unless the next one succeeds')
      }
    }
  }
}
