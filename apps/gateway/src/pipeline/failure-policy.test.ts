import {
  CircuitOpenError,
  DuplicateTaskError,
  OrchestratorStoppedError,
  TaskAbortedError,
  TaskTimeoutError,
} from '@authscript/orchestrator'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../errors.ts'
import { askedDelayMs, releaseDelayMs, isWorthRetrying } from './failure-policy.ts'

class AnError extends GatewayError {
  readonly code
  readonly kind
  constructor(code: string, kind: 'transient' | 'ambiguous' | 'permanent', retryAfterMs?: number) {
    super('an error', { retryAfterMs })
    this.code = code
    this.kind = kind
  }
}

describe('what a failure leads to', () => {
  it.each([
    {
      name: 'a transient error',
      error: new AnError('ehr_timeout', 'transient'),
      retried: true,
      releasedMs: undefined,
    },
    {
      name: 'an ambiguous one',
      error: new AnError('ehr_write_ambiguous', 'ambiguous'),
      retried: false,
      releasedMs: undefined,
    },
    {
      name: 'a permanent one',
      error: new AnError('ehr_forbidden', 'permanent'),
      retried: false,
      releasedMs: undefined,
    },
    {
      name: 'a timed-out attempt',
      error: new TaskTimeoutError(60_000),
      retried: true,
      releasedMs: undefined,
    },
    {
      name: 'an unexpected error',
      error: new TypeError('x'),
      retried: false,
      releasedMs: undefined,
    },
    {
      name: 'an open circuit',
      error: new CircuitOpenError('ehr', 9000),
      retried: false,
      releasedMs: 9000,
    },
    {
      name: 'an encounter that an earlier attempt still holds',
      error: new DuplicateTaskError('v'),
      retried: false,
      releasedMs: 1000,
    },
    {
      name: 'the end of a drain',
      error: new TaskAbortedError(new OrchestratorStoppedError()),
      retried: false,
      releasedMs: 0,
    },
    {
      name: 'a database that cannot be reached',
      error: new AnError('database_unavailable', 'transient'),
      retried: true,
      releasedMs: 1000,
    },
    {
      name: 'an EHR that asks for a minute',
      error: new AnError('ehr_rate_limited', 'transient', 60_000),
      retried: true,
      releasedMs: undefined,
    },
    {
      name: 'an EHR that asks for longer than an attempt may wait',
      error: new AnError('ehr_rate_limited', 'transient', 60_001),
      retried: false,
      releasedMs: 60_001,
    },
    {
      name: 'a permanent error with a long wait',
      error: new AnError('ehr_forbidden', 'permanent', 3_600_000),
      retried: false,
      releasedMs: undefined,
    },
    {
      name: 'a spent daily budget',
      error: new AnError('ehr_quota_exhausted', 'transient', 5000),
      retried: false,
      releasedMs: 5000,
    },
  ])('$name: retried $retried, released after $releasedMs', ({ error, retried, releasedMs }) => {
    expect(isWorthRetrying(error)).toBe(retried)
    expect(releaseDelayMs(error)).toBe(releasedMs)
  })

  it('waits as long as the other side asks', () => {
    expect(askedDelayMs(new AnError('ehr_rate_limited', 'transient', 7000))).toBe(7000)
    expect(askedDelayMs(new Error('x'))).toBeUndefined()
  })
})
