import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, it, vi } from 'vitest'
import {
  currentTask,
  DuplicateTaskError,
  FakeClock,
  generatePolicy,
  QueueFullError,
  systemClock,
  TaskOrchestrator,
  type TaskOrchestratorOptions,
  TaskTimeoutError,
} from '../src/index.ts'
import { aHeldTask, turn } from './held-task.ts'

const anOrchestrator = (options: TaskOrchestratorOptions = {}) =>
  new TaskOrchestrator({ workerCount: 1, clock: new FakeClock(), ...options })

const fails = () => Promise.reject(new Error('503'))

describe('a task’s context', () => {
  it('is the argument of its handler and, with asyncContext, of currentTask anywhere below it', async () => {
    const clock = new FakeClock(1000)
    const orchestrator = anOrchestrator({ clock, asyncContext: true })
    const signal = new AbortController().signal

    const seen = await orchestrator.execute({
      name: 'process-encounter',
      operationKey: 'process',
      correlationId: 'enc-7',
      deadlineMs: 5000,
      signal,
      baggage: { practice: '1' },
      async run(context) {
        await turn()
        expect(currentTask()).toBe(context)
        const { taskId, name, operationKey, correlationId, attempt, maxAttempts } = context
        const { workerId, deadline, baggage } = context
        return {
          ...{ taskId, name, operationKey, correlationId, attempt, maxAttempts },
          ...{ workerId, deadline, baggage },
          isAborted: context.signal.aborted,
        }
      },
    })

    expect(seen).toEqual({
      taskId: 'task-1',
      name: 'process-encounter',
      operationKey: 'process',
      correlationId: 'enc-7',
      attempt: 1,
      maxAttempts: 4,
      workerId: 'worker-1',
      deadline: new Date(6000),
      baggage: { practice: '1' },
      isAborted: false,
    })
    expect(currentTask()).toBeUndefined()
  })

  it('defaults to the task’s name, its id, no deadline and no baggage', async () => {
    const seen = await anOrchestrator().execute({
      name: 'plain',
      run: ({ operationKey, correlationId, deadline, baggage }) => ({
        ...{ operationKey, correlationId, deadline, baggage },
      }),
    })

    expect(seen).toEqual({
      operationKey: 'plain',
      correlationId: 'task-1',
      deadline: undefined,
      baggage: {},
    })
  })

  it('is in no AsyncLocalStorage unless asked for', async () => {
    const request = new AsyncLocalStorage<string>()
    const orchestrator = anOrchestrator()

    const seen = await request.run('practice-1', () =>
      orchestrator.execute({
        name: 'plain',
        async run({ taskId }) {
          await turn()
          return { taskId, current: currentTask(), request: request.getStore() }
        },
      }),
    )

    expect(seen).toEqual({ taskId: 'task-1', current: undefined, request: undefined })
  })

  it('stays with the promises that a task left behind, while the next task has its own', async () => {
    const orchestrator = anOrchestrator({ asyncContext: true })
    const later = Promise.withResolvers<void>()
    let leftBehind: Promise<string | undefined> | undefined
    await orchestrator.execute({
      name: 'first',
      run() {
        leftBehind = later.promise.then(() => currentTask()?.taskId)
      },
    })

    await orchestrator.execute({ name: 'second', run: () => later.resolve() })

    await expect(leftBehind).resolves.toBe('task-1')
  })

  it('does not carry the submitter’s own context, nor that of the task before, into a handler', async () => {
    const request = new AsyncLocalStorage<string>()
    const orchestrator = anOrchestrator({ asyncContext: true })
    const seen: (string | undefined)[] = []
    const look = { name: 'look', run: () => seen.push(request.getStore()) }

    await request.run('practice-1', () => orchestrator.execute(look))
    await orchestrator.execute({ name: 'leaky', run: () => request.enterWith('practice-2') })
    await orchestrator.execute(look)

    expect(seen).toEqual([undefined, undefined])
  })

  it('keeps the signal of an attempt that is over', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock })
    const held = aHeldTask()
    orchestrator.run(held.task)
    await clock.advance(60_000)
    const { signal } = held.attempts[0]?.context ?? {}

    expect(signal?.reason).toBeInstanceOf(TaskTimeoutError)
    expect(held.attempts[0]?.context.signal).toBe(signal)
  })
})

