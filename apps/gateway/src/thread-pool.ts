import { Bulkhead } from '@authscript/orchestrator'
import { Piscina } from 'piscina'
import { taskLimit } from './task-limit.ts'
import type { TaskBegun, ThreadTask } from './thread-task.ts'

export interface ThreadPool<Task, Answer> {
  /**
   * Runs one task in a thread. Task and answer are copied between threads. An abort terminates the thread that runs the task.
   *
   * @throws {ThreadFailure} there is no answer; if the thread was lost, the next task gets a new one
   */
  run(task: Task, signal: AbortSignal): Promise<Answer>
  /** Gives running tasks a few seconds to finish, then ends all threads. */
  stop(): Promise<void>
}

export interface ThreadPoolOptions {
  /** Its default export is made by `runTasks`. */
  readonly workerFile: URL
  readonly threads: number
  /** Time limit for one task, from when a thread begins it; after it the thread is terminated. @default none */
  readonly limitMs?: number
  /** Limit for the heap of one thread. `--max-old-space-size` of the process overrides it. */
  readonly maxHeapMb: number
  /** Passed to each thread when it starts. */
  readonly workerData?: unknown
}

/** A thread gave no answer. `failed`: it exited, could not start, or its task threw; `cause` is the error. */
export class ThreadFailure extends Error {
  override readonly name = 'ThreadFailure'
  readonly reason: 'time_limit' | 'memory_limit' | 'failed'

  constructor(reason: ThreadFailure['reason'], options?: ErrorOptions) {
    super(`no answer from a thread: ${reason}`, options)
    this.reason = reason
  }
}

/** More tasks than ever wait at once. */
const maxWaiting = 1_000_000
const idleMs = 60_000
const closeMs = 5000

/** Threads for our own work that would block the event loop; what somebody else made is read in processes (`process-pool.ts`). They start with their first task and end after a minute without one. */
export function createThreadPool<Task, Answer>({
  workerFile,
  threads,
  limitMs = Infinity,
  maxHeapMb,
  workerData,
}: ThreadPoolOptions): ThreadPool<Task, Answer> {
  const pool = new Piscina<ThreadTask<Task>, Answer>({
    filename: workerFile.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleMs,
    closeTimeout: closeMs,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 32 },
  })
  // Without a listener, the failure of an idle thread would end the process.
  pool.on('error', () => undefined)
  const onBegun = new Map<number, () => void>()
  // Only our own worker files post messages.
  pool.on('message', ({ begunTaskId }: TaskBegun) => onBegun.get(begunTaskId)?.())
  let lastTaskId = 0
  // Tasks wait here, not in the pool, so that the time to start is that of one thread.
  const slots = new Bulkhead({ limit: threads, queue: maxWaiting })
  let isStopped = false

  async function runInThread(task: Task, signal: AbortSignal): Promise<Answer> {
    // A closed pool would start threads again.
    if (isStopped) throw new ThreadFailure('failed', { cause: new Error('the pool is stopped') })
    const taskId = ++lastTaskId
    using limit = taskLimit(signal, limitMs)
    onBegun.set(taskId, limit.begin)
    try {
      return await pool.run({ taskId, task }, { signal: limit.signal })
    } catch (cause) {
      if (signal.aborted) throw signal.reason
      if (limit.isOver) throw new ThreadFailure('time_limit')
      throw new ThreadFailure(isOutOfMemory(cause) ? 'memory_limit' : 'failed', { cause })
    } finally {
      onBegun.delete(taskId)
    }
  }

  return {
    run: (task, signal) => slots.run(() => runInThread(task, signal), signal),
    async stop() {
      isStopped = true
      await pool.close({ force: true })
    },
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
