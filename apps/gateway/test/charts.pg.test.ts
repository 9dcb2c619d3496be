import type { ClinicalBundle } from '@authscript/prior-auth'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type Node, openNode } from './database/node.ts'
import { createTestDatabase } from './database/test-database.ts'
import { addOrders, type Order } from './work-queue/orders.ts'

const bundle = { encounter: { status: 'finished' } } as unknown as ClinicalBundle

/** An encounter with its chart and one order, both of `days` ago. */
async function addEncounter(
  { database, store }: Node,
  order: Order,
  { days, readDays = days }: { readonly days: number; readonly readDays?: number },
): Promise<void> {
  await addOrders(database.db, [order])
  const ref = { practiceId: 'p1', patientId: 'patient', encounterId: `e-${order.id}` }
  await store.charts.save(ref, 1, bundle, new Date())
  await sql`update work_items set updated_at = now() - ${days} * interval '1 day' where work_item_id = ${order.id}`.execute(
    database.db,
  )
  await sql`update charts set read_at = now() - ${readDays} * interval '1 day' where encounter_id = ${ref.encounterId}`.execute(
    database.db,
  )
}

it('forgets a chart when every order of its encounter has been done for as long as charts are kept', async () => {
  await using parts = new AsyncDisposableStack()
  const node = parts.use(await openNode(parts.use(await createTestDatabase()).connection))
  const old = { days: 31 }
  await addEncounter(node, { id: 'closed', review: 'closed' }, old)
  await addEncounter(node, { id: 'superseded', review: 'superseded' }, old)
  await addEncounter(node, { id: 'not required', review: 'not_required' }, old)
  await addEncounter(node, { id: 'authorized', review: 'submitted', payerState: 'approved' }, old)
  await addEncounter(node, { id: 'denied', review: 'submitted', payerState: 'denied' }, old)
  await addEncounter(node, { id: 'recent', review: 'closed' }, { days: 29, readDays: 31 })
  await addEncounter(node, { id: 'read again', review: 'closed' }, { days: 31, readDays: 29 })
  await addEncounter(node, { id: 'open', review: 'missing_data' }, old)
  await addEncounter(node, { id: 'waiting', review: 'submitted', payerState: 'sent' }, old)
  await addEncounter(node, { id: 'to send', review: 'submitted' }, old)
  await addEncounter(node, { id: 'one of two', review: 'closed' }, old)
  await addOrders(node.database.db, [{ id: 'other', encounterId: 'e-one of two' }])

  expect(await node.store.charts.forget({ days: 30 })).toBe(5)

  const { rows } = await sql<{ id: string }>`
    select encounter_id as id from charts order by encounter_id collate "C"`.execute(
    node.database.db,
  )
  expect(rows.map(({ id }) => id)).toEqual([
    'e-one of two',
    'e-open',
    'e-read again',
    'e-recent',
    'e-to send',
    'e-waiting',
  ])
})

it('returns a chart exactly as it was read', async () => {
  await using parts = new AsyncDisposableStack()
  const node = parts.use(await openNode(parts.use(await createTestDatabase()).connection))
  await addEncounter(node, { id: 'a' }, { days: 0 })

  const chart = await node.store.charts.find({ practiceId: 'p1', encounterId: 'e-a' })

  expect(chart?.bundle).toEqual(bundle)
  expect(await node.store.charts.find({ practiceId: 'p2', encounterId: 'e-a' })).toBeUndefined()
})
