import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import { DatabaseFolderInUseError, DatabaseStartError } from './errors.ts'
import { type Directory, openSocketFolder } from './directory.ts'
import { DirectoryLock } from './directory-lock.ts'
import {
  findServerProcesses,
  isAlive,
  readPostmasterFile,
  sendSignal,
  stopServer,
} from './server-processes.ts'
import { serverPort } from './server-settings.ts'

/** How long an earlier server may take to start or stop before the start fails. */
const timeoutMs = 60_000
/** How long the owner of a server that has just become ready may need to take its lock. */
const ownerLockMs = 500
const pollIntervalMs = 20

/**
 * What is in a directory where no server listens.
 *
 * - `clear`: nothing that PostgreSQL does not handle itself.
 * - `starting`: a postmaster that does not listen yet, or no longer.
 * - `orphaned_backends`: backends whose postmaster was killed. Idle ones notice at once, busy ones do not.
 * - `stale_files`: lock files that no server here holds and that PostgreSQL refuses to overwrite: a process with their pid exists (a
 *   zombie, or another program by now), or they name no pid (the power failed while they were written).
 */
type Finding = 'clear' | 'starting' | 'orphaned_backends' | 'stale_files'

/** How long a finding must last before it is acted on: another process may be starting its server. */
const actAfterMs = { orphaned_backends: 2_000, stale_files: 1_000 } as const
const killAfterMs = 7_000

/**
 * Stops a server that an earlier owner left: a process that is killed cannot stop its PostgreSQL, which continues running.
 * Only the process that gets the directory lock there may stop it; it then starts its own server, with its own settings and release.
 *
 * @throws {DatabaseFolderInUseError} the owner of that server is alive
 * @throws {DatabaseStartError} it neither accepts connections nor ends
 */
export async function endEarlierServer(
  directory: Directory,
  user: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const { cluster } = directory
  const socket = openSocketFolder(cluster)
  let previous: Finding | 'not_now' | undefined
  let unchangedMs = 0
  try {
    for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollIntervalMs) {
      const attempt = await DirectoryLock.take({ host: socket.host, user }, clock, signal)
      if (attempt === 'refused') {
        throw new DatabaseFolderInUseError(directory.path)
      }
      if (attempt instanceof DirectoryLock) {
        if (previous !== 'not_now' && previous !== 'starting') {
          await stopEarlierServer(attempt, directory, clock)
          return
        }
        // It has just become ready: an owner that is alive is about to take its lock, or takes it again after an interruption.
        await attempt.release()
        await clock.sleep(ownerLockMs, signal)
        previous = undefined
        continue
      }
      const finding = attempt === 'unreachable' ? await inspect(cluster) : attempt
      if (finding === 'clear') return
      unchangedMs = finding === previous ? unchangedMs + pollIntervalMs : 0
      previous = finding
      if (finding === 'stale_files' && unchangedMs >= actAfterMs.stale_files) {
        for (const { path } of await blockingFiles(cluster)) await rm(path, { force: true })
      }
      if (finding === 'orphaned_backends') await endBackends(cluster, unchangedMs)
      await clock.sleep(pollIntervalMs, signal)
    }
  } finally {
    socket.close()
  }
  const pids = (await findServerProcesses(cluster)).join(', ')
  throw new DatabaseStartError(
    `an earlier PostgreSQL (pid ${pids}) in ${cluster} neither accepts connections nor ends; stop it and start again`,
  )
}

/** Resolves when no backend of a server that died is left: they end by themselves, or are ended. */
export async function endOrphanedBackends(directory: Directory, clock: Clock): Promise<void> {
  const never = new AbortController().signal
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollIntervalMs) {
    if ((await inspect(directory.cluster)) !== 'orphaned_backends') return
    await endBackends(directory.cluster, waitedMs)
    await clock.sleep(pollIntervalMs, never)
  }
}

async function endBackends(cluster: string, orphanedForMs: number): Promise<void> {
  if (orphanedForMs < actAfterMs.orphaned_backends) return
  const signal = orphanedForMs >= killAfterMs ? 'SIGKILL' : 'SIGQUIT'
  for (const pid of await findServerProcesses(cluster)) sendSignal(pid, signal)
}

async function inspect(cluster: string): Promise<Finding> {
  const processes = await findServerProcesses(cluster)
  const postmaster = await readPostmasterFile(cluster)
  if (postmaster !== undefined && processes.includes(postmaster.pid)) return 'starting'
  if (processes.length > 0) return 'orphaned_backends'
  return (await blockingFiles(cluster)).length > 0 ? 'stale_files' : 'clear'
}

/**
 * The lock files whose pid exists, or that name none. PostgreSQL overwrites those of dead processes and refuses to start with these.
 *
 * A `postmaster.pid` of a dead process is left to PostgreSQL: it also names shared memory that a server out of our sight might use.
 */
async function blockingFiles(cluster: string): Promise<readonly { readonly path: string }[]> {
  const names = ['postmaster.pid', `.s.PGSQL.${serverPort}.lock`]
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(cluster, name)
      return { path, text: await readFile(path, 'utf8').catch(() => undefined) }
    }),
  )
  return files.filter(({ text }) => {
    if (text === undefined) return false
    const pid = Number.parseInt(text, 10)
    return Number.isNaN(pid) || isAlive(pid)
  })
}

/** Stops the server while the lock is held, so that no other process uses it meanwhile. */
async function stopEarlierServer(
  lock: DirectoryLock,
  directory: Directory,
  clock: Clock,
): Promise<void> {
  try {
    const pid = (await readPostmasterFile(directory.cluster))?.pid
    const processes = await findServerProcesses(directory.cluster)
    if (pid === undefined || !processes.includes(pid)) {
      throw new DatabaseFolderInUseError(
        directory.path,
        `a PostgreSQL that this process cannot see (pid ${pid ?? 'unknown'}; another container or user)`,
      )
    }
    lock.expectEnd()
    await stopServer(
      {
        isGone: async () => !(await findServerProcesses(directory.cluster)).includes(pid),
        send: (name) => sendSignal(pid, name),
      },
      clock,
    )
  } finally {
    await lock.release()
  }
}
