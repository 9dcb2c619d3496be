import pg from 'pg'
import { locateBinaries } from './binaries.ts'
import { type Clock, systemClock } from './clock.ts'
import { inspectCluster, makeDirectory } from './cluster.ts'
import { directoryAt, openSocketFolder } from './directory.ts'
import { takeDirectory } from './directory-owner.ts'
import { DatabaseStartError } from './errors.ts'
import { OwnerLock } from './owner-lock.ts'
import { requireAnswer } from './require-answer.ts'
import { type ServerAddress, serverClient } from './server-client.ts'
import { serverPort } from './server-settings.ts'
import { type RestartReport, Supervisor } from './supervisor.ts'

export interface EmbeddedPostgres {
  /**
   * How this process connects, over restarts too. `host` is a socket folder; a very long path is given as an open descriptor of this
   * process.
   */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  /** Resolves when the server died and cannot be started again; stays pending over restarts and after `stop`. */
  readonly exited: Promise<void>
  /** Ends every connection and the server; a second call returns the first's promise. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** Made when it is missing. Holds the database in `postgres/` and the server's log in `postgres.log`. */
  readonly directory: string
  /** Made when it is missing. @default 'postgres' */
  readonly database?: string
  /** The database user that owns everything. It is made with the directory and cannot change later. @default 'postgres' */
  readonly user?: string
  /** Aborting it ends a start that is under way. */
  readonly signal?: AbortSignal
  /** @default 40 */
  readonly maxConnections?: number
  /** How long a server that died may fail to start again before `exited` resolves. @default 600_000 */
  readonly giveUpAfterMs?: number
  /** Called when the server ended by itself, and with the result of each restart. */
  readonly onRestart?: (report: RestartReport) => void
  /** @default the system's clock */
  readonly clock?: Clock
}

/** Long enough for a person to free a full disk. */
const defaultGiveUpAfterMs = 10 * 60_000

/**
 * Starts the PostgreSQL that npm installed, in a directory that the first start makes.
 *
 * A commit that it acknowledged survives any crash. It listens on a unix socket in the directory and nowhere else, and one process
 * at a time uses the directory. A server that a killed process left there is stopped first; a server that dies is started again.
 *
 * @throws {DatabaseFolderInUseError} another process uses the directory
 * @throws {DatabaseFolderDamagedError} the directory holds something else, or part of a database
 * @throws {DatabaseVersionError} another major version made the directory
 * @throws {DatabaseStartError} the server could not be started
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { clock = systemClock, maxConnections = 40, onRestart } = options
  const { database = 'postgres', user = 'postgres' } = options
  const signal = options.signal ?? new AbortController().signal
  signal.throwIfAborted()
  const binaries = await locateBinaries()
  const directory = directoryAt(options.directory)
  await requireAnswer(directory.path, { clock, signal })
  await makeDirectory(directory.path)
  // A directory that is none of ours is refused before there is a file of ours in it.
  await inspectCluster(directory, binaries.majorVersion)
  const lock = await OwnerLock.take(directory.path, clock, signal)
  const settings = { clock, maxConnections, user }
  const { owner, socket } = await startFirst().catch((error: unknown) => {
    lock.release()
    throw error
  })
  const supervisor = new Supervisor(owner, {
    restart: (stopping) =>
      takeDirectory(directory, binaries, { ...settings, whenAbsent: 'refuse' }, stopping),
    giveUpAfterMs: options.giveUpAfterMs ?? defaultGiveUpAfterMs,
    onRestart,
    clock,
  })
  let stopping: Promise<void> | undefined
  const stop = () =>
    (stopping ??= supervisor.stop().then(() => {
      socket.close()
      lock.release()
    }))
  return {
    connection: { host: socket.host, port: serverPort, user, database },
    exited: supervisor.gaveUp,
    stop,
    [Symbol.asyncDispose]: stop,
  }

  async function startFirst() {
    const taken = await takeDirectory(
      directory,
      binaries,
      { ...settings, whenAbsent: 'create' },
      signal,
    )
    const folder = openSocketFolder(directory.cluster)
    try {
      await ensureDatabase({ host: folder.host, user }, database)
      signal.throwIfAborted()
    } catch (error) {
      await taken.stop()
      folder.close()
      throw error
    }
    return { owner: taken, socket: folder }
  }
}

async function ensureDatabase(address: ServerAddress, database: string): Promise<void> {
  const client = serverClient(address, 'embedded-postgres-start')
  try {
    await client.connect()
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      database,
    ])
    if (rowCount === 0) {
      await client.query(`create database ${pg.escapeIdentifier(database)}`)
    }
  } catch (cause) {
    throw new DatabaseStartError(`the database ${database} cannot be made or reached`, { cause })
  } finally {
    await client.end().catch(() => {})
  }
}
