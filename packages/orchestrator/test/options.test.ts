import { describe, expect, it } from 'vitest'
import {
  Bulkhead,
  bulkhead,
  CircuitBreaker,
  circuitBreaker,
  decideWorkers,
  DeadlineExceededError,
  fallback,
  FakeClock,
  freshScalingMemory,
  generatePolicy,
  retry,
  TaskOrchestrator,
  type TaskOrchestratorOptions,
  timeout,
} from '../src/index.ts'
import { aHeldTask, turn } from './held-task.ts'

/** What a program in JavaScript may pass. */
const untyped = (value: unknown): never => value as never

const anOrchestrator = (options: TaskOrchestratorOptions = {}) =>
  new TaskOrchestrator({ clock: new FakeClock(), pattern: 'none', ...options })

const nothing = () => undefined
const wrongDurations = [Number.NaN, -1, Number.NEGATIVE_INFINITY, '5']

describe('an option that does not exist', () => {
  it.each<[string, () => unknown]>([
    [
      'unknown option workercount; did you mean workerCount?',
      () => new TaskOrchestrator(untyped({ workercount: 4 })),
    ],
    [
      'unknown option features.blockOnFull; did you mean blockOnFullQueue?',
      () => new TaskOrchestrator({ features: untyped({ blockOnFull: true }) }),
    ],
    [
      'unknown option autoscale.targetUtilization; did you mean targetUtilisation?',
      () => new TaskOrchestrator({ autoscale: untyped({ maxWorkers: 4, targetUtilization: 1 }) }),
    ],
    [
      'unknown option rateLimit.interval; did you mean intervalMs?',
      () => new TaskOrchestrator({ rateLimit: untyped({ tasks: 4, interval: 1000 }) }),
    ],
    [
      'unknown option timeout; did you mean timeoutMs?',
      () => new TaskOrchestrator({ resilience: untyped({ timeout: 1000 }) }),
    ],
    [
      'unknown option retryif; the options are clock, shouldRetry, retryAfterMs, fallback, onBreakerChange',
      () => generatePolicy('basic', {}, untyped({ retryif: nothing })),
    ],
    [
      'unknown option retries; the options are retryCount, retryDelayMs, backoff, maxRetryDelayMs, jitter, shouldRetry, retryAfterMs, clock',
      () => retry(untyped({ retries: 3 })),
    ],
    [
      'unknown option retryDelay; did you mean retryDelayMs?',
      () => retry(untyped({ retryDelay: 100 })),
    ],
    ['unknown option ms; the options are timeoutMs, clock', () => timeout(untyped({ ms: 1000 }))],
    [
      'unknown option threshold; the options are name, failureThreshold, halfOpenAfterMs, clock, isFailure, onStateChange',
      () => new CircuitBreaker(untyped({ name: 'ehr', threshold: 5 })),
    ],
    ['unknown option limits; did you mean limit?', () => new Bulkhead(untyped({ limits: 5 }))],
    [
      'unknown option repaly; did you mean replay?',
      () => anOrchestrator().getEventStream(untyped({ repaly: 5 })),
    ],
  ])('is refused: %s', (message, make) => {
    expect(make).toThrow(new TypeError(message))
  })

  it('is refused by calls that return a promise by a rejection, before they do anything', async () => {
    const orchestrator = anOrchestrator()

    await expect(orchestrator.stop(untyped({ timeout: 5 }))).rejects.toThrow(
      new TypeError('unknown option timeout; did you mean timeoutMs?'),
    )
    await expect(orchestrator.map([1], nothing, untyped({ concurency: 5 }))).rejects.toThrow(
      new TypeError('unknown option concurency; did you mean concurrency?'),
    )
    await expect(orchestrator.whenCapacity(untyped({ place: 5 }))).rejects.toThrow(
      new TypeError('unknown option place; did you mean places?'),
    )
    for (const wait of ['onIdle', 'onEmpty'] as const) {
      await expect(orchestrator[wait](untyped({ singal: 5 }))).rejects.toThrow(
        new TypeError('unknown option singal; did you mean signal?'),
      )
    }
    await expect(retry().execute(nothing, untyped({ singal: 5 }))).rejects.toThrow(
      new TypeError('unknown option singal; did you mean signal?'),
    )
    expect(orchestrator.stats).toMatchObject({ state: 'running', acceptedCount: 0 })
  })

  it('may be a member of an object with a class, of a clock and of an observer', () => {
    class Settings {
      readonly workerCount = 3
      readonly source = 'file'
    }
    class CountingClock extends FakeClock {
      readonly readings = 0
    }

    const orchestrator = new TaskOrchestrator(new Settings())
    const other = new TaskOrchestrator({
      clock: new CountingClock(),
      observer: untyped({ accepted: 0, taskAccepted: nothing }),
    })

    expect([orchestrator.stats.workerCount, other.stats.workerCount]).toEqual([3, 2])
  })
})