describe('a key', () => {
  it('runs tasks that wait for it one after the other, in order, and counts them in the backlog', async () => {
    const orchestrator = anOrchestrator({ workerCount: 3, maxBacklog: 2 })
    const tasks = ['0', '1', '2'].map((name) => aHeldTask(name, { key: 'k', whenKeyTaken: 'wait' }))
    for (const { task } of tasks) orchestrator.run(task)
    await turn()

    expect(orchestrator.stats).toMatchObject({ busyWorkers: 1, keyWaitCount: 2, queuedCount: 2 })
    const started = () => tasks.map(({ attempts }) => attempts.length)
    expect(started()).toEqual([1, 0, 0])
    tasks[0]?.attempts[0]?.finish('')
    await turn()
    expect(started()).toEqual([1, 1, 0])
    tasks[1]?.attempts[0]?.fail(new Error('permanent'))
    await turn()
    // The second waits for its retry, and keeps the key meanwhile.
    expect(started()).toEqual([1, 1, 0])
  })

  it('leaves at once when it is aborted while it waits for its key', async () => {
    const orchestrator = anOrchestrator()
    const holder = aHeldTask('holder', { key: 'k' })
    const abort = new AbortController()
    orchestrator.run(holder.task)
    const waiting = orchestrator.execute({
      name: 'waiting',
      key: 'k',
      whenKeyTaken: 'wait',
      signal: abort.signal,
      run: () => 0,
    })
    await turn()

    abort.abort()

    await expect(waiting).rejects.toMatchObject({ code: 'task_aborted' })
    expect(orchestrator.stats.keyWaitCount).toBe(0)
    expect(() => orchestrator.run({ name: 'other', key: 'k', run: () => 0 })).toThrow(
      DuplicateTaskError,
    )
    holder.attempts[0]?.finish('')
    await turn()
    await expect(
      orchestrator.execute({ name: 'other', key: 'k', run: () => 'free' }),
    ).resolves.toBe('free')
  })

  it('is free again when its task is aborted before it began', async () => {
    const orchestrator = anOrchestrator()
    const abort = new AbortController()
    orchestrator.run(aHeldTask().task)
    const queued = orchestrator.execute(
      aHeldTask('queued', { key: 'k', signal: abort.signal }).task,
    )
    queued.catch(() => undefined)
    await turn()

    abort.abort()

    expect(orchestrator.run(aHeldTask('next', { key: 'k' }).task)).toBe(true)
  })

  it('stays taken by a handler that outlived its abort, until that has settled', async () => {
    const orchestrator = anOrchestrator()
    const abort = new AbortController()
    const zombie = aHeldTask('zombie', { key: 'k', signal: abort.signal })
    const outcome = orchestrator.execute(zombie.task)
    outcome.catch(() => undefined)
    await turn()

    abort.abort()
    await expect(outcome).rejects.toMatchObject({ code: 'task_aborted' })
    expect(orchestrator.stats.lingeringHandlerCount).toBe(1)
    expect(() => orchestrator.run({ name: 'next', key: 'k', run: () => 0 })).toThrow(
      DuplicateTaskError,
    )
    zombie.attempts[0]?.finish('late')
    await turn()

    expect(orchestrator.run({ name: 'next', key: 'k', run: () => 0 })).toBe(true)
    expect(orchestrator.stats.lingeringHandlerCount).toBe(0)
  })

  it('refuses a caller that waited for capacity and finds its key taken, and accepts the next one', async () => {
    const orchestrator = anOrchestrator({ maxBacklog: 1 })
    const first = aHeldTask('first', { key: 'k' })
    const second = aHeldTask('second')
    orchestrator.run(first.task)
    orchestrator.run(second.task)
    const duplicate = orchestrator.runAsync({ name: 'duplicate', key: 'k', run: () => 0 })
    const wanted = orchestrator.execute({ name: 'next', run: () => 'ran' })
    await turn()
    // Two more workers start the second task and make capacity, while the first still holds the key.
    orchestrator.resize(3)

    await expect(duplicate).rejects.toThrow(DuplicateTaskError)
    await expect(wanted).resolves.toBe('ran')
  })
})

