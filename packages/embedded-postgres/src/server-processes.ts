import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clock } from './clock.ts'

/** The first and the last line of `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number
  readonly status: string
}

/** @see https://www.postgresql.org/docs/18/storage-file-layout.html - postmaster.pid */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  return Number.isNaN(pid) ? undefined : { pid, status: (lines[7] ?? '').trim() }
}

/**
 * The PostgreSQL processes that work in this folder: the postmaster, and the backends that it left if it was killed.
 *
 * A pid alone proves nothing: another program may have it by now. A process whose working folder is this one is certain. Zombies
 * have no working folder and do not count. On other systems than Linux only the pid in the file is known.
 */
export async function findServerProcesses(cluster: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') {
    const pid = (await readPostmasterFile(cluster))?.pid
    return pid !== undefined && isAlive(pid) ? [pid] : []
  }
  const home = await stat(cluster).catch(() => undefined)
  if (home === undefined) return []
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const at = await stat(`/proc/${name}/cwd`)
      if (at.ino !== home.ino || at.dev !== home.dev) continue
      // After an upgrade of the package the link is `…/postgres (deleted)`.
      if (!basename(await readlink(`/proc/${name}/exe`)).startsWith('postgres')) continue
      found.push(Number(name))
    } catch {
      // It ended in the meantime, or belongs to a user whose processes we may not see.
    }
  }
  return found
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A fast shutdown, then one without a checkpoint (the next start recovers), then by force. */
const stopSteps = [
  { signal: 'SIGINT', timeoutMs: 30_000 },
  { signal: 'SIGQUIT', timeoutMs: 5_000 },
  { signal: 'SIGKILL', timeoutMs: 5_000 },
] as const

const pollIntervalMs = 5

/** Resolves when the server is gone. Never SIGTERM: that waits until every client has disconnected. */
export async function stopServer(
  server: { isGone(): boolean | Promise<boolean>; send(signal: NodeJS.Signals): void },
  clock: Clock,
): Promise<void> {
  const never = new AbortController().signal
  for (const { signal, timeoutMs } of stopSteps) {
    if (await server.isGone()) return
    server.send(signal)
    for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollIntervalMs) {
      if (await server.isGone()) return
      await clock.sleep(pollIntervalMs, never)
    }
  }
}

/** Sends a signal to a process that may have ended meanwhile. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
