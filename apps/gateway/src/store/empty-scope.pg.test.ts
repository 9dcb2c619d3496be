import { expect, it } from 'vitest'
import { createTestDatabase } from '../../test/database/test-database.ts'
import { openNode } from '../../test/database/node.ts'

it('nothing is in the scope of no practice, and a list of it is no error', async () => {
  await using database = await createTestDatabase()
  await using node = await openNode(database.connection)
  const nobody = { practiceIds: [] }
  const { store } = node

  expect(
    await store.encounters.list(
      nobody,
      { processing: 'processed', patientId: undefined },
      { after: undefined, limit: 500 },
    ),
  ).toEqual([])
  expect(await store.signatures.find({ ...nobody, label: 'Dr. Reyes' })).toBeUndefined()
})
