import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { NodeFigures, NodeReport } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type WriteFailure, writeFailureOf } from './write-failure.ts'

/** Often enough that a page shows a change at once, and rarely enough that the database does not notice. */
const everyMs = 3000
const minuteMs = 60_000
const forgetEveryMinutes = 10
/** This many reports in a row must fail before the verdict says so. */
const failuresInARow = 2

export interface HeartbeatOptions {
  readonly store: Pick<Store, 'nodes' | 'nodeMinutes' | 'workFigures'>
  /** What this node says of itself now. */
  report(): NodeReport
  /** What it measured in the minute that ends. */
  figures(): NodeFigures
  /** Does what operators asked of this node. */
  applyControls(): Promise<void>
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
}

/**
 * Writes this node's row every few seconds, and at the end of each minute its figures and those of the work of all nodes. In the
 * database, so that a page on any node shows all of them, and what was before a restart.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #stopping = new AbortController()
  /** Beats under way: the loop's, and those that a notification or a request asked for. */
  readonly #beating = new Set<Promise<void>>()
  #loop: Promise<void> = Promise.resolve()
  #minute: number | undefined
  #failure: WriteFailure | undefined
  #failures = 0

  constructor(options: HeartbeatOptions) {
    this.#options = options
  }

  /** Resolves after the first report: a node that starts while all are paused begins nothing. */
  async start(): Promise<void> {
    await this.beat()
    this.#loop = this.#beatPeriodically()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop
    // One that is still under way would bring the row back.
    await Promise.all(this.#beating)
    const { store, report } = this.#options
    await store.nodes.remove(report().nodeId).catch(() => undefined)
  }

  /** Does what is asked and reports now: others should see it at once. Nothing after the stop. */
  beat(): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve()
    const beat = this.#beat().finally(() => this.#beating.delete(beat))
    this.#beating.add(beat)
    return beat
  }

  async #beat(): Promise<void> {
    const { store, report, applyControls, log } = this.#options
    try {
      await applyControls()
      await store.nodes.report(report())
      await this.#closeMinute()
      this.#failure = undefined
      this.#failures = 0
    } catch (error) {
      this.#failures += 1
      if (this.#failure === undefined)
        log.warn({ error }, 'this node could not report; trying again')
      this.#failure ??= writeFailureOf(error, this.#options.clock.now())
    }
  }

  /**
   * Why the last reports could not be written; undefined when one was. One that failed alone says nothing yet: the row of this node
   * is not old, and the next report may pass.
   */
  get failure(): WriteFailure | undefined {
    return this.#failures >= failuresInARow ? this.#failure : undefined
  }

  async #beatPeriodically(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#options.clock.sleep(everyMs, signal).catch(() => undefined)
      if (!signal.aborted) await this.beat()
    }
  }

  async #closeMinute(): Promise<void> {
    const { store, report, figures, clock } = this.#options
    const minute = Math.floor(clock.now().getTime() / minuteMs)
    const ended = this.#minute
    this.#minute = minute
    if (ended === undefined || ended === minute) return
    const at = new Date(ended * minuteMs)
    await store.nodeMinutes.add(report().nodeId, at, figures())
    const { queued, running, retrying, writeBacksWaiting, writeBacksFailed } =
      await store.workFigures.current()
    await store.workFigures.addMinute(at, {
      queued,
      running,
      retrying,
      writeBacksWaiting,
      writeBacksFailed,
    })
    if (minute % forgetEveryMinutes !== 0) return
    await store.nodes.forget()
    await store.nodeMinutes.forget()
    await store.workFigures.forget()
  }
}
