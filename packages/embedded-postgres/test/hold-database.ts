import { systemClock } from '../src/clock.ts'
import { startEmbeddedPostgres } from '../src/embedded-postgres.ts'

/** A process that owns a database: starts it in the directory of its first argument, prints the connection, and stops on SIGTERM. */

const server = await startEmbeddedPostgres({
  directory: process.argv[2] ?? '',
  clock: systemClock,
})
process.once('SIGTERM', () => void server.stop())
process.stdout.write(`${JSON.stringify(server.connection)}\n`)
