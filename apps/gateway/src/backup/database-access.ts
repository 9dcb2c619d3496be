import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SteadyClock } from '../clock.ts'
import type { DatabaseConfig } from '../config.ts'
import type { DatabaseConnection } from '../store/database.ts'
import { startEmbeddedPostgres } from '../../../../packages/embedded-postgres/src/embedded-postgres.ts'
import {
  DatabaseFolderInUseError,
  DatabaseStartError,
} from '../../../../packages/embedded-postgres/src/errors.ts'
import { folderAt, openSocketFolder } from '../../../../packages/embedded-postgres/src/folder.ts'
import { serverClient } from '../../../../packages/embedded-postgres/src/folder-lock.ts'
import { requireAnswer } from '../../../../packages/embedded-postgres/src/require-answer.ts'
import {
  serverPort,
  serverUserName,
} from '../../../../packages/embedded-postgres/src/server-settings.ts'
import { DatabaseMissingError } from './errors.ts'

/** A database that is up for as long as this is not disposed. */
export interface ReachableDatabase extends AsyncDisposable {
  readonly connection: DatabaseConnection
}

export interface AccessOptions {
  readonly config: DatabaseConfig
  readonly clock: SteadyClock
  readonly signal: AbortSignal
}

const embeddedDatabase = 'gateway'
/** How long a server may take to come up or to go down. */
const patienceMs = 60_000
const lookEveryMs = 100

/**
 * The database to read of: the server that is configured, the one that a running gateway has in its folder, or else one started here.
 *
 * @throws {DatabaseMissingError} the folder holds none
 */
export async function reachDatabase(options: AccessOptions): Promise<ReachableDatabase> {
  const { config, clock, signal } = options
  if (config.Url !== undefined) return serverAt(config.Url)
  await requireAnswer(folderAt(config.Directory).directory, { clock, signal })
  const { cluster } = refuseMissingFolder(config.Directory)
  const socket = openSocketFolder(cluster)
  const { host } = socket
  try {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
      const state = await askServer(host)
      if (state === 'serving') {
        const connection = {
          host,
          port: serverPort,
          user: serverUserName,
          database: embeddedDatabase,
        }
        return { connection, [Symbol.asyncDispose]: async () => socket.close() }
      }
      if (state === 'absent') {
        const started = await startOwn(options)
        if (started !== undefined) {
          socket.close()
          return started
        }
      }
      await clock.sleep(lookEveryMs, signal)
    }
    throw new DatabaseStartError(`the PostgreSQL in ${cluster} neither serves nor ends`)
  } catch (error) {
    socket.close()
    throw error
  }
}

/**
 * The database to write to, with nobody else at work in its folder.
 *
 * @throws {DatabaseFolderInUseError} a gateway runs there
 */
export async function occupyDatabase(options: AccessOptions): Promise<ReachableDatabase> {
  const { config, clock, signal } = options
  return config.Url === undefined
    ? startEmbeddedPostgres({ directory: config.Directory, clock, signal })
    : serverAt(config.Url)
}

/** @throws {DatabaseMissingError} no gateway has been in the folder */
export function refuseMissingFolder(directory: string) {
  const folder = folderAt(directory)
  if (!existsSync(join(folder.cluster, 'PG_VERSION'))) {
    throw new DatabaseMissingError(folder.directory)
  }
  return folder
}

const serverAt = (connectionString: string): ReachableDatabase => ({
  connection: { connectionString },
  [Symbol.asyncDispose]: async () => {},
})

/** Undefined when a gateway was first. */
async function startOwn(options: AccessOptions): Promise<ReachableDatabase | undefined> {
  try {
    return await occupyDatabase(options)
  } catch (error) {
    if (error instanceof DatabaseFolderInUseError) return undefined
    throw error
  }
}

/** `not_now`: it is starting or stopping. */
async function askServer(host: string): Promise<'serving' | 'absent' | 'not_now'> {
  const client = serverClient(host, 'authscript-gateway-backup')
  try {
    await client.connect()
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      embeddedDatabase,
    ])
    return rowCount === 1 ? 'serving' : 'not_now'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ECONNREFUSED' ? 'absent' : 'not_now'
  } finally {
    await client.end().catch(() => {})
  }
}
