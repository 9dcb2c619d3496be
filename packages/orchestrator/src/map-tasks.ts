import { checkCount } from './check-count.ts'
import { checkFunction, describeValue, type OptionKinds } from './check-options.ts'
import { unlessAborted } from './resilience/timeout.ts'
import type { Task, TaskContext } from './task.ts'
import { WaitUntil } from './wait-until.ts'

export interface MapOptions<Item> {
  /** Items in progress at once. @default the number of workers at the time of the call */
  readonly concurrency?: number
  /** Ends the call and its tasks. */
  readonly signal?: AbortSignal
  /** The name of each task. @default 'map' */
  readonly name?: string
  /** The settings of an item's task: key, group, priority, policy. @default none */
  task?(item: Item, index: number): Partial<Omit<Task<unknown>, 'run' | 'signal'>>
}

export const mapOptionKinds: OptionKinds<MapOptions<never>> = {
  concurrency: 'number',
  signal: 'object',
  name: 'string',
  task: 'function',
}

/** Items that are started before the event loop may handle timers and sockets, when neither source nor handlers ever wait. */
const itemsPerTurn = 1024

/** Runs a task for each item, at most `concurrency` at once, and resolves with their results in the order of the items. */
export async function mapTasks<Item, Result>(
  execute: (task: Task<Result>) => Promise<Result>,
  items: Iterable<Item> | AsyncIterable<Item>,
  run: (item: Item, context: TaskContext, index: number) => Promise<Result> | Result,
  options: MapOptions<Item> & { readonly concurrency: number },
): Promise<Result[]> {
  const { concurrency, signal, name = 'map' } = options
  checkFunction('run', run)
  checkCount('concurrency', concurrency)
  signal?.throwIfAborted()
  const iterator = iteratorOf(items)
  const results: Result[] = []
  const stop = new AbortController()
  let inProgress = 0
  const mayStart = new WaitUntil(() => inProgress < concurrency)
  const allEnded = new WaitUntil(() => inProgress === 0)
  const onAbort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })

  const start = async (item: Item, index: number): Promise<void> => {
    inProgress += 1
    try {
      results[index] = await execute({
        name,
        ...options.task?.(item, index),
        signal: stop.signal,
        run: (context) => run(item, context, index),
      })
    } catch (error) {
      // Only the first error counts: the others are its consequence.
      stop.abort(error)
    }
    inProgress -= 1
    mayStart.check()
    allEnded.check()
  }
  try {
    for (let index = 0; ; index += 1) {
      await mayStart.wait(stop.signal)
      if (index % itemsPerTurn === itemsPerTurn - 1) {
        await eventLoopTurn()
        stop.signal.throwIfAborted()
      }
      const next = await unlessAborted(Promise.resolve(iterator.next()), stop.signal)
      if (next.done === true) break
      void start(next.value, index)
    }
    await allEnded.wait(stop.signal)
    return results
  } catch (error) {
    stop.abort(error)
    closeIterator(iterator)
    await allEnded.wait()
    throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

function iteratorOf<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
): Iterator<Item> | AsyncIterator<Item> {
  const source = Object(items) as typeof items
  if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]()
  if (Symbol.iterator in source) return source[Symbol.iterator]()
  throw new TypeError(`items must be iterable, got ${describeValue(items)}`)
}

/** Nobody waits for it: a source that hangs must not hold up the error. */
function closeIterator(iterator: Iterator<unknown> | AsyncIterator<unknown>): void {
  void (async () => iterator.return?.())().catch(() => undefined)
}

function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
