import pg from 'pg'
import { serverPort } from './server-settings.ts'

/** How this process reaches a server: its socket folder, and the database user that owns everything in it. */
export interface ServerAddress {
  readonly host: string
  readonly user: string
}

/** A client that is not connected yet. Advisory locks count per database, so they are always taken in `postgres`. */
export function serverClient(
  { host, user }: ServerAddress,
  applicationName: string,
  database = 'postgres',
): pg.Client {
  const client = new pg.Client({
    host,
    port: serverPort,
    user,
    database,
    application_name: applicationName,
    // Given explicitly, so that PGSSLMODE of the environment does not matter.
    ssl: false,
  })
  // A server that stops emits an error here; without a listener it would end the process. `end` follows.
  client.on('error', () => {})
  return client
}

/** True when nothing listens: no socket file, or one that a dead server left. */
export function isNotListening(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}
