import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openNode } from './database/node.ts'
import { createTestDatabase } from './database/test-database.ts'

const scope = { practiceIds: ['p1', 'p2'] }

it('lists registrations without gap or repeat while earlier ones end', async () => {
  await using parts = new AsyncDisposableStack()
  const node = parts.use(await openNode(parts.use(await createTestDatabase()).connection))
  const { registrations } = node.store
  for (const practiceId of ['p1', 'p2'])
    for (const encounterId of ['e1', 'e2'])
      await registrations.register({
        practiceId,
        encounterId,
        patientId: `${practiceId}-${encounterId}`,
      })

  const first = await registrations.list(scope, { after: undefined, limit: 2 })
  await registrations.endByPatient(scope, 'p1-e1')
  const rest = await registrations.list(scope, {
    after: { practiceId: 'p1', encounterId: 'e2' },
    limit: 10,
  })

  expect([...first, ...rest].map((row) => row.patient_id)).toEqual([
    'p1-e1',
    'p1-e2',
    'p2-e1',
    'p2-e2',
  ])
})

it('lists dead letters without gap or repeat, also those of one millisecond, while newer ones come', async () => {
  await using parts = new AsyncDisposableStack()
  const node = parts.use(await openNode(parts.use(await createTestDatabase()).connection))
  const fail = (encounterId: string, failedAt: string) =>
    sql`insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at, finished_at)
      values ('p1', 'x', ${encounterId}, 'failed', ${failedAt}, ${failedAt})`.execute(
      node.database.db,
    )
  await fail('a', '2026-06-15T18:00:00.000300Z')
  await fail('b', '2026-06-15T18:00:00.000200Z')
  await fail('c', '2026-06-15T18:00:00.000200Z')
  await fail('d', '2026-06-15T18:00:00.000100Z')
  const { deadLetters } = node.store

  const found: string[] = []
  let after: Parameters<typeof deadLetters.list>[1]['after']
  for (;;) {
    const [row] = await deadLetters.list(scope, { after, limit: 1 })
    if (row === undefined) break
    found.push(row.encounter_id)
    after = { failedAt: row.failed_at_text, kind: row.kind, ordinal: row.ordinal }
    await fail(`newer than ${row.encounter_id}`, '2026-06-15T19:00:00Z')
  }

  expect(found).toEqual(['a', 'b', 'c', 'd'])
})
