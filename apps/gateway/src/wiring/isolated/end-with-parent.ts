import { workerData } from 'node:worker_threads'

/**
 * A thread that ends its process when the parent is gone, also while the main thread is blocked by the encounter it was isolated for and
 * cannot see that its channel was closed.
 */

const lookEveryMs = 1000
const parent = workerData as number
const sleeping = new Int32Array(new SharedArrayBuffer(4))

while (process.ppid === parent) Atomics.wait(sleeping, 0, 0, lookEveryMs)
process.kill(process.pid, 'SIGKILL')
