import { correlationIdOf } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { DurableQueue } from './durable-queue.ts'
import type { Lease } from './job.ts'

/** What the loop needs of the orchestrator: its free capacity, and a task's settlement. */
export interface TaskRunner {
  /** Resolves with how many tasks would be accepted at once, as soon as there is one. */
  whenCapacity(signal: AbortSignal): Promise<number>
  /** The number of workers: how many jobs a node leases ahead depends on it. */
  workerCount(): number
  /** Runs the lease's task through queue, workers and policy; settles with the task. */
  run(lease: Lease, signal: AbortSignal): Promise<void>
}

/** How a lease ends that its task did not settle. Row and job change together, or not at all. */
export interface LeaseEndings {
  /** Its task failed: records the end or schedules a retry, or releases the lease if the failure is not the job's own. */
  failed(lease: Lease, error: unknown): Promise<void>
  /** Its workers kept dying: recorded as failed. */
  abandoned(lease: Lease): Promise<void>
  /** It cannot be finished here: another worker may take it at once. False when it was lost meanwhile. */
  released(lease: Lease): Promise<boolean>
}

export interface LeaseLoopOptions {
  readonly queue: DurableQueue
  readonly runner: TaskRunner
  readonly endings: LeaseEndings
  readonly clock: Clock
  readonly log: Log
  readonly leaseSeconds: number
  readonly pollIntervalMs: number
  /** The most jobs that one statement takes. */
  readonly batchSize: number
}

/**
 * How many jobs a node leases ahead for each worker: enough that no worker waits for the database, and no more, because what waits here
 * cannot be taken by another node or overtaken by another practice.
 */
const leasedAheadPerWorker = 1
const recordRetryMs = 1000

/**
 * Takes jobs only while the orchestrator has capacity, keeps their leases alive, and releases what cannot be finished. This is how
 * backpressure reaches back to the database without dropping anything.
 *
 *   start ──► leasing ──stop()──► stopped, held leases still kept alive ──release()──► all released
 *
 * `hold` and `takeUp` interrupt the leasing, for an operator who drains the node. `stop` and `release` may be called during any `await`, so
 * the loop checks for them after each: a lease that arrives then is released, and its task is not begun.
 */
export class LeaseLoop {
  readonly #options: LeaseLoopOptions
  readonly #held = new Map<Lease, AbortController>()
  readonly #stopping = new AbortController()
  readonly #closing = new AbortController()
  #isHolding = false
  #wake = Promise.withResolvers<void>()
  #loops: Promise<unknown> = Promise.resolve()
  #lateCount = 0

  constructor(options: LeaseLoopOptions) {
    this.#options = options
  }

  start(): void {
    this.#loops = Promise.all([this.#leaseUntilStopped(), this.#touchUntilReleased()])
  }

  /** There may be new work: leases now instead of at the next poll. */
  wake(): void {
    this.#wake.resolve()
  }

  /** Takes no more jobs until `takeUp`. Those held continue. */
  hold(): void {
    this.#isHolding = true
    this.wake()
  }

  /** Takes jobs again after `hold`. */
  takeUp(): void {
    this.#isHolding = false
    this.wake()
  }

  get heldCount(): number {
    return this.#held.size
  }

  /** Takes no more jobs. Those held continue and are kept alive until `release`. */
  stop(): void {
    this.#stopping.abort()
    this.wake()
  }

  /** Releases every lease still held: the drain is over. Returns how many were released, those that arrived after the stop too. */
  async release(): Promise<number> {
    this.stop()
    this.#closing.abort()
    const leases = [...this.#held.keys()]
    await Promise.all(leases.map((lease) => this.#release(lease)))
    await this.#loops
    return leases.length + this.#lateCount
  }

  async #leaseUntilStopped(): Promise<void> {
    const { queue, runner, log, batchSize } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers()
      try {
        const wanted = this.#wantedCount()
        const capacity = wanted > 0 ? Math.min(wanted, await runner.whenCapacity(signal)) : 0
        if (signal.aborted) return
        const leases =
          capacity > 0 && !this.#isHolding ? await queue.lease(Math.min(capacity, batchSize)) : []
        if (signal.aborted) return await this.#releaseLate(leases)
        if (this.#isHolding) {
          // These are released and not run, even if `takeUp` is called meanwhile.
          await Promise.all(leases.map((lease) => this.#release(lease)))
          await this.#untilWoken()
          continue
        }
        for (const lease of leases) void this.#run(lease)
        if (leases.length > 0) continue
      } catch (error) {
        if (signal.aborted) return
        log.error({ error }, 'leasing failed; trying again')
      }
      await this.#untilWoken()
    }
  }

  /** How many jobs this node may lease in addition to those it holds. */
  #wantedCount(): number {
    if (this.#isHolding) return 0
    return this.#options.runner.workerCount() * (1 + leasedAheadPerWorker) - this.#held.size
  }

  /** Waits for a notification of new work or for a lease that ends. It also polls, because a notification can be lost. */
  async #untilWoken(): Promise<void> {
    const { clock, pollIntervalMs } = this.#options
    const poll = new AbortController()
    await Promise.race([
      this.#wake.promise,
      clock.sleep(pollIntervalMs, poll.signal).catch(() => undefined),
    ])
    poll.abort()
  }

  async #run(lease: Lease): Promise<void> {
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

  /** The lease is kept alive until its failure is recorded, so that an outage of the database does not cause a second run. */
  async #conclude(lease: Lease, error: unknown): Promise<void> {
    const { endings, clock, log } = this.#options
    const { signal } = this.#closing
    while (!signal.aborted) {
      try {
        await endings.failed(lease, error)
        return
      } catch (recordError) {
        // Released meanwhile: it belongs to another worker.
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
      await clock.sleep(recordRetryMs, signal).catch(() => undefined)
    }
  }

  async #releaseLate(leases: readonly Lease[]): Promise<void> {
    this.#lateCount += leases.length
    await Promise.all(leases.map((lease) => this.#release(lease)))
  }

  async #release(lease: Lease): Promise<void> {
    this.#held.delete(lease)
    const { endings, log } = this.#options
    const correlationId = correlationIdOf(lease.job.encounterId)
    try {
      if (await endings.released(lease)) log.info({ correlationId }, 'lease released')
    } catch (error) {
      log.error({ correlationId, error }, 'a lease could not be released; it will expire')
    }
  }

  async #touchUntilReleased(): Promise<void> {
    const { queue, clock, leaseSeconds, log } = this.#options
    const { signal } = this.#closing
    while (!signal.aborted) {
      await clock.sleep((leaseSeconds * 1000) / 4, signal).catch(() => undefined)
      if (signal.aborted) return
      try {
        const lostLeases = await queue.touch([...this.#held.keys()])
        // Those that `release` returned meanwhile are not lost.
        if (signal.aborted) return
        for (const lease of lostLeases) {
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

  /** Abandoned jobs are rare and not urgent, so they are searched for between heartbeats, not with every lease. */
  async #concludeAbandoned(): Promise<void> {
    const { queue, endings, log, batchSize } = this.#options
    const { signal } = this.#stopping
    if (signal.aborted) return
    try {
      for (const lease of await queue.leaseAbandoned(batchSize)) {
        // Its row stays as it is: another node records the failure.
        if (signal.aborted) await queue.release(lease, 0)
        else await endings.abandoned(lease)
      }
    } catch (error) {
      log.error({ error }, 'an abandoned job could not be recorded as failed; trying again')
    }
  }
}
