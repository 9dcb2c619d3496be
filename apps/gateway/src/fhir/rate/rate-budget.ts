import { bothNames } from '../../config/both-names.ts'
import type { SteadyClock } from '../../clock.ts'
import { EhrQuotaExhaustedError } from '../fhir-errors.ts'
import { RequestedPause } from './requested-pause.ts'

/** The purpose of a request: polling whether an encounter is signed, reading its chart, or writing back an approved form. */
export type Lane = 'poll' | 'chart' | 'write'

export type PerLane<Value> = Readonly<Record<Lane, Value>>

/** The right to send one request. */
export interface Slot {
  /** False if its lease or its day has ended, so that another node may hold it. Check it in the same turn that sends. */
  readonly isValid: boolean
  /** Call it when the answer began or failed. Calling it twice is safe. */
  release(): void
}

/** What this node may use until its lease ends; `RateShare` renews it. Times are the clock's `monotonicMs`. */
export interface Allowance {
  readonly slots: number
  readonly leaseEndsAtMs: number
  readonly day: {
    readonly date: string
    readonly endsAtMs: number
    /** Requests reserved in addition to the unused ones of the same date. */
    readonly added: PerLane<number>
    /** Nothing is left to reserve before the day ends. */
    readonly isSpent: PerLane<boolean>
    /** Polls have used what is released for them so far. They wait: more is released during the day. */
    readonly arePollsAhead: boolean
  }
}

export interface RateBudgetOptions {
  /** For the error message. The allowance says how much of it this node may use. */
  readonly perDay: number
  readonly clock: SteadyClock
  /** A request waits because slots or reserved requests ran out. */
  onShortage(want: 'slots' | 'requests'): void
}

/** One second, plus a margin because Node's timers may fire a few milliseconds early. */
export const windowMs = 1010

export const lanes = ['poll', 'chart', 'write'] as const satisfies readonly Lane[]
const noneAvailable: PerLane<number> = { poll: 0, chart: 0, write: 0 }

interface Waiter {
  grant(slot: Slot): void
  refuse(error: unknown): void
}

/**
 * Keeps all nodes together within the EHR's rate limits, as the EHR counts them.
 *
 * There are as many slots as requests per second, and each belongs to at most one node (`RateShare`). A request holds a slot from before
 * it is sent until one second after its answer began. The EHR receives the request between those two moments. If more requests than
 * slots reached the EHR within one second, two of them would have held the same slot; but the later one was sent a second after the
 * earlier one was answered, so it reached the EHR more than a second after it. The cost: a slot serves one request per
 * (1 s + latency). A slot changes nodes only while no request holds it, or long enough after its owner's lease expired.
 *
 * Write-backs go first, because a person waits for them. Polls and chart reads take turns when both wait, so that neither starves.
 *
 * Each lane has its own reserved requests, so that an unlimited number of polls never uses up the day (`RateShare`). Write-backs may
 * also use the requests of charts.
 */
