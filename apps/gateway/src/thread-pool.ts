import { Bulkhead } from '@authscript/orchestrator'
import { Piscina } from 'piscina'
import { timeLimit } from './clock.ts'

export interface ThreadPool<Task, Answer> {
  /**
   * Does one task in a thread; task and answer are copied on the way. An abort ends the thread that has begun with the task.
   *
   * @throws {ThreadFailure} there is no answer; the next task gets a new thread where this one was lost
   */
  run(task: Task, signal: AbortSignal): Promise<Answer>
  /** Gives what is running a few seconds to finish, then ends all threads. */
  stop(): Promise<void>
}

export interface ThreadPoolOptions {
  /** Its default export does one task. */
  readonly workerFile: URL
  readonly threads: number
  /** For one task, with the start of its thread; then the thread is ended. @default none */
  readonly limitMs?: number
  /** Of one thread's heap. `--max-old-space-size` of the process, where set, takes its place. */
  readonly maxHeapMb: number
  /** What each thread gets at its start. */
  readonly workerData?: unknown
}

/** A thread gave no answer. `failed`: it ended by itself, could not start, or its task threw; `cause` has the error. */
export class ThreadFailure extends Error {
  override readonly name = 'ThreadFailure'
  readonly reason: 'time_limit' | 'memory_limit' | 'failed'

  constructor(reason: ThreadFailure['reason'], options?: ErrorOptions) {
    super(`no answer from a thread: ${reason}`, options)
    this.reason = reason
  }
}

/** More tasks than wait at once however many charts are under way. */
const maxWaiting = 1_000_000
const idleMs = 60_000
const closeMs = 5000

/** Threads for what would hold up the event loop. They start with their first task and end after a minute without one. */
export function createThreadPool<Task, Answer>({
  workerFile,
  threads,
  limitMs = Infinity,
  maxHeapMb,
  workerData,
}: ThreadPoolOptions): ThreadPool<Task, Answer> {
  const pool = new Piscina<Task, Answer>({
    filename: workerFile.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleMs,
    closeTimeout: closeMs,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 32 },
  })
  // Without a listener, a thread that fails while it has no task would end the process.
  pool.on('error', () => undefined)
  // A task waits here, not in the pool: its time starts with its thread.
  const places = new Bulkhead({ limit: threads, queue: maxWaiting })
  let isStopped = false

  async function runNow(task: Task, signal: AbortSignal): Promise<Answer> {
    // A closed pool would start threads again.
    if (isStopped) throw new ThreadFailure('failed', { cause: new Error('the pool is stopped') })
    using limit = timeLimit(signal, limitMs)
    try {
      return await pool.run(task, { signal: limit.signal })
    } catch (cause) {
      if (signal.aborted) throw signal.reason
      if (limit.isOver) throw new ThreadFailure('time_limit')
      throw new ThreadFailure(isOutOfMemory(cause) ? 'memory_limit' : 'failed', { cause })
    }
  }

  return {
    run: (task, signal) => places.run(() => runNow(task, signal), signal),
    async stop() {
      isStopped = true
      await pool.close({ force: true })
    },
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
