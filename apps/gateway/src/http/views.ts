import type {
  DeadLetterView,
  EhrView,
  EncounterView,
  Immutable,
  RegistrationView,
  WatchedView,
  WorkItemSummary,
  WorkItemView,
  WriteBackView,
} from '@authscript/prior-auth'
import type { EhrReport } from '../fhir/abilities/ehr-report.ts'
import type { DeadLetterRow } from '../store/dead-letters.ts'
import type { EncounterListRow } from '../store/encounters.ts'
import type { FailureRow } from '../store/failures.ts'
import type { RegistrationRow, WatchedRow } from '../store/registrations.ts'
import type { FormSummaryRow, WorkItemDetailRow, WorkItemListRow } from '../store/work-items.ts'
import type { LatestWriteBackRow } from '../store/write-backs.ts'
import { toEncounterFailure } from './encounter-failure.ts'

/** Converts rows to the API's JSON. */

/** Removes `readonly`: the serializer only reads, but its types ask for mutable values. */
export function forWire<Value>(value: Immutable<Value>): Value {
  return value as Value
}

export function toEhrView(report: EhrReport['current']): EhrView {
  const { profile, statement, checkedAt, errorCode, missingScopes, reads, write } = report
  const toView = ({ resourceType, can, reason }: (typeof reads)[number]) => ({
    resourceType,
    can,
    reason: reason ?? null,
  })
  return {
    profile: profile.name,
    title: profile.title,
    fhirVersion: statement?.fhirVersion ?? null,
    software: statement?.software ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
    errorCode: errorCode ?? null,
    missingScopes: [...missingScopes],
    reads: reads.map(toView),
    write: toView(write),
  }
}

export function toRegistrationView(row: RegistrationRow | WatchedRow): RegistrationView {
  return {
    practiceId: row.practice_id,
    patientId: row.patient_id,
    encounterId: row.encounter_id,
    registeredAt: row.registered_at.toISOString(),
    lastPolledAt: row.last_polled_at?.toISOString() ?? null,
    encounterStatus: row.encounter_status,
    lastErrorCode: row.last_error_code,
    watch: row.watch,
    endCode: row.end_code,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy: row.ended_by,
    nextPollAt: row.watch === 'ended' ? null : row.next_poll_at.toISOString(),
    refusedSince: row.refused_since?.toISOString() ?? null,
    processing: 'processing' in row ? row.processing : null,
    errorReason: 'error_reason' in row ? row.error_reason : null,
    failure: toEncounterFailure('error_code' in row ? row.error_code : null),
  }
}

/** A watched encounter for operators: no patient. */
export function toWatchedView(row: WatchedRow): WatchedView {
  return {
    practiceId: row.practice_id,
    encounterId: row.encounter_id,
    watch: row.watch,
    lastPolledAt: row.last_polled_at?.toISOString() ?? null,
    encounterStatus: row.encounter_status,
    code: row.end_code ?? row.last_error_code,
    nextPollAt: row.watch === 'ended' ? null : row.next_poll_at.toISOString(),
  }
}

export function toEncounterView(row: EncounterListRow): EncounterView {
  return {
    practiceId: row.practice_id,
    encounterId: row.encounter_id,
    patientId: row.patient_id,
    patientInitials: row.patient_initials,
    processing: row.processing,
    attemptCount: row.attempt_count,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    errorCode: row.error_code,
    errorReason: row.error_reason,
    failure: toEncounterFailure(row.error_code),
    workItemCount: row.work_item_count,
    detectedAt: row.detected_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

export function toWorkItemSummary(row: WorkItemListRow): WorkItemSummary {
  return {
    workItemId: row.work_item_id,
    practiceId: row.practice_id,
    encounterId: row.encounter_id,
    patientId: row.patient_id,
    patientInitials: row.patient_initials,
    serviceRequestId: row.service_request_id,
    orderType: row.order_type,
    procedureCode: row.procedure_code,
    orderDescription: row.order_description,
    policyId: row.policy_id,
    policyTitle: row.policy_title,
    review: row.review,
    recommendation: row.recommendation,
    confidence: row.confidence,
    version: row.version,
    hasForm: row.has_form,
    needsDecision: row.needs_decision,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

export function toWorkItemView(
  row: WorkItemDetailRow,
  form: FormSummaryRow | undefined,
  writeBack: LatestWriteBackRow | undefined,
): WorkItemView {
  return {
    ...toWorkItemSummary(row),
    transactionId: row.transaction_id,
    analysis: row.analysis,
    completeness: row.completeness,
    form:
      form === undefined
        ? null
        : {
            sizeBytes: form.size_bytes,
            pages: form.pages,
            continuedRoles: form.continued_roles,
            filledAt: form.filled_at.toISOString(),
          },
    writeBack: writeBack === undefined ? null : toWriteBackView(writeBack),
  }
}

function toWriteBackView(row: LatestWriteBackRow): WriteBackView {
  return {
    version: row.version,
    state: row.state,
    run: row.run,
    needsDecision: row.needs_decision,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at.toISOString(),
    attemptCount: row.attempt_count,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    documentId: row.document_id,
    documentEvidence: row.document_evidence,
    errorCode: row.error_code,
    errorReason: row.error_reason,
    sent: toSentView(row),
    decisions: row.decisions,
  }
}

function toSentView(row: LatestWriteBackRow): WriteBackView['sent'] {
  const { sent, first_sent_at: firstSentAt, last_sent_at: lastSentAt } = row
  if (sent === null || firstSentAt === null || lastSentAt === null) return null
  return {
    title: sent.title,
    sizeBytes: sent.sizeBytes,
    sha256: sent.sha256,
    destination: sent.destination,
    identifier: row.identifier,
    count: row.sent_count,
    firstSentAt: firstSentAt.toISOString(),
    lastSentAt: lastSentAt.toISOString(),
  }
}

/** A dead letter, for operators: no chart data, no initials. */
export function toDeadLetterView(
  row: DeadLetterRow,
  history: readonly FailureRow[],
): DeadLetterView {
  return {
    deadLetterId: `${row.kind.replaceAll('_', '-')}-${row.ordinal}`,
    kind: row.kind,
    practiceId: row.practice_id,
    encounterId: row.encounter_id,
    workItemId: row.work_item_id,
    code: row.error_code ?? 'unknown',
    reason: row.error_reason ?? 'no reason was recorded',
    attemptCount: row.attempt_count,
    failedAt: row.failed_at.toISOString(),
    history: history.map((failure) => ({
      run: failure.run,
      attemptCount: failure.attempt_count,
      code: failure.code,
      reason: failure.reason,
      failedAt: failure.failed_at.toISOString(),
      nextAttemptAt: failure.next_attempt_at?.toISOString() ?? null,
    })),
  }
}
