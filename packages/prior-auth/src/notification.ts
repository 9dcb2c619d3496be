import type { GatewayEvent } from './event-types.ts'

/**
 * The original dashboard's message, key for key. `GET /api/events` without a contract sends these, so that dashboards written
 * for it keep working.
 *
 * @deprecated new readers take EventMessages (`GET /api/events?contract=event-message`)
 */
export interface Notification {
  readonly Type: 'PA_FORM_READY' | 'WORK_ITEM_STATUS_CHANGED' | 'PROCESSING_ERROR'
  readonly TransactionId: string
  readonly EncounterId: string
  readonly PatientId: string
  readonly Message: string
  readonly WorkItemId: string | null
  readonly NewStatus: string | null
  readonly ServiceRequestId: string | null
  readonly ProcedureCode: string | null
}

/** The legacy message for an event, or undefined for events that the original never sent. */
export function toNotification(event: GatewayEvent): Notification | undefined {
  switch (event.eventType) {
    case 'PA_FORM_READY':
      return {
        Type: 'PA_FORM_READY',
        TransactionId: event.data.transactionId,
        EncounterId: event.data.encounterId,
        PatientId: event.data.patientId,
        Message: event.data.message,
        WorkItemId: event.data.workItemId ?? null,
        NewStatus: event.data.review ?? null,
        ServiceRequestId: event.data.serviceRequestId ?? null,
        ProcedureCode: event.data.procedureCode ?? null,
      }
    case 'WORK_ITEM_STATUS_CHANGED':
      return {
        Type: 'WORK_ITEM_STATUS_CHANGED',
        TransactionId: event.data.transactionId,
        EncounterId: event.data.encounterId,
        PatientId: event.data.patientId,
        Message: `work item is now ${event.data.newStatus}`,
        WorkItemId: event.data.workItemId,
        NewStatus: event.data.newStatus,
        ServiceRequestId: event.data.serviceRequestId ?? null,
        ProcedureCode: event.data.procedureCode ?? null,
      }
    case 'EncounterProcessingFailed':
      return {
        Type: 'PROCESSING_ERROR',
        TransactionId: event.correlationId,
        EncounterId: event.data.encounterId,
        PatientId: event.data.patientId ?? '',
        Message: event.data.error,
        WorkItemId: null,
        NewStatus: null,
        ServiceRequestId: null,
        ProcedureCode: null,
      }
    default:
      return undefined
  }
}
