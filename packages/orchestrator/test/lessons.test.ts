import { describe, expect, it } from 'vitest'
import { FakeClock, TaskOrchestrator, type TaskOrchestratorOptions } from '../src/index.ts'
import { aHeldTask, turn } from './held-task.ts'

/**
 * What users of other queues ran into, kept from happening here: each test names the thread that it learns from. (Lessons that concern
 * a store are the gateway's.)
 */

const anOrchestrator = (options: TaskOrchestratorOptions = {}) =>
  new TaskOrchestrator({ workerCount: 1, clock: new FakeClock(), ...options })

const fails = () => Promise.reject(new Error('503'))

describe('lessons', () => {
  it('taskforcesh/bullmq#834: a task that fails during the drain is retried and settled by it, not dropped', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock })
    const result = orchestrator.execute({
      name: 'flaky',
      run: ({ attempt }) => (attempt === 1 ? fails() : 'second attempt'),
    })

    const stopping = orchestrator.stop()
    await clock.advance(2000)

    await expect(result).resolves.toBe('second attempt')
    await expect(stopping).resolves.toMatchObject({ drained: 1, unfinished: [] })
  })

  it('taskforcesh/bullmq#4163: a task that always fails does not keep the drain from ending', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({
      clock,
      resilience: {
        retryCount: 1_000_000,
        retryDelayMs: 0,
        backoff: 'constant',
        timeoutMs: 60_000,
      },
    })
    let isOver = false
    orchestrator.run({
      name: 'always fails',
      run: () =>
        new Promise((_resolve, reject) => {
          clock.setTimer(() => reject(new Error('503')), isOver ? 1e9 : 100)
        }),
    })

    const stopping = orchestrator.stop({ timeoutMs: 1000 })
    await clock.advance(1000)
    isOver = true
    await clock.advance(5000)

    await expect(stopping).resolves.toMatchObject({ unfinished: [{ name: 'always fails' }] })
  })

  it('timgit/pg-boss#421: stop resolves only when what ran has settled', async () => {
    const orchestrator = anOrchestrator()
    const held = aHeldTask()
    orchestrator.run(held.task)
    await turn()
    let isStopped = false
    const stopping = orchestrator.stop().then(() => {
      isStopped = true
    })
    await turn()
    expect(isStopped).toBe(false)

    held.attempts[0]?.finish('')
    await stopping
  })

  it.each([
    { why: 'its timeout', code: 'task_timeout', ms: 60_000 },
    { why: 'its deadline', code: 'deadline_exceeded', ms: 5000, deadlineMs: 5000 },
    { why: 'the end of a drain', code: 'task_aborted', ms: 30_000, isStopped: true },
  ])('timgit/pg-boss#673: a handler learns of $why, and that this is the reason', async (one) => {
    const { code, ms, deadlineMs, isStopped = false } = one
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock })
    const held = aHeldTask('held', deadlineMs === undefined ? {} : { deadlineMs })
    orchestrator.run(held.task)
    await turn()
    if (isStopped) void orchestrator.stop()

    await clock.advance(ms)

    expect(held.attempts[0]?.context.signal.reason).toMatchObject({ code })
  })

  it('taskforcesh/bullmq#136: a handler that outlived its timeout never overlaps its retry, nor another task with its key', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock, workerCount: 3 })
    const zombie = aHeldTask('zombie', { key: 'encounter-1' })
    const next = aHeldTask('next', { key: 'encounter-1', whenKeyTaken: 'wait' })
    orchestrator.run(zombie.task)
    orchestrator.run(next.task)
    await clock.advance(120_000)
    expect([zombie.attempts.length, next.attempts.length]).toEqual([1, 0])

    zombie.attempts[0]?.fail(new Error('late'))
    await turn()
    expect([zombie.attempts.length, next.attempts.length]).toEqual([2, 0])
    zombie.attempts[1]?.finish('')
    await turn()

    expect([zombie.attempts.length, next.attempts.length]).toEqual([2, 1])
  })

  it('activepieces/activepieces#13962: whenCapacity lets a producer claim only what would be accepted', async () => {
    const { signal } = new AbortController()
    const orchestrator = anOrchestrator({ maxBacklog: 3 })

    const places = await orchestrator.whenCapacity({ signal })
    for (let place = 0; place < places; place += 1) orchestrator.run(aHeldTask().task)

    expect(() => orchestrator.run(aHeldTask().task)).toThrow('queue is full')
  })

  it('taskforcesh/bullmq#1322: one busy group can neither starve another nor take all workers', async () => {
    const orchestrator = anOrchestrator({ workerCount: 4, groupConcurrency: 2, maxBacklog: 100 })
    const busy = Array.from({ length: 50 }, () => aHeldTask('busy', { group: 'practice-1' }))
    const quiet = aHeldTask('quiet', { group: 'practice-2' })
    for (const { task } of [...busy, quiet]) orchestrator.run(task)
    await turn()

    expect(busy.filter(({ attempts }) => attempts.length > 0)).toHaveLength(2)
    expect(quiet.attempts).toHaveLength(1)
  })

  it('timgit/pg-boss#436: a long task is limited by its own policy’s timeout, not by how long others may wait', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock, pattern: 'none' })
    const long = aHeldTask('long')
    const result = orchestrator.execute(long.task)
    await clock.advance(24 * 3_600_000)
    long.attempts[0]?.finish('done')

    await expect(result).resolves.toBe('done')
  })

  it('timgit/pg-boss#535: one poisonous task costs the others nothing', async () => {
    const orchestrator = anOrchestrator({ pattern: 'none' })
    const poison = {
      name: 'poison',
      run(): never {
        throw new Error('poison')
      },
    }

    const outcomes = await Promise.allSettled(
      [poison, { name: 'fine', run: () => 1 }, poison, { name: 'fine', run: () => 2 }].map((task) =>
        orchestrator.execute<unknown>(task),
      ),
    )

    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
  })

  it('sindresorhus/p-queue#87: the bound holds inside the queue, also while it is paused', () => {
    const orchestrator = anOrchestrator({ maxBacklog: 3 })
    orchestrator.pause()
    for (let place = 0; place < 3; place += 1) orchestrator.run(aHeldTask().task)

    expect(() => orchestrator.run(aHeldTask().task)).toThrow('queue is full')
  })

  it('sindresorhus/p-queue#219: an aborted task leaves the queue, settles and frees its place at once', async () => {
    const orchestrator = anOrchestrator({ maxBacklog: 1 })
    const abort = new AbortController()
    orchestrator.run(aHeldTask().task)
    const aborted = orchestrator.execute(aHeldTask('aborted', { signal: abort.signal }).task)
    const next = orchestrator.runAsync(aHeldTask('next').task)
    aborted.catch(() => undefined)
    expect(orchestrator.stats).toMatchObject({ queuedCount: 1, waitingCount: 1 })

    abort.abort()

    expect(orchestrator.stats).toMatchObject({ queuedCount: 1, waitingCount: 0 })
    await expect(aborted).rejects.toMatchObject({ code: 'task_aborted' })
    await expect(next).resolves.toBeUndefined()
  })

  it('sindresorhus/p-queue#238: a task that timed out rejects, and is reported once for each attempt and once at the end', async () => {
    const clock = new FakeClock()
    const reported: string[] = []
    const orchestrator = anOrchestrator({
      clock,
      resilience: {
        retryCount: 1,
        retryDelayMs: 1000,
        backoff: 'exponential',
        timeoutMs: 1000,
      },
      observer: {
        attemptFailed: (_task, error) => reported.push((error as { code: string }).code),
        taskSettled: (_task, outcome) => reported.push(outcome),
      },
    })
    const slow = orchestrator.execute({
      name: 'slow',
      run: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    })
    slow.catch(() => undefined)

    await clock.advance(10_000)

    await expect(slow).rejects.toMatchObject({ code: 'task_timeout' })
    expect(reported).toEqual(['task_timeout', 'task_timeout', 'failed'])
  })

  it('taskforcesh/bullmq#1129: a throwing observer is counted, and neither stops a worker nor grows anything', async () => {
    const broken = () => {
      throw new Error('observer')
    }
    const orchestrator = anOrchestrator({
      observer: { taskAccepted: broken, taskStarted: broken, taskSettled: broken },
    })
    for (let number = 0; number < 10; number += 1)
      await orchestrator.execute({ name: 'fine', run: () => number })

    expect(orchestrator.stats).toMatchObject({ completedCount: 10, observerErrorCount: 30 })
  })

  it('graphile/worker#403: the delay is the policy’s, and no less than the other side asked for', async () => {
    const clock = new FakeClock()
    const at: number[] = []
    const orchestrator = anOrchestrator({
      clock,
      resilience: {
        retryCount: 2,
        retryDelayMs: 1000,
        backoff: 'constant',
        timeoutMs: 60_000,
        maxRetryDelayMs: 20_000,
      },
      retryAfterMs: () => (at.length === 1 ? 7000 : 3_600_000),
    })
    orchestrator.run({
      name: 'limited',
      run() {
        at.push(clock.now())
        return fails()
      },
    })
    await clock.advance(60_000)

    // The second asks for an hour: no delay is longer than the cap.
    expect(at).toEqual([0, 7000, 27_000])
  })
})
