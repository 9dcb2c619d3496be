import { recordInChart } from '../../src/review/record-in-chart.ts'
import type { Desk, Draft } from './a-desk.ts'

/** The write-back of the newest approval, as a worker leaves it. */
export async function fileToChart({ node: { store } }: Desk, { workItemId }: Draft): Promise<void> {
  const row = await store.writeBacks.latest(workItemId)
  if (row === undefined) throw new Error('nothing was approved')
  const key = { workItemId, version: row.version }
  await store.transaction('Test', async (transaction) => {
    await transaction.writeBacks.transition(key, 'writing', {}, row.run)
    await transaction.writeBacks.transition(key, 'written', { document_id: 'doc-9' }, row.run)
    await recordInChart(transaction, { ...key, documentId: 'doc-9' }, new Date())
  })
}

/** An order whose approved form is in the chart. */
export async function inChart(desk: Desk): Promise<Draft> {
  const draft = await desk.draft()
  await draft.done('POST', '/approve', {
    as: 'clinician',
    body: { reason: 'I examined her myself' },
  })
  await fileToChart(desk, draft)
  return draft
}
