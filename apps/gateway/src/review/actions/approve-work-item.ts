import {
  americanDate,
  doesChangeApply,
  reviewStatesBefore,
  unsettledQuestions,
  withAnswerChanges,
} from '@authscript/prior-auth'
import type { AssembledDocument } from '../../forms/assemble-document.ts'
import type { Scope } from '../../store/scope.ts'
import type { FormRow, WorkItemDetailRow } from '../../store/work-items.ts'
import {
  type ChangeOutcome,
  done,
  isRefused,
  type Refused,
  refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  tryForm,
  unknownItem,
} from '../change-outcome.ts'
import { payerFormOf } from '../answers/payer-form-of.ts'
import { toNamed } from '../documents/read-document.ts'
import { nothingAsked, withdrawWithDecision } from './information-request.ts'
import { toWriteBackJob } from '../write-back-job.ts'

export interface Approval extends SeenItem {
  readonly reason?: string | undefined
  /** The person, who signs, wants their own stored signature on the form. Nothing else places it (invariant 9). */
  readonly placeSignature?: boolean | undefined
}

/** `repeated`: the same person had already approved the same version; nothing was changed. */
export type ApprovalOutcome = ChangeOutcome | { readonly outcome: 'repeated' }

/**
 * Records a person's approval of exactly this version: state, approval, the form that says who approved it, durable job, history line and
 * event in one transaction. Nothing else starts a write to the EHR (invariant 2). What is sent is the form that the person saw, except that
 * its mark says that it is approved.
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
  const document = await documentOf(seen, form, marked.pdf, approval, dependencies)
  if (document !== undefined && isRefused(document)) return document
  const isDone = await store.transaction('Review', async (transaction) => {
    const from = reviewStatesBefore('approved')
    const item = await transaction.workItems.change(
      { workItemId, version, from },
      { ...nothingAsked, review: 'approved' },
      now,
    )
    if (item === undefined) return false
    await transaction.workItems.replaceMark(workItemId, version, marked, document)
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
        formSha256: (document ?? marked).sha256,
        approvedBy: actor,
      },
      now,
    )
    const data = {
      reason: reason ?? null,
      unsettledQuestions: unsettled.length,
      ...(approval.placeSignature === true ? { signature: 'placed' } : {}),
    }
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'approved', data },
      now,
    )
    await withdrawWithDecision(transaction, seen, { version: item.version, actor, now })
    await dependencies.queue.enqueue(
      toWriteBackJob(ref, { workItemId, version, run: 1 }),
      transaction.db,
    )
    transaction.workItemStatusChanged(item)
    transaction.emit(ref, 'FormApproved', { workItemId })
    return true
  })
  if (isDone) return done
  // Somebody has changed it meanwhile: perhaps the same person, who pressed the button twice.
  const changed = await store.workItems.find(scope, workItemId)
  return changed === undefined
    ? unknownItem(workItemId)
    : repeatedOrStale(changed, approval, dependencies)
}

/** The document that is sent, if it is more than the form: with the signer's own signature or with attachments. */
async function documentOf(
  { practice_id: practiceId, work_item_id: workItemId }: WorkItemDetailRow,
  form: FormRow,
  pdf: Uint8Array,
  { actor, placeSignature = false }: Approval,
  { store, forms, dayOf, clock }: ReviewDependencies,
): Promise<AssembledDocument | Refused | undefined> {
  const attachments = await store.attachments.withPages(workItemId)
  const own = placeSignature
    ? await store.signatures.find({ label: actor, practiceIds: [practiceId] })
    : undefined
  if (placeSignature && own === undefined)
    return refused('signature_unknown', 'you have no stored signature; add it first')
  if (placeSignature && !form.has_signature_box)
    return refused(
      'no_signature_box',
      'this form has no box that is known to be for your signature; sign it by hand',
    )
  if (attachments.length === 0 && own === undefined) return undefined
  const on = americanDate(dayOf(practiceId, clock.now()))
  return tryForm((signal) =>
    forms.assemble(
      {
        pdf,
        attachments: attachments.map(toNamed),
        ...(own === undefined ? {} : { signature: { type: own.type, image: own.image, on } }),
      },
      signal,
      payerFormOf(form),
    ),
  )
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
