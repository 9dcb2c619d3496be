import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Clock } from './clock.ts'
import { DatabaseStartError } from './errors.ts'

/**
 * Reads the folder, or the nearest one above that exists, and writes its time of change: a write that leaves nothing behind, also
 * when it is cut off. Refusals do not matter, only an answer does. A shell starts in a few milliseconds, and initdb needs one anyway.
 */
const program = `
  folder=$1
  while [ ! -e "$folder" ] && [ "$folder" != / ]; do folder=$(dirname "$folder"); done
  ls "$folder" > /dev/null 2>&1
  touch -c "$folder" 2> /dev/null
`

/** Long enough for a busy machine: a start that fails for nothing is worse than one that waits. */
const defaultTimeoutMs = 30_000

/**
 * Resolves when the file system of the folder answers, with success or not.
 *
 * A separate process asks it: a system call on a dead network mount never returns, and Node cannot exit while one of its
 * threads is in it.
 *
 * @throws {DatabaseStartError} it does not answer in time
 */
export async function requireAnswer(
  directory: string,
  {
    clock,
    signal,
    timeoutMs = defaultTimeoutMs,
    ask = program,
  }: {
    readonly clock: Clock
    readonly signal: AbortSignal
    /** @default 30_000 */
    readonly timeoutMs?: number
    /** The shell program that asks, with the folder as `$1`. */
    readonly ask?: string
  },
): Promise<void> {
  const child = spawn('/bin/sh', ['-c', ask, 'sh', directory], {
    stdio: 'ignore',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    cwd: '/',
    // A group of its own, so that all of it can be ended at once.
    detached: true,
  })
  const waiting = new AbortController()
  // `error`: no process could be made; then the start itself finds out what is wrong.
  const answered = once(child, 'exit').then(
    () => true,
    () => true,
  )
  const tooLate = clock
    .sleep(timeoutMs, AbortSignal.any([signal, waiting.signal]))
    .then(() => false)
  try {
    if (await Promise.race([answered, tooLate])) return
  } finally {
    tooLate.catch(() => undefined)
    waiting.abort()
    // In a dead mount not even SIGKILL ends it: it is left behind.
    if (child.exitCode === null && child.signalCode === null) endGroup(child.pid)
    child.unref()
  }
  throw new DatabaseStartError(
    `${directory} did not answer within ${timeoutMs / 1000} s; it may be on a network drive that is not connected. ` +
      'Check the mount, or use another folder',
  )
}

function endGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