describe('a group', () => {
  it('has a limit of its own when groupConcurrency is a function, and none without a group', async () => {
    const orchestrator = anOrchestrator({
      workerCount: 9,
      groupConcurrency: (group) => (group === 'small' ? 1 : 2),
    })
    const tasks = [
      'small',
      'small',
      'large',
      'large',
      'large',
      undefined,
      undefined,
      undefined,
    ].map((group) => ({ group, ...aHeldTask('one', group === undefined ? {} : { group }) }))
    for (const { task } of tasks) orchestrator.run(task)
    await turn()

    const running = tasks.filter(({ attempts }) => attempts.length > 0).map(({ group }) => group)
    expect(running).toEqual(['small', 'large', 'large', undefined, undefined, undefined])
  })

  it('obeys a limit that changes while it works', async () => {
    let limit = 2
    const orchestrator = anOrchestrator({ workerCount: 9, groupConcurrency: () => limit })
    const tasks = Array.from({ length: 4 }, () => aHeldTask('one', { group: 'a' }))
    for (const { task } of tasks) orchestrator.run(task)
    await turn()
    const started = () => tasks.filter(({ attempts }) => attempts.length > 0).length
    limit = 1

    tasks[0]?.attempts[0]?.finish('')
    await turn()
    expect(started()).toBe(2)
    tasks[1]?.attempts[0]?.finish('')
    await turn()

    expect(started()).toBe(3)
  })

  it('at its limit holds up neither other groups nor lower priorities', async () => {
    const orchestrator = anOrchestrator({ workerCount: 3, groupConcurrency: 1 })
    const urgent = aHeldTask('urgent', { group: 'a', priority: 9 })
    const blocked = aHeldTask('blocked', { group: 'a', priority: 9 })
    const low = aHeldTask('low', { group: 'a', priority: 1 })
    const other = aHeldTask('other', { group: 'b' })
    for (const { task } of [urgent, blocked, low, other]) orchestrator.run(task)
    await turn()
    const started = () =>
      [urgent, blocked, low, other].map(({ attempts }) => attempts.length).join('')

    expect(started()).toBe('1001')
    urgent.attempts[0]?.finish('')
    await turn()
    expect(started()).toBe('1101')
    blocked.attempts[0]?.finish('')
    await turn()
    expect(started()).toBe('1111')
  })

  it('at its limit has no turn in any priority', async () => {
    const orchestrator = anOrchestrator({ workerCount: 4, groupConcurrency: 1 })
    const tasks = [9, 9, 1, 0].map((priority) => aHeldTask('one', { group: 'a', priority }))
    orchestrator.pause()
    for (const { task } of tasks) orchestrator.run(task)
    orchestrator.resume()
    await turn()
    const started = () => tasks.map(({ attempts }) => attempts.length).join('')

    expect(started()).toBe('1000')
    tasks[0]?.attempts[0]?.finish('')
    await turn()
    expect(started()).toBe('1100')
    tasks[1]?.attempts[0]?.finish('')
    await turn()
    expect(started()).toBe('1110')
  })

  it('gives its turn to the next when its only waiting task is aborted', async () => {
    const order: string[] = []
    const orchestrator = anOrchestrator()
    const abort = new AbortController()
    orchestrator.pause()
    const aborted = orchestrator.execute({
      name: 'a',
      group: 'a',
      signal: abort.signal,
      run: () => order.push('a'),
    })
    aborted.catch(() => undefined)
    orchestrator.run({ name: 'b', group: 'b', run: () => order.push('b') })
    abort.abort()

    await orchestrator.stop()

    expect(order).toEqual(['b'])
  })

  it('refuses a limit that is no positive integer', () => {
    expect(() => anOrchestrator({ groupConcurrency: 0 })).toThrow('groupConcurrency')
  })
})

