import { describe, expect, it } from 'vitest'
import {
  Bulkhead,
  BulkheadFullError,
  CircuitBreaker,
  CircuitOpenError,
  FakeClock,
  generatePolicy,
  type ResilienceSettings,
} from '../src/index.ts'

const fail = () => Promise.reject(new Error('503'))

describe('seed: ResiliencyPolicyGenerator, retry delays', () => {
  it.each<{ readonly settings: ResilienceSettings; readonly delays: readonly number[] }>([
    { settings: {}, delays: [2000, 4000, 8000] },
    { settings: { backoff: 'constant' }, delays: [2000, 2000, 2000] },
    { settings: { retryCount: 0 }, delays: [] },
    { settings: { jitter: 0.5 }, delays: [2500, 5000, 10_000] },
    { settings: { maxRetryDelayMs: 5000 }, delays: [2000, 4000, 5000] },
  ])('waits $delays ms with $settings', async ({ settings, delays }) => {
    const clock = new FakeClock()
    const at: number[] = []
    const policy = generatePolicy('basic', settings, { clock })

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
    const policy = generatePolicy(
      'none',
      {},
      {
        clock: new FakeClock(),
        fallback: () => 'cached',
      },
    )

    await expect(policy.execute<string>(fail)).resolves.toBe('cached')
  })

  it('ends a waiting retry at once when aborted', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const result = generatePolicy('basic', {}, { clock }).execute(fail, {
      signal: caller.signal,
    })
    result.catch(() => undefined)
    await clock.advance(10)

    caller.abort(new Error('stopped'))

    await expect(result).rejects.toThrow('stopped')
    expect(clock.pendingTimers).toBe(0)
  })

  it.each([{ retryCount: -1 }, { retryDelayMs: -1 }, { timeoutMs: 0 }, { jitter: 2 }])(
    'refuses %o with a RangeError that names it',
    (wrong) => {
      expect(() => generatePolicy('basic', wrong as ResilienceSettings)).toThrow(
        new RegExp(`${Object.keys(wrong)[0]} must be`),
      )
    },
  )
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
    const policy = generatePolicy('advanced', { breakerThreshold: 2 }, { clock })

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

describe('a bulkhead', () => {
  it('lets those who wait in one by one, in order, also after a call that failed', async () => {
    const bulkhead = new Bulkhead({ limit: 1, queue: 2 })
    const order: string[] = []
    const first = Promise.withResolvers<void>()

    const calls = [
      bulkhead.run(() => first.promise).catch(() => order.push('failed')),
      bulkhead.run(() => Promise.resolve(order.push('second'))),
      bulkhead.run(() => Promise.resolve(order.push('third'))),
    ]
    expect([bulkhead.runningCount, bulkhead.waitingCount]).toEqual([1, 2])
    first.reject(new Error('503'))
    await Promise.all(calls)

    expect(order.toSorted()).toEqual(['failed', 'second', 'third'])
    expect(order.indexOf('second')).toBeLessThan(order.indexOf('third'))
    expect([bulkhead.runningCount, bulkhead.waitingCount]).toEqual([0, 0])
  })

  it('lets nobody in whose signal has aborted already', async () => {
    const bulkhead = new Bulkhead({ limit: 1, queue: 0 })

    await expect(
      bulkhead.run(() => Promise.resolve(), AbortSignal.abort(new Error('gone'))),
    ).rejects.toThrow('gone')
  })

  it.each([{ limit: 0 }, { limit: 1.5 }, { queue: -1 }, { queue: Number.NaN }])(
    'refuses %o',
    (wrong) => {
      expect(() => new Bulkhead(wrong)).toThrow(RangeError)
    },
  )

  it('runs 16 calls and queues 128 by default', async () => {
    const bulkhead = new Bulkhead()
    const never = () => new Promise<never>(() => undefined)
    for (let call = 0; call < 16 + 128; call += 1) void bulkhead.run(never)

    expect([bulkhead.runningCount, bulkhead.waitingCount]).toEqual([16, 128])
    await expect(bulkhead.run(never)).rejects.toThrow(BulkheadFullError)
  })
})

describe('a circuit breaker', () => {
  it('has defaults: five failures in a row, half a minute, the system’s clock', async () => {
    const breaker = new CircuitBreaker({ name: 'ehr' })
    for (let failures = 0; failures < 4; failures += 1)
      await expect(breaker.run(fail)).rejects.toThrow('503')
    await breaker.run(() => Promise.resolve())
    for (let failures = 0; failures < 4; failures += 1)
      await expect(breaker.run(fail)).rejects.toThrow('503')
    expect([breaker.state, breaker.openForMs]).toEqual(['closed', 0])

    await expect(breaker.run(fail)).rejects.toThrow('503')

    expect(breaker.state).toBe('open')
    expect(breaker.openForMs).toBeGreaterThan(29_000)
    expect(breaker.openForMs).toBeLessThanOrEqual(30_000)
  })

  it('is neither closed nor opened again by a call from before it opened', async () => {
    const clock = new FakeClock()
    const breaker = new CircuitBreaker({
      name: 'ehr',
      failureThreshold: 1,
      halfOpenAfterMs: 1000,
      clock,
    })
    const [well, badly, trial] = [0, 1, 2].map(() => Promise.withResolvers<void>())
    const early = [breaker.run(() => well!.promise), breaker.run(() => badly!.promise)]
    await expect(breaker.run(fail)).rejects.toThrow('503')
    await clock.advance(1000)
    const trying = breaker.run(() => trial!.promise)

    well!.resolve()
    await early[0]
    expect(breaker.state).toBe('half_open')
    badly!.reject(new Error('late'))
    await expect(early[1]).rejects.toThrow('late')
    expect(breaker.state).toBe('half_open')
    trial!.resolve()
    await trying

    expect(breaker.state).toBe('closed')
  })

  it('is tried by the next call when the trial says nothing of the dependency', async () => {
    const clock = new FakeClock()
    const breaker = new CircuitBreaker({
      name: 'ehr',
      failureThreshold: 1,
      halfOpenAfterMs: 1000,
      clock,
      isFailure: (error) => (error as Error).message === '503',
    })
    await expect(breaker.run(fail)).rejects.toThrow('503')
    await clock.advance(1000)
    await expect(breaker.run(() => Promise.reject(new Error('400')))).rejects.toThrow('400')
    expect(breaker.state).toBe('half_open')

    await breaker.run(() => Promise.resolve())

    expect(breaker.state).toBe('closed')
  })

  it.each([{ failureThreshold: 0 }, { halfOpenAfterMs: -1 }])('refuses %o', (wrong) => {
    expect(() => new CircuitBreaker({ name: 'ehr', ...wrong })).toThrow(RangeError)
  })

  it('refuses with the failure that opened it, and with the remaining time in whole units', async () => {
    const clock = new FakeClock()
    const breaker = new CircuitBreaker({ name: 'ehr', failureThreshold: 1, clock })
    const failure = new Error('503')
    await expect(breaker.run(() => Promise.reject(failure))).rejects.toBe(failure)

    await clock.advance(700.4)
    await expect(breaker.run(() => Promise.resolve())).rejects.toMatchObject({
      message: 'circuit breaker of ehr is open for another 30 s',
      dependency: 'ehr',
      retryAfterMs: 29_300,
      cause: failure,
    })
    await clock.advance(29_000)

    await expect(breaker.run(() => Promise.resolve())).rejects.toMatchObject({
      message: 'circuit breaker of ehr is open for another 300 ms',
      retryAfterMs: 300,
    })
  })

  it('has no cause to give when it was made without one', () => {
    expect('cause' in new CircuitOpenError('ehr', 1)).toBe(false)
  })
})

describe('a policy outside of an orchestrator', () => {
  it('aborts a call at its timeout and tries again only after it has settled', async () => {
    const clock = new FakeClock()
    const policy = generatePolicy('basic', {}, { clock })
    const calls: { readonly signal: AbortSignal; readonly end: () => void }[] = []

    const result = policy.execute(
      ({ attempt, signal }) =>
        new Promise<number>((resolve) => {
          calls.push({ signal, end: () => resolve(attempt) })
        }),
    )
    await clock.advance(60_000)
    expect(calls[0]?.signal.reason).toMatchObject({ code: 'task_timeout', timeoutMs: 60_000 })
    await clock.advance(10_000)
    expect(calls).toHaveLength(1)
    calls[0]?.end()
    await clock.advance(0)
    calls[1]?.end()

    await expect(result).resolves.toBe(2)
    expect(clock.pendingTimers).toBe(0)
  })

  it('ends at once when its signal aborts: before, during a call, in a retry’s wait for a call that ignores it', async () => {
    const clock = new FakeClock()
    const policy = generatePolicy('advanced', {}, { clock })
    const before = policy.execute(fail, { signal: AbortSignal.abort(new Error('before')) })
    await expect(before).rejects.toThrow('before')

    const during = new AbortController()
    const calling = policy.execute(() => new Promise(() => undefined), { signal: during.signal })
    await clock.advance(1)
    during.abort(new Error('during'))
    await expect(calling).rejects.toThrow('during')

    const late = new AbortController()
    const waiting = policy.execute(() => new Promise(() => undefined), {
      signal: late.signal,
      dependency: 'other',
    })
    waiting.catch(() => undefined)
    await clock.advance(70_000)
    late.abort(new Error('late'))
    await expect(waiting).rejects.toThrow('late')
    expect(clock.pendingTimers).toBe(0)
  })

  it('does not ask the fallback after an abort', async () => {
    const abort = new AbortController()
    const policy = generatePolicy('none', {}, { fallback: () => 'cached' })

    const result = policy.execute<string>(
      () => {
        abort.abort(new Error('gone'))
        return fail()
      },
      { signal: abort.signal },
    )

    await expect(result).rejects.toThrow()
  })

  it('shares one breaker among all calls to a dependency', async () => {
    const policy = generatePolicy(
      'advanced',
      { retryCount: 0, breakerThreshold: 1 },
      { clock: new FakeClock() },
    )
    await expect(policy.execute(fail, { dependency: 'ehr' })).rejects.toThrow('503')

    await expect(policy.execute(() => 1, { dependency: 'ehr' })).rejects.toThrow(CircuitOpenError)
    await expect(policy.execute(() => 1, { dependency: 'payer' })).resolves.toBe(1)
  })
})
