import { describe, expect, it } from 'vitest'
import {
  DuplicateTaskError,
  FakeClock,
  OrchestratorStoppedError,
  QueueFullError,
  TaskOrchestrator,
  type TaskOrchestratorOptions,
} from '../src/index.ts'
import { aHeldTask, turn } from './held-task.ts'

const anOrchestrator = (options: TaskOrchestratorOptions = {}) =>
  new TaskOrchestrator({ workerCount: 1, clock: new FakeClock(), ...options })

describe('submit', () => {
  it('returns a handle that follows the task from the wait for capacity to its result', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock, maxBacklog: 1 })
    const first = aHeldTask('first')
    const blocker = aHeldTask('blocker')
    const followed = aHeldTask('followed')
    const handles = [first, blocker, followed].map(({ task }) => orchestrator.submit(task))
    await turn()
    const handle = handles[2]
    const seen = [handle?.state]
    const step = async (act: () => void) => {
      act()
      await turn()
      seen.push(handle?.state)
    }

    await step(() => first.attempts[0]?.finish(''))
    await step(() => blocker.attempts[0]?.finish(''))
    await step(() => followed.attempts[0]?.fail(new Error('503')))
    await clock.advance(2000)
    await step(() => followed.attempts[1]?.finish('result'))

    expect(seen).toEqual(['capacity_waiting', 'queued', 'running', 'retry_waiting', 'settled'])
    await expect(handle?.result).resolves.toBe('result')
    expect(handle?.id).toBe(followed.attempts[0]?.context.taskId)
    expect(handle?.cancel()).toBe(false)
  })

  it('says that a task waits for its key', async () => {
    const orchestrator = anOrchestrator({ workerCount: 2 })
    orchestrator.run(aHeldTask('holder', { key: 'k' }).task)

    const handle = orchestrator.submit(aHeldTask('next', { key: 'k', whenKeyTaken: 'wait' }).task)

    expect(handle.state).toBe('key_waiting')
  })

  it('says that a task runs while its fallback does', async () => {
    const answer = Promise.withResolvers<string>()
    const orchestrator = anOrchestrator({ pattern: 'none', fallback: () => answer.promise })
    const handle = orchestrator.submit<string>({
      name: 'failing',
      run: () => Promise.reject(new Error('503')),
    })
    await turn()

    expect(handle.state).toBe('running')
    answer.resolve('cached')
    await expect(handle.result).resolves.toBe('cached')
  })

  it.each([
    { where: 'runs', state: 'running', before: 0 },
    { where: 'is queued', state: 'queued', before: 1 },
    { where: 'waits for capacity', state: 'capacity_waiting', before: 3 },
  ])('cancels a task that $where, with the reason as the cause', async ({ state, before }) => {
    const orchestrator = anOrchestrator({ maxBacklog: 2 })
    for (let number = 0; number < before; number += 1) orchestrator.run(aHeldTask().task)
    const handle = orchestrator.submit(aHeldTask('cancelled').task)
    await turn()
    expect(handle.state).toBe(state)

    expect(handle.cancel('no longer wanted')).toBe(true)

    expect(handle.state).toBe('settled')
    await expect(handle.result).rejects.toMatchObject({
      code: 'task_aborted',
      cause: 'no longer wanted',
    })
    expect(handle.cancel()).toBe(false)
    expect(orchestrator.stats.waitingCount).toBe(0)
  })

  it('reports no unhandled rejection when nobody asks for the result', async () => {
    const unhandled: unknown[] = []
    const listener = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', listener)
    const handle = anOrchestrator({ pattern: 'none' }).submit({
      name: 'failing',
      run: () => Promise.reject(new Error('503')),
    })
    await turn()
    await turn()
    process.off('unhandledRejection', listener)

    expect(unhandled).toEqual([])
    expect(handle.state).toBe('settled')
  })

  it('throws at once when the task cannot be accepted', async () => {
    const orchestrator = anOrchestrator({ maxBacklog: 1, features: { blockOnFullQueue: false } })
    orchestrator.submit(aHeldTask('held', { key: 'k' }).task)
    expect(() => orchestrator.submit(aHeldTask('same', { key: 'k' }).task)).toThrow(
      DuplicateTaskError,
    )
    orchestrator.submit(aHeldTask('queued').task)
    expect(() => orchestrator.submit(aHeldTask('refused').task)).toThrow(QueueFullError)
    void orchestrator.stop({ timeoutMs: 0 })
    expect(() => orchestrator.submit(aHeldTask('late').task)).toThrow(OrchestratorStoppedError)
  })

  it('ends only the wait for capacity with the signal of its options', async () => {
    const orchestrator = anOrchestrator({ maxBacklog: 1 })
    const abort = new AbortController()
    const tasks = [aHeldTask('0'), aHeldTask('1'), aHeldTask('2')]
    const handles = tasks.map(({ task }) => orchestrator.submit(task, { signal: abort.signal }))

    abort.abort(new Error('gone'))

    await expect(handles[2]?.result).rejects.toThrow('gone')
    expect(handles.map(({ state }) => state)).toEqual(['running', 'queued', 'settled'])
  })
})