describe('whenCapacity', () => {
  it('counts idle workers only when they would take a task of any group', async () => {
    const { signal } = new AbortController()
    const orchestrator = anOrchestrator({ workerCount: 3, maxBacklog: 2, groupConcurrency: 1 })

    const places = await orchestrator.whenCapacity({ signal })
    expect(places).toBe(2)
    for (let place = 0; place < places; place += 1)
      orchestrator.run(aHeldTask('one', { group: 'a' }).task)

    expect(orchestrator.stats).toMatchObject({ busyWorkers: 1, queuedCount: 1 })
  })

  it('resolves with what there is, and waits until there is as much as asked for', async () => {
    const { signal } = new AbortController()
    const orchestrator = anOrchestrator({ maxBacklog: 4 })
    await expect(orchestrator.whenCapacity({ signal })).resolves.toBe(5)
    const tasks = Array.from({ length: 5 }, () => aHeldTask())
    for (const { task } of tasks) orchestrator.run(task)
    const seen: string[] = []
    void orchestrator.whenCapacity({ places: 1 }).then((places) => seen.push(`1: ${places}`))
    void orchestrator.whenCapacity({ places: 3 }).then((places) => seen.push(`3: ${places}`))
    // More than there ever is means all of it.
    void orchestrator.whenCapacity({ places: 99 }).then((places) => seen.push(`99: ${places}`))
    await turn()
    expect(seen).toEqual([])

    const after: string[][] = []
    for (const { attempts } of tasks) {
      attempts[0]?.finish('')
      await turn()
      after.push([...seen])
    }

    expect(after.map((texts) => texts.join(', '))).toEqual([
      '1: 1',
      '1: 1',
      '1: 1, 3: 3',
      '1: 1, 3: 3, 99: 4',
      '1: 1, 3: 3, 99: 4',
    ])
  })

  it('serves callers that wait with a task first', async () => {
    const { signal } = new AbortController()
    const orchestrator = anOrchestrator({ maxBacklog: 1 })
    const tasks = [aHeldTask(), aHeldTask(), aHeldTask()]
    for (const { task } of tasks) void orchestrator.runAsync(task)
    let hasCapacity = false
    void orchestrator.whenCapacity({ signal }).then(() => {
      hasCapacity = true
    })
    await turn()
    tasks[0]?.attempts[0]?.finish('')
    await turn()

    expect(orchestrator.stats.waitingCount).toBe(0)
    expect(hasCapacity).toBe(false)
  })

  it('ends at once when its signal aborts, before and while it waits', async () => {
    const abort = new AbortController()
    const orchestrator = anOrchestrator({ maxBacklog: 1 })
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)
    const waiting = orchestrator.whenCapacity({ signal: abort.signal })

    abort.abort(new Error('gone'))

    await expect(waiting).rejects.toThrow('gone')
    await expect(orchestrator.whenCapacity({ signal: abort.signal })).rejects.toThrow('gone')
  })
})

describe('an abort', () => {
  it('of the task’s signal ends its caller’s wait for capacity', async () => {
    const orchestrator = anOrchestrator({ maxBacklog: 1 })
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)
    const abort = new AbortController()
    const waiting = orchestrator.execute(aHeldTask('third', { signal: abort.signal }).task)
    abort.abort('no longer wanted')

    await expect(waiting).rejects.toMatchObject({
      code: 'task_aborted',
      cause: 'no longer wanted',
    })
    await expect(
      orchestrator.runAsync(aHeldTask('late', { signal: abort.signal }).task),
    ).rejects.toMatchObject({ code: 'task_aborted' })
    expect(orchestrator.stats.waitingCount).toBe(0)
  })

  it('before submission settles the task as aborted without calling its handler', async () => {
    const orchestrator = anOrchestrator()
    const never = aHeldTask('never', { signal: AbortSignal.abort(), key: 'k' })

    await expect(orchestrator.execute(never.task)).rejects.toMatchObject({ code: 'task_aborted' })
    await turn()

    expect(never.attempts).toHaveLength(0)
    expect(orchestrator.stats).toMatchObject({ acceptedCount: 1, abortedCount: 1, busyWorkers: 0 })
    expect(orchestrator.run({ name: 'next', key: 'k', run: () => 0 })).toBe(true)
    await expect(
      orchestrator.runAsync(aHeldTask().task, { signal: AbortSignal.abort(new Error('gone')) }),
    ).rejects.toThrow('gone')
  })

  it('gives the worker to the next task, whatever the handler does', async () => {
    const orchestrator = anOrchestrator()
    const abort = new AbortController()
    const stubborn = aHeldTask('stubborn', { signal: abort.signal })
    const aborted = orchestrator.execute(stubborn.task)
    aborted.catch(() => undefined)
    const next = orchestrator.execute({ name: 'next', run: ({ workerId }) => workerId })
    await turn()

    abort.abort()

    await expect(next).resolves.toBe('worker-1')
    expect(orchestrator.stats).toMatchObject({ workerCount: 1, busyWorkers: 0 })
    stubborn.attempts[0]?.fail(new Error('late'))
    await turn()
    expect(orchestrator.stats).toMatchObject({ abortedCount: 1, completedCount: 1, failedCount: 0 })
  })

  it('ends a retry that is due and only waits for the handler before it', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock })
    const abort = new AbortController()
    const stubborn = aHeldTask('stubborn', { signal: abort.signal })
    const aborted = orchestrator.execute(stubborn.task)
    aborted.catch(() => undefined)
    await clock.advance(63_000)
    expect(orchestrator.stats).toMatchObject({ retryWaitCount: 1, lingeringHandlerCount: 1 })

    abort.abort()
    await expect(aborted).rejects.toMatchObject({ code: 'task_aborted' })
    stubborn.attempts[0]?.finish('late')
    await turn()

    expect(stubborn.attempts).toHaveLength(1)
    expect(orchestrator.stats).toMatchObject({ retryWaitCount: 0, queuedCount: 0, busyWorkers: 0 })
  })

  it('while the pool shrinks leaves as many workers as were asked for', async () => {
    const orchestrator = anOrchestrator({ workerCount: 2 })
    const abort = new AbortController()
    const tasks = [aHeldTask('0', { signal: abort.signal }), aHeldTask('1')]
    for (const { task } of tasks) orchestrator.run(task)
    await turn()
    orchestrator.resize(1)
    abort.abort()
    const next = aHeldTask('next')
    orchestrator.run(next.task)
    await turn()

    expect(next.attempts).toHaveLength(0)
    tasks[1]?.attempts[0]?.finish('')
    await turn()
    expect(next.attempts).toHaveLength(1)
  })
})

