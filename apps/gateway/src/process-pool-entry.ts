import { Worker } from 'node:worker_threads'
import type { PoolAnswer, PoolSetup, TaskBegun } from './process-pool-messages.ts'

/** Runs one task after another for the process that started it: see `process-pool.ts`. */

// Made by `process-pool.ts`.
const setup = JSON.parse(process.argv[2] ?? '') as PoolSetup

// A terminal and a container signal all processes, but the gateway decides when to stop. Without a gateway this process ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())
const { maxResidentBytes } = setup
new Worker(new URL('./process-pool-watch.ts', import.meta.url), {
  workerData: { parent: process.ppid, maxResidentBytes },
  execArgv: [],
}).unref()

const tasks = import(setup.taskFile) as Promise<{ default(task: unknown): unknown }>

process.on('message', (message) => {
  // Only the gateway sends on this channel, and it waits for the answer before it sends again.
  const { task } = message as { readonly task: unknown }
  void answer(task).then((said) => process.send?.(said))
})

async function answer(task: unknown): Promise<PoolAnswer> {
  try {
    const { default: work } = await tasks
    process.send?.({ kind: 'begun' } satisfies TaskBegun)
    return { kind: 'answer', answer: await work(task) }
  } catch (error) {
    return { kind: 'failed', name: error instanceof Error ? error.name : 'something' }
  }
}