export class RateBudget {
  readonly #options: RateBudgetOptions
  readonly #closing = new AbortController()
  readonly #waiting: PerLane<Set<Waiter>> = { poll: new Set(), chart: new Set(), write: new Set() }
  #lastLane: Lane = 'poll'
  #limit = 0
  #reportedPerSecond = Number.POSITIVE_INFINITY
  #leaseEndsAtMs = Number.NEGATIVE_INFINITY
  /** Incremented when a lease follows an expired one. */
  #lease = 0
  #day: Omit<Allowance['day'], 'added'> = {
    date: '',
    endsAtMs: Number.NEGATIVE_INFINITY,
    isSpent: { poll: false, chart: false, write: false },
    arePollsAhead: false,
  }
  #available: Record<Lane, number> = { ...noneAvailable }
  #inUse = 0
  #inFlight = 0
  #maxInUse = 0
  readonly #requestedPause = new RequestedPause()

  constructor(options: RateBudgetOptions) {
    this.#options = options
  }

  /** Slots in use: by requests without an answer, and for one second after each answer. */
  get inUse(): number {
    return this.#inUse
  }

  /** Requests without an answer. */
  get inFlight(): number {
    return this.#inFlight
  }

  /**
   * Waits for a slot. A poll also waits for its share of the day.
   *
   * @throws {EhrQuotaExhaustedError} the day's budget for this lane is spent
   */
  take(lane: Lane, signal: AbortSignal): Promise<Slot> {
    const { promise, resolve, reject } = Promise.withResolvers<Slot>()
    if (signal.aborted) {
      reject(signal.reason)
      return promise
    }
    const onAbort = () => {
      this.#waiting[lane].delete(waiter)
      reject(signal.reason)
    }
    const waiter: Waiter = {
      grant(slot) {
        signal.removeEventListener('abort', onAbort)
        resolve(slot)
      },
      refuse(error) {
        signal.removeEventListener('abort', onAbort)
        reject(error)
      },
    }
    signal.addEventListener('abort', onAbort, { once: true })
    this.#waiting[lane].add(waiter)
    this.#serve()
    return promise
  }

  /** The EHR asked for a pause: this node sends nothing until it ends, up to a limit. */
  pauseFor(delayMs: number): void {
    const nowMs = this.#nowMs()
    const before = this.#requestedPause.untilMs
    this.#requestedPause.request(delayMs, nowMs)
    const { untilMs } = this.#requestedPause
    if (untilMs > before) void this.#pause(untilMs - nowMs).then(() => this.#serve())
  }

  /** The EHR answered without asking for a pause. */
  answered(): void {
    this.#requestedPause.answered(this.#nowMs())
  }

  /** Why no request is sent, and for how many milliseconds; undefined if neither a pause of the EHR nor the daily budget blocks it. */
  get closure():
    | { readonly reason: 'asked_to_wait' | 'day_spent'; readonly forMs: number }
    | undefined {
    const nowMs = this.#nowMs()
    if (this.#isDaySpent('chart', nowMs))
      return { reason: 'day_spent', forMs: this.#day.endsAtMs - nowMs }
    const forMs = this.#requestedPause.untilMs - nowMs
    return forMs > 0 ? { reason: 'asked_to_wait', forMs } : undefined
  }

  /** The rate that the EHR itself reports, at least one per second: pauses handle lower rates. */
  reportRate(perSecond: number): void {
    this.#reportedPerSecond = Math.max(1, Math.floor(perSecond))
  }

  /** Requests per second that the EHR reports as its limit; infinite if it reports none. */
  get reportedPerSecond(): number {
    return this.#reportedPerSecond
  }

  /** Lowers the limit. Slots in use above it are released as their requests end. */
  lowerTo(slots: number): void {
    this.#limit = Math.min(this.#limit, slots)
  }

  /** Reserved and unused requests of that date. */
  availableOn(date: string): PerLane<number> {
    return date === this.#day.date ? { ...this.#available } : noneAvailable
  }

  /** Withdraws reserved requests, so that they can be released. */
  withdraw(lane: Lane, count: number): void {
    this.#available[lane] = Math.max(0, this.#available[lane] - count)
  }

  /** Whether a poll would have to wait for its share of the day. */
  get arePollsAhead(): boolean {
    return (
      this.#nowMs() < this.#day.endsAtMs && this.#day.arePollsAhead && this.#available.poll === 0
    )
  }

  allow({ slots, leaseEndsAtMs, day }: Allowance): void {
    if (this.#nowMs() >= this.#leaseEndsAtMs) this.#lease += 1
    this.#limit = slots
    this.#leaseEndsAtMs = leaseEndsAtMs
    if (day.date !== this.#day.date) this.#available = { ...noneAvailable }
    this.#day = day
    for (const lane of lanes) this.#available[lane] += day.added[lane]
    this.#serve()
  }

  /** The maximum of slots in use at the same time since the last reset. */
  get maxInUse(): number {
    return this.#maxInUse
  }

  resetMaxInUse(): void {
    this.#maxInUse = this.#inUse
  }

  /** Grants no more slots; waiting requests end with their signals. Returns the unused reserved requests. */
  stop(): { readonly date: string; readonly unused: PerLane<number> } {
    const left = { date: this.#day.date, unused: this.#available }
    this.#limit = 0
    this.#leaseEndsAtMs = Number.NEGATIVE_INFINITY
    this.#available = { ...noneAvailable }
    this.#closing.abort()
    return left
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs()
  }

  #serve(): void {
    while (this.#serveOne());
  }

  /** Serves the first waiting request that can be served; false if none can. */
  #serveOne(): boolean {
    for (const lane of this.#laneOrder()) {
      const [waiter] = this.#waiting[lane]
      if (waiter === undefined) continue
      const obstacle = this.#obstacle(lane)
      if (obstacle === 'day_spent') {
        this.#refuseAll(lane)
        continue
      }
      if (obstacle === 'slots' || obstacle === 'requests') this.#options.onShortage(obstacle)
      // Another lane may have requests left; slots, lease and pause are the same for all.
      if (obstacle === 'requests' || obstacle === 'share') continue
      if (obstacle !== undefined) return false
      this.#waiting[lane].delete(waiter)
      if (lane !== 'write') this.#lastLane = lane
      waiter.grant(this.#take(lane))
      return true
    }
    return false
  }

  #laneOrder(): readonly Lane[] {
    return this.#lastLane === 'poll' ? ['write', 'chart', 'poll'] : ['write', 'poll', 'chart']
  }

  /** The lane whose reserved requests the next request of this lane uses. */
  #source(lane: Lane): Lane {
    return lane === 'write' && this.#available.write === 0 ? 'chart' : lane
  }

  /** What blocks the next request. The next renewal brings more slots and requests, and a new day. */
  #obstacle(
    lane: Lane,
  ): 'slots' | 'requests' | 'share' | 'lease' | 'pause' | 'day_spent' | undefined {
    const nowMs = this.#nowMs()
    const isToday = nowMs < this.#day.endsAtMs
    if (this.#isDaySpent(lane, nowMs)) return 'day_spent'
    if (!isToday || nowMs >= this.#leaseEndsAtMs) return 'lease'
    if (nowMs < this.#requestedPause.untilMs) return 'pause'
    if (this.#available[this.#source(lane)] === 0)
      return lane === 'poll' && this.#day.arePollsAhead ? 'share' : 'requests'
    return this.#inUse >= this.#limit ? 'slots' : undefined
  }

  #isDaySpent(lane: Lane, nowMs: number): boolean {
    return (
      nowMs < this.#day.endsAtMs &&
      this.#available[this.#source(lane)] === 0 &&
      this.#day.isSpent[lane]
    )
  }

  #take(lane: Lane): Slot {
    this.#inUse += 1
    this.#inFlight += 1
    this.#maxInUse = Math.max(this.#maxInUse, this.#inUse)
    this.#available[this.#source(lane)] -= 1
    const lease = this.#lease
    const dayEndsAtMs = this.#day.endsAtMs
    const isCurrent = () =>
      lease === this.#lease && this.#nowMs() < Math.min(this.#leaseEndsAtMs, dayEndsAtMs)
    let isReleased = false
    return {
      get isValid() {
        return isCurrent()
      },
      release: () => {
        if (isReleased) return
        isReleased = true
        this.#inFlight -= 1
        void this.#releaseLater()
      },
    }
  }

  async #releaseLater(): Promise<void> {
    await this.#pause(windowMs)
    this.#inUse -= 1
    this.#serve()
  }

  #pause(delayMs: number): Promise<void> {
    return this.#options.clock.sleep(delayMs, this.#closing.signal).catch(() => undefined)
  }

  #refuseAll(lane: Lane): void {
    const error = new EhrQuotaExhaustedError(
      `the daily budget of ${this.#options.perDay} requests to the EHR is spent; it starts again at midnight GMT (${bothNames('Ehr.RequestsPerDay')})`,
      { retryAfterMs: this.#day.endsAtMs - this.#nowMs() },
    )
    for (const waiter of this.#waiting[lane]) waiter.refuse(error)
    this.#waiting[lane].clear()
  }
}
