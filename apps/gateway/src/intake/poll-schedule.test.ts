import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decidePoll,
  type PollAnswer,
  type PollIntervals,
  type PolledRegistration,
} from './poll-schedule.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const now = new Date('2026-06-15T10:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const intervals: PollIntervals = {
  openMs: 5 * second,
  signedMs: 5 * minute,
  reopenWatchMs: day,
  maxBackoffMs: minute,
  maxRefusedBackoffMs: 15 * minute,
  maxRefusedMs: day,
  maxOpenMs: 30 * day,
}
const open: PolledRegistration = {
  watch: 'open',
  watch_until: null,
  registered_at: now,
  failure_count: 0,
  refused_since: null,
  last_error_code: null,
}
const signed: PolledRegistration = {
  ...open,
  watch: 'signed',
  watch_until: new Date('2026-06-16T09:00:00Z'),
}
const status = (encounterStatus: string): PollAnswer => ({
  kind: 'status',
  status: encounterStatus,
})
const failed = (retryAfterMs?: number): PollAnswer => ({
  kind: 'failed',
  code: 'ehr_timeout',
  isPermanent: false,
  retryAfterMs,
})
const refused = (code: string): PollAnswer => ({
  kind: 'failed',
  code,
  isPermanent: true,
  retryAfterMs: undefined,
})
const notFound: PollAnswer = { kind: 'not_found' }
const refusalCodes = [
  'ehr_not_found',
  'ehr_bad_request',
  'ehr_forbidden',
  'ehr_too_large',
  'ehr_foreign_link',
  'ehr_link_loop',
]
const delayOf = (decision: { readonly nextPollAt: Date }) =>
  decision.nextPollAt.getTime() - now.getTime()

describe('what a status leads to', () => {
  it.each([
    {
      row: open,
      encounterStatus: 'finished',
      action: 'admit',
      watch: 'signed',
      afterMs: 5 * minute,
    },
    { row: open, encounterStatus: 'in-progress', action: 'none', watch: 'open', afterMs: 5000 },
    { row: open, encounterStatus: 'planned', action: 'none', watch: 'open', afterMs: 5000 },
    { row: open, encounterStatus: 'cancelled', action: 'none', watch: 'ended', afterMs: 0 },
    { row: open, encounterStatus: 'entered-in-error', action: 'none', watch: 'ended', afterMs: 0 },
    {
      row: signed,
      encounterStatus: 'finished',
      action: 'none',
      watch: 'signed',
      afterMs: 5 * minute,
    },
    { row: signed, encounterStatus: 'in-progress', action: 'reopen', watch: 'open', afterMs: 5000 },
    {
      row: { ...signed, watch: 'open' as const },
      encounterStatus: 'finished',
      action: 'admit_again',
      watch: 'signed',
      afterMs: 5 * minute,
    },
  ])(
    '$row.watch, $encounterStatus: $action, then $watch',
    ({ row, encounterStatus, action, watch, afterMs }) => {
      const decision = decidePoll(row, status(encounterStatus), now, intervals)

      expect(decision).toMatchObject({
        action,
        watch,
        errorCode: null,
        endCode: null,
        failureCount: 0,
        refusedSince: null,
      })
      expect(delayOf(decision)).toBe(afterMs)
    },
  )

  it.each([
    { age: 'an hour', ageMs: hour, afterMs: 5 * second },
    { age: 'a day', ageMs: day, afterMs: 20 * second },
    { age: 'five days', ageMs: 5 * day, afterMs: minute },
    { age: 'three weeks', ageMs: 21 * day, afterMs: 5 * minute },
  ])('open for $age, the next poll is after $afterMs ms', ({ ageMs, afterMs }) => {
    const row = { ...open, registered_at: ago(ageMs) }

    expect(delayOf(decidePoll(row, status('in-progress'), now, intervals))).toBe(afterMs)
  })

  it('counts the age of a re-opened encounter from its signature', () => {
    const row = {
      ...open,
      registered_at: ago(20 * day),
      watch_until: new Date(now.getTime() + 23 * hour),
    }

    expect(delayOf(decidePoll(row, status('in-progress'), now, intervals))).toBe(5 * second)
  })

  it.each(['in-progress', 'planned', 'onleave', 'unknown'])(
    'an encounter that stays %s for 30 days ends with its reason',
    (encounterStatus) => {
      const row = { ...open, registered_at: ago(30 * day) }

      expect(decidePoll(row, status(encounterStatus), now, intervals)).toMatchObject({
        action: 'none',
        watch: 'ended',
        endCode: 'encounter_never_signed',
      })
    },
  )

  it('an encounter signed on its last day is admitted', () => {
    const row = { ...open, registered_at: ago(31 * day) }

    expect(decidePoll(row, status('finished'), now, intervals)).toMatchObject({
      action: 'admit',
      watch: 'signed',
      endCode: null,
    })
  })
})

describe('a signed encounter under watch', () => {
  const over = { ...signed, watch_until: now }
  const answers: readonly PollAnswer[] = [
    status('finished'),
    failed(),
    failed(hour),
    notFound,
    { kind: 'not_asked' },
    ...refusalCodes.map(refused),
    refused('ehr_unauthorized'),
  ]

  it.each(answers)('ends when its time is over, also when the answer is %j', (answer) => {
    expect(decidePoll(over, answer, now, intervals)).toMatchObject({
      action: 'none',
      watch: 'ended',
      endCode: null,
    })
  })

  it.each(answers)('is polled no later than its end, whatever the answer is: %j', (answer) => {
    const row = { ...signed, watch_until: new Date(now.getTime() + second), failure_count: 9 }

    expect(decidePoll(row, answer, now, intervals)).toMatchObject({
      watch: 'signed',
      nextPollAt: row.watch_until,
    })
  })
})