describe('a value of another kind', () => {
  it.each<[string, () => unknown]>([
    ['options must be an object, got null', () => new TaskOrchestrator(untyped(null))],
    ['options must be an object, got 4', () => new TaskOrchestrator(untyped(4))],
    [
      "workerCount must be a number, got '4'",
      () => new TaskOrchestrator({ workerCount: untyped('4') }),
    ],
    [
      'groupConcurrency must be a number or a function, got an object',
      () => new TaskOrchestrator({ groupConcurrency: untyped({ a: 1 }) }),
    ],
    [
      'resilience must be an object, got null',
      () => new TaskOrchestrator({ resilience: untyped(null) }),
    ],
    [
      'features.allowSyncTaskDrop must be a boolean, got 1',
      () => new TaskOrchestrator({ features: { allowSyncTaskDrop: untyped(1) } }),
    ],
    [
      'clock.setTimer must be a function, got undefined',
      () => new TaskOrchestrator({ clock: untyped({ now: () => 0, random: () => 0 }) }),
    ],
    [
      'observer.taskSettled must be a function, got true',
      () => new TaskOrchestrator({ observer: { taskSettled: untyped(true) } }),
    ],
    ['options must be an object, got undefined', () => circuitBreaker(untyped(undefined))],
    ['name must be a string, got undefined', () => circuitBreaker(untyped({}))],
    ['options must be an object, got 500', () => timeout(untyped(500))],
    ['options must be an object, got a function', () => retry(untyped(nothing))],
    ["limit must be a number, got '5'", () => bulkhead({ limit: untyped('5') })],
    ['the fallback must be a function, got undefined', () => fallback(untyped(undefined))],
    ['the wrapped call must be a function, got undefined', () => retry().wrap(untyped(undefined))],
    ['dependencies must be an object, got null', () => generatePolicy('none', {}, untyped(null))],
  ])('is refused: %s', (message, make) => {
    expect(make).toThrow(new TypeError(message))
  })

  it.each<[string, () => unknown]>([
    ['map', () => anOrchestrator().map([1], nothing, untyped(null))],
    ['onIdle', () => anOrchestrator().onIdle(untyped(null))],
    ['onEmpty', () => anOrchestrator().onEmpty(untyped(null))],
    ['whenCapacity', () => anOrchestrator().whenCapacity(untyped(null))],
    ['stop', () => anOrchestrator().stop(untyped(null))],
    ['execute of a pipeline', () => retry().execute(nothing, untyped(null))],
    ['getEventStream', async () => anOrchestrator().getEventStream(untyped(null))],
  ])('is refused in place of the options of a call: %s', async (_name, call) => {
    await expect(call()).rejects.toThrow(new TypeError('options must be an object, got null'))
  })

  it('is refused in place of a call at once, not after the retries', async () => {
    const expected = new TypeError('the call must be a function, got 5')

    await expect(retry().execute(untyped(5))).rejects.toThrow(expected)
    await expect(generatePolicy('basic').execute(untyped(5))).rejects.toThrow(expected)
  })

  it('is no pattern', () => {
    expect(() => new TaskOrchestrator({ pattern: untyped('Advanced') })).toThrow(
      new RangeError("pattern must be 'none', 'basic' or 'advanced', got 'Advanced'"),
    )
  })

  it('counts as not given when it is undefined', () => {
    const policy = generatePolicy(
      'basic',
      untyped({ timeoutMs: undefined, retryCount: undefined, jitter: 1 }),
    )

    expect(policy).toMatchObject({ timeoutMs: 60_000, maxAttempts: 4 })
  })

  it('is refused by map before it takes an item', async () => {
    const orchestrator = anOrchestrator()

    await expect(orchestrator.map([1], untyped(undefined))).rejects.toThrow(
      new TypeError('run must be a function, got undefined'),
    )
    await expect(orchestrator.map(untyped(undefined), nothing)).rejects.toThrow(
      new TypeError('items must be iterable, got undefined'),
    )
    await expect(orchestrator.map('ab', (letter) => letter)).resolves.toEqual(['a', 'b'])
  })
})

