export {
  type Analysis,
  type Answer,
  type AnswerValue,
  type AssessedAnalysis,
  analysis,
  answerValue,
  type Citation,
  type OrderSummary,
  type PathwayResult,
  type PolicySummary,
  type Recommendation,
} from './analysis.ts'
export { americanDate } from './american-date.ts'
export {
  type DeadLetterView,
  deadLetterView,
  type EncounterDetail,
  type EncounterView,
  encounterDetail,
  encounterView,
  type EhrView,
  type OrchestratorView,
  ehrView,
  orchestratorView,
  type Problem,
  pageOf,
  problem,
  type RegistrationRequest,
  type RegistrationView,
  type Role,
  registrationRequest,
  registrationView,
  role,
  type SessionRequest,
  type SessionView,
  sessionRequest,
  sessionView,
  type WorkItemSummary,
  type WorkItemView,
  type WriteBackResolution,
  type WriteBackView,
  workItemSummary,
  workItemView,
  writeBackResolution,
} from './api.ts'
export {
  type ClinicalBundle,
  type Coding,
  type Concept,
  type ConditionEntry,
  type CoverageEntry,
  clinicalBundle,
  type DocumentEntry,
  type EncounterEntry,
  type MeasuredValue,
  type MedicationEntry,
  type NamedParticipant,
  type NamedPlace,
  type NamedProfessional,
  type ObservationEntry,
  type OrderEntry,
  type OrganizationEntry,
  type PatientEntry,
  type PostalAddress,
  type PractitionerEntry,
  type ProcedureEntry,
  type ReportEntry,
  type ResourceSource,
} from './clinical-bundle.ts'
export { type CodeSystemName, canonicalSystem, codeSystem } from './code-system.ts'
export {
  isComplete,
  type ReadOutcome,
  type ResourceCompleteness,
  readOutcome,
  resourceCompleteness,
} from './completeness.ts'
export { assessedDecisions, otherDecisions, reviewStateOf } from './decision.ts'
export {
  canProcessingFollow,
  type ProcessingState,
  processingState,
  processingStatesBefore,
  processingTransitions,
} from './encounter.ts'
export {
  type EventDataOf,
  type EventType,
  eventData,
  eventTypes,
  type GatewayEvent,
  gatewayEvent,
  loggedEventFields,
  toLogFields,
  withoutChartData,
} from './event-types.ts'
export { type Evidence, evidence } from './evidence.ts'
export {
  type CareSetting,
  type FormChoice,
  type FormContent,
  type FormRole,
  formChoices,
  formContent,
  formRoles,
  type ImagingAction,
} from './form-content.ts'
export { correlationIdOf, type EncounterRef, fhirId, practiceId } from './ids.ts'
export { orderIdOf, type OrderKey, orderKeyOf, type OrderType, orderType } from './order.ts'
export type { Immutable } from './immutable.ts'
export { legacyEventTypes, type Notification, toNotification } from './notification.ts'
export { nameContains, normalizeName } from './payer-name.ts'
export {
  canReviewFollow,
  type ReviewState,
  reviewState,
  reviewStatesBefore,
  reviewTransitions,
} from './work-item.ts'
export { type SupportLevel, supportLevelOf } from './support-level.ts'
