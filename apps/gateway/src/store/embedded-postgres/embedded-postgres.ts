import pg from 'pg'
import type { Clock } from '../../clock.ts'
import { type Binaries, locateBinaries } from './binaries.ts'
import { createCluster, inspectCluster, makeDirectory } from './cluster.ts'
import { endEarlierServer } from './earlier-server.ts'
import { DatabaseFolderInUseError, DatabaseStartError } from './errors.ts'
import { type Folder, folderAt, openSocketFolder, type SocketFolder } from './folder.ts'
import { FolderLock, serverClient } from './folder-lock.ts'
import { findServerProcesses } from './processes.ts'
import { ServerProcess } from './server-process.ts'
import { serverPort, serverUserName } from './server-settings.ts'
import { chooseServerUser, giveTo } from './server-user.ts'

export interface EmbeddedPostgres {
  /** How this process reaches it. `host` is a socket folder; a very long path is given as an open descriptor of this process. */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  /** Resolves if the server dies on its own; stays pending over `stop`. */
  readonly exited: Promise<void>
  /** Ends every connection and the server; a second call returns the first's promise. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** Made when missing; holds the database in `postgres/` and the server's log in `postgres.log`. */
  readonly directory: string
  /** @default 'gateway' */
  readonly database?: string
  readonly clock: Clock
  readonly signal?: AbortSignal
  /** @default 40 */
  readonly maxConnections?: number
}

/**
 * Starts the PostgreSQL that npm brought, on a folder that is made on the first start.
 *
 * A commit that it acknowledged survives whatever kills it. It listens on a unix socket in the folder and nowhere else, and one
 * gateway at a time works there. A server left by a gateway that was killed is stopped first.
 *
 * @throws {DatabaseFolderInUseError} another gateway works in the folder
 * @throws {DatabaseFolderDamagedError} the folder holds something else, or part of a database
 * @throws {DatabaseVersionError} the folder was made by another major version
 * @throws {DatabaseStartError} the server could not be brought up
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { clock, database = 'gateway', maxConnections = 40 } = options
  const signal = options.signal ?? new AbortController().signal
  signal.throwIfAborted()
  const binaries = await locateBinaries()
  const folder = folderAt(options.directory)
  await makeDirectory(folder.directory)
  const { server, socket, lock } = await occupy(folder, binaries, { clock, maxConnections }, signal)

  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= leave(server, lock, socket))
  try {
    await ensureDatabase(socket.host, database)
    signal.throwIfAborted()
  } catch (error) {
    await stop()
    throw error
  }
  const died = Promise.withResolvers<void>()
  void server.ended.finally(() => {
    if (stopping === undefined) died.resolve()
  })
  return {
    connection: { host: socket.host, port: serverPort, user: serverUserName, database },
    exited: died.promise,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

interface Occupation {
  readonly server: ServerProcess
  readonly socket: SocketFolder
  readonly lock: FolderLock
}

/** A start that lost to another gateway's looks again, and finds that gateway's server. */
const mostAttempts = 5

async function occupy(
  folder: Folder,
  binaries: Binaries,
  options: { clock: Clock; maxConnections: number },
  signal: AbortSignal,
): Promise<Occupation> {
  for (let attempt = 1; ; attempt++) {
    const user = await chooseServerUser(folder.directory, binaries.postgres)
    if ((await inspectCluster(folder, binaries.majorVersion)) === 'absent') {
      await createCluster(folder, binaries, user, signal)
    }
    await endEarlierServer(folder, options.clock, signal)
    await giveTo(user.owner, folder.cluster)
    const socket = openSocketFolder(folder.cluster)
    const server = new ServerProcess(folder, binaries, user, options)
    let wasReady = false
    try {
      await server.waitUntilReady(signal)
      wasReady = true
      return { server, socket, lock: await lockOf(folder, socket, options.clock, signal) }
    } catch (error) {
      await server.stop()
      socket.close()
      const isLost =
        error instanceof DatabaseStartError &&
        attempt < mostAttempts &&
        (wasReady || (await findServerProcesses(folder.cluster)).length > 0)
      if (!isLost) throw error
    }
  }
}

async function lockOf(
  folder: Folder,
  socket: SocketFolder,
  clock: Clock,
  signal: AbortSignal,
): Promise<FolderLock> {
  const attempt = await FolderLock.take(socket.host, clock, signal)
  if (attempt instanceof FolderLock) return attempt
  if (attempt === 'refused') {
    throw new DatabaseFolderInUseError(folder.directory, 'another gateway')
  }
  throw new DatabaseStartError('PostgreSQL was ready and then refused the first connection')
}

/** The lock goes down with the server: given up earlier, it would invite another gateway to a server that is leaving. */
async function leave(server: ServerProcess, lock: FolderLock, socket: SocketFolder): Promise<void> {
  lock.expectEnd()
  await server.stop()
  await lock.release()
  socket.close()
}

async function ensureDatabase(host: string, database: string): Promise<void> {
  const client = serverClient(host, 'authscript-gateway-start')
  try {
    await client.connect()
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      database,
    ])
    if (rowCount === 0) {
      await client.query(`create database ${pg.escapeIdentifier(database)}`)
    }
  } catch (cause) {
    throw new DatabaseStartError('the database cannot be made', { cause })
  } finally {
    await client.end().catch(() => {})
  }
}
