import { describe, expect, it } from 'vitest'
import {
  attemptsOf,
  Bulkhead,
  BulkheadFullError,
  bulkhead,
  CircuitBreaker,
  CircuitOpenError,
  circuitBreaker,
  FakeClock,
  fallback,
  ResiliencePipeline,
  retry,
  TaskOrchestrator,
  TaskTimeoutError,
  timeout,
} from '../src/index.ts'

const down = () => Promise.reject(new Error('503'))
const never = () => new Promise<never>(() => undefined)

/** Lets the promise fail later without a warning about an unhandled rejection. */
function expected<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined)
  return promise
}

describe('a pipeline', () => {
  it('keeps the arguments and the result of the function that it wraps', async () => {
    const add = retry()
      .timeout()
      .wrap((one: number, other: number) => one + other)

    await expect(add(40, 2)).resolves.toBe(42)
  })

  it('protects nothing when nothing was added', async () => {
    await expect(new ResiliencePipeline().execute(down)).rejects.toThrow('503')
  })

  it('is not changed by adding to it', async () => {
    const plain = timeout()
    plain.fallback(() => 'cached')

    await expect(plain.execute(down)).rejects.toThrow('503')
  })

  it('passes the number of the attempt and a signal to the call', async () => {
    const seen: number[] = []
    const clock = new FakeClock()
    const result = retry({ clock }).execute(({ attempt, signal }) => {
      signal.throwIfAborted()
      seen.push(attempt)
      return attempt < 3 ? down() : 'answer'
    })
    await clock.advance(6000)

    await expect(result).resolves.toBe('answer')
    expect(seen).toEqual([1, 2, 3])
  })

  it('makes no call when the signal has aborted before', async () => {
    let calls = 0
    const result = fallback(() => 'cached')
      .retry()
      .execute(() => (calls += 1), { signal: AbortSignal.abort(new Error('gone')) })

    await expect(result).rejects.toThrow('gone')
    expect(calls).toBe(0)
  })

  it('makes no call when the signal aborts while the call is on its way', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const breaker = new CircuitBreaker({
      name: 'ehr',
      failureThreshold: 1,
      halfOpenAfterMs: 10,
      clock,
      onStateChange: (state) => {
        if (state === 'half_open') caller.abort(new Error('gone'))
      },
    })
    await expect(circuitBreaker(breaker).execute(down)).rejects.toThrow('503')
    await clock.advance(10)
    let calls = 0

    const result = circuitBreaker(breaker)
      .timeout({ clock })
      .execute(() => (calls += 1), { signal: caller.signal })

    await expect(result).rejects.toThrow('gone')
    expect([calls, clock.pendingTimers]).toEqual([0, 0])
  })

  it('leaves no listener on the signal of the caller', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const count = (by: number) => {
      listeners += by
    }
    const counted = new Proxy(signal, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property, target)
        if (typeof value !== 'function') return value
        if (property === 'addEventListener') count(1)
        if (property === 'removeEventListener') count(-1)
        return value.bind(target)
      },
    })

    await retry()
      .bulkhead()
      .timeout()
      .execute(() => 1, { signal: counted })

    expect(listeners).toBe(0)
  })
})

describe('the order of a pipeline', () => {
  it('gives each attempt the time limit in retry().timeout()', async () => {
    const clock = new FakeClock()
    const result = retry({ retryCount: 1, retryDelayMs: 10, clock })
      .timeout({ timeoutMs: 100, clock })
      .execute(({ attempt, signal }) =>
        attempt === 1
          ? new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(new Error('aborted')))
            })
          : 'second',
      )
    await clock.advance(110)

    await expect(result).resolves.toBe('second')
  })

  it('gives all attempts together the time limit in timeout().retry()', async () => {
    const clock = new FakeClock()
    let calls = 0
    const result = expected(
      timeout({ timeoutMs: 100, clock })
        .retry({ retryDelayMs: 60, backoff: 'constant', clock })
        .execute(() => {
          calls += 1
          return down()
        }),
    )
    await clock.advance(100)

    await expect(result).rejects.toThrow(TaskTimeoutError)
    expect([calls, clock.pendingTimers]).toEqual([2, 0])
  })

  it('waits with an outer retry for a call that outlived the attempts of an inner one', async () => {
    const clock = new FakeClock()
    const ends: (() => void)[] = []
    const result = retry({ retryCount: 1, retryDelayMs: 10, clock })
      .retry({ retryCount: 0, clock })
      .timeout({ timeoutMs: 100, clock })
      .execute(
        () =>
          new Promise<string>((resolve) => {
            ends.push(() => resolve('late'))
          }),
      )

    await clock.advance(500)
    expect(ends).toHaveLength(1)
    ends[0]?.()
    await clock.advance(0)
    expect(ends).toHaveLength(2)
    ends[1]?.()

    await expect(result).resolves.toBe('late')
  })
})

