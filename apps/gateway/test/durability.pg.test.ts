import { chmod } from 'node:fs/promises'
import { afterAll, beforeAll } from 'vitest'
import { DatabaseServer } from './database/database-server.ts'
import { createTemporaryFolder } from './database/temporary-folder.ts'
import { createTestDatabase } from './database/test-database.ts'
import { describeDurability } from './durability-suite.ts'

/** One suite for both kinds of database: the embedded one and a server. */

describeDurability('the embedded PostgreSQL', async () => {
  const database = await createTestDatabase()
  return { connection: database.connection, [Symbol.asyncDispose]: () => database.drop() }
})

const cleaning = new AsyncDisposableStack()
let server: DatabaseServer
beforeAll(async () => {
  const folder = cleaning.use(await createTemporaryFolder())
  await chmod(folder.path, 0o755)
  server = cleaning.use(await DatabaseServer.create(folder.path))
})
afterAll(() => cleaning.disposeAsync())

describeDurability('a PostgreSQL server through Database__Url', async () => {
  const connection = { connectionString: await server.createDatabase() }
  return { connection, [Symbol.asyncDispose]: async () => undefined }
})
