import type { SteadyClock } from '../../clock.ts'
import { EhrQuotaExhaustedError } from '../fhir-errors.ts'
import { AskedPause } from './asked-pause.ts'

export type Lane = 'poll' | 'chart'

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
    readonly added: number
    /** Nothing is left to reserve before the day ends. */
    readonly isSpent: boolean
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
 * Polls and chart reads take turns when both wait, so neither starves the other.
 */
export class RateBudget {
  readonly #options: RateBudgetOptions
  readonly #closing = new AbortController()
  readonly #waiting: Record<Lane, Set<Waiter>> = { poll: new Set(), chart: new Set() }
  #lastLane: Lane = 'poll'
  #limit = 0
  #reportedPerSecond = Number.POSITIVE_INFINITY
  #leaseEndsAtMs = Number.NEGATIVE_INFINITY
  /** Counts the leases that followed one that had run out. */
  #lease = 0
  #day = { date: '', endsAtMs: Number.NEGATIVE_INFINITY, isSpent: false }
  #room = 0
  #today = 0
  #inUse = 0
  #inFlight = 0
  #mostInUse = 0
  readonly #askedPause = new AskedPause()

  constructor(options: RateBudgetOptions) {
    this.#options = options
  }

  /** Requests begun by this node since midnight GMT. */
  get spentToday(): number {
    return this.#today
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
   * Waits for a slot.
   *
   * @throws {EhrQuotaExhaustedError} when the day's budget is spent
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
    if (this.#isDaySpent(nowMs)) return { reason: 'day_spent', forMs: this.#day.endsAtMs - nowMs }
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
  roomOf(date: string): number {
    return date === this.#day.date ? this.#room : 0
  }

  /** Takes reserved requests out of use, to give them back. */
  reduceRoom(count: number): void {
    this.#room = Math.max(0, this.#room - count)
  }

  allow({ slots, leaseEndsAtMs, day }: Allowance): void {
    if (this.#nowMs() >= this.#leaseEndsAtMs) this.#lease += 1
    this.#limit = slots
    this.#leaseEndsAtMs = leaseEndsAtMs
    if (day.date !== this.#day.date) {
      this.#today = 0
      this.#room = 0
    }
    this.#day = day
    this.#room += day.added
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
  stop(): { readonly date: string; readonly unused: number } {
    const left = { date: this.#day.date, unused: this.#room }
    this.#limit = 0
    this.#leaseEndsAtMs = Number.NEGATIVE_INFINITY
    this.#room = 0
    this.#closing.abort()
    return left
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs()
  }

  #serve(): void {
    for (let waiter = this.#first(); waiter !== undefined; waiter = this.#first()) {
      const obstacle = this.#obstacle()
      if (obstacle === 'day_spent') return this.#refuseAll()
      if (obstacle === 'slots' || obstacle === 'room') this.#options.onShort(obstacle)
      if (obstacle !== undefined) return
      this.#waiting[waiter.lane].delete(waiter.waiter)
      this.#lastLane = waiter.lane
      waiter.waiter.grant(this.#take())
    }
  }

  #first(): { readonly lane: Lane; readonly waiter: Waiter } | undefined {
    const turns: readonly Lane[] = this.#lastLane === 'poll' ? ['chart', 'poll'] : ['poll', 'chart']
    for (const lane of turns) {
      const [waiter] = this.#waiting[lane]
      if (waiter !== undefined) return { lane, waiter }
    }
    return undefined
  }

  /** What keeps the next request waiting. The next renewal ends the first two, and brings a new day. */
  #obstacle(): 'slots' | 'room' | 'lease' | 'pause' | 'day_spent' | undefined {
    const nowMs = this.#nowMs()
    if (this.#isDaySpent(nowMs)) return 'day_spent'
    if (nowMs >= this.#day.endsAtMs || nowMs >= this.#leaseEndsAtMs) return 'lease'
    if (nowMs < this.#askedPause.untilMs) return 'pause'
    if (this.#room === 0) return 'room'
    return this.#inUse >= this.#limit ? 'slots' : undefined
  }

  #isDaySpent(nowMs: number): boolean {
    return nowMs < this.#day.endsAtMs && this.#room === 0 && this.#day.isSpent
  }

  #take(): Slot {
    this.#inUse += 1
    this.#inFlight += 1
    this.#mostInUse = Math.max(this.#mostInUse, this.#inUse)
    this.#today += 1
    this.#room -= 1
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

  #refuseAll(): void {
    const error = new EhrQuotaExhaustedError(
      `the daily budget of ${this.#options.perDay} requests to the EHR is spent; it starts anew at midnight GMT (Ehr__RequestsPerDay)`,
      { retryAfterMs: this.#day.endsAtMs - this.#nowMs() },
    )
    for (const waiters of Object.values(this.#waiting)) {
      for (const waiter of waiters) waiter.refuse(error)
      waiters.clear()
    }
  }
}