describe('a full queue', () => {
  it('refuses a second caller at once, when blockOnFullQueue is off', async () => {
    const orchestrator = anOrchestrator({
      maxBacklog: 1,
      features: { blockOnFullQueue: false, allowSyncTaskDrop: false },
    })
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)

    await expect(orchestrator.execute(aHeldTask().task)).rejects.toMatchObject({
      code: 'queue_full',
      capacity: 1,
    })
  })

  it('is full for a task that would wait for its key beside an idle worker', async () => {
    const orchestrator = anOrchestrator({ workerCount: 2, maxBacklog: 1 })
    orchestrator.run(aHeldTask('holder', { key: 'k' }).task)
    const waits = { key: 'k', whenKeyTaken: 'wait' } as const
    orchestrator.run(aHeldTask('first', waits).task)

    expect(() => orchestrator.run(aHeldTask('second', waits).task)).toThrow(QueueFullError)
    expect(orchestrator.run(aHeldTask('other').task)).toBe(true)
    expect(orchestrator.stats).toMatchObject({ keyWaitCount: 1, queuedCount: 1, busyWorkers: 2 })
  })

  it('is full while paused too', () => {
    const orchestrator = anOrchestrator({ maxBacklog: 2 })
    orchestrator.pause()
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)

    expect(() => orchestrator.run(aHeldTask().task)).toThrow(QueueFullError)
    expect(orchestrator.stats).toMatchObject({ paused: true, queuedCount: 2, busyWorkers: 0 })
  })

  it('accepts a task that an idle worker can take at once, also when the whole backlog waits for retries', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock, maxBacklog: 1 })
    orchestrator.run({ name: 'retrying', run: fails })
    await turn()
    const running = aHeldTask()
    orchestrator.run(running.task)
    const waiting = orchestrator.execute({ name: 'next', run: () => 'ran' })
    await turn()
    expect(orchestrator.stats).toMatchObject({ retryWaitCount: 1, busyWorkers: 1, waitingCount: 1 })

    running.attempts[0]?.finish('')

    await expect(waiting).resolves.toBe('ran')
  })

  it.each([0, 1.5, Number.NaN])('cannot be made with a bound of %d', (maxBacklog) => {
    expect(() => anOrchestrator({ maxBacklog })).toThrow(RangeError)
    expect(() => anOrchestrator({ workerCount: maxBacklog })).toThrow(RangeError)
  })
})

