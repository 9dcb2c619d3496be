import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { directoryAt, openSocketFolder } from './directory.ts'
import { isOwned } from './owner-lock.ts'
import { isNotListening, serverClient } from './server-client.ts'
import { findServerProcesses as findProcesses } from './server-processes.ts'
import { serverPort } from './server-settings.ts'

/** Whether a database was ever made in the directory. Reads only. */
export function hasDatabase(directory: string): boolean {
  return existsSync(join(directoryAt(directory).cluster, 'PG_VERSION'))
}

/** The process ids of the PostgreSQL that works in the directory: of any owner, and of one that was killed too. */
export function findServerProcesses(directory: string): Promise<readonly number[]> {
  return findProcesses(directoryAt(directory).cluster)
}

/** A server that another process started. */
export interface RunningServer {
  /** As `EmbeddedPostgres.connection`. */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  /** Closes the descriptor that a very long path needs. The server continues. */
  close(): void
}

/**
 * Reaches the server that another process runs in the directory, without taking the directory.
 *
 * - `absent`: nothing listens there, and no process has the directory; `startEmbeddedPostgres` may start one.
 * - `not_now`: a server is starting or stopping, has not made the database yet, or died and is about to be started again; ask again.
 * - `files_refused`: a server runs, and the file system refuses it the files of its folder.
 */
export async function openRunningServer(
  directory: string,
  { user = 'postgres', database = 'postgres' }: { user?: string; database?: string } = {},
): Promise<RunningServer | 'absent' | 'not_now' | 'files_refused'> {
  const { path, cluster } = directoryAt(directory)
  // Undefined, that it cannot be known, is no reason to say that nobody has it.
  const absent = () => (isOwned(path) === false ? 'absent' : 'not_now')
  if (!existsSync(cluster)) return absent()
  const { host, close } = openSocketFolder(cluster)
  const client = serverClient({ host, user }, 'embedded-postgres-look')
  let answer: 'serving' | 'absent' | 'not_now' | 'files_refused'
  try {
    await client.connect()
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      database,
    ])
    answer = rowCount === 1 ? 'serving' : 'not_now'
  } catch (error) {
    if (isNotListening(error)) answer = absent()
    else answer = isPermissionDenied(error) ? 'files_refused' : 'not_now'
  } finally {
    await client.end().catch(() => {})
  }
  if (answer === 'serving') return { connection: { host, port: serverPort, user, database }, close }
  close()
  return answer
}

/** Our user has every right within the server, so that it is the file system that refused. */
const isPermissionDenied = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '42501'
