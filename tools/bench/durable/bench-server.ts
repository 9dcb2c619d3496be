import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../../apps/gateway/src/clock.ts'
import { startEmbeddedPostgres } from '@authscript/embedded-postgres'
import {
  onServer,
  type TestConnection,
} from '../../../apps/gateway/test/database/template-database.ts'

/** One PostgreSQL for all subjects of a run: the gateway's own, synced at every commit. */
export interface Place extends AsyncDisposable {
  /** A database of its own, so that no subject sees another's rows. */
  createDatabase(): Promise<TestConnection>
}

export async function openPlace(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'authscript-bench-durable-'))
  await chmod(directory, 0o755)
  const server = await startEmbeddedPostgres({ directory, clock: systemClock, maxConnections: 100 })
  let count = 0
  return {
    async createDatabase() {
      const database = `bench_${++count}`
      await onServer(server.connection, (client) => client.query(`create database ${database}`))
      return { ...server.connection, database }
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