describe('a fallback', () => {
  it('gives the result when no attempt is left, however long it takes', async () => {
    const answer = Promise.withResolvers<string>()
    const orchestrator = anOrchestrator({ pattern: 'none', fallback: () => answer.promise })
    const result = orchestrator.execute<string>({ name: 'failing', run: fails })
    await turn()
    expect(orchestrator.stats).toMatchObject({ busyWorkers: 0, completedCount: 0 })

    answer.resolve('cached')

    await expect(result).resolves.toBe('cached')
    expect(orchestrator.stats).toMatchObject({ completedCount: 1, failedCount: 0 })
  })

  it('that fails is the error of its task', async () => {
    const orchestrator = anOrchestrator({
      pattern: 'none',
      fallback() {
        throw new Error('no cache either')
      },
    })

    await expect(orchestrator.execute({ name: 'failing', run: fails })).rejects.toThrow(
      'no cache either',
    )
    expect(orchestrator.stats.failedCount).toBe(1)
  })

  it('has no effect after an abort, and a drain reports its task while it runs', async () => {
    const clock = new FakeClock()
    const answer = Promise.withResolvers<string>()
    const orchestrator = anOrchestrator({
      clock,
      pattern: 'none',
      settleGraceMs: 1,
      fallback: () => answer.promise,
    })
    const result = orchestrator.execute<string>({ name: 'failing', run: fails })
    result.catch(() => undefined)
    await turn()

    const stopping = orchestrator.stop({ timeoutMs: 10 })
    await clock.advance(20)
    answer.resolve('too late')

    await expect(stopping).resolves.toMatchObject({
      unfinished: [{ name: 'failing', state: 'running' }],
    })
    await expect(result).rejects.toMatchObject({ code: 'task_aborted' })
    await turn()
    expect(orchestrator.stats).toMatchObject({ abortedCount: 1, completedCount: 0 })
  })
})

describe('an observer', () => {
  it('is notified of everything once, with names and ids only', async () => {
    const clock = new FakeClock()
    const notified: string[] = []
    const orchestrator = anOrchestrator({
      clock,
      resilience: { retryCount: 1 },
      observer: {
        taskAccepted: ({ taskId, attempt }) => notified.push(`accepted ${taskId} ${attempt}`),
        taskStarted: ({ attempt, workerId }) => notified.push(`started ${attempt} ${workerId}`),
        attemptFailed: ({ attempt }, error, delayMs) =>
          notified.push(`failed ${attempt} ${(error as Error).message} ${delayMs}`),
        taskSettled: ({ attempt }, outcome, error) =>
          notified.push(`settled ${attempt} ${outcome} ${String(error)}`),
      },
    })
    orchestrator.run({ name: 'failing', run: fails })
    await clock.advance(3000)
    await orchestrator.execute({ name: 'fine', run: () => 1 })

    expect(notified).toEqual([
      'accepted task-1 0',
      'started 1 worker-1',
      'failed 1 503 2000',
      'started 2 worker-1',
      'failed 2 503 undefined',
      'settled 2 failed Error: 503',
      'accepted task-2 0',
      'started 1 worker-1',
      'settled 1 completed undefined',
    ])
  })

  it.each(['taskAccepted', 'taskStarted', 'attemptFailed'] as const)(
    'may abort the very task that %s notifies it of',
    async (hook) => {
      const clock = new FakeClock()
      const abort = new AbortController()
      const orchestrator = anOrchestrator({
        clock,
        workerCount: 2,
        observer: { [hook]: () => abort.abort() },
      })
      const result = orchestrator.execute({ name: 'failing', signal: abort.signal, run: fails })
      result.catch(() => undefined)
      await clock.advance(60_000)

      await expect(result).rejects.toMatchObject({ code: 'task_aborted' })
      expect(orchestrator.stats).toMatchObject({
        abortedCount: 1,
        failedCount: 0,
        busyWorkers: 0,
        workerCount: 2,
        retryWaitCount: 0,
      })
      const next = await Promise.all(
        ['a', 'b'].map((name) => orchestrator.execute({ name, run: () => name })),
      )
      expect(next).toEqual(['a', 'b'])
    },
  )

  it('is notified of breakers, by the dependency that they guard', async () => {
    const notified: string[] = []
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({
      clock,
      pattern: 'advanced',
      resilience: { retryCount: 0, breakerThreshold: 2 },
      observer: { breakerChanged: (dependency, state) => notified.push(`${dependency} ${state}`) },
    })
    const call = (run: () => Promise<unknown>) =>
      orchestrator.execute({ name: 'read chart', dependency: 'ehr', run }).catch(() => undefined)

    await call(fails)
    await call(fails)
    await expect(
      orchestrator.execute({ name: 'read note', dependency: 'ehr', run: () => 1 }),
    ).rejects.toMatchObject({ code: 'circuit_open', dependency: 'ehr' })
    await orchestrator.execute({ name: 'analyze', run: () => 1 })
    await clock.advance(30_000)
    await call(() => Promise.resolve(1))

    expect(notified).toEqual(['ehr open', 'ehr half_open', 'ehr closed'])
  })
})

