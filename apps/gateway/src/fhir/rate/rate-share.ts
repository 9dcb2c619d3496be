import { bothNames } from '../../config/both-names.ts'
import { randomUUID } from 'node:crypto'
import type { SteadyClock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { fairSlots, type Neighbour } from './fair-slots.ts'
import { dayRequests, type DayRequests } from './day-requests.ts'
import { lanes, type PerLane, RateBudget, windowMs } from './rate-budget.ts'

/** The shares of all nodes and what they have reserved today, read by one of them under a lock. Times are those of the database. */
export interface ShareState {
  /** Other nodes with a valid lease. */
  readonly others: readonly { readonly nodeId: string; readonly slots: number }[]
  readonly nowMs: number
  /** Today, GMT. */
  readonly date: string
  readonly dayEndsInMs: number
  /** Requests of today that all nodes have reserved. */
  readonly reserved: number
  /** The part of `reserved` that is for polls. */
  readonly reservedPolls: number
}

/** What a node claims for its next lease. */
export interface Claim {
  readonly slots: number
  /** Adds to today's reserved requests; a negative number releases them. */
  readonly reserve: PerLane<number>
}

/** What a node records when it stops. */
export interface NodeDeparture {
  /** Slots that are still in use, and how long no other node may have them. */
  readonly slots: number
  readonly forMs: number
  readonly date: string
  readonly unused: PerLane<number>
}

/** Stores the shares of all nodes that call one EHR. */
export interface ShareStore {
  /** Reads the state, calls `claim` and writes its result in one transaction; the lease begins after that. Returns the claim. */
  renew<Result extends Claim>(
    nodeId: string,
    leaseMs: number,
    claim: (state: ShareState) => Result,
  ): Promise<Result>
  leave(nodeId: string, departure: NodeDeparture): Promise<void>
}

export interface RateShareOptions {
  readonly store: ShareStore
  readonly perSecond: number
  /** Starts again at midnight GMT. */
  readonly perDay: number
  /** The maximum part of a day's requests for polls, 0..1. */
  readonly pollingShare: number
  readonly clock: SteadyClock
  readonly log: Pick<Log, 'warn' | 'info'>
}

/** How long the slots of a dead node stay unused. Long enough that two renewals may fail before a request has to wait. */
const leaseMs = 8000
/** Maximum time between the check of the lease and the arrival of the request at the EHR, including retransmissions. */
const transitMs = 2000
/** This long after a node stopped, its last request reached the EHR at least one second ago. */
export const shutdownGraceMs = windowMs + transitMs
/** A node counts its lease from before the renewal, and stops early enough that its last requests are a second old when the lease ends. */
const usableMs = leaseMs - shutdownGraceMs
const dayMs = 86_400_000
const renewEveryMs = 2000
/** Maximum requests of one slot during a lease. */
const requestsPerLease = Math.ceil(leaseMs / windowMs)
/** Renewal interval while slots move between nodes. Slots become free once a second, so a shorter interval would not help. */
const fastRenewMs = 500
/** How long a node keeps its last demand: charts come in bursts, with pauses between them. */
const demandHoldMs = 6000
/** While there are fewer slots than nodes: how long a node keeps a slot. Much longer than moving it takes. */
const turnMs = 15_000
/** The abort reason when a sleep ends early; without one, each abort would create an exception with a stack trace. */
const woken = 'woken'

/**
 * This node's share of the EHR's rate limit.
 *
 * The sum of the slots in the database never exceeds the limit, and a node never uses more than it has written there: it lowers its own
 * limit before it writes a lower number, and raises it after it wrote a higher one. A day's requests are reserved in small blocks in
 * the same transaction, so that neither additional nodes nor restarts exceed the daily budget.
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
  #loggedPerSecond = Number.POSITIVE_INFINITY
  #polls: { readonly left: number; readonly dayEndsAtMs: number } | undefined
  readonly #day: DayRequests

  constructor(options: RateShareOptions) {
    this.#options = options
    this.#day = dayRequests(options)
    this.budget = new RateBudget({
      perDay: options.perDay,
      clock: options.clock,
      onShortage: (want) => this.#onShortage(want),
    })
  }

  start(): void {
    this.#loop ??= this.#renewPeriodically()
  }

  /** Stop all senders first: no more slots are granted. */
  stop(): Promise<void> {
    this.#stopped ??= this.#leave()
    return this.#stopped
  }

  /** Requests that polls of all nodes may use per day. */
  get pollsPerDay(): number {
    return this.#day.polls
  }

  /** Whether polls have used what is released for them so far, as far as this node knows. */
  get arePollsAhead(): boolean {
    return this.budget.arePollsAhead
  }

  /** Requests that polls of all nodes may still use today, and the milliseconds until the day ends. */
  get pollsLeft(): { readonly requests: number; readonly ms: number } {
    const polls = this.#polls
    const ms = polls === undefined ? 0 : polls.dayEndsAtMs - this.#options.clock.monotonicMs()
    return polls === undefined || ms <= 0
      ? { requests: this.#day.polls, ms: dayMs }
      : { requests: polls.left, ms }
  }

  #onShortage(want: 'slots' | 'requests'): void {
    const needsRenewal = want === 'requests' || this.#wanted.slots < this.#perSecond
    if (want === 'slots') this.#isShort = true
    if (needsRenewal) this.#wake.resolve()
  }

  /** The configured rate, or the EHR's own if that is lower. Each node learns the EHR's rate from its own answers. */
  get #perSecond(): number {
    const { perSecond, log } = this.#options
    const { reportedPerSecond } = this.budget
    if (reportedPerSecond < Math.min(perSecond, this.#loggedPerSecond)) {
      this.#loggedPerSecond = reportedPerSecond
      log.warn(
        { count: reportedPerSecond },
        `the EHR allows fewer requests per second than ${bothNames('Ehr.RequestsPerSecond')}; using its limit`,
      )
    }
    return Math.min(perSecond, reportedPerSecond)
  }

  async #renewPeriodically(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers()
      const delayMs = await this.#renew()
      await this.#sleep(Math.min(fastRenewMs, delayMs))
      if (delayMs > fastRenewMs) await this.#sleepUnlessWoken(delayMs - fastRenewMs)
    }
  }

  /** Returns the milliseconds until the next renewal. */
  async #renew(): Promise<number> {
    const { store, clock, log } = this.#options
    const sentAtMs = clock.monotonicMs()
    try {
      const agreed = await store.renew(this.#nodeId, leaseMs, (state) => this.#claim(state))
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
      if (this.#isFailing) log.info("this node's share of the EHR's rate limit is renewed again")
      this.#isFailing = false
      return Math.min(isSettled ? renewEveryMs : fastRenewMs, dayEndsInMs)
    } catch (error) {
      if (!this.#isFailing)
        log.warn(
          { error },
          "this node's share of the EHR's rate limit cannot be renewed; trying again",
        )
      this.#isFailing = true
      return fastRenewMs
    }
  }

  /** Decides what to claim, and lowers the local limit before a lower claim is written. */
  #claim(state: ShareState) {
    const perSecond = this.#perSecond
    const { others, nowMs, date, dayEndsInMs } = state
    const { neighbours, isChanged } = this.#observe(others)
    const target =
      others.length === 0
        ? perSecond
        : Math.min(
            this.#demand(),
            fairSlots({
              total: perSecond,
              nodeId: this.#nodeId,
              others: neighbours,
              turn: Math.floor(nowMs / turnMs),
            }),
          )
    this.budget.lowerTo(target)
    const free = others.reduce((left, { slots }) => left - slots, perSecond)
    const slots = Math.max(0, Math.min(free, Math.max(target, this.budget.inUse)))
    const limit = Math.min(target, slots)
    return {
      slots,
      limit,
      date,
      dayEndsInMs,
      isSettled: slots === target && !isChanged,
      ...this.#reserve(state, limit * requestsPerLease),
    }
  }

  /** Reserves as many of the day's requests as can be sent before the lease ends. */
  #reserve(state: ShareState, wanted: number) {
    const available = this.budget.availableOn(state.date)
    const share = this.#day.share({
      ...state,
      nodes: state.others.length + 1,
      available,
      wanted,
    })
    for (const lane of lanes)
      if (share.reserve[lane] < 0) this.budget.withdraw(lane, -share.reserve[lane])
    return share
  }

  /** The slots of the other nodes, and which of them received more recently. */
  #observe(others: ShareState['others']) {
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
      isGrowing: nowMs - (this.#known.get(other.nodeId)?.grewAtMs ?? nowMs) < demandHoldMs,
    }))
    const isChanged =
      before.size !== others.length ||
      others.some(({ nodeId, slots }) => before.get(nodeId)?.slots !== slots)
    return { neighbours, isChanged }
  }

  /** All slots if a request had to wait recently; otherwise the maximum that was in use, at least one for the next request. */
  #demand(): number {
    const nowMs = this.#options.clock.monotonicMs()
    const needed = this.#isShort ? this.#perSecond : Math.max(1, this.budget.maxInUse)
    this.#isShort = false
    if (needed >= this.#wanted.slots || nowMs - this.#wanted.atMs >= demandHoldMs) {
      this.#wanted = { slots: needed, atMs: nowMs }
      this.budget.resetMaxInUse()
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
    const forMs = inFlight > 0 ? shutdownGraceMs : windowMs
    try {
      await this.#options.store.leave(this.#nodeId, { slots: inUse, forMs, date, unused })
    } catch (error) {
      this.#options.log.warn(
        { error },
        "this node's share of the EHR's rate limit stays reserved until its lease ends",
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
