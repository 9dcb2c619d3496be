import type { EventType, GatewayEvent } from './event-types.ts'

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

type ToNotification<Type extends EventType> = (event: GatewayEvent<Type>) => Notification

/** The one map from an event to its legacy message. The original never sent the events that are not in it. */
const toLegacy: { readonly [Type in EventType]?: ToNotification<Type> } = {
  PA_FORM_READY: ({ data }) => ({
    Type: 'PA_FORM_READY',
    TransactionId: data.transactionId,
    EncounterId: data.encounterId,
    PatientId: data.patientId,
    Message: data.message,
    WorkItemId: data.workItemId ?? null,
    NewStatus: data.review ?? null,
    ServiceRequestId: data.serviceRequestId ?? null,
    ProcedureCode: data.procedureCode ?? null,
  }),
  WORK_ITEM_STATUS_CHANGED: ({ data }) => ({
    Type: 'WORK_ITEM_STATUS_CHANGED',
    TransactionId: data.transactionId,
    EncounterId: data.encounterId,
    PatientId: data.patientId,
    Message: `work item is now ${data.newStatus}`,
    WorkItemId: data.workItemId,
    NewStatus: data.newStatus,
    ServiceRequestId: data.serviceRequestId ?? null,
    ProcedureCode: data.procedureCode ?? null,
  }),
  EncounterProcessingFailed: ({ data, correlationId }) => ({
    Type: 'PROCESSING_ERROR',
    TransactionId: correlationId,
    EncounterId: data.encounterId,
    PatientId: data.patientId ?? '',
    Message: data.error,
    WorkItemId: null,
    NewStatus: null,
    ServiceRequestId: null,
    ProcedureCode: null,
  }),
}

/** The events that have a legacy message. */
export const legacyEventTypes = Object.keys(toLegacy) as readonly EventType[]

/** The legacy message for an event, or undefined for events that the original never sent. */
export function toNotification<Type extends EventType>(
  event: GatewayEvent<Type>,
): Notification | undefined {
  return toLegacy[event.eventType]?.(event)
}
