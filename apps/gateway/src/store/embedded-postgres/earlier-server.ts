import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../clock.ts'
import { DatabaseFolderInUseError, DatabaseStartError } from './errors.ts'
import { type Folder, openSocketFolder } from './folder.ts'
import { FolderLock } from './folder-lock.ts'
import {
  findServerProcesses,
  isAlive,
  readPostmasterFile,
  sendSignal,
  stopServer,
} from './processes.ts'
import { serverPort } from './server-settings.ts'

/** How long an earlier server may take to come up or go down before we give up on it. */
const patienceMs = 60_000
/** How long backends whose postmaster was killed may take to notice, before they are told. */
const leftBehindPatienceMs = 2_000
/** How long the gateway of a server that restarted its backends may take to take its lock again. */
const ownerReturnsMs = 500
const lookEveryMs = 20

/**
 * Clears the folder of a server that an earlier gateway left: a gateway that is killed cannot stop its PostgreSQL, which lives on.
 * Whoever gets the folder lock there is its only heir, and stops it; a server of the heir's own then has the settings and the
 * release it needs.
 *
 * @throws {DatabaseFolderInUseError} its gateway lives
 * @throws {DatabaseStartError} it neither serves nor ends
 */
export async function endEarlierServer(
  folder: Folder,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const socket = openSocketFolder(folder.cluster)
  let wasInterrupted = false
  try {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
      const processes = await findServerProcesses(folder.cluster)
      const postmaster = await readPostmasterFile(folder.cluster)
      const attempt = await FolderLock.take(socket.host, clock, signal)
      if (attempt === 'refused') {
        throw new DatabaseFolderInUseError(folder.directory, 'another gateway')
      }
      if (attempt instanceof FolderLock && wasInterrupted) {
        // The interruption took the lock from its owner too; who lives comes back for it.
        wasInterrupted = false
        await attempt.release()
        await clock.sleep(ownerReturnsMs, signal)
        continue
      }
      if (attempt instanceof FolderLock) {
        await inherit(attempt, folder, clock)
        return
      }
      if (attempt === 'unreachable' && processes.length === 0) {
        await removeStaleFiles(folder.cluster, postmaster?.pid)
        return
      }
      if (attempt === 'not_now') wasInterrupted = true
      const isLeftBehind = postmaster === undefined || !processes.includes(postmaster.pid)
      if (attempt === 'unreachable' && isLeftBehind && waitedMs >= leftBehindPatienceMs) {
        for (const pid of processes) sendSignal(pid, 'SIGQUIT')
      }
      await clock.sleep(lookEveryMs, signal)
    }
    const pids = (await findServerProcesses(folder.cluster)).join(', ')
    throw new DatabaseStartError(
      `an earlier PostgreSQL (pid ${pids}) in ${folder.cluster} neither serves nor ends; stop it and start again`,
    )
  } finally {
    socket.close()
  }
}

/** Stops the server with the lock held, so that no other gateway takes it for its own meanwhile. */
async function inherit(lock: FolderLock, folder: Folder, clock: Clock): Promise<void> {
  try {
    const pid = (await readPostmasterFile(folder.cluster))?.pid
    const processes = await findServerProcesses(folder.cluster)
    if (pid === undefined || !processes.includes(pid)) {
      throw new DatabaseFolderInUseError(
        folder.directory,
        `a PostgreSQL that this process cannot see (pid ${pid ?? 'unknown'}; another container or user)`,
      )
    }
    lock.expectEnd()
    await stopServer(
      {
        isGone: async () => !(await findServerProcesses(folder.cluster)).includes(pid),
        send: (name) => sendSignal(pid, name),
      },
      clock,
    )
  } finally {
    await lock.release()
  }
}

/**
 * PostgreSQL itself overwrites the lock files of a dead server, but refuses when their pid is a zombie's or has been given to
 * another program. No process works in the folder and nobody listens there: then the files speak of nobody.
 *
 * The first file stays where PostgreSQL can judge it: it also names the shared memory that a server out of sight might use.
 */
async function removeStaleFiles(cluster: string, pid: number | undefined): Promise<void> {
  if (pid !== undefined && isAlive(pid)) await rm(join(cluster, 'postmaster.pid'), { force: true })
  await rm(join(cluster, `.s.PGSQL.${serverPort}.lock`), { force: true })
}
