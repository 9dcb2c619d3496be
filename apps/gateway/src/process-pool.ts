import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { systemClock } from './clock.ts'
import { FairSlots } from './fair-slots.ts'
import type { PoolAnswer, PoolSetup, TaskBegun } from './process-pool-messages.ts'
import { type TaskLimit, taskLimit } from './task-limit.ts'

export interface ProcessPool<Task, Answer> {
  /**
   * Runs one task in a process. Task and answer are copied. An abort ends the process that runs the task.
   *
   * @param holder whose task it is: holders take turns
   * @throws {ProcessFailure} there is no answer; if the process was lost, the next task gets a new one
   */
  run(
    task: Task,
    options: { readonly holder: string; readonly signal: AbortSignal },
  ): Promise<Answer>
  /** Ends all processes. */
  stop(): Promise<void>
}

export interface ProcessPoolOptions {
  /** Its default export runs one task. */
  readonly taskFile: URL
  readonly processes: number
  /** Time limit for one task, from when a process begins it; after it the process is ended. */
  readonly limitMs: number
  /** Limit for the heap of one process. */
  readonly maxHeapMb: number
}

/** A process gave no answer. `failed`: it ended, could not start, or its task threw. */
export class ProcessFailure extends Error {
  override readonly name = 'ProcessFailure'
  readonly reason: 'time_limit' | 'memory_limit' | 'failed'

  constructor(reason: ProcessFailure['reason'], options?: ErrorOptions) {
    super(`no answer from a process: ${reason}`, options)
    this.reason = reason
  }
}

const entry = new URL('./process-pool-entry.ts', import.meta.url)
const idleMs = 60_000
/** Besides its heap, a process has the program and what is unpacked outside of the heap: see `limitAllocations`. */
const besidesHeapMb = 512

/**
 * Processes for files that somebody else made. A thread would not do: a list that grows past the heap limit of its thread ends the whole
 * process. They start with their first task and end after a minute without one. They have no environment, and may neither write files nor
 * start programs.
 */
export function createProcessPool<Task, Answer>({
  taskFile,
  processes,
  limitMs,
  maxHeapMb,
}: ProcessPoolOptions): ProcessPool<Task, Answer> {
  const slots = new FairSlots({ slots: processes, perHolder: 1 })
  const setup: PoolSetup = {
    taskFile: taskFile.href,
    maxResidentBytes: (maxHeapMb + besidesHeapMb) * 1024 * 1024,
  }
  const all = new Set<PoolProcess>()
  const idle = new Map<PoolProcess, AbortController>()
  let isStopped = false

  function take(): PoolProcess {
    const [known] = idle
    if (known !== undefined) {
      const [one, rest] = known
      idle.delete(one)
      rest.abort()
      return one
    }
    const started = startProcess(setup, maxHeapMb)
    all.add(started)
    void started.ended.then(() => {
      all.delete(started)
      idle.delete(started)
    })
    return started
  }

  function rest(one: PoolProcess): void {
    const used = new AbortController()
    idle.set(one, used)
    void systemClock.sleep(idleMs, used.signal).then(
      () => {
        if (idle.delete(one)) one.child.kill('SIGKILL')
      },
      () => undefined,
    )
  }

  async function runInProcess(task: Task, signal: AbortSignal): Promise<Answer> {
    if (isStopped) throw new ProcessFailure('failed', { cause: new Error('the pool is stopped') })
    const one = take()
    const answer = await askWithin(one, task, signal)
    if (isStopped) one.child.kill('SIGKILL')
    else rest(one)
    if (answer.kind === 'failed')
      throw new ProcessFailure('failed', { cause: new Error(`its task threw ${answer.name}`) })
    // It runs tasks of this pool only.
    return answer.answer as Answer
  }

  async function askWithin(one: PoolProcess, task: Task, signal: AbortSignal): Promise<PoolAnswer> {
    using limit = taskLimit(signal, limitMs)
    try {
      return await ask(one, task, limit)
    } catch (error) {
      one.child.kill('SIGKILL')
      // Its memory is free before another one starts.
      await one.ended
      if (signal.aborted) throw signal.reason
      if (isStopped) throw new ProcessFailure('failed', { cause: error })
      if (limit.isOver) throw new ProcessFailure('time_limit')
      throw error instanceof ProcessFailure ? error : new ProcessFailure('failed', { cause: error })
    }
  }

  return {
    run: (task, { holder, signal }) => slots.run(holder, () => runInProcess(task, signal), signal),
    async stop() {
      isStopped = true
      for (const used of idle.values()) used.abort()
      for (const { child } of all) child.kill('SIGKILL')
      await Promise.all([...all].map(({ ended }) => ended))
    },
  }
}

interface PoolProcess {
  readonly child: ChildProcess
  readonly ended: Promise<void>
}

function startProcess(setup: PoolSetup, maxHeapMb: number): PoolProcess {
  const child = fork(entry, [JSON.stringify(setup)], {
    serialization: 'advanced',
    // What a process says when it ends by itself is of no use, and may quote what it read.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
    execArgv: [
      `--max-old-space-size=${maxHeapMb}`,
      '--permission',
      '--allow-fs-read=*',
      '--allow-worker',
    ],
  })
  // A process that cannot be started emits an error and never exits.
  child.on('error', () => undefined)
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')]).then(
    () => undefined,
    () => undefined,
  )
  return { child, ended }
}

async function ask(
  { child }: PoolProcess,
  task: unknown,
  { begin, signal }: Pick<TaskLimit, 'begin' | 'signal'>,
): Promise<PoolAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<PoolAnswer>()
  // Only our own entry file sends on this channel.
  const onMessage = (message: unknown) => {
    const said = message as TaskBegun | PoolAnswer
    if (said.kind === 'begun') begin()
    else resolve(said)
  }
  const onAbort = () => reject(signal.reason)
  // Signals come from the engine whose heap is full, from the thread that watches the memory, and from a system that is out of memory.
  const onExit = (_code: number | null, ended: string | null) =>
    reject(new ProcessFailure(ended === null ? 'failed' : 'memory_limit'))
  const onError = (cause: Error) => reject(new ProcessFailure('failed', { cause }))
  child.on('message', onMessage)
  signal.addEventListener('abort', onAbort, { once: true })
  child.once('exit', onExit)
  child.once('error', onError)
  try {
    signal.throwIfAborted()
    child.send({ task }, (error) => {
      if (error !== null) child.kill('SIGKILL')
    })
    return await promise
  } finally {
    child.off('message', onMessage)
    child.off('exit', onExit)
    child.off('error', onError)
    signal.removeEventListener('abort', onAbort)
  }
}
