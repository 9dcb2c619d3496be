import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { systemClock } from '../../src/clock.ts'
import { connectDatabase, migrate } from '../../src/store/database.ts'
import { findServerProcesses, startEmbeddedPostgres } from '@authscript/embedded-postgres'
import { createTemplate, type TestConnection } from './template-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run; `createTestDatabase` makes databases on it. */
    database: TestConnection
  }
}

const folderPrefix = 'authscript-test-database-'
/** Every worker of a run has its pools on the one server. */
const maxConnections = 300

/** One PostgreSQL a run: the project that comes first starts it, the others find it provided. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const root = project.vitest.getRootProject()
  if (root.getProvidedContext().database !== undefined) return undefined
  await removeAbandonedFolders()
  const directory = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`))
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

/** A run that was killed left its server alive. */
async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue
    const owner = Number.parseInt(name.slice(folderPrefix.length), 10)
    if (isAlive(owner)) continue
    const directory = join(tmpdir(), name)
    for (const pid of await findServerProcesses(directory)) quit(pid)
    await rm(directory, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** It may have ended in the meantime. */
function quit(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
