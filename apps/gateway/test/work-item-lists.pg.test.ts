import type { Analysis } from '@authscript/prior-auth'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type Node, openNode } from './database/node.ts'
import { createTestDatabase } from './database/test-database.ts'

const scope = { practiceIds: ['p1'] }
const pdf = Buffer.alloc(300_000, 1)

async function openWithItem(
  parts: AsyncDisposableStack,
): Promise<{ readonly node: Node; readonly workItemId: string }> {
  const database = parts.use(await createTestDatabase())
  const node = parts.use(await openNode(database.connection))
  const encounter = { practiceId: 'p1', patientId: 'patient-1', encounterId: 'e1' }
  const now = new Date()
  await sql`insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at)
    values ('p1', 'patient-1', 'e1', 'processed', ${now})`.execute(node.database.db)
  // Only these members of an analysis are read here.
  const analysis = {
    outcome: 'no_policy',
    recommendation: 'no_policy',
    order: { orderType: 'ServiceRequest', serviceRequestId: 'order-1' },
  } as unknown as Analysis
  const saved = await node.store.workItems.saveDraft(
    {
      encounter,
      patientInitials: 'AB',
      details: {
        patientName: 'Ann Bell',
        birthDate: '1950-01-02',
        recordNumber: null,
        memberId: null,
        payerName: null,
        planName: null,
        providerName: null,
        plannedOn: null,
        urgency: null,
      },
      transactionId: 't1',
      review: 'ready_for_review',
      analysis,
      openQuestionCount: 0,
      completeness: [],
      form: {
        pdf,
        sha256: 'f'.repeat(64),
        pages: 2,
        continuedRoles: ['reason'],
        missingFields: [],
      },
    },
    now,
  )
  if (saved === undefined) throw new Error('the item was not saved')
  return { node, workItemId: saved.work_item_id }
}

it('lists work items without their analysis, completeness and form', async () => {
  await using parts = new AsyncDisposableStack()
  const { node, workItemId } = await openWithItem(parts)

  const rows = await node.store.workItems.list(
    scope,
    { review: undefined, encounterId: undefined },
    { after: undefined, limit: 10 },
  )

  expect(rows).toMatchObject([
    { work_item_id: workItemId, recommendation: 'no_policy', has_form: true },
  ])
  for (const column of ['analysis', 'completeness', 'pdf'])
    expect(Object.keys(rows[0] ?? {})).not.toContain(column)
})

it('reads the size of a form without the form', async () => {
  await using parts = new AsyncDisposableStack()
  const { node, workItemId } = await openWithItem(parts)
  const { workItems } = node.store

  const summary = await workItems.formSummary(scope, workItemId)

  expect(summary).toMatchObject({
    size_bytes: pdf.byteLength,
    pages: 2,
    continued_roles: ['reason'],
  })
  expect(Object.keys(summary ?? {})).not.toContain('pdf')
  expect(await workItems.formSummary({ practiceIds: ['p2'] }, workItemId)).toBeUndefined()
})