describe('a policy', () => {
  it('of a task replaces the orchestrator’s', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock })
    const policy = generatePolicy(
      'basic',
      { retryCount: 1, retryDelayMs: 1000 },
      { clock, fallback: () => 'fallback' },
    )
    const attempts: number[] = []
    const result = orchestrator.execute<string>({
      name: 'own',
      policy,
      run({ attempt, maxAttempts }) {
        attempts.push(clock.now())
        throw new Error(`attempt ${attempt} of ${maxAttempts}`)
      },
    })
    await clock.advance(1000)

    await expect(result).resolves.toBe('fallback')
    expect(attempts).toEqual([0, 1000])
  })

  it.each(['shouldRetry', 'retryAfterMs'] as const)(
    'whose %s throws does not retry',
    async (hook) => {
      const orchestrator = anOrchestrator({
        [hook]() {
          throw new Error('hook')
        },
      })

      await expect(orchestrator.execute({ name: 'failing', run: fails })).rejects.toThrow('503')
      expect(orchestrator.stats.observerErrorCount).toBe(1)
    },
  )

  it('advanced: a timeout counts for the breaker and frees the bulkhead at once, while the worker stays behind', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({
      clock,
      pattern: 'advanced',
      resilience: { breakerThreshold: 1, bulkheadLimit: 1 },
    })
    const stubborn = aHeldTask('stubborn', { dependency: 'ehr' })
    const result = orchestrator.execute(stubborn.task)
    result.catch(() => undefined)
    await clock.advance(60_000)

    expect(orchestrator.stats).toMatchObject({ lingeringHandlerCount: 1, retryWaitCount: 1 })
    await expect(
      orchestrator.execute({ name: 'next', dependency: 'ehr', run: () => 1 }),
    ).rejects.toMatchObject({ code: 'circuit_open' })
    stubborn.attempts[0]?.finish('too late')
    await clock.advance(30_000)
    stubborn.attempts[1]?.finish('second')

    await expect(result).rejects.toMatchObject({ code: 'circuit_open' })
  })

  it('advanced: an abort ends a wait in the bulkhead at once, and its worker takes other work', async () => {
    const abort = new AbortController()
    const orchestrator = anOrchestrator({
      workerCount: 2,
      pattern: 'advanced',
      resilience: { bulkheadLimit: 1 },
    })
    const first = aHeldTask('first', { dependency: 'ehr' })
    orchestrator.run(first.task)
    const waiting = orchestrator.execute(
      aHeldTask('waiting', { dependency: 'ehr', signal: abort.signal }).task,
    )
    waiting.catch(() => undefined)
    await turn()

    abort.abort()

    await expect(waiting).rejects.toMatchObject({ code: 'task_aborted' })
    await expect(orchestrator.execute({ name: 'other', run: () => 1 })).resolves.toBe(1)
    expect(orchestrator.stats.lingeringHandlerCount).toBe(0)
  })
})

