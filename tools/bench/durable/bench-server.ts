import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../../apps/gateway/src/clock.ts'
import { startEmbeddedPostgres } from '@authscript/embedded-postgres'
import {
  onServer,
  type TestConnection,
} from '../../../apps/gateway/test/database/template-database.ts'

/** One embedded PostgreSQL for all subjects of a run, with a sync at every commit. */
export interface BenchServer extends AsyncDisposable {
  /** Creates a new database, so that no subject sees the rows of another. */
  createDatabase(): Promise<TestConnection>
}

export async function startBenchServer(): Promise<BenchServer> {
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
