import type { StoreTransaction } from '../store/store.ts'

/**
 * Records that the approved form is in the chart: state, history line and event. An item whose approval no longer stands is left to people.
 */
export async function recordInChart(
  transaction: StoreTransaction,
  {
    workItemId,
    version,
    documentId,
    actor,
  }: {
    readonly workItemId: string
    /** The approved one. */
    readonly version: number
    readonly documentId: string
    /** The person who said so; absent when the EHR did. */
    readonly actor?: string
  },
  now: Date,
): Promise<void> {
  const item = await transaction.workItems.markInChart(workItemId, version, now)
  if (item === undefined) return
  const line = {
    workItemId,
    version: item.version,
    kind: 'in_chart',
    data: { documentId },
  } as const
  await transaction.history.add(actor === undefined ? line : { ...line, actor }, now)
  transaction.workItemStatusChanged(item)
  const ref = {
    practiceId: item.practice_id,
    patientId: item.patient_id,
    encounterId: item.encounter_id,
  }
  transaction.emit(ref, 'FormInChart', { workItemId })
}
