import { describe, expect, it } from 'vitest'
import {
  DuplicateTaskError,
  type EventMessage,
  FakeClock,
  OrchestratorStoppedError,
  QueueFullError,
  type StreamItem,
  type Task,
  TaskOrchestrator,
  TaskTimeoutError,
} from '../src/index.ts'
import { aHeldTask, turn } from './held-task.ts'

const anEvent = (sequence: number): EventMessage => ({
  id: `event-${sequence}`,
  eventType: 'Counted',
  correlationId: 'enc-1',
  timestamp: '2026-01-01T00:00:00.000Z',
  source: 'test',
  data: { sequence },
  sequence,
})

describe('seed: TaskOrchestrator, work queuing', () => {
  it('runs tasks first in, first out', async () => {
    const order: string[] = []
    await using orchestrator = new TaskOrchestrator({ workerCount: 1, clock: new FakeClock() })

    await Promise.all(
      ['a', 'b', 'c'].map((name) => orchestrator.execute({ name, run: () => order.push(name) })),
    )

    expect(order).toEqual(['a', 'b', 'c'])
  })

  it('runs a higher priority before what waits', async () => {
    const order: string[] = []
    await using orchestrator = new TaskOrchestrator({ workerCount: 1, clock: new FakeClock() })
    const first = aHeldTask()
    await orchestrator.runAsync(first.task)

    const rest = [
      orchestrator.execute({ name: 'low', run: () => order.push('low') }),
      orchestrator.execute({ name: 'high', priority: 5, run: () => order.push('high') }),
    ]
    first.attempts[0]?.finish('')
    await Promise.all(rest)

    expect(order).toEqual(['high', 'low'])
  })

  it('lets groups take turns, so that a busy one does not starve another', async () => {
    const order: string[] = []
    await using orchestrator = new TaskOrchestrator({ workerCount: 1, clock: new FakeClock() })
    const first = aHeldTask()
    await orchestrator.runAsync(first.task)
    const submit = (group: string) =>
      orchestrator.execute({ name: group, group, run: () => order.push(group) })

    const rest = ['busy', 'busy', 'busy', 'quiet'].map(submit)
    first.attempts[0]?.finish('')
    await Promise.all(rest)

    expect(order).toEqual(['busy', 'quiet', 'busy', 'busy'])
  })

  it('runs at most groupConcurrency tasks of a group while workers are free', async () => {
    await using orchestrator = new TaskOrchestrator({
      workerCount: 4,
      groupConcurrency: 1,
      clock: new FakeClock(),
    })
    const one = aHeldTask('one', { group: 'practice' })
    const two = aHeldTask('two', { group: 'practice' })

    await orchestrator.runAsync(one.task)
    await orchestrator.runAsync(two.task)

    expect([one.attempts.length, two.attempts.length]).toEqual([1, 0])
    one.attempts[0]?.finish('')
    await turn()
    expect(two.attempts).toHaveLength(1)
    two.attempts[0]?.finish('')
  })

  it('refuses a second task with the key of one that has not settled', async () => {
    await using orchestrator = new TaskOrchestrator({ clock: new FakeClock() })
    const first = aHeldTask('first', { key: 'encounter-1' })
    await orchestrator.runAsync(first.task)

    await expect(
      orchestrator.runAsync({ name: 'second', key: 'encounter-1', run: () => 0 }),
    ).rejects.toThrow(DuplicateTaskError)

    first.attempts[0]?.finish('')
    await turn()
    await expect(
      orchestrator.execute({ name: 'third', key: 'encounter-1', run: () => 3 }),
    ).resolves.toBe(3)
  })
})

