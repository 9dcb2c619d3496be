import type { Clock, SteadyClock } from '../clock.ts'
import { explainFailure } from '../errors.ts'
import type { Log } from '../log.ts'
import type { TimedStep } from '../jobs/job.ts'
import type { NewEncounterStep } from '../store/encounter-steps.ts'
import type { CallTallies } from './call-tally.ts'

const flushMs = 1000
/** What is kept while the database cannot be reached. */
const maxKept = 2000
/** A step whose result an earlier attempt left behind takes no time, and is no news. */
const noticedMs = 1

/**
 * Writes how long each step took, gathered once a second, beside the transactions of the work: a step that cannot be written costs
 * its bar in a timeline and nothing else.
 */
export class StepRecorder {
  readonly #options: {
    readonly nodeId: string
    readonly tallies: CallTallies
    add(steps: readonly NewEncounterStep[]): Promise<void>
    readonly clock: SteadyClock
    readonly log: Pick<Log, 'warn'>
  }
  #kept: NewEncounterStep[] = []
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #isFailing = false

  constructor(options: {
    readonly nodeId: string
    readonly tallies: CallTallies
    add(steps: readonly NewEncounterStep[]): Promise<void>
    readonly clock: SteadyClock
    readonly log: Pick<Log, 'warn'>
  }) {
    this.#options = options
  }

  start(): void {
    this.#loop = this.#flushPeriodically(this.#options.clock)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop
    await this.#flush()
  }

  readonly time = async <Result>(step: TimedStep, work: () => Promise<Result>): Promise<Result> => {
    const { clock, tallies } = this.#options
    const tally = { count: 0, ms: 0 }
    const startedAt = clock.now()
    const startedMs = clock.monotonicMs()
    let code: string | null = null
    try {
      return await tallies.during(tally, work)
    } catch (error) {
      code = explainFailure(error).code
      throw error
    } finally {
      const ms = clock.monotonicMs() - startedMs
      if (ms >= noticedMs || code !== null) this.#keep(step, startedAt, ms, code, tally)
    }
  }

  #keep(
    { ref, workItemId, run, attempt, workerId, kind }: TimedStep,
    startedAt: Date,
    ms: number,
    code: string | null,
    tally: { readonly count: number; readonly ms: number },
  ): void {
    if (this.#kept.length >= maxKept) return
    this.#kept.push({
      practice_id: ref.practiceId,
      encounter_id: ref.encounterId,
      work_item_id: workItemId ?? null,
      run,
      attempt,
      kind,
      node_id: this.#options.nodeId,
      worker_id: workerId,
      started_at: startedAt,
      ended_at: new Date(startedAt.getTime() + ms),
      code,
      ehr_request_count: tally.count,
      ehr_ms: Math.round(tally.ms),
    })
  }

  async #flushPeriodically(clock: Clock): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await clock.sleep(flushMs, signal).catch(() => undefined)
      await this.#flush()
    }
  }

  async #flush(): Promise<void> {
    const steps = this.#kept
    if (steps.length === 0) return
    this.#kept = []
    try {
      await this.#options.add(steps)
      this.#isFailing = false
    } catch (error) {
      this.#kept = [...steps, ...this.#kept].slice(0, maxKept)
      if (!this.#isFailing)
        this.#options.log.warn({ error }, 'the times of steps could not be stored; trying again')
      this.#isFailing = true
    }
  }
}
