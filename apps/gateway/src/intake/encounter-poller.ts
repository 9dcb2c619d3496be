import { correlationIdOf, type EncounterRef } from '@authscript/prior-auth'
import { type SteadyClock, timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { ClaimedRegistration, PollResult } from '../store/registrations.ts'
import { ageStepsMs, atPace, pollPace, type WatchedCounts } from './poll-pace.ts'
import { decidePoll, type PollAnswer, type PollIntervals } from './poll-schedule.ts'

/** The EHR as this module needs it. */
export interface EncounterStatusSource {
  readEncounterStatus(
    ref: EncounterRef,
    signal: AbortSignal,
  ): Promise<{ readonly status: string; readonly isOtherPatient: boolean } | undefined>
}

/** The registrations as this module needs them. */
export interface WatchedRegistrations {
  claimDue(claimMs: number, limit: number): Promise<readonly ClaimedRegistration[]>
  releaseClaim(ref: EncounterRef, claimedAt: Date): Promise<void>
  recordPoll(ref: EncounterRef, result: PollResult, polledAt: Date): Promise<void>
  countWatched(ageStepsMs: readonly number[], reopenWatchMs: number): Promise<WatchedCounts>
}

/** The polls' part of the EHR's day, on all nodes together. */
export interface PollBudget {
  readonly pollsLeft: { readonly requests: number; readonly ms: number }
  readonly pollsPerDay: number
  /** Polls have used what is released for them so far today. */
  readonly arePollsAhead: boolean
}

export interface EncounterPollerOptions {
  readonly registrations: WatchedRegistrations
  readonly ehr: EncounterStatusSource
  readonly budget: PollBudget
  admit(ref: EncounterRef, again: boolean): Promise<unknown>
  reopen(ref: EncounterRef): Promise<unknown>
  readonly intervals: PollIntervals
  readonly maxConcurrentPolls: number
  readonly clock: SteadyClock
  readonly log: Log
}

/** How long a claimed row is hidden from other nodes: if this one dies meanwhile, another polls it then. */
const claimMs = 60_000
/** A poll that takes longer is aborted before its claim ends, so that no two nodes poll one encounter at the same time. */
const maxPollMs = 50_000
const idleMs = 1000
/** The reason of an abort that only ends a wait; without one, each abort would create an exception with a stack trace. */
const woken = 'woken'
const pollFailedCode = 'poll_failed'
/** How long one count of the registrations decides the intervals. */
const paceMs = 10_000

/**
 * Watches the registered encounters: asks the EHR for the status of each when it is due, and admits the signed ones. It only detects and
 * never processes (the seed's AthenaPollingService).
 */
export class EncounterPoller {
  readonly #options: EncounterPollerOptions
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #wake = Promise.withResolvers<void>()
  #intervals: PollIntervals
  #pacedAtMs = Number.NEGATIVE_INFINITY
  #isHolding = false

  constructor(options: EncounterPollerOptions) {
    this.#options = options
    this.#intervals = options.intervals
  }

  start(): void {
    this.#loop = this.#pollUntilStopped()
  }

  /** A registration was added: polls now what is due. */
  wake(): void {
    this.#wake.resolve()
  }

  /** Begins no poll until `takeUp`: other nodes poll. */
  hold(): void {
    this.#isHolding = true
  }

  takeUp(): void {
    this.#isHolding = false
    this.wake()
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('poller stopped'))
    this.wake()
    await this.#loop
  }

  async #pollUntilStopped(): Promise<void> {
    const { registrations, budget, clock, log, maxConcurrentPolls, intervals } = this.#options
    const { signal } = this.#stopping
    const running = new Set<Promise<void>>()
    while (!signal.aborted) {
      let claimed: readonly ClaimedRegistration[] = []
      try {
        this.#wake = Promise.withResolvers()
        await this.#adaptPace()
        // Due encounters stay in the table, where any node finds them; a claim would expire while it waits.
        if (!budget.arePollsAhead && !this.#isHolding)
          claimed = await registrations.claimDue(claimMs, maxConcurrentPolls - running.size)
      } catch (error) {
        log.error({ error }, 'polling failed; trying again')
      }
      for (const row of claimed) {
        const poll = this.#poll(row).finally(() => running.delete(poll))
        running.add(poll)
      }
      if (running.size >= maxConcurrentPolls) {
        await Promise.race(running)
      } else if (claimed.length === 0) {
        const idle = new AbortController()
        const wait = clock
          .sleep(Math.min(idleMs, intervals.openMs), idle.signal)
          .catch(() => undefined)
        await Promise.race([this.#wake.promise, wait])
        idle.abort(woken)
      }
    }
    await Promise.all(running)
  }

  /** Counts the registrations again every few seconds, so that their polls fit into what is left of the day. */
  async #adaptPace(): Promise<void> {
    const { registrations, budget, clock, intervals } = this.#options
    const nowMs = clock.monotonicMs()
    if (nowMs - this.#pacedAtMs < paceMs) return
    const watched = await registrations.countWatched(ageStepsMs, intervals.reopenWatchMs)
    const pace = pollPace({
      watched,
      intervals,
      left: budget.pollsLeft,
      requestsPerDay: budget.pollsPerDay,
    })
    this.#intervals = atPace(intervals, pace)
    this.#pacedAtMs = nowMs
  }

  async #poll(row: ClaimedRegistration): Promise<void> {
    const { registrations, log, admit, reopen } = this.#options
    const ref = {
      practiceId: row.practice_id,
      patientId: row.patient_id,
      encounterId: row.encounter_id,
    }
    const correlationId = correlationIdOf(ref.encounterId)
    try {
      const answer = await this.#ask(ref)
      const now = row.claimed_at
      // A restart must not hide the encounter from the other nodes until the claim expires.
      if (this.#stopping.signal.aborted && answer.kind === 'failed')
        return await registrations.releaseClaim(ref, now)
      const { action, ...result } = decidePoll(row, answer, now, this.#intervals)
      if (result.endCode !== null)
        log.warn({ correlationId, code: result.endCode }, 'this encounter is no longer watched')
      else if (result.errorCode !== null && row.last_error_code !== result.errorCode)
        log.warn({ correlationId, code: result.errorCode }, 'poll failed')
      // Admit first, record the poll afterwards: after a crash between the two it is polled again, and admitting is idempotent.
      if (action === 'admit' || action === 'admit_again') await admit(ref, action === 'admit_again')
      if (action === 'reopen') await reopen(ref)
      await registrations.recordPoll(ref, result, now)
    } catch (error) {
      log.error({ correlationId, error }, 'a poll could not be recorded; it is repeated')
    }
  }

  async #ask(ref: EncounterRef): Promise<PollAnswer> {
    using limit = timeLimit(this.#stopping.signal, maxPollMs)
    try {
      const found = await this.#options.ehr.readEncounterStatus(ref, limit.signal)
      if (found === undefined) return { kind: 'not_found' }
      return found.isOtherPatient
        ? { kind: 'other_patient' }
        : { kind: 'status', status: found.status }
    } catch (error) {
      // A request ends long before this limit: what took so long was the wait for the polls' share.
      if (limit.isOver) return { kind: 'not_asked' }
      const known = error instanceof GatewayError
      return {
        kind: 'failed',
        code: known ? error.code : pollFailedCode,
        isPermanent: known && error.kind === 'permanent',
        retryAfterMs: known ? error.retryAfterMs : undefined,
      }
    }
  }
}