describe('seed: Queue full (burst load) → RunAsync awaits capacity', () => {
  it('makes runAsync wait for capacity, in the order of the calls', async () => {
    await using orchestrator = new TaskOrchestrator({
      workerCount: 1,
      maxBacklog: 1,
      clock: new FakeClock(),
    })
    const tasks = [aHeldTask('0'), aHeldTask('1'), aHeldTask('2'), aHeldTask('3')]
    const accepted: number[] = []

    const submissions = tasks.map(({ task }, index) =>
      orchestrator.runAsync(task).then(() => accepted.push(index)),
    )
    await turn()
    expect(accepted).toEqual([0, 1])
    expect(orchestrator.stats.waitingCount).toBe(2)

    for (const [index, { attempts }] of tasks.entries()) {
      attempts[0]?.finish('')
      await turn()
      expect(accepted).toEqual([0, 1, 2, 3].slice(0, Math.min(index + 3, 4)))
    }
    await Promise.all(submissions)
  })

  it('never has more waiting than the bound, however many callers come at once', async () => {
    let highest = 0
    const orchestrator: TaskOrchestrator = new TaskOrchestrator({
      workerCount: 2,
      maxBacklog: 3,
      clock: new FakeClock(),
    })
    const task = (): Task<void> => ({
      name: 'burst',
      async run() {
        highest = Math.max(highest, orchestrator.queuedCount)
        await turn()
      },
    })

    await Promise.all(Array.from({ length: 200 }, () => orchestrator.runAsync(task())))
    const report = await orchestrator.stop()

    expect(highest).toBeLessThanOrEqual(3)
    expect(orchestrator.stats.completedCount).toBe(200)
    expect(report.unfinished).toEqual([])
  })

  it('throws QueueFullError from run, and drops and counts with allowSyncTaskDrop', () => {
    const dropped: string[] = []
    const strict = new TaskOrchestrator({ workerCount: 1, maxBacklog: 1, clock: new FakeClock() })
    const dropping = new TaskOrchestrator({
      workerCount: 1,
      maxBacklog: 1,
      clock: new FakeClock(),
      features: { allowSyncTaskDrop: true },
      observer: { taskDropped: (name) => dropped.push(name) },
    })
    for (const orchestrator of [strict, dropping]) {
      orchestrator.run(aHeldTask().task)
      orchestrator.run(aHeldTask().task)
    }

    expect(() => strict.run(aHeldTask().task)).toThrow(QueueFullError)
    expect(dropping.run(aHeldTask('late').task)).toBe(false)
    expect(dropped).toEqual(['late'])
    expect(dropping.stats.droppedTaskCount).toBe(1)
  })

  it('rejects runAsync at once when blockOnFullQueue is off', async () => {
    const orchestrator = new TaskOrchestrator({
      workerCount: 1,
      maxBacklog: 1,
      clock: new FakeClock(),
      features: { blockOnFullQueue: false },
    })
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)

    await expect(orchestrator.runAsync(aHeldTask().task)).rejects.toThrow(QueueFullError)
  })

  it('ends a wait for capacity at once when its signal aborts', async () => {
    const orchestrator = new TaskOrchestrator({
      workerCount: 1,
      maxBacklog: 1,
      clock: new FakeClock(),
    })
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)
    const caller = new AbortController()

    const waiting = orchestrator.runAsync(aHeldTask().task, { signal: caller.signal })
    caller.abort(new Error('gone'))

    await expect(waiting).rejects.toThrow('gone')
    expect(orchestrator.stats.waitingCount).toBe(0)
  })
})

describe('seed: TaskOrchestrator, worker lifecycle', () => {
  it('runs as many tasks at once as there are workers, and more after a resize', async () => {
    await using orchestrator = new TaskOrchestrator({ workerCount: 2, clock: new FakeClock() })
    const tasks = Array.from({ length: 4 }, () => aHeldTask())
    for (const { task } of tasks) orchestrator.run(task)
    const running = () => tasks.filter(({ attempts }) => attempts.length > 0).length

    await turn()
    expect(running()).toBe(2)
    orchestrator.resize(3)
    await turn()
    expect(running()).toBe(3)
    expect(
      new Set(tasks.slice(0, 3).map(({ attempts }) => attempts[0]?.context.workerId)).size,
    ).toBe(3)

    for (const { attempts } of tasks.slice(0, 3)) attempts[0]?.finish('')
    await turn()
    tasks[3]?.attempts[0]?.finish('')
  })

  it('starts nothing while paused', async () => {
    await using orchestrator = new TaskOrchestrator({ clock: new FakeClock() })
    const held = aHeldTask()
    orchestrator.pause()
    orchestrator.run(held.task)

    await turn()
    expect(held.attempts).toHaveLength(0)
    orchestrator.resume()
    await turn()
    expect(held.attempts).toHaveLength(1)
    held.attempts[0]?.finish('')
  })

  it('keeps running when an observer throws, and counts it', async () => {
    await using orchestrator = new TaskOrchestrator({
      clock: new FakeClock(),
      observer: {
        taskStarted() {
          throw new Error('observer')
        },
      },
    })

    await expect(orchestrator.execute({ name: 'ok', run: () => 1 })).resolves.toBe(1)
    expect(orchestrator.stats.observerErrorCount).toBe(1)
  })
})

