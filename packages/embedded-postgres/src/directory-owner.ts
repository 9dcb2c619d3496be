import type { Binaries } from './binaries.ts'
import type { Clock } from './clock.ts'
import { createCluster, inspectCluster } from './cluster.ts'
import { type Directory, openSocketFolder, type SocketFolder } from './directory.ts'
import { DirectoryLock } from './directory-lock.ts'
import { endEarlierServer, endOrphanedBackends } from './earlier-server.ts'
import {
  DatabaseFolderDamagedError,
  DatabaseFolderInUseError,
  DatabaseStartError,
} from './errors.ts'
import type { ServerAddress } from './server-client.ts'
import { ServerProcess } from './server-process.ts'
import { findServerProcesses } from './server-processes.ts'
import { chooseServerUser, giveTo } from './server-user.ts'

export interface TakeOptions {
  readonly clock: Clock
  readonly maxConnections: number
  /** The database user. */
  readonly user: string
  /** What to do with an empty directory: a restart must not replace a database that was there a moment ago by a new one. */
  readonly whenAbsent: 'create' | 'refuse'
}

/** How often to try again when another process started its server first. */
const maxAttempts = 5

/**
 * Starts a server in the directory and takes the directory's lock; what an earlier server left is ended first.
 *
 * @throws {DatabaseFolderInUseError} another process uses the directory
 * @throws {DatabaseFolderDamagedError} the directory holds something else, or part of a database
 * @throws {DatabaseVersionError} another major version made the directory
 * @throws {DatabaseStartError} the server could not be started
 */
export async function takeDirectory(
  directory: Directory,
  binaries: Binaries,
  options: TakeOptions,
  signal: AbortSignal,
): Promise<DirectoryOwner> {
  const { clock, user: databaseUser } = options
  for (let attempt = 1; ; attempt++) {
    const found = await inspectCluster(directory, binaries.majorVersion)
    if (found === 'absent' && options.whenAbsent === 'refuse') {
      throw new DatabaseFolderDamagedError(directory.path, 'postgres/ is gone')
    }
    const serverUser = await chooseServerUser(directory.path, binaries.postgres)
    if (found === 'absent') {
      await createCluster(directory, binaries, { serverUser, databaseUser }, signal)
    }
    await endEarlierServer(directory, databaseUser, clock, signal)
    await giveTo(serverUser.owner, directory.cluster)
    const socket = openSocketFolder(directory.cluster)
    const server = new ServerProcess(directory, binaries, serverUser, options)
    let wasReady = false
    try {
      await server.waitUntilReady(signal)
      wasReady = true
      const address = { host: socket.host, user: databaseUser }
      const lock = await lockDirectory(directory, { server, address }, clock, signal)
      return new DirectoryOwner(directory, { server, lock, socket }, clock)
    } catch (error) {
      await server.stop()
      socket.close()
      // Another process started its server first, or ended ours before we had the lock.
      const isLost =
        error instanceof DatabaseStartError &&
        attempt < maxAttempts &&
        (wasReady || server.wasStopped || (await findServerProcesses(directory.cluster)).length > 0)
      if (!isLost) throw error
    }
  }
}

interface Resources {
  readonly server: ServerProcess
  readonly lock: DirectoryLock
  readonly socket: SocketFolder
}

/** This process with its server and its lock in a directory, for as long as that server runs. */
export class DirectoryOwner {
  readonly #directory: Directory
  readonly #resources: Resources
  readonly #clock: Clock

  constructor(directory: Directory, resources: Resources, clock: Clock) {
    this.#directory = directory
    this.#resources = resources
    this.#clock = clock
  }

  /** Resolves when the server ends, with how. */
  get ended(): Promise<string> {
    return this.#resources.server.ended
  }

  /**
   * Ends the server, if it still runs, and the backends that it leaves if it died.
   *
   * The lock ends with the server: released earlier, it would invite another process to a server that is stopping.
   */
  async stop(): Promise<void> {
    const { server, lock, socket } = this.#resources
    lock.expectEnd()
    await server.stop()
    await lock.release()
    socket.close()
    if (!server.wasStopped) await endOrphanedBackends(this.#directory, this.#clock)
  }
}

async function lockDirectory(
  directory: Directory,
  { server, address }: { server: ServerProcess; address: ServerAddress },
  clock: Clock,
  signal: AbortSignal,
): Promise<DirectoryLock> {
  const attempt = await DirectoryLock.take(address, clock, signal)
  if (attempt === 'refused') throw new DatabaseFolderInUseError(directory.path)
  if (attempt instanceof DirectoryLock) {
    if (await server.isReady()) return attempt
    // Another process ended our server while we asked, and the lock is in that process's server.
    await attempt.release()
  }
  throw new DatabaseStartError('PostgreSQL was ready and then refused the first connection')
}