describe('a task that is none', () => {
  const cases: [string, unknown][] = [
    ['a task must be an object, got undefined', undefined],
    ['a task must be an object, got a function', nothing],
    ['task.run must be a function, got undefined', { name: 'empty' }],
    [
      'task.signal.addEventListener must be a function, got undefined',
      { name: 'wrong signal', run: nothing, signal: new AbortController() },
    ],
    [
      'task.policy.nextDelayMs must be a function, got undefined',
      { name: 'settings in place of a policy', run: nothing, policy: { retryCount: 1 } },
    ],
    ['task.key must be a string, got null', { name: 'no key', run: nothing, key: null }],
  ]

  it.each(cases)('is refused however it is submitted: %s', async (message, wrong) => {
    const orchestrator = anOrchestrator()
    const task = untyped(wrong)
    const expected = new TypeError(message)

    expect(() => orchestrator.run(task)).toThrow(expected)
    expect(() => orchestrator.submit(task)).toThrow(expected)
    await expect(orchestrator.runAsync(task)).rejects.toThrow(expected)
    await expect(orchestrator.execute(task)).rejects.toThrow(expected)
    expect(orchestrator.stats).toMatchObject({ acceptedCount: 0, queuedCount: 0 })
  })

  it('is refused on a full queue too', () => {
    const orchestrator = anOrchestrator({ workerCount: 1, maxBacklog: 1 })
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)

    expect(() => orchestrator.run(untyped(undefined))).toThrow(TypeError)
  })

  it('is refused when its priority is no number', () => {
    for (const priority of [Number.NaN, untyped('high')]) {
      expect(() => anOrchestrator().run({ name: 'a', run: nothing, priority })).toThrow(
        new RangeError(`priority must be a number, got ${priority}`),
      )
    }
  })
})

describe('a wait for a key', () => {
  it('is refused when it is neither of the two', () => {
    const task = { name: 'a', run: nothing, key: 'k', whenKeyTaken: untyped('queue') }

    expect(() => anOrchestrator().run(task)).toThrow(
      new RangeError("task.whenKeyTaken must be 'reject' or 'wait', got 'queue'"),
    )
  })
})

