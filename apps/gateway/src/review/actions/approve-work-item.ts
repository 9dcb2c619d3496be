import {
  doesChangeApply,
  reviewStatesBefore,
  unsettledQuestions,
  withAnswerChanges,
} from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import type { WorkItemDetailRow } from '../../store/work-items.ts'
import {
  type ChangeOutcome,
  done,
  isRefused,
  refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  tryForm,
  unknownItem,
} from '../change-outcome.ts'
import { toWriteBackJob } from '../write-back-job.ts'

export interface Approval extends SeenItem {
  readonly reason?: string | undefined
}

/** `repeated`: the same person has approved the same version already; nothing was done. */
export type ApprovalOutcome = ChangeOutcome | { readonly outcome: 'repeated' }

/**
 * Records a person's approval of exactly this version: state, approval, the form that says who approved it, durable job, history line and
 * event in one transaction. Nothing else starts a write to the EHR (invariant 2). What is sent is the form that the person saw; only its
 * mark says approved.
 */
export async function approveWorkItem(
  scope: Scope,
  approval: Approval,
  dependencies: ReviewDependencies,
): Promise<ApprovalOutcome> {
  const { store, forms, timeOf, clock } = dependencies
  const { workItemId, version, actor, reason } = approval
  const seen = await store.workItems.find(scope, workItemId)
  if (seen === undefined) return unknownItem(workItemId)
  if (seen.version !== version) return repeatedOrStale(seen, approval, dependencies)
  const form = await store.workItems.form(scope, workItemId)
  if (form === undefined || !reviewStatesBefore('approved').includes(seen.review))
    return refused(
      'not_approvable',
      `work item ${workItemId} has no form that is open for approval`,
    )
  const changes = await store.answerChanges.list(workItemId)
  const applying = changes.filter((change) => doesChangeApply(seen.analysis, change))
  const unsettled = unsettledQuestions(
    withAnswerChanges(seen.analysis, changes),
    new Set(applying.map(({ criterionId }) => criterionId)),
  )
  if (unsettled.length > 0 && reason === undefined) {
    const count = unsettled.length === 1 ? '1 question is' : `${unsettled.length} questions are`
    return {
      ...refused('reason_required', `${count} open or not met; give a reason for the approval`),
      issues: unsettled.map(({ criterionId, question, answer }) => ({
        path: criterionId,
        message: `${question} ${answer === 'unclear' ? 'Unknown' : 'No'}`,
      })),
    }
  }

  const now = clock.now()
  const on = timeOf(seen.practice_id, now)
  const marked = await tryForm((signal) =>
    forms.mark(form.pdf, { kind: 'approved', by: actor, on }, signal),
  )
  if (isRefused(marked)) return marked
  const isDone = await store.transaction('Review', async (transaction) => {
    const from = reviewStatesBefore('approved')
    const item = await transaction.workItems.change(
      { workItemId, version, from },
      { review: 'approved' },
      now,
    )
    if (item === undefined) return false
    await transaction.workItems.replaceMark(workItemId, version, marked)
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
        formSha256: marked.sha256,
        approvedBy: actor,
      },
      now,
    )
    const data = { reason: reason ?? null, unsettledQuestions: unsettled.length }
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'approved', data },
      now,
    )
    await dependencies.queue.enqueue(
      toWriteBackJob(ref, { workItemId, version, run: 1 }),
      transaction.db,
    )
    transaction.workItemStatusChanged(item)
    return true
  })
  if (isDone) return done
  // Someone was faster; it may have been the same person, by the same button.
  const changed = await store.workItems.find(scope, workItemId)
  return changed === undefined
    ? unknownItem(workItemId)
    : repeatedOrStale(changed, approval, dependencies)
}

async function repeatedOrStale(
  { review }: Pick<WorkItemDetailRow, 'review'>,
  { workItemId, version, actor }: Approval,
  { store }: ReviewDependencies,
): Promise<ApprovalOutcome> {
  const newest = await store.writeBacks.latest(workItemId)
  const isSame = newest?.version === version && newest.approved_by === actor
  return isSame && (review === 'approved' || review === 'submitted')
    ? { outcome: 'repeated' }
    : stale
}
