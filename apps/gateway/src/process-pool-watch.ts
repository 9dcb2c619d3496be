import { workerData } from 'node:worker_threads'

/**
 * A thread that ends its process when it needs too much memory, or when the gateway is gone, also while the main thread is blocked by a
 * file and sees neither. The limit of the heap counts no memory outside of it.
 */

const lookEveryMs = 100
const { parent, maxResidentBytes } = workerData as {
  readonly parent: number
  readonly maxResidentBytes: number
}
const sleeping = new Int32Array(new SharedArrayBuffer(4))

while (process.ppid === parent && process.memoryUsage.rss() <= maxResidentBytes)
  Atomics.wait(sleeping, 0, 0, lookEveryMs)
process.kill(process.pid, 'SIGKILL')