describe('a duration', () => {
  it.each<[string, (value: number) => unknown]>([
    ['settleGraceMs', (value) => anOrchestrator({ settleGraceMs: value })],
    ['deadlineMs', (value) => anOrchestrator().run({ name: 'a', run: nothing, deadlineMs: value })],
    ['retryDelayMs', (value) => retry({ retryDelayMs: value })],
    ['maxRetryDelayMs', (value) => generatePolicy('basic', { maxRetryDelayMs: value })],
    ['timeoutMs', (value) => timeout({ timeoutMs: value })],
    ['breakerOpenMs', (value) => generatePolicy('advanced', { breakerOpenMs: value })],
    ['halfOpenAfterMs', (value) => new CircuitBreaker({ name: 'ehr', halfOpenAfterMs: value })],
    [
      'rateLimit.intervalMs',
      (value) => anOrchestrator({ rateLimit: { tasks: 1, intervalMs: value } }),
    ],
    ...(['targetWaitMs', 'intervalMs', 'scaleUpCooldownMs', 'scaleDownCooldownMs'] as const).map(
      (name): [string, (value: number) => unknown] => [
        `autoscale.${name}`,
        (value) => anOrchestrator({ autoscale: { maxWorkers: 4, [name]: value } }),
      ],
    ),
  ])('%s is refused when it is NaN, negative or no number', (name, make) => {
    for (const wrong of wrongDurations)
      expect(() => make(untyped(wrong)), String(wrong)).toThrow(`${name} must be`)
  })

  it.each(wrongDurations.slice(0, 3))(
    'of %d is refused by stop, which then can be called again',
    async (wrong) => {
      const orchestrator = anOrchestrator()

      await expect(orchestrator.stop({ timeoutMs: untyped(wrong) })).rejects.toThrow(
        new RangeError(`timeoutMs must be at least 0, got ${wrong}`),
      )

      expect(orchestrator.stats.state).toBe('running')
      await expect(orchestrator.stop()).resolves.toMatchObject({ drained: 0 })
    },
  )

  it('is no limit when it is Infinity, where there may be none', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({
      clock,
      pattern: 'basic',
      settleGraceMs: Infinity,
      resilience: { timeoutMs: Infinity, maxRetryDelayMs: Infinity },
    })
    const held = aHeldTask('held', { deadlineMs: Infinity })
    const result = orchestrator.execute(held.task)
    const stopped = orchestrator.stop({ timeoutMs: Infinity })
    await clock.advance(1e12)
    expect(held.attempts[0]?.context.deadline).toBeUndefined()

    held.attempts[0]?.finish('done')

    await expect(result).resolves.toBe('done')
    await expect(stopped).resolves.toMatchObject({ drained: 1 })
  })

  it.each([
    ['autoscale.intervalMs', { intervalMs: Infinity }],
    ['autoscale.scaleDownCooldownMs', { scaleDownCooldownMs: Infinity }],
    ['autoscale.targetUtilisation', { targetUtilisation: 0 }],
    ['autoscale.targetUtilisation', { targetUtilisation: 1.1 }],
    ['autoscale.tolerance', { tolerance: Number.NaN }],
  ])('or share of the autoscaler is refused: %s of %o', (name, wrong) => {
    const settings = { maxWorkers: 4, ...wrong }
    const load = {
      now: 0,
      intervalMs: 1000,
      workerCount: 1,
      workerWaitCount: 0,
      oldestQueuedAgeMs: 0,
      arrivals: 0,
      completions: 0,
      busyMs: 0,
    }

    expect(() => anOrchestrator({ autoscale: settings })).toThrow(`${name} must be`)
    expect(() => decideWorkers(load, settings, freshScalingMemory)).toThrow(`${name} must be`)
  })

  it('or number of events or places is refused when it is NaN', async () => {
    const orchestrator = anOrchestrator()

    expect(() => orchestrator.getEventStream({ replay: Number.NaN })).toThrow(
      new RangeError('replay must be at least 0, got NaN'),
    )
    await expect(orchestrator.whenCapacity({ places: Number.NaN })).rejects.toThrow(
      new RangeError('places must be a positive integer, got NaN'),
    )
  })

  it('is refused by the clock of the tests', async () => {
    await expect(new FakeClock().advance(Number.NaN)).rejects.toThrow('ms must be at least 0')
  })
})

