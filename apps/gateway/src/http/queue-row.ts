import { type QueueRow, stageOf } from '@authscript/prior-auth'
import type { QueueItemRow } from '../store/work-queue.ts'
import { toFilingFailure } from './filing-failure.ts'
import { toInformationRequest } from './information-request.ts'

export function toQueueRow(row: QueueItemRow): QueueRow {
  return {
    workItemId: row.work_item_id,
    practiceId: row.practice_id,
    encounterId: row.encounter_id,
    patientId: row.patient_id,
    patientName: row.patient_name,
    birthDate: row.birth_date,
    recordNumber: row.record_number,
    memberId: row.member_id,
    payerName: row.payer_name,
    planName: row.plan_name,
    providerName: row.provider_name,
    plannedOn: row.planned_on,
    dueOn: row.due_on,
    urgency: row.urgency,
    orderDescription: row.order_description,
    procedureCode: row.procedure_code,
    questionCount: row.question_count,
    openQuestionCount: row.open_question_count,
    owner: row.owner,
    mentionsMe: row.mentions_me,
    review: row.review,
    payerState: row.payer_state,
    stage: stageOf({
      review: row.review,
      payerState: row.payer_state,
      filingNeedsPerson: row.failed_state !== null,
      isHandedOver: row.handed_over_at !== null,
      isInformationAsked: row.asked_at !== null,
    }),
    informationRequest: toInformationRequest(row),
    failure:
      row.failed_state === null
        ? null
        : toFilingFailure(row.failed_code, row.failed_needs_decision === true),
    policyTitle: row.policy_title,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
