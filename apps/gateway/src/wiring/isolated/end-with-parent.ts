import { workerData } from 'node:worker_threads'

/**
 * A thread that ends its process when the parent has ended, even if the main thread is blocked by its encounter and cannot notice that the
 * channel was closed.
 */

const checkIntervalMs = 1000
const parent = workerData as number
const sleeping = new Int32Array(new SharedArrayBuffer(4))

while (process.ppid === parent) Atomics.wait(sleeping, 0, 0, checkIntervalMs)
process.kill(process.pid, 'SIGKILL')