describe('an answer of the program', () => {
  it.each([Number.NaN, -1, Infinity, '5', null])(
    'retryAfterMs: %s leaves the policy’s own delay',
    async (asked) => {
      const retryAfterMs = () => untyped(asked)
      const policy = generatePolicy('basic', { retryDelayMs: 500 }, { retryAfterMs })

      expect(policy.nextDelayMs(1, new Error('503'))).toBe(500)
    },
  )

  it('shouldRetry: a promise ends the retries, and is counted as an error of the program', async () => {
    const shouldRetry = untyped(() => Promise.resolve(true))
    const orchestrator = anOrchestrator({ pattern: 'basic', shouldRetry })
    const fails = () => Promise.reject(new Error('503'))

    await expect(orchestrator.execute({ name: 'a', run: fails })).rejects.toThrow('503')
    expect(orchestrator.stats).toMatchObject({ retriedCount: 0, observerErrorCount: 1 })
    await expect(retry({ shouldRetry }).execute(fails)).rejects.toThrow(
      new TypeError('shouldRetry must return true or false, got a promise'),
    )
  })

  it('nextDelayMs: no duration ends the retries of a policy of one’s own', async () => {
    const policy = { ...generatePolicy('basic'), nextDelayMs: () => Number.NaN }
    const orchestrator = anOrchestrator()
    const run = () => Promise.reject(new Error('503'))

    await expect(orchestrator.execute({ name: 'a', policy, run })).rejects.toThrow('503')
    expect(orchestrator.stats.observerErrorCount).toBe(1)
  })

  it.each([0, -1, 1.5, Number.NaN, undefined])(
    'groupConcurrency: %s refuses the group’s tasks when they are submitted',
    async (limit) => {
      const groupConcurrency = (group: string) => (group === 'closed' ? (limit as number) : 1)
      const orchestrator = anOrchestrator({ groupConcurrency })
      const expected = new RangeError(
        `groupConcurrency of group closed must be a positive integer or Infinity, got ${limit}`,
      )
      const task = { name: 'a', group: 'closed', run: () => 'ran' }

      expect(() => orchestrator.run(task)).toThrow(expected)
      await expect(orchestrator.execute(task)).rejects.toThrow(expected)
      await expect(orchestrator.execute({ ...task, group: 'open' })).resolves.toBe('ran')
      await expect(orchestrator.execute({ ...task, group: '' })).resolves.toBe('ran')
    },
  )

  it('groupConcurrency: an error refuses the task', () => {
    const orchestrator = anOrchestrator({
      groupConcurrency() {
        throw new Error('no such group')
      },
    })

    expect(() => orchestrator.run({ name: 'a', group: 'a', run: nothing })).toThrow('no such group')
    expect(orchestrator.stats.acceptedCount).toBe(0)
  })

  it.each<[string, () => number, number]>([
    ['no limit', () => 0, 0],
    [
      'an error',
      () => {
        throw new Error('gone')
      },
      1,
    ],
  ])(
    'groupConcurrency: %s counts as 1 for tasks that were accepted before',
    async (_name, laterLimit, leastErrors) => {
      let limitOf = () => 1
      const orchestrator = anOrchestrator({ groupConcurrency: () => limitOf() })
      const tasks = [1, 2, 3].map(() => aHeldTask('one', { group: 'a' }))
      for (const { task } of tasks) orchestrator.run(task)
      await turn()
      limitOf = laterLimit

      for (const { attempts } of tasks) {
        expect(orchestrator.stats.busyWorkers).toBe(1)
        attempts[0]?.finish('')
        await turn()
      }

      expect(orchestrator.stats.completedCount).toBe(3)
      expect(orchestrator.stats.observerErrorCount).toBeGreaterThanOrEqual(leastErrors)
    },
  )

  it('groupConcurrency: Infinity is no limit', async () => {
    const orchestrator = anOrchestrator({ workerCount: 3, groupConcurrency: Infinity })
    for (let number = 0; number < 3; number += 1)
      orchestrator.run(aHeldTask('one', { group: 'a' }).task)
    await turn()

    expect(orchestrator.stats.busyWorkers).toBe(3)
  })
})

describe('a handler that never settles', () => {
  it('holds its caller while a retry is left, until the deadline frees it', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({
      clock,
      pattern: 'basic',
      resilience: { timeoutMs: 1000, retryDelayMs: 100 },
    })
    const stuck = { name: 'stuck', run: () => new Promise<never>(nothing) }
    const settled: string[] = []
    void orchestrator.execute(stuck).catch(() => settled.push('without a deadline'))
    const result = orchestrator.execute({ ...stuck, deadlineMs: 5000 })
    result.catch(() => settled.push('with a deadline'))

    await clock.advance(4999)
    expect(settled).toEqual([])
    await clock.advance(1_000_000)

    await expect(result).rejects.toThrow(DeadlineExceededError)
    expect(settled).toEqual(['with a deadline'])
    expect(orchestrator.stats).toMatchObject({ abortedCount: 1, lingeringHandlerCount: 2 })
  })

  it('is left alone by a pipeline whose outermost layer is a timeout', async () => {
    const clock = new FakeClock()
    const result = timeout({ timeoutMs: 5000, clock })
      .retry({ retryDelayMs: 100, clock })
      .timeout({ timeoutMs: 1000, clock })
      .execute(() => new Promise<never>(nothing))
    result.catch(nothing)

    await clock.advance(5000)

    await expect(result).rejects.toMatchObject({ code: 'task_timeout', timeoutMs: 5000 })
  })
})