describe('failures in a row', () => {
  const delays = (answer: PollAnswer) =>
    [0, 1, 2, 3, 4, 6, 8, 20, 2000].map((failure_count) => {
      const row = { ...open, failure_count, refused_since: ago(hour), last_error_code: 'x' }
      return delayOf(decidePoll(row, answer, now, intervals)) / second
    })

  it('wait twice as long each time, up to a minute where they may pass', () => {
    expect(delays(failed())).toEqual([5, 10, 20, 40, 60, 60, 60, 60, 60])
  })

  it.each([notFound, ...[...refusalCodes, 'ehr_unauthorized'].map(refused)])(
    'wait up to a quarter of an hour where asking again does not help: %j',
    (answer) => {
      expect(delays(answer)).toEqual([5, 10, 20, 40, 80, 320, 900, 900, 900])
    },
  )

  it('wait at least as long as the EHR asks', () => {
    expect(delayOf(decidePoll(open, failed(90 * second), now, intervals))).toBe(90 * second)
  })

  it('are counted until a status is read', () => {
    const row = { ...open, failure_count: 3, last_error_code: 'ehr_timeout' }

    expect(decidePoll(row, failed(), now, intervals).failureCount).toBe(4)
    expect(decidePoll(row, status('in-progress'), now, intervals).failureCount).toBe(0)
  })

  it('keep what was known when the EHR was not asked because the polls had used their share', () => {
    const row = {
      ...open,
      failure_count: 3,
      refused_since: ago(hour),
      last_error_code: 'encounter_unknown',
    }

    expect(decidePoll(row, { kind: 'not_asked' }, now, intervals)).toMatchObject({
      action: 'none',
      watch: 'open',
      errorCode: 'encounter_unknown',
      failureCount: 3,
      refusedSince: row.refused_since,
    })
  })
})

describe('an encounter that the EHR refuses', () => {
  it.each([
    { answer: notFound, code: 'encounter_unknown' },
    ...refusalCodes.map((code) => ({ answer: refused(code), code })),
  ])('ends after a day with its code: $code', ({ answer, code }) => {
    const first = decidePoll(open, answer, now, intervals)
    expect(first).toMatchObject({ watch: 'open', errorCode: code, refusedSince: now })

    const row = { ...open, failure_count: 99, refused_since: ago(day), last_error_code: code }
    expect(decidePoll(row, answer, now, intervals)).toMatchObject({ watch: 'ended', endCode: code })
  })

  it('does not end because of failures that do not concern it: timeouts, a refused client', () => {
    const row = { ...open, failure_count: 99, last_error_code: 'x' }

    for (const answer of [failed(), refused('ehr_unauthorized')])
      expect(decidePoll(row, answer, now, intervals)).toMatchObject({
        watch: 'open',
        refusedSince: null,
      })
  })

  it('stays refused across a timeout in between, but not after a status', () => {
    const row = { ...open, failure_count: 9, refused_since: ago(hour) }

    expect(decidePoll(row, failed(), now, intervals).refusedSince).toEqual(row.refused_since)
    expect(decidePoll(row, status('planned'), now, intervals).refusedSince).toBeNull()
  })

  it.each([open, signed])('ends at once when it is another patient’s ($watch)', (row) => {
    expect(decidePoll(row, { kind: 'other_patient' }, now, intervals)).toMatchObject({
      action: 'none',
      watch: 'ended',
      errorCode: 'ehr_wrong_patient',
      endCode: 'ehr_wrong_patient',
    })
  })
})

describe('every watch', () => {
  const answer: fc.Arbitrary<PollAnswer> = fc.oneof(
    fc.constantFrom('in-progress', 'planned', 'finished', 'cancelled').map(status),
    fc.constantFrom<PollAnswer>(notFound, failed(), { kind: 'not_asked' }),
    fc.constantFrom(...refusalCodes).map(refused),
  )

  it('ends within its time, whatever the EHR answers, and no poll comes sooner than configured', () => {
    fc.assert(
      fc.property(fc.infiniteStream(answer), (answers) => {
        let row: PolledRegistration = open
        let at = now
        let polls = 0
        let signatures = 0
        while (row.watch !== 'ended') {
          const { value } = answers.next()
          if (value === undefined) throw new Error('an infinite stream ended')
          const decision = decidePoll(row, value, at, intervals)
          if (decision.action.startsWith('admit')) signatures += 1
          if (signatures > 3) return
          if (decision.watch !== 'ended' && row.watch !== 'signed')
            expect(decision.nextPollAt.getTime() - at.getTime()).toBeGreaterThanOrEqual(5000)
          row = {
            ...row,
            watch: decision.watch,
            watch_until: decision.watchUntil ?? row.watch_until,
            failure_count: decision.failureCount,
            refused_since: decision.refusedSince,
            last_error_code: decision.errorCode,
          }
          at = decision.nextPollAt
          polls += 1
          expect(polls).toBeLessThan(60_000)
        }
      }),
      { numRuns: 200 },
    )
  })
})
