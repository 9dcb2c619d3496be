import type { Clock } from '../../../apps/gateway/src/clock.ts'
import type { Binaries } from './binaries.ts'
import { createCluster, inspectCluster } from './cluster.ts'
import { endEarlierServer, endLeftBehind } from './earlier-server.ts'
import {
  DatabaseFolderDamagedError,
  DatabaseFolderInUseError,
  DatabaseStartError,
} from './errors.ts'
import { type Folder, openSocketFolder, type SocketFolder } from './folder.ts'
import { FolderLock } from './folder-lock.ts'
import { findServerProcesses } from './processes.ts'
import { ServerProcess } from './server-process.ts'
import { chooseServerUser, giveTo } from './server-user.ts'

export interface OccupyOptions {
  readonly clock: Clock
  readonly maxConnections: number
  /** What to do with an empty folder: a database that was here a moment ago must not be replaced by a new one. */
  readonly whenAbsent: 'create' | 'refuse'
}

/** A server that a start lost to another gateway's is looked for again so often. */
const mostAttempts = 5

/**
 * Brings up a server in the folder and takes the folder's lock there; what an earlier one left is ended first.
 *
 * @throws {DatabaseFolderInUseError} another gateway works in the folder
 * @throws {DatabaseFolderDamagedError} the folder holds something else, or part of a database
 * @throws {DatabaseVersionError} the folder was made by another major version
 * @throws {DatabaseStartError} the server could not be brought up
 */
export async function occupy(
  folder: Folder,
  binaries: Binaries,
  options: OccupyOptions,
  signal: AbortSignal,
): Promise<Occupation> {
  for (let attempt = 1; ; attempt++) {
    const found = await inspectCluster(folder, binaries.majorVersion)
    if (found === 'absent' && options.whenAbsent === 'refuse') {
      throw new DatabaseFolderDamagedError(folder.directory, 'postgres/ is gone')
    }
    const user = await chooseServerUser(folder.directory, binaries.postgres)
    if (found === 'absent') await createCluster(folder, binaries, user, signal)
    await endEarlierServer(folder, options.clock, signal)
    await giveTo(user.owner, folder.cluster)
    const socket = openSocketFolder(folder.cluster)
    const server = new ServerProcess(folder, binaries, user, options)
    let wasReady = false
    try {
      await server.waitUntilReady(signal)
      wasReady = true
      const lock = await lockOf(folder, { server, host: socket.host }, options.clock, signal)
      return new Occupation(folder, { server, lock, socket }, options.clock)
    } catch (error) {
      await server.stop()
      socket.close()
      // Another gateway's server was first, or another gateway that came upon ours before we had the lock ended it.
      const isLost =
        error instanceof DatabaseStartError &&
        attempt < mostAttempts &&
        (wasReady || server.wasStopped || (await findServerProcesses(folder.cluster)).length > 0)
      if (!isLost) throw error
    }
  }
}

interface Belongings {
  readonly server: ServerProcess
  readonly lock: FolderLock
  readonly socket: SocketFolder
}

/** A folder with our server and our lock in it, for as long as that server runs. */
export class Occupation {
  readonly #folder: Folder
  readonly #own: Belongings
  readonly #clock: Clock

  constructor(folder: Folder, own: Belongings, clock: Clock) {
    this.#folder = folder
    this.#own = own
    this.#clock = clock
  }

  /** Resolves when the server ends, with how. */
  get ended(): Promise<string> {
    return this.#own.server.ended
  }

  /**
   * Ends the server, if it still runs, and what it leaves behind if it died.
   *
   * The lock goes down with it: given up earlier, it would invite another gateway to a server that is leaving.
   */
  async leave(): Promise<void> {
    const { server, lock, socket } = this.#own
    lock.expectEnd()
    await server.stop()
    await lock.release()
    socket.close()
    if (!server.wasStopped) await endLeftBehind(this.#folder, this.#clock)
  }
}

async function lockOf(
  folder: Folder,
  place: { server: ServerProcess; host: string },
  clock: Clock,
  signal: AbortSignal,
): Promise<FolderLock> {
  const attempt = await FolderLock.take(place.host, clock, signal)
  if (attempt === 'refused') {
    throw new DatabaseFolderInUseError(folder.directory, 'another gateway')
  }
  if (attempt instanceof FolderLock) {
    if (await place.server.isReady()) return attempt
    // Another gateway ended ours while we asked, and the lock is one of its server's.
    await attempt.release()
  }
  throw new DatabaseStartError('PostgreSQL was ready and then refused the first connection')
}