describe('retry', () => {
  it('does not retry what shouldRetry refuses', async () => {
    let calls = 0
    const result = retry({ shouldRetry: (error) => (error as Error).message !== '503' }).execute(
      () => {
        calls += 1
        return down()
      },
    )

    await expect(result).rejects.toThrow('503')
    expect(calls).toBe(1)
  })

  it('waits at least as long as the other side asked, and at most the upper limit', async () => {
    const clock = new FakeClock()
    const at: number[] = []
    const asked = [5000, undefined, 1e9]
    const result = expected(
      retry({
        retryCount: 3,
        retryDelayMs: 1000,
        maxRetryDelayMs: 20_000,
        clock,
        retryAfterMs: () => asked[at.length - 1],
      }).execute(() => {
        at.push(clock.now())
        return down()
      }),
    )
    await clock.advance(60_000)

    await expect(result).rejects.toThrow('503')
    expect(at).toEqual([0, 5000, 7000, 27_000])
  })

  it('ends at once when the signal aborts while shouldRetry decides', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const result = retry({
      clock,
      shouldRetry: () => {
        caller.abort(new Error('gone'))
        return true
      },
    }).execute(down, { signal: caller.signal })

    await expect(result).rejects.toThrow('gone')
    expect(clock.pendingTimers).toBe(0)
  })

  it('does not retry an open circuit or a full bulkhead', async () => {
    const clock = new FakeClock()
    const full = new Bulkhead({ limit: 1, queue: 0 })
    void full.run(never)
    await expect(retry({ clock }).bulkhead(full).execute(down)).rejects.toThrow(BulkheadFullError)

    const guarded = retry({ retryDelayMs: 1, clock }).circuitBreaker({
      name: 'ehr',
      failureThreshold: 1,
      clock,
    })
    const result = expected(guarded.execute(down))
    await clock.advance(1)

    await expect(result).rejects.toThrow(CircuitOpenError)
    expect(clock.pendingTimers).toBe(0)
  })

  it.each([{ retryCount: -1 }, { retryDelayMs: Number.NaN }, { jitter: 1.1 }])(
    'refuses %o when it is made',
    (wrong) => {
      expect(() => retry(wrong)).toThrow(`${Object.keys(wrong)[0]} must be`)
    },
  )
})

describe('timeout', () => {
  it('ends a call that ignores its signal, and aborts the signal with the reason', async () => {
    const clock = new FakeClock()
    let seen: AbortSignal | undefined
    const result = expected(
      timeout({ clock }).execute(({ signal }) => {
        seen = signal
        return never()
      }),
    )
    await clock.advance(60_000)

    await expect(result).rejects.toMatchObject({ code: 'task_timeout', timeoutMs: 60_000 })
    expect(seen?.reason).toBeInstanceOf(TaskTimeoutError)
  })

  it('passes the abort of the caller on', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const result = expected(timeout({ clock }).execute(never, { signal: caller.signal }))
    caller.abort(new Error('gone'))

    await expect(result).rejects.toThrow('gone')
    expect(clock.pendingTimers).toBe(0)
  })

  it('refuses a limit of 0 when it is made', () => {
    expect(() => timeout({ timeoutMs: 0 })).toThrow(RangeError)
  })
})

describe('circuitBreaker', () => {
  it('keeps one breaker for all calls of the functions that it wraps', async () => {
    const policy = circuitBreaker({ name: 'ehr', failureThreshold: 1, clock: new FakeClock() })
    await expect(policy.wrap(down)()).rejects.toThrow('503')

    await expect(policy.wrap(() => 1)()).rejects.toThrow(CircuitOpenError)
    await expect(policy.timeout().execute(() => 1)).rejects.toThrow(CircuitOpenError)
  })

  it('does not count a call that its caller aborted as a failure', async () => {
    const clock = new FakeClock()
    const breaker = new CircuitBreaker({ name: 'ehr', failureThreshold: 1, clock })
    const caller = new AbortController()
    const result = expected(circuitBreaker(breaker).execute(never, { signal: caller.signal }))
    caller.abort(new Error('gone'))
    await expect(result).rejects.toThrow('gone')
    expect(breaker.state).toBe('closed')

    const timedOut = expected(
      circuitBreaker(breaker).timeout({ timeoutMs: 10, clock }).execute(never),
    )
    await clock.advance(10)

    await expect(timedOut).rejects.toThrow(TaskTimeoutError)
    expect(breaker.state).toBe('open')
  })
})