describe('seed: Intelligence service 503 → retry after 2s, 4s, 8s', () => {
  it('tries again after exactly 2, 4 and 8 seconds, and leaves the worker to others meanwhile', async () => {
    const clock = new FakeClock()
    const startedAt: number[] = []
    await using orchestrator = new TaskOrchestrator({ workerCount: 1, clock })
    const failing = orchestrator.execute({
      name: 'failing',
      run() {
        startedAt.push(clock.now())
        throw new Error('503')
      },
    })
    failing.catch(() => undefined)
    await turn()

    await expect(orchestrator.execute({ name: 'other', run: () => 'ran' })).resolves.toBe('ran')
    expect(orchestrator.stats).toMatchObject({ busyWorkers: 0, retryWaitCount: 1, queuedCount: 1 })
    await clock.advance(20_000)

    await expect(failing).rejects.toThrow('503')
    expect(startedAt).toEqual([0, 2000, 6000, 14_000])
  })

  it('succeeds on attempt 2 after a transient failure', async () => {
    const clock = new FakeClock()
    await using orchestrator = new TaskOrchestrator({ clock })
    const result = orchestrator.execute({
      name: 'flaky',
      run: ({ attempt }) =>
        attempt === 1 ? Promise.reject(new Error('transient')) : `attempt ${attempt}`,
    })

    await clock.advance(2000)

    await expect(result).resolves.toBe('attempt 2')
  })

  it('does not retry what shouldRetry refuses, and waits as long as the other side asks', async () => {
    const clock = new FakeClock()
    const startedAt: number[] = []
    const orchestrator = new TaskOrchestrator({
      clock,
      shouldRetry: (error) => (error as Error).message !== 'permanent',
      retryAfterMs: () => 30_000,
    })

    await expect(
      orchestrator.execute({
        name: 'permanent',
        run() {
          throw new Error('permanent')
        },
      }),
    ).rejects.toThrow('permanent')
    const asked = orchestrator.execute({
      name: 'asked',
      run() {
        startedAt.push(clock.now())
        if (startedAt.length === 1) throw new Error('429')
      },
    })
    await clock.advance(30_000)
    await asked

    expect(startedAt).toEqual([0, 30_000])
  })

  it('aborts an attempt at its timeout and starts the retry only after its handler has settled', async () => {
    const clock = new FakeClock()
    const orchestrator = new TaskOrchestrator({ clock })
    const stubborn = aHeldTask('stubborn')
    const result = orchestrator.execute(stubborn.task)
    await clock.advance(60_000)
    expect(stubborn.attempts[0]?.context.signal.reason).toBeInstanceOf(TaskTimeoutError)

    await clock.advance(10_000)
    expect(stubborn.attempts).toHaveLength(1)
    stubborn.attempts[0]?.finish('too late')
    await turn()
    stubborn.attempts[1]?.finish('second')

    await expect(result).resolves.toBe('second')
  })

  it('ends a waiting retry at once when its task is aborted', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const orchestrator = new TaskOrchestrator({ clock })
    const result = orchestrator.execute({
      name: 'retrying',
      signal: caller.signal,
      run() {
        throw new Error('transient')
      },
    })
    result.catch(() => undefined)
    await turn()

    caller.abort()

    await expect(result).rejects.toMatchObject({ code: 'task_aborted' })
    expect(orchestrator.stats.retryWaitCount).toBe(0)
    expect(clock.pendingTimers).toBe(0)
  })

  it('gives up on a task at its deadline, whatever its attempts', async () => {
    const clock = new FakeClock()
    const orchestrator = new TaskOrchestrator({ clock })
    const result = orchestrator.execute({
      name: 'late',
      deadlineMs: 5000,
      run() {
        throw new Error('transient')
      },
    })
    result.catch(() => undefined)

    await clock.advance(5000)

    await expect(result).rejects.toMatchObject({ code: 'deadline_exceeded' })
  })
})

