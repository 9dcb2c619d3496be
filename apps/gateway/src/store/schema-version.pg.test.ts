import { expect, test } from 'vitest'
import { onServer } from '../../test/database/template-database.ts'
import { createTestDatabase } from '../../test/database/test-database.ts'
import { connectDatabase, migrate } from './database.ts'
import { refuseIfMoved, relocationRows } from './relocations.ts'

test('a schema made by a newer release is refused by name, and left as it is', async () => {
  await using test = await createTestDatabase()
  await onServer(test.connection, (client) =>
    client.query("insert into kysely_migration values ('9999-later', '2030-01-01')"),
  )
  const database = await connectDatabase(test.connection, { poolSize: 1, onError: () => {} })

  try {
    await expect(migrate(database.db)).rejects.toMatchObject({
      code: 'database_schema_newer',
      kind: 'permanent',
      unknownMigrations: ['9999-later'],
      message: expect.stringContaining('Run the newer release'),
    })
  } finally {
    await database.close()
  }
})

test('a database that was moved says where to', async () => {
  await using test = await createTestDatabase()
  const database = await connectDatabase(test.connection, { poolSize: 1, onError: () => {} })

  try {
    await expect(refuseIfMoved(database.db)).resolves.toBeUndefined()
    await relocationRows(database.db).record('db.example:5432/gateway')
    await expect(refuseIfMoved(database.db)).rejects.toMatchObject({
      code: 'database_moved',
      target: 'db.example:5432/gateway',
      message: expect.stringContaining('set Database.Url / Database__Url'),
    })
  } finally {
    await database.close()
  }
})
