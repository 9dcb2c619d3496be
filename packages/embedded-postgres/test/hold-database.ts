import { systemClock } from '../../../apps/gateway/src/clock.ts'
import { startEmbeddedPostgres } from '../src/embedded-postgres.ts'

/** A gateway's process reduced to its database: starts it on the folder named first, says so, and stops on SIGTERM. */

const server = await startEmbeddedPostgres({
  directory: process.argv[2] ?? '',
  clock: systemClock,
})
process.once('SIGTERM', () => void server.stop())
process.stdout.write(`${JSON.stringify(server.connection)}\n`)