describe('bulkhead', () => {
  it('limits the calls of all functions that it wraps together', async () => {
    const policy = bulkhead({ limit: 1, queue: 0 })
    void policy.execute(never)

    await expect(policy.timeout().execute(() => 1)).rejects.toThrow(BulkheadFullError)
  })

  it('ends the wait for a place when the caller aborts', async () => {
    const policy = bulkhead({ limit: 1, queue: 1 })
    void policy.execute(never)
    const caller = new AbortController()
    const waiting = expected(policy.execute(() => 1, { signal: caller.signal }))
    caller.abort(new Error('gone'))

    await expect(waiting).rejects.toThrow('gone')
  })
})

describe('fallback', () => {
  it('answers in place of the error of everything inside', async () => {
    const clock = new FakeClock()
    const result = fallback((error) => `cached after ${(error as Error).message}`)
      .retry({ retryCount: 1, clock })
      .execute(down)
    await clock.advance(2000)

    await expect(result).resolves.toBe('cached after 503')
  })

  it('fails with its own error when it has none', async () => {
    await expect(
      fallback(() => {
        throw new Error('nothing cached')
      }).execute(down),
    ).rejects.toThrow('nothing cached')
  })

  it('is not asked after an abort, and does not hold up an abort', async () => {
    const caller = new AbortController()
    let answers = 0
    const aborted = fallback(() => (answers += 1)).execute(
      () => {
        caller.abort(new Error('gone'))
        return down()
      },
      { signal: caller.signal },
    )
    await expect(aborted).rejects.toThrow('gone')
    expect(answers).toBe(0)

    const clock = new FakeClock()
    const slow = expected(timeout({ timeoutMs: 10, clock }).fallback(never).execute(down))
    await clock.advance(10)
    await expect(slow).rejects.toThrow(TaskTimeoutError)
  })
})

describe('attemptsOf', () => {
  it('tells how often a call was tried and what the earlier attempts failed with', async () => {
    const clock = new FakeClock()
    const errors: Error[] = []
    const result = expected(
      retry({ retryCount: 2, clock }).execute(() => {
        const error = new Error(`failure ${errors.length + 1}`)
        errors.push(error)
        throw error
      }),
    )
    await clock.advance(6000)

    const last = await result.catch((error: unknown) => error)

    expect(last).toBe(errors[2])
    expect(attemptsOf(last)).toEqual({ count: 3, earlierErrors: [errors[0], errors[1]] })
    expect(attemptsOf(errors[0])).toBeUndefined()
  })

  it('tells the same of a task, also to its fallback and to observers', async () => {
    const clock = new FakeClock()
    const settledWith: unknown[] = []
    const answeredFor: unknown[] = []
    const orchestrator = new TaskOrchestrator({
      clock,
      resilience: { retryCount: 1, retryDelayMs: 10 },
      observer: { taskSettled: (_task, _outcome, error) => settledWith.push(attemptsOf(error)) },
    })
    const failing = expected(orchestrator.execute({ name: 'failing', run: down }))
    await clock.advance(10)
    const error = await failing.catch((caught: unknown) => caught)

    expect(attemptsOf(error)).toMatchObject({ count: 2, earlierErrors: [{ message: '503' }] })
    expect(settledWith).toEqual([attemptsOf(error)])

    const answering = new TaskOrchestrator({
      clock,
      resilience: { retryCount: 0 },
      fallback: (last) => answeredFor.push(attemptsOf(last)),
    })
    await answering.execute({ name: 'answered', run: down })
    expect(answeredFor).toEqual([{ count: 1, earlierErrors: [] }])
    await Promise.all([orchestrator.stop(), answering.stop()])
  })

  it('keeps the ten latest of the earlier errors', async () => {
    let calls = 0
    const result = retry({ retryCount: 30, retryDelayMs: 0 }).execute(() => {
      calls += 1
      throw new Error(`failure ${calls}`)
    })

    const attempts = attemptsOf(await result.catch((error: unknown) => error))

    expect(attempts?.count).toBe(31)
    expect(attempts?.earlierErrors.map((error) => (error as Error).message)).toEqual(
      [21, 22, 23, 24, 25, 26, 27, 28, 29, 30].map((number) => `failure ${number}`),
    )
  })

  it('knows nothing of errors that no retry has seen, nor of what is not an object', async () => {
    const text = await retry({ retryCount: 0 })
      .execute(() => {
        // eslint-disable-next-line no-throw-literal -- a program may throw anything
        throw 'a text' as unknown as Error
      })
      .catch((error: unknown) => error)

    expect(attemptsOf(text)).toBeUndefined()
    expect(attemptsOf(null)).toBeUndefined()
    expect(attemptsOf(new Error('another'))).toBeUndefined()
  })
})