describe('seed: TaskOrchestrator, event broadcast', () => {
  it('brings every event to every subscriber, from the moment of its call', async () => {
    const orchestrator = new TaskOrchestrator({ clock: new FakeClock() })
    orchestrator.publishEvent(anEvent(1))
    const streams = [orchestrator.getEventStream(), orchestrator.getEventStream()]
    orchestrator.publishEvent(anEvent(2))
    orchestrator.publishEvent(anEvent(3))
    orchestrator.endStreams()

    const seen = await Promise.all(streams.map((stream) => Array.fromAsync(stream)))

    for (const items of seen) expect(sequences(items)).toEqual([2, 3])
  })

  it('ends the stream and frees its place on return and on abort', async () => {
    const orchestrator = new TaskOrchestrator({ clock: new FakeClock() })
    const reader = new AbortController()
    const aborted = orchestrator.getEventStream({ signal: reader.signal })
    const left = orchestrator.getEventStream()
    const waiting = aborted.next()

    reader.abort()
    await left.return?.()

    await expect(waiting).resolves.toEqual({ done: true, value: undefined })
    expect(orchestrator.stats.subscriberCount).toBe(0)
  })
})

describe('seed: Slow SSE client → per-subscriber channels with drop-oldest', () => {
  it('drops the oldest of a reader that does not read, reports how many, and does not slow down the others', async () => {
    const orchestrator = new TaskOrchestrator({
      subscriberChannelCapacity: 10,
      clock: new FakeClock(),
    })
    const stalled = orchestrator.getEventStream()
    const quick = orchestrator.getEventStream()
    const seen: number[] = []

    for (let sequence = 1; sequence <= 25; sequence += 1) {
      orchestrator.publishEvent(anEvent(sequence))
      const item = await quick.next()
      if (item.done !== true && item.value.kind === 'event')
        seen.push(item.value.event.sequence ?? 0)
    }
    orchestrator.endStreams()
    const items = await Array.fromAsync(stalled)

    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
    expect(items[0]).toEqual({ kind: 'gap', dropped: 15 })
    expect(sequences(items)).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
    expect(orchestrator.stats.droppedEventCount).toBe(15)
  })
})

describe('seed: Graceful shutdown → drain queue with 30s timeout', () => {
  it('refuses new work, finishes queued and running tasks, and says so', async () => {
    const orchestrator = new TaskOrchestrator({ workerCount: 1, clock: new FakeClock() })
    const running = aHeldTask()
    const done: string[] = []
    orchestrator.run(running.task)
    orchestrator.run({ name: 'queued', run: () => done.push('queued') })

    const stopping = orchestrator.stop()
    expect(() => orchestrator.run({ name: 'late', run: () => 0 })).toThrow(OrchestratorStoppedError)
    await turn()
    running.attempts[0]?.finish('')

    await expect(stopping).resolves.toMatchObject({ drained: 2, unfinished: [] })
    expect(done).toEqual(['queued'])
  })

  it('aborts what the deadline finds unfinished, names it, and is not held up by a task that ignores its signal', async () => {
    const clock = new FakeClock()
    const orchestrator = new TaskOrchestrator({ workerCount: 1, clock })
    const stubborn = aHeldTask('stubborn', { correlationId: 'enc-7' })
    orchestrator.run(stubborn.task)
    orchestrator.run(aHeldTask('waiting').task)

    const stopping = orchestrator.stop()
    await clock.advance(30_000)
    await clock.advance(2000)
    const report = await stopping

    expect(report.unfinished).toMatchObject([
      { name: 'stubborn', correlationId: 'enc-7', state: 'running' },
      { name: 'waiting', state: 'queued' },
    ])
    expect(stubborn.attempts[0]?.context.signal.aborted).toBe(true)
    expect(clock.pendingTimers).toBe(0)
  })

  it('rejects callers that wait for capacity, and answers a second stop with the first one’s report', async () => {
    const clock = new FakeClock()
    const orchestrator = new TaskOrchestrator({ workerCount: 1, maxBacklog: 1, clock })
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)
    const waiting = orchestrator.runAsync(aHeldTask().task)
    waiting.catch(() => undefined)

    const first = orchestrator.stop({ timeoutMs: 0 })
    const second = orchestrator.stop()
    await clock.advance(5000)

    await expect(waiting).rejects.toThrow(OrchestratorStoppedError)
    expect(await first).toBe(await second)
  })
})

function sequences(items: readonly StreamItem<EventMessage>[]): (number | undefined)[] {
  return items.flatMap((item) => (item.kind === 'event' ? [item.event.sequence] : []))
}
