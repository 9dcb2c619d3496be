import { randomUUID } from 'node:crypto'
import type { SteadyClock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { fairSlots, type Neighbour } from './fair-slots.ts'
import { dayRequests, type DayRequests } from './day-requests.ts'
import { lanes, type PerLane, RateBudget, windowMs } from './rate-budget.ts'

/** What the nodes have agreed on, as one of them finds it while the others wait. Times are the store's. */
export interface Standing {
  /** Those whose lease has not run out. */
  readonly others: readonly { readonly nodeId: string; readonly slots: number }[]
  readonly nowMs: number
  /** Today, GMT. */
  readonly date: string
  readonly dayEndsInMs: number
  /** Requests of today that nodes have reserved, for polls and for all else. */
  readonly reserved: number
  /** Those of them for polls. */
  readonly reservedPolls: number
}

/** What a node says it has from now on. */
export interface Claim {
  readonly slots: number
  /** Adds to today's reserved requests; negative gives back. */
  readonly reserve: PerLane<number>
}

/** What a node leaves behind when it stops. */
export interface Farewell {
  /** Slots of requests whose second is not over, and how long nobody else may have them. */
  readonly slots: number
  readonly forMs: number
  readonly date: string
  readonly unused: PerLane<number>
}

/** Where the nodes that speak to one EHR write down who has what. */
export interface ShareStore {
  /** Nobody else changes anything between what `claim` is told and what is written; the lease begins after. Returns what was claimed. */
  renew<Result extends Claim>(
    nodeId: string,
    leaseMs: number,
    claim: (standing: Standing) => Result,
  ): Promise<Result>
  leave(nodeId: string, farewell: Farewell): Promise<void>
}

export interface RateShareOptions {
  readonly store: ShareStore
  readonly perSecond: number
  /** Starts anew at midnight GMT. */
  readonly perDay: number
  /** Of a day's requests at most this part goes to polls, 0..1. */
  readonly pollingShare: number
  readonly clock: SteadyClock
  readonly log: Pick<Log, 'warn' | 'info'>
}

/** The slots of a node that died are nobody's for so long. Long enough that two renewals may fail before anyone waits. */
const leaseMs = 8000
/** A request reaches the EHR at most so long after its node looked whether its lease had ended: the way there, with resent packets. */
const transitMs = 2000
/** After a node's end its last request is a second old at the EHR, wherever on its way it was. */
export const farewellMs = windowMs + transitMs
/** A node counts its lease from before it asked, and ends it early enough that its last requests are a second old when the lease ends. */
const usableMs = leaseMs - farewellMs
const dayMs = 86_400_000
const renewEveryMs = 2000
/** A slot serves at most so many requests in a lease. */
const requestsPerLease = Math.ceil(leaseMs / windowMs)
/** While slots change hands. They do so at the pace of seconds: asking more often would not make it faster. */
const hurryMs = 500
/** How long a node is taken to need what it needed last: charts come in bursts, with pauses between. */
const calmMs = 6000
/** While there are fewer slots than nodes: how long each has one. Longer than the hand-over by far. */
const turnMs = 15_000
/** Why a sleep ends early; without a reason each abort would make an exception with its stack. */
const woken = 'woken'

/**
 * This node's part of the EHR's rate.
 *
 * The sum of the slots that nodes have written down never exceeds the limit, and a node never uses more than it has written: it
 * lowers its limit before it writes, by what is not in use, and raises it after. A day's requests are reserved in small blocks in
 * the same transaction, so that neither more nodes nor a restart exceed the day.
 */
export class RateShare {
  readonly budget: RateBudget
  readonly #options: RateShareOptions
  readonly #nodeId = randomUUID()
  readonly #stopping = new AbortController()
  #loop: Promise<void> | undefined
  #stopped: Promise<void> | undefined
  #wake = Promise.withResolvers<void>()
  #isShort = false
  #wanted = { slots: 1, atMs: Number.NEGATIVE_INFINITY }
  #known = new Map<string, { readonly slots: number; readonly grewAtMs: number }>()
  #isFailing = false
  #toldPerSecond = Number.POSITIVE_INFINITY
  #polls: { readonly left: number; readonly dayEndsAtMs: number } | undefined
  readonly #day: DayRequests

  constructor(options: RateShareOptions) {
    this.#options = options
    this.#day = dayRequests(options)
    this.budget = new RateBudget({
      perDay: options.perDay,
      clock: options.clock,
      onShort: (want) => this.#hear(want),
    })
  }

  start(): void {
    this.#loop ??= this.#renewForever()
  }

  /** Stop whoever sends first: nobody gets a slot any more. */
  stop(): Promise<void> {
    this.#stopped ??= this.#leave()
    return this.#stopped
  }

  /** What polls of all nodes may use of a day. */
  get pollsPerDay(): number {
    return this.#day.polls
  }

  /** Polls have used what they may use by now, as far as this node can tell. */
  get arePollsAhead(): boolean {
    return this.budget.arePollsAhead
  }

  /** What polls of all nodes may still use of the day, and how long it lasts. */
  get pollsLeft(): { readonly requests: number; readonly ms: number } {
    const polls = this.#polls
    const ms = polls === undefined ? 0 : polls.dayEndsAtMs - this.#options.clock.monotonicMs()
    return polls === undefined || ms <= 0
      ? { requests: this.#day.polls, ms: dayMs }
      : { requests: polls.left, ms }
  }

  #hear(want: 'slots' | 'room'): void {
    const isNews = want === 'room' || this.#wanted.slots < this.#perSecond
    if (want === 'slots') this.#isShort = true
    if (isNews) this.#wake.resolve()
  }

  /** Ours, or the EHR's own where that is lower. Each node learns it from its own answers, and leaves the others less. */
  get #perSecond(): number {
    const { perSecond, log } = this.#options
    const { reportedPerSecond } = this.budget
    if (reportedPerSecond < Math.min(perSecond, this.#toldPerSecond)) {
      this.#toldPerSecond = reportedPerSecond
      log.warn(
        { count: reportedPerSecond },
        'the EHR takes fewer requests per second than Ehr__RequestsPerSecond; its limit is kept to',
      )
    }
    return Math.min(perSecond, reportedPerSecond)
  }

  async #renewForever(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers()
      const delayMs = await this.#renew()
      await this.#sleep(Math.min(hurryMs, delayMs))
      if (delayMs > hurryMs) await this.#sleepUnlessWoken(delayMs - hurryMs)
    }
  }

  /** Returns how long the next one has time. */
  async #renew(): Promise<number> {
    const { store, clock, log } = this.#options
    const sentAtMs = clock.monotonicMs()
    try {
      const agreed = await store.renew(this.#nodeId, leaseMs, (standing) => this.#claim(standing))
      const { limit, reserve, date, dayEndsInMs, isSpent, pollsLeft, isSettled } = agreed
      this.budget.allow({
        slots: limit,
        leaseEndsAtMs: sentAtMs + usableMs,
        day: {
          date,
          endsAtMs: sentAtMs + dayEndsInMs,
          added: {
            poll: Math.max(0, reserve.poll),
            chart: Math.max(0, reserve.chart),
            write: Math.max(0, reserve.write),
          },
          isSpent,
          arePollsAhead: agreed.arePollsAhead,
        },
      })
      this.#polls = { left: pollsLeft, dayEndsAtMs: sentAtMs + dayEndsInMs }
      if (this.#isFailing) log.info("this node's part of the EHR's rate is renewed again")
      this.#isFailing = false
      return Math.min(isSettled ? renewEveryMs : hurryMs, dayEndsInMs)
    } catch (error) {
      if (!this.#isFailing)
        log.warn({ error }, "this node's part of the EHR's rate cannot be renewed; trying again")
      this.#isFailing = true
      return hurryMs
    }
  }

  /** Decides what to have, and lets go of the rest before it is written that we have less. */
  #claim(standing: Standing) {
    const perSecond = this.#perSecond
    const { others, nowMs, date, dayEndsInMs } = standing
    const { neighbours, isChanged } = this.#look(others)
    const goal =
      others.length === 0
        ? perSecond
        : Math.min(
            this.#want(),
            fairSlots({
              total: perSecond,
              nodeId: this.#nodeId,
              others: neighbours,
              turn: Math.floor(nowMs / turnMs),
            }),
          )
    this.budget.lowerTo(goal)
    const free = others.reduce((left, { slots }) => left - slots, perSecond)
    const slots = Math.max(0, Math.min(free, Math.max(goal, this.budget.inUse)))
    const limit = Math.min(goal, slots)
    return {
      slots,
      limit,
      date,
      dayEndsInMs,
      isSettled: slots === goal && !isChanged,
      ...this.#reserve(standing, limit * requestsPerLease),
    }
  }

  /** As many of the day's requests as we can send before the lease ends. */
  #reserve(standing: Standing, wanted: number) {
    const room = this.budget.roomOf(standing.date)
    const share = this.#day.share({ ...standing, nodes: standing.others.length + 1, room, wanted })
    for (const lane of lanes)
      if (share.reserve[lane] < 0) this.budget.reduceRoom(lane, -share.reserve[lane])
    return share
  }

  /** What the others hold, and who of them was given more lately. */
  #look(others: Standing['others']) {
    const nowMs = this.#options.clock.monotonicMs()
    const before = this.#known
    this.#known = new Map(
      others.map(({ nodeId, slots }) => {
        const known = before.get(nodeId)
        const grew = known === undefined || slots > known.slots
        return [nodeId, { slots, grewAtMs: grew ? nowMs : known.grewAtMs }]
      }),
    )
    const neighbours: Neighbour[] = others.map((other) => ({
      ...other,
      isGrowing: nowMs - (this.#known.get(other.nodeId)?.grewAtMs ?? nowMs) < calmMs,
    }))
    const isChanged =
      before.size !== others.length ||
      others.some(({ nodeId, slots }) => before.get(nodeId)?.slots !== slots)
    return { neighbours, isChanged }
  }

  /** All, if a request had to wait lately; else as many as were in use at a time, at least one for the next request. */
  #want(): number {
    const nowMs = this.#options.clock.monotonicMs()
    const needed = this.#isShort ? this.#perSecond : Math.max(1, this.budget.mostInUse)
    this.#isShort = false
    if (needed >= this.#wanted.slots || nowMs - this.#wanted.atMs >= calmMs) {
      this.#wanted = { slots: needed, atMs: nowMs }
      this.budget.forgetMostInUse()
    }
    return this.#wanted.slots
  }

  async #leave(): Promise<void> {
    this.#stopping.abort()
    this.#wake.resolve()
    await this.#loop
    const { inUse, inFlight } = this.budget
    const { date, unused } = this.budget.stop()
    if (this.#loop === undefined) return
    const forMs = inFlight > 0 ? farewellMs : windowMs
    try {
      await this.#options.store.leave(this.#nodeId, { slots: inUse, forMs, date, unused })
    } catch (error) {
      this.#options.log.warn(
        { error },
        "this node's part of the EHR's rate stays until its lease ends",
      )
    }
  }

  async #sleepUnlessWoken(delayMs: number): Promise<void> {
    const waking = new AbortController()
    const sleep = this.#sleep(delayMs, AbortSignal.any([waking.signal, this.#stopping.signal]))
    await Promise.race([sleep, this.#wake.promise])
    waking.abort(woken)
  }

  #sleep(delayMs: number, signal: AbortSignal = this.#stopping.signal): Promise<void> {
    return this.#options.clock.sleep(delayMs, signal).catch(() => undefined)
  }
}
