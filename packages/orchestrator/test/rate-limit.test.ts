import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock, TaskOrchestrator, type TaskOrchestratorOptions } from '../src/index.ts'
import { aHeldTask, turn } from './held-task.ts'

const anOrchestrator = (clock: FakeClock, options: TaskOrchestratorOptions = {}) =>
  new TaskOrchestrator({
    workerCount: 10,
    clock,
    pattern: 'none',
    rateLimit: { tasks: 2, intervalMs: 1000 },
    ...options,
  })

describe('rateLimit', () => {
  it('starts as many tasks in an interval as allowed, and the next ones exactly when the interval ends', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock)
    const startedAt: number[] = []
    const submit = () => orchestrator.run({ name: 'call', run: () => startedAt.push(clock.now()) })
    submit()
    await clock.advance(400)
    for (let number = 0; number < 4; number += 1) submit()
    await clock.advance(5000)

    expect(startedAt).toEqual([0, 400, 1000, 1400, 2000])
    expect(clock.pendingTimers).toBe(0)
  })

  it('never starts more in any interval, whatever is submitted when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 5 })), {
          maxLength: 20,
        }),
        fc.integer({ min: 1, max: 4 }),
        async (bursts, tasks) => {
          const clock = new FakeClock()
          const startedAt: number[] = []
          const orchestrator = anOrchestrator(clock, { rateLimit: { tasks, intervalMs: 1000 } })
          let submitted = 0
          for (const [waitMs, count] of bursts) {
            await clock.advance(waitMs)
            for (let number = 0; number < count; number += 1) {
              orchestrator.run({ name: 'call', run: () => startedAt.push(clock.now()) })
              submitted += 1
            }
          }
          await clock.advance(200_000)

          expect(startedAt).toHaveLength(submitted)
          const tooClose = startedAt.filter(
            (at, index) => at - (startedAt[index - tasks] ?? Number.NEGATIVE_INFINITY) < 1000,
          )
          expect(tooClose).toEqual([])
        },
      ),
      { numRuns: 50 },
    )
  })

  it('counts retries, which are calls too', async () => {
    const clock = new FakeClock()
    const startedAt: number[] = []
    const orchestrator = anOrchestrator(clock, {
      pattern: 'basic',
      rateLimit: { tasks: 1, intervalMs: 3000 },
    })
    orchestrator.run({
      name: 'flaky',
      run() {
        startedAt.push(clock.now())
        if (startedAt.length === 1) throw new Error('503')
      },
    })
    await clock.advance(10_000)

    // The retry is due after 2 s.
    expect(startedAt).toEqual([0, 3000])
  })

  it('counts as capacity only the tasks that may start now', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock, { maxBacklog: 3 })
    await expect(orchestrator.whenCapacity()).resolves.toBe(5)
    orchestrator.run(aHeldTask().task)
    await expect(orchestrator.whenCapacity()).resolves.toBe(4)
    for (let number = 0; number < 4; number += 1) orchestrator.run(aHeldTask().task)

    expect(() => orchestrator.run(aHeldTask().task)).toThrow('queue is full')
    expect(orchestrator.stats).toMatchObject({ busyWorkers: 2, queuedCount: 3 })
    const next = orchestrator.whenCapacity()
    await clock.advance(1000)
    // Two of the three that wait have started.
    await expect(next).resolves.toBe(2)
  })

  it('leaves a worker free until the next task may start', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock, { workerCount: 1 })
    const order: string[] = []
    for (const name of ['a', 'b', 'c']) orchestrator.run({ name, run: () => order.push(name) })
    await turn()
    expect(order).toEqual(['a', 'b'])
    expect(orchestrator.stats).toMatchObject({ busyWorkers: 0, queuedCount: 1 })

    await clock.advance(1000)

    expect(order).toEqual(['a', 'b', 'c'])
  })

  it('does not start a task when its time comes while paused, but as soon as it is resumed', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock)
    const tasks = [aHeldTask(), aHeldTask(), aHeldTask()]
    for (const { task } of tasks) orchestrator.run(task)
    orchestrator.pause()
    expect(clock.pendingTimers).toBe(0)
    await clock.advance(5000)
    expect(tasks[2]?.attempts).toHaveLength(0)

    orchestrator.resume()
    await turn()

    expect(tasks[2]?.attempts).toHaveLength(1)
  })

  it('holds during a drain too, which leaves no timer', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock)
    for (let number = 0; number < 5; number += 1)
      orchestrator.run({ name: 'call', run: () => number })

    const stopping = orchestrator.stop({ timeoutMs: 1500 })
    await clock.advance(1500)

    await expect(stopping).resolves.toMatchObject({ drained: 4, unfinished: [{ state: 'queued' }] })
    expect(clock.pendingTimers).toBe(0)
  })

  it('takes memory for the attempts that started, not for those that it allows', async () => {
    const clock = new FakeClock()
    const most = Number.MAX_SAFE_INTEGER
    const orchestrator = anOrchestrator(clock, { rateLimit: { tasks: most, intervalMs: 1000 } })
    let ran = 0

    for (let number = 0; number < 100; number += 1) {
      orchestrator.run({ name: 'call', run: () => (ran += 1) })
      await clock.advance(100)
    }

    expect(ran).toBe(100)
    await expect(orchestrator.whenCapacity()).resolves.toBe(128 + 10)
  })

  it.each([
    [{ tasks: 0, intervalMs: 1000 }, 'rateLimit.tasks must be a positive integer, got 0'],
    [{ tasks: 1, intervalMs: 0 }, 'rateLimit.intervalMs must be more than 0 and finite, got 0'],
    [
      { tasks: 1, intervalMs: Number.NaN },
      'rateLimit.intervalMs must be more than 0 and finite, got NaN',
    ],
    [
      { tasks: 1, intervalMs: Infinity },
      'rateLimit.intervalMs must be more than 0 and finite, got Infinity',
    ],
  ])('refuses %o', (rateLimit, message) => {
    expect(() => anOrchestrator(new FakeClock(), { rateLimit })).toThrow(message)
  })
})
