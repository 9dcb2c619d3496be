import {
  doesChangeApply,
  type HistoryEntry,
  isDrafted,
  type ReviewView,
  stageOf,
  withAnswerChanges,
} from '@authscript/prior-auth'
import type { ReadDraft } from '../review/answers/read-draft.ts'
import type { AttachmentLimits } from '../review/attachments/attachment-limits.ts'
import type { HistoryRow } from '../store/history.ts'
import { toFilingFailure } from './filing-failure.ts'
import { toInformationRequest } from './information-request.ts'
import { toWorkItemView } from './views.ts'

/** One work item as its review page shows it. */
export function toReviewView(
  draft: ReadDraft,
  {
    attachmentLimits: { maxFileBytes, maxFiles },
    mentionsMe,
  }: { readonly attachmentLimits: AttachmentLimits; readonly mentionsMe: boolean },
): ReviewView {
  const { item, form, writeBack, attachments, changes, entries } = draft
  const view = toWorkItemView(item, form, writeBack)
  const counted = withAnswerChanges(item.analysis, changes)
  const notices = [
    ...(counted.outcome === 'assessed' ? counted.notices : []),
    ...(form?.notices ?? []),
  ]
  return {
    ...view,
    analysis: counted.outcome === 'assessed' ? { ...counted, notices } : counted,
    patientName: item.patient_name,
    birthDate: item.birth_date,
    recordNumber: item.record_number,
    memberId: item.member_id,
    payerName: item.payer_name,
    planName: item.plan_name,
    providerName: item.provider_name,
    plannedOn: item.planned_on,
    dueOn: item.due_on,
    urgency: item.urgency,
    gender: draft.gender,
    owner: item.owner,
    mentionsMe,
    stage: stageOf({
      review: item.review,
      payerState: item.payer_state,
      filingNeedsPerson: writeBack?.needs_decision === true || writeBack?.state === 'failed',
      isHandedOver: item.handed_over_at !== null,
      isInformationAsked: item.asked_at !== null,
    }),
    informationRequest: toInformationRequest(item),
    filingFailure:
      writeBack?.needs_decision === true || writeBack?.state === 'failed'
        ? toFilingFailure(writeBack.error_code, writeBack.needs_decision)
        : null,
    payerState: item.payer_state,
    closedReason: item.closed_reason,
    chartVerdict: item.analysis.outcome === 'assessed' ? item.analysis.verdict : null,
    answerChanges: changes.map((change) => ({
      criterionId: change.criterionId,
      chartAnswer: change.chartAnswer,
      answer: change.answer,
      reason: change.reason,
      changedBy: change.changedBy,
      changedAt: change.changedAt,
      applies: doesChangeApply(item.analysis, change),
    })),
    formEntries: entries.map((entry) => ({
      field: entry.field,
      value: entry.value,
      enteredBy: entry.entered_by,
      enteredAt: entry.entered_at.toISOString(),
    })),
    attachments: attachments.map((attachment) => ({
      attachmentId: attachment.attachment_id,
      name: attachment.name,
      type: attachment.type,
      sizeBytes: attachment.file_bytes,
      pages: attachment.pages,
      addedBy: attachment.added_by,
      addedAt: attachment.added_at.toISOString(),
    })),
    attachmentLimits: { maxFileBytes, maxFiles },
    hasSignatureBox: form?.has_signature_box ?? false,
    documentPages:
      form === undefined
        ? 0
        : (form.document_pages ??
          form.pages + attachments.reduce((sum, { pages }) => sum + pages, 0)),
    formValues: draft.formValues,
    boxPurposes: draft.boxPurposes,
    rememberedEntries: draft.rememberedEntries,
    missingFields: isDrafted(item.review) ? (form?.missing_fields ?? []) : [],
  }
}

export function toHistoryEntry(row: HistoryRow): HistoryEntry {
  return {
    version: row.version,
    at: row.happened_at.toISOString(),
    actor: row.actor,
    kind: row.kind,
    data: row.data,
  }
}
