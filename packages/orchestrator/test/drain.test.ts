import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { FakeClock, OrchestratorStoppedError, TaskOrchestrator } from '../src/index.ts'
import { aHeldTask, turn } from './held-task.ts'

const anOrchestrator = (clock: FakeClock, options = {}) =>
  new TaskOrchestrator({ workerCount: 1, clock, ...options })

describe('drain', () => {
  it('finishes tasks that run, are queued, or wait for their key or retry, and then resolves', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock)
    const done: string[] = []
    orchestrator.run({
      name: 'retried',
      run({ attempt }) {
        if (attempt === 1) throw new Error('transient')
        done.push('retried')
      },
    })
    orchestrator.run({ name: 'first', key: 'k', run: () => done.push('first') })
    orchestrator.run({
      name: 'second',
      key: 'k',
      whenKeyTaken: 'wait',
      run: () => done.push('second'),
    })

    const stopping = orchestrator.stop()
    await clock.advance(2000)

    await expect(stopping).resolves.toEqual({
      drained: 3,
      unfinished: [],
      abandoned: [],
      durationMs: 2000,
    })
    expect(done).toEqual(['first', 'second', 'retried'])
  })

  it('runs what was accepted while paused', async () => {
    const orchestrator = anOrchestrator(new FakeClock())
    orchestrator.pause()
    orchestrator.run({ name: 'paused', run: () => 0 })

    await expect(orchestrator.stop()).resolves.toMatchObject({ drained: 1, unfinished: [] })
  })

  it('names every task that the deadline finds unfinished, and where', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock)
    orchestrator.run({
      name: 'retrying',
      run() {
        throw new Error('transient')
      },
    })
    await turn()
    const running = aHeldTask('running', { key: 'k' })
    orchestrator.run(running.task)
    orchestrator.run(aHeldTask('keyed', { key: 'k', whenKeyTaken: 'wait' }).task)
    orchestrator.run(aHeldTask('queued').task)
    await turn()

    const stopping = orchestrator.stop({ timeoutMs: 1000 })
    await clock.advance(1000)
    running.attempts[0]?.fail(new Error('aborted'))

    const report = await stopping
    expect(report.unfinished.map(({ name, state }) => [name, state])).toEqual([
      ['retrying', 'retry_waiting'],
      ['running', 'running'],
      ['keyed', 'key_waiting'],
      ['queued', 'queued'],
    ])
    expect(report.drained).toBe(0)
    expect(orchestrator.stats).toMatchObject({ abortedCount: 4, queuedCount: 0, busyWorkers: 0 })
  })

  it('starts nothing more once it aborts', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock)
    const running = aHeldTask('running')
    const queued = aHeldTask('queued')
    orchestrator.run(running.task)
    orchestrator.run(queued.task)

    const stopping = orchestrator.stop({ timeoutMs: 0 })
    await clock.advance(5000)
    await stopping

    expect(queued.attempts).toHaveLength(0)
  })

  it('copes with a task that the abort of another has aborted', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock, { settleGraceMs: 1 })
    const other = new AbortController()
    orchestrator.run({
      name: 'first',
      run: ({ signal }) =>
        new Promise(() => signal.addEventListener('abort', () => other.abort(), { once: true })),
    })
    orchestrator.run(aHeldTask('second', { signal: other.signal }).task)
    await turn()

    const stopping = orchestrator.stop({ timeoutMs: 1 })
    await clock.advance(10)

    const { unfinished } = await stopping
    expect(unfinished.map(({ name }) => name)).toEqual(['first', 'second'])
    expect(orchestrator.stats.abortedCount).toBe(2)
  })

  it('waits for handlers that obey their abort, so that nothing is touched after it', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock)
    let isCleanedUp = false
    orchestrator.run({
      name: 'obedient',
      run: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () =>
            clock.setTimer(() => {
              isCleanedUp = true
              reject(signal.reason)
            }, 500),
          )
        }),
    })
    await turn()

    const stopping = orchestrator.stop({ timeoutMs: 1000 })
    await clock.advance(1000)
    await clock.advance(500)

    await expect(stopping).resolves.toMatchObject({ abandoned: [], durationMs: 1500 })
    expect(isCleanedUp).toBe(true)
  })

  it('gives up on a handler that ignores its abort after the grace, and names it', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock, { settleGraceMs: 300 })
    orchestrator.run(aHeldTask('stubborn', { correlationId: 'enc-7' }).task)
    await turn()

    const stopping = orchestrator.stop({ timeoutMs: 100 })
    await clock.advance(100)
    await clock.advance(300)

    await expect(stopping).resolves.toMatchObject({
      abandoned: [{ taskId: 'task-1', name: 'stubborn', correlationId: 'enc-7' }],
      durationMs: 400,
    })
  })

  it('ends early when its signal aborts, and at once when it already has', async () => {
    const clock = new FakeClock()
    const hurry = new AbortController()
    const orchestrator = anOrchestrator(clock, { settleGraceMs: 1 })
    orchestrator.run(aHeldTask('held').task)
    const late = anOrchestrator(clock, { settleGraceMs: 1 })
    late.run(aHeldTask('held').task)
    await turn()

    const stopping = orchestrator.stop({ signal: hurry.signal })
    hurry.abort()
    const stoppingLate = late.stop({ signal: hurry.signal })
    await clock.advance(1)

    await expect(stopping).resolves.toMatchObject({ unfinished: [{ name: 'held' }] })
    await expect(stoppingLate).resolves.toMatchObject({ unfinished: [{ name: 'held' }] })
    expect(clock.pendingTimers).toBe(0)
  })

  it('answers a second stop with the first one’s report, before and after it is done', async () => {
    const orchestrator = anOrchestrator(new FakeClock())

    const reports = await Promise.all([orchestrator.stop(), orchestrator.stop({ timeoutMs: 1 })])

    expect(reports[0]).toBe(reports[1])
    expect(await orchestrator.stop()).toBe(reports[0])
  })

  it('finishes the tasks of a pool that was just made smaller', async () => {
    const orchestrator = new TaskOrchestrator({ workerCount: 3, clock: new FakeClock() })
    const tasks = [aHeldTask('0'), aHeldTask('1'), aHeldTask('2'), aHeldTask('3')]
    for (const { task } of tasks) orchestrator.run(task)
    await turn()
    orchestrator.resize(1)

    const stopping = orchestrator.stop()
    for (const { attempts } of tasks) {
      attempts[0]?.finish('')
      await turn()
    }

    await expect(stopping).resolves.toMatchObject({ drained: 4, unfinished: [] })
    expect(orchestrator.stats).toMatchObject({ workerCount: 1, busyWorkers: 0 })
  })

  it('drains a task that was submitted in the same turn', async () => {
    const orchestrator = anOrchestrator(new FakeClock())
    const result = orchestrator.execute({ name: 'just in time', run: () => 'ran' })

    const report = await orchestrator.stop()

    await expect(result).resolves.toBe('ran')
    expect(report).toMatchObject({ drained: 1 })
  })

  it('rejects callers that wait for capacity, with or without a task', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock, { maxBacklog: 1 })
    orchestrator.run(aHeldTask().task)
    orchestrator.run(aHeldTask().task)
    const { signal } = new AbortController()
    const waiting = [
      orchestrator.runAsync(aHeldTask().task),
      orchestrator.execute(aHeldTask().task),
      orchestrator.whenCapacity({ signal }),
    ]
    const outcomes = Promise.allSettled(waiting)

    const stopping = orchestrator.stop({ timeoutMs: 0 })
    await clock.advance(5000)
    await stopping

    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ reason: expect.any(OrchestratorStoppedError) })
    await expect(orchestrator.whenCapacity({ signal })).rejects.toThrow(OrchestratorStoppedError)
  })

  it('takes no longer than its limit, when the signal that ends its producer ends a wait for capacity too', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock, { maxBacklog: 1, settleGraceMs: 0 })
    const producing = new AbortController()
    const produced: number[] = []
    // The producer of docs/guides/shutdown.md.
    const produce = async (signal: AbortSignal): Promise<void> => {
      try {
        for (let number = 0; number < 3; number += 1) {
          await orchestrator.runAsync(aHeldTask(`work ${number}`).task, { signal })
          produced.push(number)
        }
      } catch (error) {
        if (!signal.aborted) throw error
      }
    }
    const producer = produce(producing.signal)
    await turn()
    expect(produced).toEqual([0, 1])
    expect(orchestrator.stats.waitingCount).toBe(1)

    producing.abort()
    await producer
    const stopping = orchestrator.stop({ timeoutMs: 1000 })
    await clock.advance(1000)

    await expect(stopping).resolves.toMatchObject({
      durationMs: 1000,
      unfinished: [{ name: 'work 0' }, { name: 'work 1' }],
    })
  })

  it('ends event streams when it is done, unless they are kept', async () => {
    const ended = anOrchestrator(new FakeClock())
    const kept = anOrchestrator(new FakeClock())
    const streams = [ended.getEventStream(), kept.getEventStream()]

    await ended.stop()
    await kept.stop({ keepStreams: true })
    const next = streams.map((stream) => stream.next())
    await expect(next[0]).resolves.toMatchObject({ done: true })
    kept.endStreams()

    await expect(next[1]).resolves.toMatchObject({ done: true })
  })

  it('leaves no timer behind, the autoscaler’s included', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator(clock, { autoscale: { maxWorkers: 4 } })
    const result = orchestrator.execute({ name: 'quick', deadlineMs: 5000, run: () => 1 })
    await clock.advance(3000)
    await result

    expect(clock.pendingTimers).toBe(1)
    await orchestrator.stop()

    expect(clock.pendingTimers).toBe(0)
  })
})

describe('a process that drains', () => {
  it.each([
    { program: 'ends-by-itself', output: 'drained 3, unfinished 0, resources 0' },
    { program: 'stubborn-task', output: 'unfinished stubborn, abandoned stubborn' },
    { program: 'signal-handler', output: 'SIGTERM: drained 1, unfinished 0' },
    { program: 'forgotten', output: 'nothing to wait for' },
  ])('$program: says "$output" and ends without process.exit', async ({ program, output }) => {
    const path = fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url))
    const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    let isSignalled = false
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (isSignalled || !said.includes('ready')) return
      isSignalled = true
      child.kill('SIGTERM')
    })

    const code = await new Promise((resolve) => {
      child.on('exit', resolve)
    })

    expect(said.trim().split('\n').at(-1)).toBe(output)
    expect(code).toBe(0)
  })
})
