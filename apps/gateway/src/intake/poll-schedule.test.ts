import { describe, expect, it } from 'vitest'
import { decidePoll, type PollAnswer } from './poll-schedule.ts'

const now = new Date('2026-06-15T10:00:00Z')
const intervals = {
  openMs: 5000,
  signedMs: 300_000,
  reopenWatchMs: 86_400_000,
  maxBackoffMs: 60_000,
}
const open = {
  watch: 'open' as const,
  watch_until: null,
  encounter_status: null,
  last_error_code: null,
}
const signed = { ...open, watch: 'signed' as const, watch_until: new Date('2026-06-16T10:00:00Z') }
const status = (word: string): PollAnswer => ({ kind: 'status', status: word })
const failed = (retryAfterMs?: number): PollAnswer => ({
  kind: 'failed',
  code: 'ehr_timeout',
  retryAfterMs,
})

describe('what a poll leads to', () => {
  it.each([
    { row: open, answer: status('finished'), action: 'admit', watch: 'signed', afterMs: 300_000 },
    { row: open, answer: status('in-progress'), action: 'none', watch: 'open', afterMs: 5000 },
    { row: open, answer: status('planned'), action: 'none', watch: 'open', afterMs: 5000 },
    { row: open, answer: status('cancelled'), action: 'none', watch: 'ended', afterMs: 0 },
    { row: signed, answer: status('finished'), action: 'none', watch: 'signed', afterMs: 300_000 },
    { row: signed, answer: status('in-progress'), action: 'reopen', watch: 'open', afterMs: 5000 },
    {
      row: { ...signed, watch: 'open' as const },
      answer: status('finished'),
      action: 'admit_again',
      watch: 'signed',
      afterMs: 300_000,
    },
    {
      row: { ...signed, watch_until: now },
      answer: status('finished'),
      action: 'none',
      watch: 'ended',
      afterMs: 300_000,
    },
    { row: open, answer: failed(), action: 'none', watch: 'open', afterMs: 5000 },
    {
      row: { ...open, last_error_code: 'ehr_timeout' },
      answer: failed(),
      action: 'none',
      watch: 'open',
      afterMs: 20_000,
    },
    { row: open, answer: failed(90_000), action: 'none', watch: 'open', afterMs: 90_000 },
    { row: signed, answer: failed(), action: 'none', watch: 'signed', afterMs: 300_000 },
    {
      row: open,
      answer: { kind: 'not_found' } as const,
      action: 'none',
      watch: 'open',
      afterMs: 20_000,
    },
  ])(
    '$row.watch, $answer.kind $answer.status: $action, then $watch',
    ({ row, answer, action, watch, afterMs }) => {
      const decision = decidePoll(row, answer, now, intervals)

      expect(decision).toMatchObject({ action, watch })
      expect(decision.nextPollAt.getTime() - now.getTime()).toBe(afterMs)
    },
  )
})
