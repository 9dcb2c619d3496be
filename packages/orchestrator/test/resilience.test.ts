import { describe, expect, it } from 'vitest'
import {
  Bulkhead,
  BulkheadFullError,
  CircuitBreaker,
  CircuitOpenError,
  defaultResiliencySettings,
  FakeClock,
  generatePolicy,
} from '../src/index.ts'

const fail = () => Promise.reject(new Error('503'))

describe('seed: ResiliencyPolicyGenerator, retry delays', () => {
  it.each([
    { settings: {}, delays: [2000, 4000, 8000] },
    { settings: { UseExponentialBackoff: false }, delays: [2000, 2000, 2000] },
    { settings: { RetryCount: 0 }, delays: [] },
    { settings: { jitter: 0.5 }, delays: [2500, 5000, 10_000] },
    { settings: { maxRetryDelayMs: 5000 }, delays: [2000, 4000, 5000] },
  ])('waits $delays ms with $settings', async ({ settings, delays }) => {
    const clock = new FakeClock()
    const at: number[] = []
    const policy = generatePolicy('basic', { ...defaultResiliencySettings, ...settings }, { clock })

    const result = policy.execute(() => {
      at.push(clock.now())
      return fail()
    })
    result.catch(() => undefined)
    await clock.advance(60_000)

    await expect(result).rejects.toThrow('503')
    expect(at.slice(1).map((time, index) => time - (at[index] ?? 0))).toEqual(delays)
  })

  it('answers with the fallback when no attempt is left', async () => {
    const policy = generatePolicy('none', defaultResiliencySettings, {
      clock: new FakeClock(),
      fallback: () => 'cached',
    })

    await expect(policy.execute<string>(fail)).resolves.toBe('cached')
  })

  it('ends a waiting retry at once when aborted', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const result = generatePolicy('basic', defaultResiliencySettings, { clock }).execute(fail, {
      signal: caller.signal,
    })
    result.catch(() => undefined)
    await clock.advance(10)

    caller.abort(new Error('stopped'))

    await expect(result).rejects.toThrow('stopped')
    expect(clock.pendingTimers).toBe(0)
  })

  it.each([
    { RetryCount: -1 },
    { RetryIntervalSeconds: -1 },
    { TimeoutIntervalSeconds: 0 },
    { jitter: 2 },
  ])('refuses %o with a RangeError that names it', (wrong) => {
    expect(() => generatePolicy('basic', { ...defaultResiliencySettings, ...wrong })).toThrow(
      new RegExp(`${Object.keys(wrong)[0]} must be`),
    )
  })
})

describe('seed: ResiliencyPolicyGenerator, circuit breaker transitions', () => {
  it('opens after failures in a row, lets one call try later, and closes when it succeeds', async () => {
    const clock = new FakeClock()
    const states: string[] = []
    const breaker = new CircuitBreaker({
      name: 'ehr',
      failureThreshold: 2,
      halfOpenAfterMs: 1000,
      clock,
      onStateChange: (state) => states.push(state),
    })

    await expect(breaker.run(fail)).rejects.toThrow('503')
    await expect(breaker.run(fail)).rejects.toThrow('503')
    await expect(breaker.run(() => Promise.resolve(1))).rejects.toThrow(CircuitOpenError)
    expect(breaker.openForMs).toBe(1000)
    await clock.advance(1000)
    await expect(breaker.run(() => Promise.resolve(1))).resolves.toBe(1)

    expect(states).toEqual(['open', 'half_open', 'closed'])
  })

  it('opens again when the trial fails, and refuses others while it runs', async () => {
    const clock = new FakeClock()
    const breaker = new CircuitBreaker({
      name: 'ehr',
      failureThreshold: 1,
      halfOpenAfterMs: 1000,
      clock,
    })
    await expect(breaker.run(fail)).rejects.toThrow('503')
    await clock.advance(1000)
    const trial = Promise.withResolvers<never>()

    const trying = breaker.run(() => trial.promise)
    await expect(breaker.run(() => Promise.resolve(1))).rejects.toThrow(CircuitOpenError)
    trial.reject(new Error('still down'))

    await expect(trying).rejects.toThrow('still down')
    expect(breaker.state).toBe('open')
  })

  it('does not count errors that do not speak against the dependency', async () => {
    const breaker = new CircuitBreaker({
      name: 'ehr',
      failureThreshold: 1,
      clock: new FakeClock(),
      isFailure: () => false,
    })

    await expect(breaker.run(fail)).rejects.toThrow('503')

    expect(breaker.state).toBe('closed')
  })

  it('is not retried while open, in pattern advanced', async () => {
    const clock = new FakeClock()
    let calls = 0
    const policy = generatePolicy(
      'advanced',
      { ...defaultResiliencySettings, breakerThreshold: 2 },
      { clock },
    )

    const result = policy.execute(() => {
      calls += 1
      return fail()
    })
    result.catch(() => undefined)
    await clock.advance(60_000)

    await expect(result).rejects.toThrow(CircuitOpenError)
    expect(calls).toBe(2)
  })
})

describe('bulkhead', () => {
  it('runs up to its limit, queues up to its bound, refuses the rest, and forgets an aborted wait', async () => {
    const bulkhead = new Bulkhead({ limit: 1, queue: 1 })
    const first = Promise.withResolvers<void>()
    const caller = new AbortController()

    const running = bulkhead.run(() => first.promise)
    const waiting = bulkhead.run(() => Promise.resolve(), caller.signal)
    await expect(bulkhead.run(() => Promise.resolve())).rejects.toThrow(BulkheadFullError)
    caller.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    first.resolve()
    await running

    expect([bulkhead.runningCount, bulkhead.waitingCount]).toEqual([0, 0])
  })
})
