import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { systemClock } from '../../src/clock.ts'
import { connectDatabase, migrate } from '../../src/store/database.ts'
import { startEmbeddedPostgres } from '@authscript/embedded-postgres'
import { createTemplate, type TestConnection } from './template-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run; `createTestDatabase` makes databases on it. */
    database: TestConnection
  }
}

/** Every worker of a run has its pools on the one server. */
const maxConnections = 300

/** One PostgreSQL server per run: the first project starts it, the others use it. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const root = project.vitest.getRootProject()
  if (root.getProvidedContext().database !== undefined) return undefined
  const directory = await mkdtemp(join(tmpdir(), 'database-'))
  // Open to `nobody`, whom PostgreSQL runs as when the tests run as root.
  await chmod(directory, 0o755)
  const server = await startEmbeddedPostgres({
    directory,
    database: 'tests',
    clock: systemClock,
    maxConnections,
  })
  const connection = {
    ...server.connection,
    // Workers are other processes: a folder given by descriptor must name ours.
    host: server.connection.host.replace('/proc/self/', `/proc/${process.pid}/`),
  }
  await createTemplate(connection, prepareGatewaySchema)
  root.provide('database', connection)
  return async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function prepareGatewaySchema(connection: TestConnection): Promise<void> {
  const database = await connectDatabase(connection, { poolSize: 2, onError: () => {} })
  try {
    await migrate(database.db)
  } finally {
    await database.close()
  }
}