describe('the system’s clock', () => {
  it('waits longer than the runtime can, and without end for Infinity', () => {
    vi.useFakeTimers()
    try {
      const fired: string[] = []
      systemClock.setTimer(() => fired.push('25 days'), 2 ** 31)
      systemClock.setTimer(() => fired.push('60 days'), 2 ** 32)
      systemClock.setTimer(() => fired.push('cancelled'), 2 ** 32).cancel()
      const endless = systemClock.setTimer(() => fired.push('never'), Infinity, {
        isBackground: true,
      })

      vi.advanceTimersByTime(2 ** 31 - 1)
      expect(fired).toEqual([])
      vi.advanceTimersByTime(1)
      expect(fired).toEqual(['25 days'])
      vi.advanceTimersByTime(2 ** 33)
      expect(fired).toEqual(['25 days', '60 days'])

      endless.cancel()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('fires timers, forgets cancelled ones, and gives the time and random numbers', async () => {
    const fired: string[] = []
    const before = Date.now()
    systemClock.setTimer(() => fired.push('cancelled'), 0).cancel()
    await new Promise<void>((resolve) => {
      systemClock.setTimer(() => {
        fired.push('fired')
        resolve()
      }, 1)
    })

    expect(fired).toEqual(['fired'])
    expect(systemClock.now()).toBeGreaterThanOrEqual(before)
    expect(systemClock.random()).toBeLessThan(1)
    systemClock.setTimer(() => fired.push('background'), 60_000, { isBackground: true }).cancel()
  })
})

describe('a pool', () => {
  const running = (tasks: readonly ReturnType<typeof aHeldTask>[]) =>
    tasks.filter(({ attempts }) => attempts.length > 0).length

  it('that was made smaller while idle runs no more tasks than it has workers', async () => {
    const orchestrator = anOrchestrator({ workerCount: 4 })
    orchestrator.resize(1)
    const tasks = Array.from({ length: 3 }, () => aHeldTask())
    for (const { task } of tasks) orchestrator.run(task)
    await turn()

    expect(running(tasks)).toBe(1)
    expect(orchestrator.stats).toMatchObject({ workerCount: 1, busyWorkers: 1 })
  })

  it('that was made smaller while busy retires its surplus workers as they finish', async () => {
    const orchestrator = anOrchestrator({ workerCount: 3 })
    const tasks = Array.from({ length: 6 }, () => aHeldTask())
    for (const { task } of tasks) orchestrator.run(task)
    await turn()
    orchestrator.resize(1)

    const seen: number[] = []
    for (const { attempts } of tasks) {
      attempts[0]?.finish('')
      await turn()
      seen.push(orchestrator.stats.busyWorkers)
    }

    expect(seen).toEqual([2, 1, 1, 1, 1, 0])
    expect(running(tasks)).toBe(6)
  })

  it('reuses the names of its slots when workers are replaced', async () => {
    const orchestrator = anOrchestrator({ workerCount: 2 })
    const names = new Set<string>()
    for (let round = 0; round < 5; round += 1) {
      orchestrator.resize(1)
      orchestrator.resize(2)
      const abort = new AbortController()
      const tasks = [aHeldTask('0', { signal: abort.signal }), aHeldTask('1')]
      for (const { task } of tasks) orchestrator.run(task)
      await turn()
      for (const { attempts } of tasks) names.add(attempts[0]?.context.workerId ?? '')
      abort.abort()
      tasks[1]?.attempts[0]?.finish('')
      await turn()
    }

    expect([...names].toSorted()).toEqual(['worker-1', 'worker-2'])
  })

  it('says how long the task that waits longest has waited', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock, pattern: 'none' })
    orchestrator.run(aHeldTask().task)
    await clock.advance(1000)
    orchestrator.run(aHeldTask('low').task)
    await clock.advance(500)
    orchestrator.run(aHeldTask('high', { priority: 1 }).task)
    await clock.advance(250)

    expect(orchestrator.stats.oldestQueuedAgeMs).toBe(750)
  })
})

describe('the workers', () => {
  it.each([1, 64])(
    'let the event loop handle timers in between, however many tasks end at once (%i workers)',
    async (workerCount) => {
      const orchestrator = anOrchestrator({ workerCount, maxBacklog: 10_000, pattern: 'none' })
      let ran = 0
      let ranBeforeTimer = 0
      for (let number = 0; number < 5000; number += 1) {
        orchestrator.run({
          name: 'trivial',
          run() {
            ran += 1
          },
        })
      }
      await new Promise<void>((resolve) => {
        setImmediate(() => {
          ranBeforeTimer = ran
          resolve()
        })
      })
      await orchestrator.stop()

      // 1024, and the attempts that the others were making then.
      expect(ranBeforeTimer).toBeLessThan(1024 + workerCount)
      expect(ran).toBe(5000)
    },
  )

  it('are idle at once when nothing waits, however many attempts they have made', async () => {
    const orchestrator = anOrchestrator({ workerCount: 1, maxBacklog: 8, pattern: 'none' })
    const capacities: number[] = []
    for (let number = 0; number < 3000; number += 1) {
      await orchestrator.execute({ name: 'trivial', run: () => undefined })
      capacities.push(await orchestrator.whenCapacity())
    }

    expect(new Set(capacities)).toEqual(new Set([9]))
  })

  it('continue together after the event loop had its turn, so that no task runs alone while there are others', async () => {
    const orchestrator = anOrchestrator({ workerCount: 4, maxBacklog: 20_000, pattern: 'none' })
    const runningAtStart: number[] = []
    let running = 0
    const run = async () => {
      running += 1
      runningAtStart.push(running)
      await Promise.resolve()
      running -= 1
    }
    for (let number = 0; number < 20_000; number += 1) orchestrator.run({ name: 'short', run })
    await orchestrator.stop()

    const inTheMiddle = runningAtStart.slice(8000, 16_000)
    expect(inTheMiddle.filter((count) => count === 4).length).toBeGreaterThan(1900)
  })
})
