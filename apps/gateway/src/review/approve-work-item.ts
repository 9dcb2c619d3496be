import type { Clock } from '../clock.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { Scope } from '../store/scope.ts'
import type { Store } from '../store/store.ts'
import { toWriteBackJob } from './write-back-job.ts'

export interface Approval {
  readonly workItemId: string
  /** What the person saw; approving anything else is refused. */
  readonly version: number
  readonly approvedBy: string
}

export type ApprovalOutcome =
  | 'approved'
  | 'unknown'
  /** It has changed since the person looked. */
  | 'stale'
  /** It cannot be approved: because of its state, or because it has no form. */
  | 'not_approvable'

/**
 * Records a person's approval of exactly this version: state, approval, durable job and event in one transaction. Nothing else starts a
 * write to the EHR (invariant 2).
 */
export async function approveWorkItem(
  scope: Scope,
  { workItemId, version, approvedBy }: Approval,
  {
    store,
    queue,
    clock,
  }: { readonly store: Store; readonly queue: DurableQueue; readonly clock: Clock },
): Promise<ApprovalOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.find(scope, workItemId)
    if (seen === undefined) return 'unknown'
    if (seen.version !== version) return 'stale'
    const form = await transaction.workItems.formSummary(scope, workItemId)
    if (form?.version !== version) return 'not_approvable'
    const item = await transaction.workItems.review(workItemId, version, 'approved', now)
    if (item === undefined) return 'not_approvable'

    const ref = {
      practiceId: item.practice_id,
      patientId: item.patient_id,
      encounterId: item.encounter_id,
    }
    await transaction.writeBacks.create(
      {
        ref,
        workItemId,
        version,
        // Never changes: a later approval of another version is another document.
        identifier: `${workItemId}.v${version}`,
        formSha256: form.sha256,
        approvedBy,
      },
      now,
    )
    await queue.enqueue(toWriteBackJob(ref, { workItemId, version, run: 1 }), transaction.db)
    transaction.workItemStatusChanged(item)
    return 'approved'
  })
}
