import { correlationIdOf } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { DurableQueue } from './durable-queue.ts'
import type { Lease } from './job.ts'

/** What the loop needs of the orchestrator: room, and a task's settlement. */
export interface TaskRunner {
  /** Resolves with how many tasks would be accepted at once. */
  whenCapacity(signal: AbortSignal): Promise<number>
  /** Workers there are: what a node leases ahead follows it. */
  workerCount(): number
  /** Runs the lease's task through queue, workers and policy; settles with the task. */
  run(lease: Lease, signal: AbortSignal): Promise<void>
}

/** How a lease ends that its task did not settle. Rows and job change together, or not at all. */
export interface LeaseEndings {
  /** Its task failed: records the end or the next try, or gives it back if the failure is not its own. */
  failed(lease: Lease, error: unknown): Promise<void>
  /** Its workers kept dying: recorded as failed. */
  abandoned(lease: Lease): Promise<void>
  /** It cannot be finished here: another worker may take it at once. False when it was lost meanwhile. */
  returned(lease: Lease): Promise<boolean>
}

export interface LeaseLoopOptions {
  readonly queue: DurableQueue
  readonly runner: TaskRunner
  readonly endings: LeaseEndings
  readonly clock: Clock
  readonly log: Log
  readonly leaseSeconds: number
  readonly pollIntervalMs: number
  /** Jobs taken in one statement at most. */
  readonly batchSize: number
}

/**
 * Leases ahead of the workers, for each worker: enough that none waits for the database, and no more, since what waits here cannot be
 * taken by another node or be overtaken by another practice.
 */
const leasedAheadPerWorker = 1
const recordAgainMs = 1000

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
  #lateCount = 0

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

  /** Gives back every lease still held: the drain is over. Returns how many were given back, those that came after the stop too. */
  async release(): Promise<number> {
    this.stop()
    this.#closing.abort()
    const leases = [...this.#held.keys()]
    await Promise.all(leases.map((lease) => this.#giveBack(lease)))
    await this.#loops
    return leases.length + this.#lateCount
  }

  async #leaseForever(): Promise<void> {
    const { queue, runner, log, batchSize } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers()
      try {
        const places = this.#placesLeft()
        const room = places > 0 ? Math.min(places, await runner.whenCapacity(signal)) : 0
        if (signal.aborted) return
        const leases = room > 0 ? await queue.lease(Math.min(room, batchSize)) : []
        // Asked for before the stop, and here after it: they go back, as nothing new is begun.
        if (signal.aborted) return await this.#giveBackLate(leases)
        for (const lease of leases) void this.#carry(lease)
        if (leases.length > 0) continue
      } catch (error) {
        if (signal.aborted) return
        log.error({ error }, 'leasing failed; trying again')
      }
      await this.#untilWoken()
    }
  }

  /** What this node may still lease beside what it holds. */
  #placesLeft(): number {
    return this.#options.runner.workerCount() * (1 + leasedAheadPerWorker) - this.#held.size
  }

  /** Waits for word of new work, or of a lease that ended; and looks by itself, since word can be lost. */
  async #untilWoken(): Promise<void> {
    const { clock, pollIntervalMs } = this.#options
    const poll = new AbortController()
    await Promise.race([
      this.#wake.promise,
      clock.sleep(pollIntervalMs, poll.signal).catch(() => undefined),
    ])
    poll.abort()
  }

  async #carry(lease: Lease): Promise<void> {
    const { runner } = this.#options
    const lost = new AbortController()
    this.#held.set(lease, lost)
    try {
      await runner.run(lease, lost.signal)
    } catch (error) {
      if (lost.signal.aborted || this.#closing.signal.aborted) return
      await this.#conclude(lease, error)
    } finally {
      this.#held.delete(lease)
      this.wake()
    }
  }

  /** The lease is kept alive until its failure is recorded: a database that is away for a while costs no second run. */
  async #conclude(lease: Lease, error: unknown): Promise<void> {
    const { endings, clock, log } = this.#options
    const { signal } = this.#closing
    while (!signal.aborted) {
      try {
        await endings.failed(lease, error)
        return
      } catch (recordError) {
        // Released meanwhile: it is another worker's.
        if (signal.aborted) return
        const mayPass = recordError instanceof GatewayError && recordError.kind === 'transient'
        log.error(
          { correlationId: correlationIdOf(lease.job.encounterId), error: recordError },
          mayPass
            ? 'a failure could not be recorded; trying again'
            : 'a failure could not be recorded; the lease will expire',
        )
        if (!mayPass) return
      }
      await clock.sleep(recordAgainMs, signal).catch(() => undefined)
    }
  }

  async #giveBackLate(leases: readonly Lease[]): Promise<void> {
    this.#lateCount += leases.length
    await Promise.all(leases.map((lease) => this.#giveBack(lease)))
  }

  async #giveBack(lease: Lease): Promise<void> {
    this.#held.delete(lease)
    const { endings, log } = this.#options
    const correlationId = correlationIdOf(lease.job.encounterId)
    try {
      if (await endings.returned(lease)) log.info({ correlationId }, 'lease given back')
    } catch (error) {
      log.error({ correlationId, error }, 'a lease could not be given back; it will expire')
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
      await this.#concludeAbandoned()
    }
  }

  /** Rare, and in no hurry: looked for between heartbeats, not with every lease. */
  async #concludeAbandoned(): Promise<void> {
    const { queue, endings, log, batchSize } = this.#options
    if (this.#stopping.signal.aborted) return
    try {
      for (const lease of await queue.leaseAbandoned(batchSize)) {
        // Whoever stops has no time for it: the lease expires, and another node records it.
        if (this.#closing.signal.aborted) return
        await endings.abandoned(lease)
      }
    } catch (error) {
      log.error({ error }, 'what kept killing its workers could not be recorded; trying again')
    }
  }
}
