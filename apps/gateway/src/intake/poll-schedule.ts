import type { PollResult, RegistrationRow } from '../store/registrations.ts'
import { ageFactor } from './poll-pace.ts'

export interface PollIntervals {
  /** For new encounters that wait for their signature; older ones are polled less often (`ageFactor`). */
  readonly openMs: number
  /** For signed encounters, in case they are re-opened. */
  readonly signedMs: number
  /** How long after the signature an encounter is still polled. */
  readonly reopenWatchMs: number
  /** The longest pause after consecutive failures that may pass. */
  readonly maxBackoffMs: number
  /** The longest pause while the EHR does not know the encounter, or refuses the request. */
  readonly maxRefusedBackoffMs: number
  /** The watch ends after the EHR has refused the encounter for this long without a break. */
  readonly maxRefusedMs: number
  /** The watch ends when the encounter has not been signed for this long. */
  readonly maxOpenMs: number
}

/** What the EHR said, or why it could not be asked. */
export type PollAnswer =
  | { readonly kind: 'status'; readonly status: string }
  /** The EHR has an encounter with this id, of a patient other than the registered one. */
  | { readonly kind: 'other_patient' }
  | { readonly kind: 'not_found' }
  /** It was not asked: the polls have used their part of the day for now. */
  | { readonly kind: 'not_asked' }
  | {
      readonly kind: 'failed'
      readonly code: string
      /** Asking again the same way cannot help. */
      readonly isPermanent: boolean
      readonly retryAfterMs: number | undefined
    }

export interface PollDecision extends PollResult {
  readonly action: 'none' | 'admit' | 'admit_again' | 'reopen'
}

export type PolledRegistration = Pick<
  RegistrationRow,
  'watch' | 'watch_until' | 'registered_at' | 'failure_count' | 'refused_since' | 'last_error_code'
>

/** Final statuses: after them FHIR defines no change that matters to us. */
const endedStatuses: ReadonlySet<string> = new Set(['cancelled', 'entered-in-error'])

/** Codes that only registrations show. They are in docs/errors.md, too. */
const unknownCode = 'encounter_unknown'
const neverSignedCode = 'encounter_never_signed'

/** Failures because of this encounter. Other permanent failures, such as a refused client, are not because of it. */
const refusals: ReadonlySet<string> = new Set([
  unknownCode,
  'ehr_not_found',
  'ehr_bad_request',
  'ehr_forbidden',
  'ehr_too_large',
  'ehr_foreign_link',
  'ehr_link_loop',
])

/**
 * Decides by the status that was read, never by the signal that caused the poll. A pure function, so that every case is a row of a test.
 *
 * Every watch ends: `signed` at `watch_until`, whatever its polls say; `open` when the EHR has refused the encounter for too long, when it
 * has not been signed for too long, or at once when it was cancelled or entered in error. Both end at once when the encounter is another
 * patient's. `endCode` says why, except for the regular end of `signed` and for a cancelled encounter.
 */
export function decidePoll(
  row: PolledRegistration,
  answer: PollAnswer,
  now: Date,
  intervals: PollIntervals,
): PollDecision {
  const after = (ms: number) => new Date(now.getTime() + ms)
  const openedAt = openSince(row, intervals)
  const openMs = intervals.openMs * ageFactor(now.getTime() - openedAt.getTime())
  const usualMs = row.watch === 'signed' ? intervals.signedMs : openMs
  const quiet = {
    action: 'none' as const,
    watch: row.watch,
    errorCode: null,
    endCode: null,
    failureCount: 0,
    refusedSince: null,
  }
  /** The watch continues until `nextPollAt`, unless it is over. */
  const keepWatching = (
    decision: Omit<PollDecision, 'nextPollAt'>,
    delayMs: number,
  ): PollDecision => {
    const next = after(delayMs)
    if (decision.watch === 'open') {
      return now.getTime() - openedAt.getTime() >= intervals.maxOpenMs
        ? { ...decision, watch: 'ended', endCode: neverSignedCode, nextPollAt: now }
        : { ...decision, nextPollAt: next }
    }
    const until = decision.watchUntil ?? row.watch_until ?? next
    return until <= now
      ? { ...decision, watch: 'ended', nextPollAt: now }
      : { ...decision, nextPollAt: next < until ? next : until }
  }
  const backOff = (errorCode: string, maxMs: number, askedMs: number) => {
    const refusedSince = refusals.has(errorCode) ? (row.refused_since ?? now) : row.refused_since
    const failing = { ...quiet, errorCode, refusedSince, failureCount: row.failure_count + 1 }
    if (
      row.watch === 'open' &&
      refusals.has(errorCode) &&
      refusedSince !== null &&
      now.getTime() - refusedSince.getTime() >= intervals.maxRefusedMs
    )
      return { ...failing, watch: 'ended' as const, endCode: errorCode, nextPollAt: now }
    const backoffMs = Math.min(usualMs * 2 ** row.failure_count, Math.max(maxMs, usualMs))
    return keepWatching(failing, Math.max(backoffMs, askedMs))
  }

  switch (answer.kind) {
    case 'not_asked':
      return keepWatching(
        {
          ...quiet,
          errorCode: row.last_error_code,
          failureCount: row.failure_count,
          refusedSince: row.refused_since,
        },
        usualMs,
      )
    case 'failed': {
      const { code, isPermanent, retryAfterMs } = answer
      const maxMs = isPermanent ? intervals.maxRefusedBackoffMs : intervals.maxBackoffMs
      return backOff(code, maxMs, retryAfterMs ?? 0)
    }
    case 'not_found':
      // The EHR's own index may be behind the registration: keep polling for a while, and show the code.
      return backOff(unknownCode, intervals.maxRefusedBackoffMs, 0)
    case 'other_patient': {
      const code = 'ehr_wrong_patient'
      return { ...quiet, errorCode: code, watch: 'ended', endCode: code, nextPollAt: now }
    }
    case 'status': {
      const encounterStatus = answer.status
      if (encounterStatus === 'finished') {
        const signed = { ...quiet, watch: 'signed' as const, encounterStatus }
        if (row.watch === 'signed') return keepWatching(signed, intervals.signedMs)
        return keepWatching(
          {
            ...signed,
            action: row.watch_until === null ? 'admit' : 'admit_again',
            watchUntil: after(intervals.reopenWatchMs),
          },
          intervals.signedMs,
        )
      }
      if (endedStatuses.has(encounterStatus) && row.watch === 'open')
        return { ...quiet, watch: 'ended', encounterStatus, nextPollAt: now }
      if (row.watch === 'signed') {
        const reopened = { ...quiet, action: 'reopen' as const, watch: 'open' as const }
        return { ...reopened, encounterStatus, nextPollAt: after(intervals.openMs) }
      }
      return keepWatching({ ...quiet, encounterStatus }, openMs)
    }
    default:
      return answer satisfies never
  }
}

/** Since when it has waited for its signature: a re-opened encounter since it was signed before. */
function openSince(
  { registered_at, watch_until }: PolledRegistration,
  { reopenWatchMs }: PollIntervals,
): Date {
  return watch_until === null ? registered_at : new Date(watch_until.getTime() - reopenWatchMs)
}
