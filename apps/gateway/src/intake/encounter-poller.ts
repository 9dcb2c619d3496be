import { correlationIdOf, type EncounterRef } from '@authscript/prior-auth'
import { type Clock, timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { ClaimedRegistration } from '../store/registrations.ts'
import type { Store } from '../store/store.ts'
import { decidePoll, type PollAnswer, type PollIntervals } from './poll-schedule.ts'

/** The EHR as this room needs it. */
export interface EncounterStatusSource {
  readEncounterStatus(
    ref: EncounterRef,
    signal: AbortSignal,
  ): Promise<{ readonly status: string } | undefined>
}

export interface EncounterPollerOptions {
  readonly store: Store
  readonly ehr: EncounterStatusSource
  admit(ref: EncounterRef, again: boolean): Promise<unknown>
  reopen(ref: EncounterRef): Promise<unknown>
  readonly intervals: PollIntervals
  readonly maxConcurrentPolls: number
  readonly clock: Clock
  readonly log: Log
}

/** How long a claimed row is hidden from other nodes: if this one dies meanwhile, another polls it then. */
const claimMs = 60_000
/** A poll that takes longer is given up before its claim ends, so that no two nodes poll one visit at a time. */
const longestPollMs = 50_000
const idleMs = 1000

/**
 * Watches the registered visits: asks the EHR for each one's state when it is due, and hands the signed ones on. The detector only:
 * it never processes (the seed's AthenaPollingService).
 */
export class EncounterPoller {
  readonly #options: EncounterPollerOptions
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #wake = Promise.withResolvers<void>()

  constructor(options: EncounterPollerOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop = this.#pollForever()
  }

  /** A registration was added: look now. */
  wake(): void {
    this.#wake.resolve()
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('poller stopped'))
    this.wake()
    await this.#loop
  }

  async #pollForever(): Promise<void> {
    const { store, clock, log, maxConcurrentPolls, intervals } = this.#options
    const { signal } = this.#stopping
    const running = new Set<Promise<void>>()
    while (!signal.aborted) {
      let claimed: readonly ClaimedRegistration[] = []
      try {
        this.#wake = Promise.withResolvers()
        claimed = await store.registrations.claimDue(claimMs, maxConcurrentPolls - running.size)
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
        idle.abort()
      }
    }
    await Promise.all(running)
  }

  async #poll(row: ClaimedRegistration): Promise<void> {
    const { store, log, intervals, admit, reopen } = this.#options
    const ref = {
      practiceId: row.practice_id,
      patientId: row.patient_id,
      encounterId: row.encounter_id,
    }
    const correlationId = correlationIdOf(ref.encounterId)
    try {
      const answer = await this.#ask(ref)
      if (this.#stopping.signal.aborted && answer.kind === 'failed') return
      const now = row.claimed_at
      const { action, ...result } = decidePoll(row, answer, now, intervals)
      if (answer.kind === 'failed' && row.last_error_code !== answer.code) {
        log.warn({ correlationId, code: answer.code }, 'poll failed')
      }
      // The effect first: a crash between the two polls again, and admitting again is admitting once.
      if (action === 'admit' || action === 'admit_again') await admit(ref, action === 'admit_again')
      if (action === 'reopen') await reopen(ref)
      await store.registrations.recordPoll(ref, result, now)
    } catch (error) {
      log.error({ correlationId, error }, 'a poll could not be recorded; it is repeated')
    }
  }

  async #ask(ref: EncounterRef): Promise<PollAnswer> {
    using limit = timeLimit(this.#stopping.signal, longestPollMs)
    try {
      const found = await this.#options.ehr.readEncounterStatus(ref, limit.signal)
      return found === undefined ? { kind: 'not_found' } : { kind: 'status', status: found.status }
    } catch (error) {
      const known = error instanceof GatewayError
      return {
        kind: 'failed',
        code: known ? error.code : 'poll_failed',
        retryAfterMs: known ? error.retryAfterMs : undefined,
      }
    }
  }
}
