import type { SteadyClock } from '../../clock.ts'
import { EhrQuotaExhaustedError } from '../fhir-errors.ts'
import { AskedPause } from './asked-pause.ts'

/** What a request is for: asking whether an encounter is signed, reading its chart, or writing an approved form back. */
export type Lane = 'poll' | 'chart' | 'write'

export type PerLane<Value> = Readonly<Record<Lane, Value>>

/** The right to send one request. */
export interface Slot {
  /** False when its lease ran out meanwhile, so that somebody else may have it, or its day. Ask in the turn that sends. */
  readonly isValid: boolean
  /** Call it when the answer began or failed; a second call does nothing. */
  release(): void
}

/** What this node may use until its lease ends; `RateShare` renews it. Times are the clock's `monotonicMs`. */
export interface Allowance {
  readonly slots: number
  readonly leaseEndsAtMs: number
  readonly day: {
    readonly date: string
    readonly endsAtMs: number
    /** Requests reserved in addition to those of the same date that are not used yet. */
    readonly added: PerLane<number>
    /** Nothing is left to reserve before the day ends. */
    readonly isSpent: PerLane<boolean>
    /** Polls have used what they may use by now. They wait; more is released as the day goes on. */
    readonly arePollsAhead: boolean
  }
}

export interface RateBudgetOptions {
  /** For the message of the error; how much of it this node may use, the allowance says. */
  readonly perDay: number
  readonly clock: SteadyClock
  /** A request waits for want of slots, or of reserved requests. */
  onShort(want: 'slots' | 'room'): void
}

/** A second, and what a timer may fire early: Node's tick in whole milliseconds, and not in step with the clock. */
export const windowMs = 1010

export const lanes = ['poll', 'chart', 'write'] as const satisfies readonly Lane[]
const noRoom: PerLane<number> = { poll: 0, chart: 0, write: 0 }

interface Waiter {
  grant(slot: Slot): void
  refuse(error: unknown): void
}

/**
 * Keeps all nodes together within the EHR's limits, as the EHR counts them.
 *
 * There are as many slots as requests per second; each is at most one node's (`RateShare`). A request holds one from before it is
 * sent until one second after its answer began. The EHR receives a request between those two moments. So if more requests than that
 * reached it within one second, two of them held the same slot; but the later one was sent a second after the earlier one was
 * answered, and thus reached the EHR more than a second after it. The price is the latency: a slot serves one request in
 * (1 s + latency). A slot changes nodes only when nothing holds it, or long enough after its owner's lease ran out.
 *
 * Write-backs go first: a person waits for them. Polls and chart reads take turns when both wait, so neither starves the other.
 *
 * Each lane has reserved requests of its own, so that polls, of which there can be any number, never use up the day (`RateShare`). A
 * write-back may also use those of charts.
 */
