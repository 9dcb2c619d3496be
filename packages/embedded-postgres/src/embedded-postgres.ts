import pg from 'pg'
import type { SteadyClock } from '../../../apps/gateway/src/clock.ts'
import { locateBinaries } from './binaries.ts'
import { makeDirectory } from './cluster.ts'
import { DatabaseStartError } from './errors.ts'
import { folderAt, openSocketFolder } from './folder.ts'
import { serverClient } from './folder-lock.ts'
import { occupy } from './occupation.ts'
import { requireAnswer } from './require-answer.ts'
import { serverPort, serverUserName } from './server-settings.ts'
import { type RestartReport, Supervisor } from './supervisor.ts'

export interface EmbeddedPostgres {
  /**
   * How this process reaches it, over restarts too. `host` is a socket folder; a very long path is given as an open descriptor of
   * this process.
   */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  /** Resolves if the server died on its own and cannot be brought back; stays pending over restarts and `stop`. */
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
  readonly clock: SteadyClock
  readonly signal?: AbortSignal
  /** @default 40 */
  readonly maxConnections?: number
  /** How long a server that died may fail to come back before `exited` resolves. @default 600_000 */
  readonly giveUpAfterMs?: number
  /** Told when the server ended on its own, and what came of each restart. */
  readonly onRestart?: (report: RestartReport) => void
}

/** A disk that someone frees within a coffee break is survived. */
const defaultGiveUpAfterMs = 10 * 60_000

/**
 * Starts the PostgreSQL that npm brought, on a folder that is made on the first start.
 *
 * A commit that it acknowledged survives whatever kills it. It listens on a unix socket in the folder and nowhere else, and one
 * gateway at a time works there. A server left by a gateway that was killed is stopped first; one that dies under us is started
 * again.
 *
 * @throws {DatabaseFolderInUseError} another gateway works in the folder
 * @throws {DatabaseFolderDamagedError} the folder holds something else, or part of a database
 * @throws {DatabaseVersionError} the folder was made by another major version
 * @throws {DatabaseStartError} the server could not be brought up
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { clock, database = 'gateway', maxConnections = 40, onRestart } = options
  const signal = options.signal ?? new AbortController().signal
  signal.throwIfAborted()
  const binaries = await locateBinaries()
  const folder = folderAt(options.directory)
  await requireAnswer(folder.directory, { clock, signal })
  await makeDirectory(folder.directory)
  const run = await occupy(
    folder,
    binaries,
    { clock, maxConnections, whenAbsent: 'create' },
    signal,
  )
  const socket = openSocketFolder(folder.cluster)
  try {
    await ensureDatabase(socket.host, database)
    signal.throwIfAborted()
  } catch (error) {
    await run.leave()
    socket.close()
    throw error
  }
  const supervisor = new Supervisor(run, {
    restart: (stopping) =>
      occupy(folder, binaries, { clock, maxConnections, whenAbsent: 'refuse' }, stopping),
    giveUpAfterMs: options.giveUpAfterMs ?? defaultGiveUpAfterMs,
    onRestart,
    clock,
  })
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= supervisor.stop().then(() => socket.close()))
  return {
    connection: { host: socket.host, port: serverPort, user: serverUserName, database },
    exited: supervisor.gaveUp,
    stop,
    [Symbol.asyncDispose]: stop,
  }
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
