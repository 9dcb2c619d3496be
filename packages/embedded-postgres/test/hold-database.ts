import { watch } from 'node:fs'
import { systemClock } from '../src/clock.ts'
import { startEmbeddedPostgres } from '../src/embedded-postgres.ts'

/**
 * A process that owns a database: starts it in the directory of its first argument, prints the connection, and stops on SIGTERM. It is
 * killed as soon as there is an entry in the directory that begins with its second argument: another process might learn of it too late.
 */

const [directory = '', fatal] = process.argv.slice(2)
if (fatal !== undefined)
  watch(directory, (_event, name) => {
    if (name?.startsWith(fatal) === true) process.kill(process.pid, 'SIGKILL')
  })
const server = await startEmbeddedPostgres({
  directory,
  clock: systemClock,
})
process.once('SIGTERM', () => void server.stop())
process.stdout.write(`${JSON.stringify(server.connection)}\n`)