export class RateBudget {
  readonly #options: RateBudgetOptions
  readonly #closing = new AbortController()
  readonly #waiting: PerLane<Set<Waiter>> = { poll: new Set(), chart: new Set(), write: new Set() }
  #lastLane: Lane = 'poll'
  #limit = 0
  #reportedPerSecond = Number.POSITIVE_INFINITY
  #leaseEndsAtMs = Number.NEGATIVE_INFINITY
  /** Counts the leases that followed one that had run out. */
  #lease = 0
  #day: Omit<Allowance['day'], 'added'> = {
    date: '',
    endsAtMs: Number.NEGATIVE_INFINITY,
    isSpent: { poll: false, chart: false, write: false },
    arePollsAhead: false,
  }
  #room: Record<Lane, number> = { ...noRoom }
  #inUse = 0
  #inFlight = 0
  #mostInUse = 0
  readonly #askedPause = new AskedPause()

  constructor(options: RateBudgetOptions) {
    this.#options = options
  }

  /** Slots held: by requests without an answer, and for a second after each. */
  get inUse(): number {
    return this.#inUse
  }

  /** Requests without an answer. */
  get inFlight(): number {
    return this.#inFlight
  }

  /**
   * Waits for a slot; a poll also for its share of the day.
   *
   * @throws {EhrQuotaExhaustedError} when the day's budget for this lane is spent
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

  /** The EHR asked for a pause: this node sends nothing before it is over, or as much of it as is believed. */
  closeFor(delayMs: number): void {
    const nowMs = this.#nowMs()
    const before = this.#askedPause.untilMs
    this.#askedPause.ask(delayMs, nowMs)
    const { untilMs } = this.#askedPause
    if (untilMs > before) void this.#pause(untilMs - nowMs).then(() => this.#serve())
  }

  /** The EHR answered without asking for a pause. */
  answered(): void {
    this.#askedPause.answered(this.#nowMs())
  }

  /** Why no request goes out, and for how long, in milliseconds; undefined when nothing of the EHR's or of the day's keeps it. */
  get closure():
    | { readonly reason: 'asked_to_wait' | 'day_spent'; readonly forMs: number }
    | undefined {
    const nowMs = this.#nowMs()
    if (this.#isDaySpent('chart', nowMs))
      return { reason: 'day_spent', forMs: this.#day.endsAtMs - nowMs }
    const forMs = this.#askedPause.untilMs - nowMs
    return forMs > 0 ? { reason: 'asked_to_wait', forMs } : undefined
  }

  /** What the EHR itself says that it takes. Below one a second there is still one: pauses do the rest. */
  reportRate(perSecond: number): void {
    this.#reportedPerSecond = Math.max(1, Math.floor(perSecond))
  }

  /** Requests per second that the EHR says it takes; without end where it says nothing. */
  get reportedPerSecond(): number {
    return this.#reportedPerSecond
  }

  /** At most this many from now on. What is in use above that runs out by itself. */
  lowerTo(slots: number): void {
    this.#limit = Math.min(this.#limit, slots)
  }

  /** Requests reserved of that date and not used yet. */
  roomOf(date: string): PerLane<number> {
    return date === this.#day.date ? { ...this.#room } : noRoom
  }

  /** Takes reserved requests out of use, to give them back. */
  reduceRoom(lane: Lane, count: number): void {
    this.#room[lane] = Math.max(0, this.#room[lane] - count)
  }

  /** A poll would have to wait for its share of the day. */
  get arePollsAhead(): boolean {
    return this.#nowMs() < this.#day.endsAtMs && this.#day.arePollsAhead && this.#room.poll === 0
  }

  allow({ slots, leaseEndsAtMs, day }: Allowance): void {
    if (this.#nowMs() >= this.#leaseEndsAtMs) this.#lease += 1
    this.#limit = slots
    this.#leaseEndsAtMs = leaseEndsAtMs
    if (day.date !== this.#day.date) this.#room = { ...noRoom }
    this.#day = day
    for (const lane of lanes) this.#room[lane] += day.added[lane]
    this.#serve()
  }

  /** The most slots in use at a time since it was last forgotten. */
  get mostInUse(): number {
    return this.#mostInUse
  }

  forgetMostInUse(): void {
    this.#mostInUse = this.#inUse
  }

  /** Nobody gets a slot any more; who waits is left to its signal. Returns the reserved requests that were not used. */
  stop(): { readonly date: string; readonly unused: PerLane<number> } {
    const left = { date: this.#day.date, unused: this.#room }
    this.#limit = 0
    this.#leaseEndsAtMs = Number.NEGATIVE_INFINITY
    this.#room = { ...noRoom }
    this.#closing.abort()
    return left
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs()
  }

  #serve(): void {
    while (this.#serveOne());
  }

  /** Serves the first that can be served; false when nobody can. */
  #serveOne(): boolean {
    for (const lane of this.#turns()) {
      const [waiter] = this.#waiting[lane]
      if (waiter === undefined) continue
      const obstacle = this.#obstacle(lane)
      if (obstacle === 'day_spent') {
        this.#refuseAll(lane)
        continue
      }
      if (obstacle === 'slots' || obstacle === 'room') this.#options.onShort(obstacle)
      // Another lane may have requests left; slots, lease and pause are the same for all.
      if (obstacle === 'room' || obstacle === 'share') continue
      if (obstacle !== undefined) return false
      this.#waiting[lane].delete(waiter)
      if (lane !== 'write') this.#lastLane = lane
      waiter.grant(this.#take(lane))
      return true
    }
    return false
  }

  #turns(): readonly Lane[] {
    return this.#lastLane === 'poll' ? ['write', 'chart', 'poll'] : ['write', 'poll', 'chart']
  }

  /** Whose reserved requests the next one of this lane uses. */
  #source(lane: Lane): Lane {
    return lane === 'write' && this.#room.write === 0 ? 'chart' : lane
  }

  /** What keeps the next request waiting. The next renewal ends want of slots and room, and brings a new day. */
  #obstacle(lane: Lane): 'slots' | 'room' | 'share' | 'lease' | 'pause' | 'day_spent' | undefined {
    const nowMs = this.#nowMs()
    const isToday = nowMs < this.#day.endsAtMs
    if (this.#isDaySpent(lane, nowMs)) return 'day_spent'
    if (!isToday || nowMs >= this.#leaseEndsAtMs) return 'lease'
    if (nowMs < this.#askedPause.untilMs) return 'pause'
    if (this.#room[this.#source(lane)] === 0)
      return lane === 'poll' && this.#day.arePollsAhead ? 'share' : 'room'
    return this.#inUse >= this.#limit ? 'slots' : undefined
  }

  #isDaySpent(lane: Lane, nowMs: number): boolean {
    return (
      nowMs < this.#day.endsAtMs && this.#room[this.#source(lane)] === 0 && this.#day.isSpent[lane]
    )
  }

  #take(lane: Lane): Slot {
    this.#inUse += 1
    this.#inFlight += 1
    this.#mostInUse = Math.max(this.#mostInUse, this.#inUse)
    this.#room[this.#source(lane)] -= 1
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
      `the daily budget of ${this.#options.perDay} requests to the EHR is spent; it starts anew at midnight GMT (Ehr__RequestsPerDay)`,
      { retryAfterMs: this.#day.endsAtMs - this.#nowMs() },
    )
    for (const waiter of this.#waiting[lane]) waiter.refuse(error)
    this.#waiting[lane].clear()
  }
}
