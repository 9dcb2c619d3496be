import type { RegistrationRow } from '../store/registrations.ts'

export interface PollIntervals {
  readonly openMs: number
  /** For visits that were signed, in case they are re-opened. */
  readonly signedMs: number
  /** How long after the signature a visit is still looked at. */
  readonly reopenWatchMs: number
  /** The longest pause after failures in a row. */
  readonly maxBackoffMs: number
}

/** What the EHR said, or why it could not be asked. */
export type PollAnswer =
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'failed'; readonly code: string; readonly retryAfterMs: number | undefined }

export interface PollDecision {
  readonly action: 'none' | 'admit' | 'admit_again' | 'reopen'
  readonly encounterStatus?: string
  readonly errorCode: string | null
  readonly watch: RegistrationRow['watch']
  readonly watchUntil?: Date
  readonly nextPollAt: Date
}

/** Statuses after which FHIR knows no further change that would matter to us. */
const endedStatuses: ReadonlySet<string> = new Set(['cancelled', 'entered-in-error'])

/**
 * Decides by the state that was read, never by the signal that led to the reading: pure, so that every case is a row of a test.
 * A failed poll changes nothing but the time of the next one.
 */
export function decidePoll(
  row: Pick<RegistrationRow, 'watch' | 'watch_until' | 'encounter_status' | 'last_error_code'>,
  answer: PollAnswer,
  now: Date,
  intervals: PollIntervals,
): PollDecision {
  const after = (ms: number) => new Date(now.getTime() + ms)
  const quiet = { action: 'none' as const, watch: row.watch, errorCode: null }

  switch (answer.kind) {
    case 'failed': {
      const usual = row.watch === 'signed' ? intervals.signedMs : intervals.openMs
      // A second failure in a row waits longer: an EHR in trouble is not asked at full pace.
      const backoff =
        row.last_error_code === null ? usual : Math.min(usual * 4, intervals.maxBackoffMs)
      return {
        ...quiet,
        errorCode: answer.code,
        nextPollAt: after(Math.max(backoff, answer.retryAfterMs ?? 0)),
      }
    }
    case 'not_found':
      // The registration may be ahead of the EHR's own index: keep looking, and say so.
      return {
        ...quiet,
        errorCode: 'encounter_unknown',
        nextPollAt: after(Math.min(intervals.openMs * 4, intervals.maxBackoffMs)),
      }
    case 'status': {
      const encounterStatus = answer.status
      if (encounterStatus === 'finished') {
        const signed = { watch: 'signed' as const, nextPollAt: after(intervals.signedMs) }
        if (row.watch === 'signed') {
          const over = row.watch_until !== null && row.watch_until <= now
          return {
            ...quiet,
            ...signed,
            encounterStatus,
            ...(over ? { watch: 'ended' as const } : {}),
          }
        }
        return {
          ...quiet,
          ...signed,
          action: row.watch_until === null ? 'admit' : 'admit_again',
          encounterStatus,
          watchUntil: after(intervals.reopenWatchMs),
        }
      }
      if (endedStatuses.has(encounterStatus) && row.watch === 'open') {
        return { ...quiet, watch: 'ended', encounterStatus, nextPollAt: now }
      }
      if (row.watch === 'signed') {
        return {
          ...quiet,
          action: 'reopen',
          watch: 'open',
          encounterStatus,
          nextPollAt: after(intervals.openMs),
        }
      }
      return { ...quiet, encounterStatus, nextPollAt: after(intervals.openMs) }
    }
    default:
      return answer satisfies never
  }
}
