import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/database/test-database.ts'
import { connectDatabase } from './database.ts'

test('PostgreSQL says that a database does not exist, and the error names it', async () => {
  await using database = await createTestDatabase()
  const connection = { ...database.connection, database: 'nowhere' }

  await expect(connectDatabase(connection, { poolSize: 2, onError: () => {} })).rejects.toThrow(
    /^cannot connect to the database at .*: the database "nowhere" does not exist; check Database\./,
  )
})
