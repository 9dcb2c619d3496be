import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Clock } from '../../clock.ts'
import { DatabaseStartError } from './errors.ts'

/** Reads the folder, or the nearest one above that exists, and writes there. Refusals do not matter: only an answer does. */
const program = `
  const { mkdtempSync, readdirSync, rmdirSync } = require('node:fs')
  const { dirname, join } = require('node:path')
  let folder = process.argv[1]
  for (;;) {
    try {
      readdirSync(folder)
      break
    } catch (error) {
      if (error.code !== 'ENOENT' || dirname(folder) === folder) process.exit()
      folder = dirname(folder)
    }
  }
  try {
    rmdirSync(mkdtempSync(join(folder, '.probe-')))
  } catch {}
`

const defaultTimeoutMs = 10_000

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
    /** @default 10_000 */
    readonly timeoutMs?: number
    /** The program that asks, with the folder as its argument. */
    readonly ask?: string
  },
): Promise<void> {
  const child = spawn(process.execPath, ['--eval', ask, directory], {
    stdio: 'ignore',
    env: {},
    cwd: '/',
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
    child.kill('SIGKILL')
    child.unref()
  }
  throw new DatabaseStartError(
    `${directory} did not answer within ${timeoutMs / 1000} s; it may be on a network drive that is not connected. ` +
      'Check the mount, or name another folder in Database__Directory',
  )
}