describe('a caller that waits for capacity', () => {
  it('is accepted at once when the previous one, which had to wait for its group, is aborted', async () => {
    const orchestrator = anOrchestrator({ workerCount: 2, maxBacklog: 1, groupConcurrency: 1 })
    orchestrator.run(aHeldTask('running', { group: 'a' }).task)
    orchestrator.run(aHeldTask('queued', { group: 'a' }).task)
    const first = orchestrator.submit(aHeldTask('first', { group: 'a' }).task)
    const second = orchestrator.submit(aHeldTask('second', { group: 'b' }).task)
    expect(second.state).toBe('capacity_waiting')

    first.cancel()

    expect(second.state).toBe('running')
  })
})

describe('onIdle and onEmpty', () => {
  it('resolve when no task waits, and when none is left', async () => {
    const orchestrator = anOrchestrator({ maxBacklog: 1 })
    const tasks = [aHeldTask('0'), aHeldTask('1'), aHeldTask('2')]
    for (const { task } of tasks) void orchestrator.runAsync(task)
    const seen: string[] = []
    void orchestrator.onEmpty().then(() => seen.push('empty'))
    void orchestrator.onEmpty().then(() => seen.push('empty too'))
    void orchestrator.onIdle().then(() => seen.push('idle'))
    await turn()
    const after: string[] = []
    for (const { attempts } of tasks) {
      attempts[0]?.finish('')
      await turn()
      after.push(seen.join(', '))
    }

    expect(after).toEqual(['', 'empty, empty too', 'empty, empty too, idle'])
    await orchestrator.onIdle()
    await orchestrator.onEmpty()
  })

  it('wait for retries, which count as queued', async () => {
    const clock = new FakeClock()
    const orchestrator = anOrchestrator({ clock })
    orchestrator.run({
      name: 'flaky',
      run: ({ attempt }) => (attempt === 1 ? Promise.reject(new Error('503')) : 1),
    })
    const seen: string[] = []
    void orchestrator.onIdle().then(() => seen.push('idle'))
    await clock.advance(1999)
    void orchestrator.onEmpty().then(() => seen.push('empty'))
    await turn()
    expect(seen).toEqual([])

    await clock.advance(1)

    expect(seen).toEqual(['empty', 'idle'])
  })

  it.each(['onIdle', 'onEmpty'] as const)(
    '%s ends with its signal, before and while it waits, and leaves no listener',
    async (method) => {
      const orchestrator = anOrchestrator({ maxBacklog: 1 })
      orchestrator.run(aHeldTask('0').task)
      orchestrator.run(aHeldTask('1').task)
      const abort = new AbortController()
      const waiting = orchestrator[method]({ signal: abort.signal })

      abort.abort(new Error('gone'))

      await expect(waiting).rejects.toThrow('gone')
      await expect(orchestrator[method]({ signal: abort.signal })).rejects.toThrow('gone')
    },
  )

  it('resolve while a handler that outlived its abort still runs', async () => {
    const orchestrator = anOrchestrator()
    const handle = orchestrator.submit(aHeldTask('stubborn').task)
    await turn()
    handle.cancel()

    await orchestrator.onIdle()

    expect(orchestrator.stats.lingeringHandlerCount).toBe(1)
  })
})
