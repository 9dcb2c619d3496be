import { resolve } from 'node:path'
import { DatabaseStartError, hasDatabase } from '@authscript/embedded-postgres'
import type { SteadyClock } from '../clock.ts'
import { type DatabaseConfig, keyName } from '../config.ts'
import type { DatabaseConnection } from '../store/database.ts'
import {
  EmbeddedDatabaseError,
  openRunningDatabase,
  requireDirectoryAnswer,
  startEmbeddedDatabase,
} from '../store/embedded-database.ts'
import { DatabaseMissingError } from './errors.ts'

/** A database that can be used until this is disposed. */
export interface ReachableDatabase extends AsyncDisposable {
  readonly connection: DatabaseConnection
}

export interface AccessOptions {
  readonly config: Pick<DatabaseConfig, 'Url' | 'Directory' | 'PoolSize'>
  readonly clock: SteadyClock
  readonly signal: AbortSignal
}

/** How long a server may take to start or to stop. */
const timeoutMs = 60_000
const pollIntervalMs = 100

/**
 * The database to read from: the configured server, the one of a running gateway in the directory, or else one that is started for this purpose.
 *
 * @throws {DatabaseMissingError} the directory has none
 */
export async function reachDatabase(options: AccessOptions): Promise<ReachableDatabase> {
  const { config, clock, signal } = options
  if (config.Url !== undefined) return serverAt(config.Url)
  await requireDatabase(config.Directory, { clock, signal })
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollIntervalMs) {
    const running = await openRunningDatabase(config.Directory)
    if (running === 'absent') {
      const started = await startOwn(options)
      if (started !== undefined) return started
    } else if (running !== 'not_now') {
      const { connection, close } = running
      return { connection, [Symbol.asyncDispose]: async () => close() }
    }
    await clock.sleep(pollIntervalMs, signal)
  }
  throw new EmbeddedDatabaseError(
    new DatabaseStartError(
      `the PostgreSQL in ${resolve(config.Directory)} neither accepts connections nor ends; stop it, then try again`,
    ),
  )
}

/**
 * The database to write to, while nobody else uses its directory.
 *
 * @throws {EmbeddedDatabaseError} a gateway runs there
 */
export async function takeDatabase(options: AccessOptions): Promise<ReachableDatabase> {
  const { config, clock, signal } = options
  return config.Url === undefined
    ? startEmbeddedDatabase({
        directory: config.Directory,
        directoryKey: keyName(config, 'Database.Directory'),
        clock,
        signal,
      })
    : serverAt(config.Url)
}

/**
 * Waits for the file system first: a call to a network drive that is not connected would never return.
 *
 * @throws {DatabaseMissingError} no gateway has created a database in the directory
 * @throws {EmbeddedDatabaseError} the directory does not answer in time
 */
export async function requireDatabase(
  directory: string,
  { clock, signal }: Pick<AccessOptions, 'clock' | 'signal'>,
): Promise<void> {
  await requireDirectoryAnswer(directory, { clock, signal })
  if (!hasDatabase(directory)) throw new DatabaseMissingError(resolve(directory))
}

const serverAt = (connectionString: string): ReachableDatabase => ({
  connection: { connectionString },
  [Symbol.asyncDispose]: async () => {},
})

/** Undefined when a gateway started first. */
async function startOwn(options: AccessOptions): Promise<ReachableDatabase | undefined> {
  try {
    return await takeDatabase(options)
  } catch (error) {
    if (error instanceof EmbeddedDatabaseError && error.code === 'database_folder_in_use') {
      return undefined
    }
    throw error
  }
}
