import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../../apps/gateway/src/clock.ts'
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
/** How long the gateway of a server that has just come up may take to take its lock. */
const ownerTakesMs = 500
const lookEveryMs = 20

/**
 * What is in a folder where nobody listens.
 *
 * - `clear`: nothing that PostgreSQL would not sort out itself.
 * - `starting`: a postmaster that does not listen yet, or no longer.
 * - `left_behind`: backends whose postmaster was killed; those that wait notice at once, those that compute do not.
 * - `stale_files`: lock files of no server here that PostgreSQL refuses to start over: their pid lives all the same (a zombie's, or
 *   another program's by now), or they name none (the power went while they were written).
 */
type Quiet = 'clear' | 'starting' | 'left_behind' | 'stale_files'

/** How long a finding must hold before it is acted on: another gateway's server may be starting in between. */
const actAfterMs = { left_behind: 2_000, stale_files: 1_000 } as const
const killAfterMs = 7_000

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
  const { cluster } = folder
  const socket = openSocketFolder(cluster)
  let previous: Quiet | 'not_now' | undefined
  let unchangedMs = 0
  try {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
      const attempt = await FolderLock.take(socket.host, clock, signal)
      if (attempt === 'refused') {
        throw new DatabaseFolderInUseError(folder.directory, 'another gateway')
      }
      if (attempt instanceof FolderLock) {
        if (previous !== 'not_now' && previous !== 'starting') {
          await inherit(attempt, folder, clock)
          return
        }
        // It has just come up: an owner that lives is about to take its lock, or comes back for it after an interruption.
        await attempt.release()
        await clock.sleep(ownerTakesMs, signal)
        previous = undefined
        continue
      }
      const finding = attempt === 'unreachable' ? await lookInto(cluster) : attempt
      if (finding === 'clear') return
      unchangedMs = finding === previous ? unchangedMs + lookEveryMs : 0
      previous = finding
      if (finding === 'stale_files' && unchangedMs >= actAfterMs.stale_files) {
        for (const { path } of await filesInTheWay(cluster)) await rm(path, { force: true })
      }
      if (finding === 'left_behind') await urgeToEnd(cluster, unchangedMs)
      await clock.sleep(lookEveryMs, signal)
    }
  } finally {
    socket.close()
  }
  const pids = (await findServerProcesses(cluster)).join(', ')
  throw new DatabaseStartError(
    `an earlier PostgreSQL (pid ${pids}) in ${cluster} neither serves nor ends; stop it and start again`,
  )
}

/** Resolves when nothing is left of a server that died: backends, which end by themselves or are ended. */
export async function endLeftBehind(folder: Folder, clock: Clock): Promise<void> {
  const never = new AbortController().signal
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
    if ((await lookInto(folder.cluster)) !== 'left_behind') return
    await urgeToEnd(folder.cluster, waitedMs)
    await clock.sleep(lookEveryMs, never)
  }
}

async function urgeToEnd(cluster: string, leftForMs: number): Promise<void> {
  if (leftForMs < actAfterMs.left_behind) return
  const end = leftForMs >= killAfterMs ? 'SIGKILL' : 'SIGQUIT'
  for (const pid of await findServerProcesses(cluster)) sendSignal(pid, end)
}

async function lookInto(cluster: string): Promise<Quiet> {
  const processes = await findServerProcesses(cluster)
  const postmaster = await readPostmasterFile(cluster)
  if (postmaster !== undefined && processes.includes(postmaster.pid)) return 'starting'
  if (processes.length > 0) return 'left_behind'
  return (await filesInTheWay(cluster)).length > 0 ? 'stale_files' : 'clear'
}

/**
 * The lock files whose pid lives, or that name none: PostgreSQL overwrites those of the dead, and refuses to start over these.
 *
 * `postmaster.pid` of the dead stays for PostgreSQL to judge: it also names shared memory that a server out of sight might use.
 */
async function filesInTheWay(cluster: string): Promise<readonly { readonly path: string }[]> {
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
