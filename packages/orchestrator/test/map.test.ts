import { describe, expect, it } from 'vitest'
import { FakeClock, TaskOrchestrator, type TaskOrchestratorOptions } from '../src/index.ts'
import { turn } from './held-task.ts'

const anOrchestrator = (options: TaskOrchestratorOptions = {}) =>
  new TaskOrchestrator({ workerCount: 4, clock: new FakeClock(), pattern: 'none', ...options })

/** Calls that the test lets finish, by item. */
function heldCalls() {
  const calls = new Map<
    number,
    {
      readonly signal: AbortSignal
      readonly finish: (value: string) => void
      readonly fail: (error: unknown) => void
    }
  >()
  const run = (item: number, { signal }: { readonly signal: AbortSignal }) =>
    new Promise<string>((finish, fail) => {
      calls.set(item, { signal, finish, fail })
    })
  return { calls, run }
}

describe('map', () => {
  it('resolves with the results in the order of the items, whatever the order of their ends', async () => {
    const orchestrator = anOrchestrator()
    const { calls, run } = heldCalls()
    const results = orchestrator.map([1, 2, 3], run)
    await turn()

    for (const item of [3, 1, 2]) calls.get(item)?.finish(`result ${item}`)

    await expect(results).resolves.toEqual(['result 1', 'result 2', 'result 3'])
  })

  it('runs at most `concurrency` items at once, and takes an item only when it can start', async () => {
    const orchestrator = anOrchestrator()
    const { calls, run } = heldCalls()
    const taken: number[] = []
    function* numbers() {
      for (let item = 1; item <= 4; item += 1) {
        taken.push(item)
        yield item
      }
    }
    const results = orchestrator.map(numbers(), run, { concurrency: 2 })
    await turn()
    expect([...calls.keys()]).toEqual([1, 2])
    expect(taken).toEqual([1, 2])

    calls.get(2)?.finish('b')
    await turn()
    expect(taken).toEqual([1, 2, 3])
    for (const [item, result] of [
      [1, 'a'],
      [3, 'c'],
      [4, 'd'],
    ] as const) {
      calls.get(item)?.finish(result)
      await turn()
    }

    await expect(results).resolves.toEqual(['a', 'b', 'c', 'd'])
  })

  it('runs as many items at once as there are workers, unless the options say otherwise', async () => {
    const orchestrator = anOrchestrator({ workerCount: 3 })
    const { calls, run } = heldCalls()
    void orchestrator.map([1, 2, 3, 4, 5], run)
    await turn()

    expect(orchestrator.stats).toMatchObject({ acceptedCount: 3, busyWorkers: 3 })
    expect(calls.size).toBe(3)
  })

  it('reads an asynchronous source, and gives each task its context, its index and its settings', async () => {
    const orchestrator = anOrchestrator()
    async function* letters() {
      yield 'a'
      await turn()
      yield 'b'
    }

    const seen = await orchestrator.map(
      letters(),
      (item, { name, correlationId }, index) => `${index} ${item} ${name} ${correlationId}`,
      { name: 'letter', task: (item, index) => ({ correlationId: `${item}${index}` }) },
    )

    expect(seen).toEqual(['0 a letter a0', '1 b letter b1'])
    await expect(orchestrator.map([1], (_item, { name }) => name)).resolves.toEqual(['map'])
  })

  it('resolves with nothing for no items', async () => {
    await expect(anOrchestrator().map([], () => 1)).resolves.toEqual([])
  })

  it('aborts the others on the first error, takes no more items, and rejects with it once they have ended', async () => {
    const orchestrator = anOrchestrator()
    const { calls, run } = heldCalls()
    const closed: string[] = []
    function* numbers() {
      try {
        for (let item = 1; ; item += 1) yield item
      } finally {
        closed.push('source')
      }
    }
    const results = orchestrator.map(numbers(), run, { concurrency: 3 })
    const outcome = expect(results).rejects.toThrow('second failed')
    await turn()

    calls.get(2)?.fail(new Error('second failed'))
    await outcome

    expect(calls.size).toBe(3)
    expect(calls.get(1)?.signal.aborted).toBe(true)
    expect(closed).toEqual(['source'])
    expect(orchestrator.stats).toMatchObject({ busyWorkers: 0, failedCount: 1, abortedCount: 2 })
  })

  it('is not held up by a source that hangs after an error', async () => {
    const orchestrator = anOrchestrator()
    async function* stuck() {
      yield 1
      await new Promise(() => undefined)
    }

    await expect(
      orchestrator.map(stuck(), () => Promise.reject(new Error('failed'))),
    ).rejects.toThrow('failed')
  })

  it('rejects with the error of its source, also when the source cannot be closed', async () => {
    const source: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next() {
          throw new Error('source')
        },
        return() {
          throw new Error('cannot be closed')
        },
      }),
    }

    await expect(anOrchestrator().map(source, () => 1)).rejects.toThrow('source')
  })

  it('ends at once when its signal aborts, before and while it runs', async () => {
    const orchestrator = anOrchestrator()
    const { calls, run } = heldCalls()
    const abort = new AbortController()
    const results = orchestrator.map([1, 2], run, { signal: abort.signal })
    const outcome = expect(results).rejects.toThrow('gone')
    await turn()

    abort.abort(new Error('gone'))

    await outcome
    expect(calls.get(1)?.signal.aborted).toBe(true)
    await expect(orchestrator.map([1], run, { signal: abort.signal })).rejects.toThrow('gone')
    expect(orchestrator.stats).toMatchObject({ acceptedCount: 2, abortedCount: 2 })
  })

  it('lets the event loop handle timers in between, when neither its source nor its handlers ever wait', async () => {
    const stop = new AbortController()
    function* endless() {
      for (let item = 0; item < 1_000_000; item += 1) yield item
    }
    const seen: number[] = []
    const results = anOrchestrator().map(endless(), (item) => seen.push(item), {
      signal: stop.signal,
    })
    const outcome = expect(results).rejects.toThrow('enough')
    setImmediate(() => stop.abort(new Error('enough')))

    await outcome

    expect(seen.length).toBeLessThanOrEqual(1024)
  })

  it('gives up its turn without losing an item or their order', async () => {
    const items = Array.from({ length: 3000 }, (_, index) => index)

    await expect(anOrchestrator().map(items, (item) => item)).resolves.toEqual(items)
  })

  it('refuses a concurrency that is no positive integer', async () => {
    await expect(anOrchestrator().map([1], () => 1, { concurrency: 0 })).rejects.toThrow(
      'concurrency must be a positive integer, got 0',
    )
  })
})
