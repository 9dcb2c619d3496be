// Generated from the gateway's OpenAPI document by `npm run client-types`; a test fails when the routes have changed since.

export interface AccountView {
  readonly login: string
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly hasPassword: boolean
  readonly isPasswordTemporary: boolean
  readonly isFromProvider: boolean
  readonly sessions: readonly {
    readonly sessionId: string
    readonly isThisOne: boolean
    readonly method: 'key' | 'link' | 'password' | 'passkey' | 'oidc' | 'launch'
    readonly openedAt: string
    readonly usedAt: string
    readonly address: string | null
    readonly browser: string | null
  }[]
  readonly passkeys: readonly {
    readonly credentialId: string
    readonly name: string
    readonly addedAt: string
    readonly usedAt: string | null
  }[]
}

export type Analysis =
  | {
      readonly outcome: 'assessed'
      readonly order: {
        readonly serviceRequestId: string
        readonly orderType: OrderType
        readonly procedureCode?: string | undefined
        readonly procedureSystem?: 'cpt' | 'hcpcs' | undefined
        readonly procedureCodeFrom?: 'coding' | 'text' | undefined
        readonly description?: string | undefined
      }
      readonly policy: {
        readonly policyId: string
        readonly title: string
        readonly version: string
        readonly citations: readonly {
          readonly document: string
          readonly section?: string | undefined
          readonly date?: string | undefined
          readonly url?: string | undefined
        }[]
        readonly payers?: readonly string[] | undefined
      }
      readonly verdict: AnswerValue
      readonly answers: readonly {
        readonly criterionId: string
        readonly question: string
        readonly answer: AnswerValue
        readonly reason: string
        readonly evidence: readonly Evidence[]
        readonly grounds:
          | 'evidence'
          | 'absence'
          | 'contradiction'
          | 'unread'
          | 'mentioned'
          | 'silent'
        readonly confidence: number
      }[]
      readonly pathways: readonly {
        readonly pathwayId: string
        readonly label: string
        readonly result: AnswerValue
        readonly criterionIds: readonly string[]
        readonly condition?: Condition | undefined
        readonly obstacleIds: readonly string[]
        readonly whyNot: readonly string[]
        readonly cheapest: readonly string[]
      }[]
      readonly always?: Condition | undefined
      readonly recommendation: 'approve' | 'needs_info' | 'requirements_not_met'
      readonly confidence: number
      readonly confidenceReason: string
      readonly missing: readonly string[]
      readonly requirement: 'required' | 'unknown'
      readonly notices: readonly string[]
    }
  | {
      readonly outcome: 'not_required'
      readonly order: {
        readonly serviceRequestId: string
        readonly orderType: OrderType
        readonly procedureCode?: string | undefined
        readonly procedureSystem?: 'cpt' | 'hcpcs' | undefined
        readonly procedureCodeFrom?: 'coding' | 'text' | undefined
        readonly description?: string | undefined
      }
      readonly recommendation: 'not_required'
      readonly reason: string
      readonly notices?: readonly string[] | undefined
      readonly citations: readonly {
        readonly document: string
        readonly section?: string | undefined
        readonly date?: string | undefined
        readonly url?: string | undefined
      }[]
    }
  | {
      readonly outcome: 'no_policy'
      readonly order: {
        readonly serviceRequestId: string
        readonly orderType: OrderType
        readonly procedureCode?: string | undefined
        readonly procedureSystem?: 'cpt' | 'hcpcs' | undefined
        readonly procedureCodeFrom?: 'coding' | 'text' | undefined
        readonly description?: string | undefined
      }
      readonly recommendation: 'no_policy'
      readonly reason: string
      readonly notices?: readonly string[] | undefined
    }
  | {
      readonly outcome: 'no_procedure_code'
      readonly order: {
        readonly serviceRequestId: string
        readonly orderType: OrderType
        readonly procedureCode?: string | undefined
        readonly procedureSystem?: 'cpt' | 'hcpcs' | undefined
        readonly procedureCodeFrom?: 'coding' | 'text' | undefined
        readonly description?: string | undefined
      }
      readonly recommendation: 'needs_info'
      readonly reason: string
      readonly notices?: readonly string[] | undefined
    }

export interface AnswerChangeRequest {
  readonly answer: AnswerValue
  readonly reason: string
  readonly evidence?: EvidenceInput | undefined
}

export type AnswerValue = 'met' | 'not_met' | 'unclear'

export interface ApproveRequest {
  readonly reason?: string | undefined
  readonly placeSignature?: boolean | undefined
}

export interface AskRequest {
  readonly of: string
  readonly what: string
  readonly dueOn?: string | undefined
}

export type AskResult =
  | {
      readonly outcome: 'answered'
      readonly answer: string
    }
  | {
      readonly outcome: 'withdrawn'
      readonly reason?: string | undefined
    }

export interface AssignRequest {
  readonly workItemIds: readonly string[]
  readonly owner: string | null
}

export interface AssignResult {
  readonly changed: readonly {
    readonly workItemId: string
    readonly previousOwner: string | null
  }[]
}

export type AuditAction =
  | 'view'
  | 'list'
  | 'change'
  | 'approve'
  | 'send'
  | 'export'
  | 'print'
  | 'sign_in'
  | 'sign_out'
  | 'settings'
  | 'retention'

export interface AuditEntryView {
  readonly sequence: number
  readonly occurredAt: string
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  readonly operation: string | null
  readonly personId: string | null
  readonly label: string | null
  readonly roles: readonly Role[]
  readonly address: string | null
  readonly requestId: string | null
  readonly practiceIds: readonly string[]
  readonly patientIds: readonly string[]
  readonly encounterIds: readonly string[]
  readonly workItemIds: readonly string[]
  readonly count: number
  readonly detail: string | null
  readonly hash: string
}

export type AuditOutcome = 'done' | 'refused'

export interface ClinicalDataHydratedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'ClinicalDataHydrated'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly conditionCount: number
    readonly observationCount: number
    readonly orderCount?: number | undefined
    readonly incomplete?: readonly string[] | undefined
  }
}

export interface CloseRequest {
  readonly reason?: string | undefined
}

export type Condition =
  | {
      readonly criterionId: string
      readonly isWanted: boolean
      readonly result: AnswerValue
      readonly resultIf: {
        readonly met: AnswerValue
        readonly not_met: AnswerValue
      }
    }
  | {
      readonly atLeast: number
      readonly of: readonly Condition[]
    }

export interface ConfigurationView {
  readonly keys: readonly {
    readonly key: string
    readonly value: string
    readonly origin: 'file' | 'environment' | 'default'
    readonly writtenAs: string
  }[]
}

export interface DeadLetterView {
  readonly deadLetterId: string
  readonly kind: string
  readonly practiceId: string
  readonly encounterId: string
  readonly workItemId: string | null
  readonly code: string
  readonly reason: string
  readonly attemptCount: number
  readonly failedAt: string
  readonly history: readonly {
    readonly run: number
    readonly attemptCount: number
    readonly code: string
    readonly reason: string
    readonly failedAt: string
    readonly nextAttemptAt: string | null
  }[]
}

export interface DependencyView {
  readonly name: 'ehr' | 'token' | 'database' | 'intelligence' | 'language_model'
  readonly state: 'working' | 'failing' | 'not_asked'
  readonly failingSince: string | null
  readonly lastSuccessAt: string | null
  readonly lastMs: number | null
  readonly code: string | null
  readonly reason: string | null
  readonly callCount: number
  readonly failureCount: number
  readonly breaker: 'closed' | 'open' | 'half_open' | null
  readonly breakerOpenUntil: string | null
}

export interface DismissRequest {
  readonly note: string
}

export interface EhrView {
  readonly profile: string
  readonly title: string
  readonly fhirVersion: string | null
  readonly software: string | null
  readonly checkedAt: string | null
  readonly errorCode: string | null
  readonly missingScopes: readonly string[]
  readonly reads: readonly {
    readonly resourceType: string
    readonly can: 'yes' | 'no' | 'unknown'
    readonly reason: string | null
  }[]
  readonly write: {
    readonly resourceType: string
    readonly can: 'yes' | 'no' | 'unknown'
    readonly reason: string | null
  }
}

export interface EncounterDetail {
  readonly practiceId: string
  readonly encounterId: string
  readonly patientId: string
  readonly patientInitials: string | null
  readonly processing: ProcessingState
  readonly attemptCount: number
  readonly nextAttemptAt: string | null
  readonly errorCode: string | null
  readonly errorReason: string | null
  readonly failure: {
    readonly what: string
    readonly remedy: string
  } | null
  readonly workItemCount: number
  readonly detectedAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly completeness: readonly ResourceCompleteness[]
  readonly workItems: readonly WorkItemSummary[]
}

export interface EncounterDetectedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'EncounterDetected'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly patientId: string
  }
}

export interface EncounterProcessedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'EncounterProcessed'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly patientId: string
    readonly workItemCount: number
    readonly formCount: number
  }
}

export interface EncounterProcessingFailedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'EncounterProcessingFailed'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly error: string
    readonly attemptCount: number
    readonly code?: string | undefined
    readonly patientId?: string | undefined
  }
}

export interface EncounterProcessingStartedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'EncounterProcessingStarted'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly patientId: string
    readonly workerId: string
    readonly attempt?: number | undefined
  }
}

export interface EncounterReopenedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'EncounterReopened'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly patientId: string
  }
}

export interface EncounterRetryScheduledEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'EncounterRetryScheduled'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly error: string
    readonly attemptCount: number
    readonly code?: string | undefined
    readonly patientId?: string | undefined
    readonly nextAttemptAt: string
  }
}

export interface EncounterTimeline {
  readonly practiceId: string
  readonly encounterId: string
  readonly processing: 'queued' | 'running' | 'processed' | 'failed'
  readonly run: number
  readonly entries: readonly {
    readonly kind:
      | 'detected'
      | 'wait'
      | 'read'
      | 'judge'
      | 'fill'
      | 'record'
      | 'write_back'
      | 'failure'
    readonly run: number
    readonly attempt: number | null
    readonly startedAt: string
    readonly endedAt: string | null
    readonly code: string | null
    readonly nodeId: string | null
    readonly workerId: string | null
    readonly ehrRequestCount: number
    readonly ehrMs: number
  }[]
}

export interface EncounterView {
  readonly practiceId: string
  readonly encounterId: string
  readonly patientId: string
  readonly patientInitials: string | null
  readonly processing: ProcessingState
  readonly attemptCount: number
  readonly nextAttemptAt: string | null
  readonly errorCode: string | null
  readonly errorReason: string | null
  readonly failure: {
    readonly what: string
    readonly remedy: string
  } | null
  readonly workItemCount: number
  readonly detectedAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** The data of `event: gap` */
export interface EventGap {
  readonly dropped: number
  readonly after: number
}

/** One event of `contract=event-message`, distinguished by `eventType` */
export type EventMessage =
  | EncounterDetectedEvent
  | EncounterProcessingStartedEvent
  | ClinicalDataHydratedEvent
  | IntelligenceAnalysisCompleteEvent
  | PdfGeneratedEvent
  | PaFormReadyEvent
  | EncounterProcessingFailedEvent
  | EncounterRetryScheduledEvent
  | EncounterProcessedEvent
  | EncounterReopenedEvent
  | WorkItemStatusChangedEvent
  | WriteBackRetryScheduledEvent
  | WriteBackFailedEvent
  | WriteBackNeedsDecisionEvent
  | WriteBackDecidedEvent
  | FormApprovedEvent
  | FormInChartEvent
  | PayerDecidedEvent
  | WebhookDisabledEvent
  | WorkItemAssignedEvent

export interface Evidence {
  readonly source: {
    readonly resourceType: string
    readonly resourceId: string
    readonly versionId?: string | undefined
    readonly lastUpdated?: string | undefined
  }
  readonly path: string
  readonly summary: string
  readonly date?: string | undefined
  readonly quote?:
    | {
        readonly text: string
        readonly start: number
        readonly end: number
      }
    | undefined
  readonly stance: 'supports' | 'refutes' | 'mentions'
  readonly proposedBy?: 'model' | undefined
}

export interface EvidenceInput {
  readonly source: {
    readonly resourceType: string
    readonly resourceId: string
    readonly versionId?: string | undefined
    readonly lastUpdated?: string | undefined
  }
  readonly path: string
  readonly summary: string
  readonly date?: string | undefined
  readonly quote?:
    | {
        readonly text: string
        readonly start: number
        readonly end: number
      }
    | undefined
  readonly stance: 'supports' | 'refutes' | 'mentions'
  readonly proposedBy?: 'model' | undefined
}

export interface FaxContact {
  readonly recipient: string
  readonly recipientFax: string
  readonly sender: string
  readonly senderPhone: string
  readonly senderFax: string
}

export interface FaxContactView {
  readonly recipient: string
  readonly recipientFax: string
  readonly sender: string
  readonly senderPhone: string
  readonly senderFax: string
  readonly isRemembered: boolean
}

export type FhirId = string

export interface FormApprovedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'FormApproved'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly workItemId: string
  }
}

export interface FormEntriesRequest {
  readonly entries: {
    readonly [name: string]: string | null
  }
}

export type FormField = string

export interface FormInChartEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'FormInChart'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly workItemId: string
  }
}

export interface FormRoleView {
  readonly role: string
  readonly label: string
  readonly group: string
  readonly sentence: string
  readonly kinds: readonly (
    | 'text'
    | 'check box'
    | 'radio group'
    | 'check boxes'
    | 'yes or no'
    | 'list'
    | 'signature'
    | 'not fillable'
  )[]
  readonly isUsual: boolean
}

export interface GrantRequest {
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
}

export interface HandOverRequest {
  readonly owner: string
}

export interface HistoryEntry {
  readonly version: number
  readonly at: string
  readonly actor: string | null
  readonly kind:
    | 'drafted'
    | 'answer_changed'
    | 'answer_restored'
    | 'form_changed'
    | 'assigned'
    | 'handed_over'
    | 'note'
    | 'information_asked'
    | 'information_answered'
    | 'information_withdrawn'
    | 'attached'
    | 'attachment_removed'
    | 'approved'
    | 'closed'
    | 'reopened'
    | 'superseded'
    | 'in_chart'
    | 'sent'
    | 'sent_undone'
    | 'more_information_asked'
    | 'authorized'
    | 'denied'
    | 'reprocessed'
  readonly data: {
    readonly [name: string]: string | number | null
  }
}

export interface InformationRequest {
  readonly of: string
  readonly what: string
  readonly dueOn: string | null
  readonly by: string
  readonly at: string
}

export interface IntelligenceAnalysisCompleteEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'IntelligenceAnalysisComplete'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly recommendation:
      | 'approve'
      | 'needs_info'
      | 'requirements_not_met'
      | 'not_required'
      | 'no_policy'
    readonly confidence: number | null
    readonly serviceRequestId?: string | undefined
    readonly policyId?: string | undefined
  }
}

export interface KeyRequest {
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
}

export interface KeyView {
  readonly keyId: string | null
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly madeBy: string | null
  readonly madeAt: string | null
  readonly usedAt: string | null
  readonly revokedAt: string | null
}

export interface KeysView {
  readonly keys: readonly KeyView[]
}

export interface MadeKeyView {
  readonly key: string
  readonly made: KeyView
}

export interface NodeView {
  readonly nodeId: string
  readonly host: string
  readonly processId: number
  readonly version: string
  readonly startedAt: string
  readonly seenAt: string
  readonly state: 'working' | 'paused' | 'draining' | 'drained' | 'gone'
  readonly leaseCount: number
  readonly workerCount: number
  readonly busyWorkers: number
  readonly wantedWorkers: number
  readonly streamCount: number
  readonly heapBytes: number
  readonly heapLimitBytes: number
  readonly loopLagMs: number
  readonly ehr: {
    readonly requestsPerSecond: number
    readonly limitPerSecond: number
    readonly requestsPerDay: number
    readonly tooManyRequests: number
  }
  readonly dependencies: readonly DependencyView[]
  readonly findings: readonly {
    readonly level: 'working' | 'attention' | 'trouble'
    readonly code: string | null
    readonly text: string
    readonly since: string | null
    readonly remedy: string | null
    readonly detail: string | null
    readonly href: string | null
  }[]
  readonly asked: {
    readonly act: 'drain' | 'take_up' | 'workers'
    readonly workers: number | null
    readonly at: string
  } | null
}

export interface NoteRequest {
  readonly text: string
  readonly mentions?: readonly string[] | undefined
}

/** One message of `contract=notification`, in the original's names */
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

export interface OperationsView {
  readonly measuredAt: string
  readonly verdict: {
    readonly level: 'working' | 'attention' | 'trouble'
    readonly code: string | null
    readonly text: string
    readonly since: string | null
    readonly remedy: string | null
    readonly detail: string | null
    readonly href: string | null
  }
  readonly findings: readonly {
    readonly level: 'working' | 'attention' | 'trouble'
    readonly code: string | null
    readonly text: string
    readonly since: string | null
    readonly remedy: string | null
    readonly detail: string | null
    readonly href: string | null
  }[]
  readonly tiles: readonly {
    readonly name: 'sign_to_form' | 'encounters' | 'workers' | 'ehr' | 'write_backs' | 'streams'
    readonly title: string
    readonly figures: readonly {
      readonly name: string
      readonly label: string
      readonly value: number | null
      readonly unit: 'count' | 'seconds' | 'per_second'
      readonly history: readonly (number | null)[]
    }[]
    readonly promQl: readonly string[]
  }[]
  readonly dependencies: readonly DependencyView[]
  readonly deadLetters: {
    readonly count: number
    readonly groups: readonly {
      readonly code: string
      readonly count: number
      readonly firstAt: string
      readonly lastAt: string
      readonly practiceIds: readonly string[]
      readonly when: string | null
      readonly remedy: string | null
      readonly href: string | null
    }[]
  }
  readonly redrives: readonly RedriveView[]
  readonly undecidedCount: number
  readonly nodeId: string
  readonly mayControl: boolean
  readonly nodes: readonly NodeView[]
  readonly pause: {
    readonly by: string
    readonly since: string
  } | null
  readonly backup: {
    readonly lastAt: string | null
    readonly maxAgeHours: number | null
  }
  readonly dashboardsUrl: string | null
}

export interface OrchestratorView {
  readonly workerCount: number
  readonly busyWorkers: number
  readonly queuedCount: number
  readonly waitingCount: number
  readonly maxBacklog: number
  readonly paused: boolean
  readonly subscriberCount: number
  readonly oldestQueuedAgeMs: number
  readonly scaling: {
    readonly wantedWorkers: number
    readonly reason: string
    readonly arrivalsPerSecond: number
    readonly serviceMs: number
    readonly utilisation: number
  }
}

export type OrderStage =
  | 'needs_information'
  | 'information_asked'
  | 'not_met'
  | 'no_criteria'
  | 'not_required'
  | 'ready_to_sign'
  | 'filing'
  | 'filing_failed'
  | 'to_send'
  | 'waiting_for_payer'
  | 'more_information_asked'
  | 'authorized'
  | 'denied'
  | 'closed'
  | 'superseded'

export type OrderType = 'ServiceRequest' | 'DeviceRequest' | 'MedicationRequest'

export interface PaFormReadyEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'PA_FORM_READY'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly transactionId: string
    readonly encounterId: string
    readonly patientId: string
    readonly message: string
    readonly workItemId?: string | undefined
    readonly serviceRequestId?: string | undefined
    readonly procedureCode?: string | undefined
    readonly review?:
      | 'ready_for_review'
      | 'missing_data'
      | 'requirements_not_met'
      | 'no_policy'
      | 'not_required'
      | 'approved'
      | 'submitted'
      | 'closed'
      | 'superseded'
      | undefined
  }
}

export interface PasskeyQuestion {
  readonly flow: string
  readonly options: {
    readonly challenge: string
    readonly [name: string]: unknown
  }
}

export interface PasskeyRequest {
  readonly flow: string
  readonly name: string
  readonly response: {
    readonly id: string
    readonly rawId: string
    readonly type: 'public-key'
    readonly authenticatorAttachment?: 'platform' | 'cross-platform' | undefined
    readonly clientExtensionResults: {
      readonly [name: string]: unknown
    }
    readonly response: {
      readonly clientDataJSON: string
      readonly attestationObject: string
      readonly transports?: readonly string[] | undefined
    }
  }
}

export interface PasskeySignIn {
  readonly flow: string
  readonly response: {
    readonly id: string
    readonly rawId: string
    readonly type: 'public-key'
    readonly authenticatorAttachment?: 'platform' | 'cross-platform' | undefined
    readonly clientExtensionResults: {
      readonly [name: string]: unknown
    }
    readonly response: {
      readonly clientDataJSON: string
      readonly authenticatorData: string
      readonly signature: string
      readonly userHandle?: string | undefined
    }
  }
}

export interface PasswordRequest {
  readonly current?: string | undefined
  readonly password: string
}

export interface PayerDecidedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'PayerDecided'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly workItemId: string
  }
}

export interface PayerFormChange {
  readonly name: string
  readonly payers: readonly string[]
  readonly codes: readonly string[]
  readonly boxes: readonly {
    readonly name: string
    readonly role: string | null
    readonly options?:
      | {
          readonly [name: string]: string
        }
      | undefined
    readonly [name: string]: unknown
  }[]
  readonly keptAsPrinted: readonly string[]
  readonly rules?: PayerFormRules | undefined
}

export interface PayerFormDetail {
  readonly formId: string
  readonly practiceId: string | null
  readonly name: string
  readonly fileName: string
  readonly payers: readonly string[]
  readonly codes: readonly string[]
  readonly state: 'draft' | 'active' | 'retired'
  readonly version: number
  readonly activeVersion: number | null
  readonly changedBy: string
  readonly changedAt: string
  readonly fault: string | null
  readonly boxes: readonly {
    readonly name: string
    readonly kind:
      | 'text'
      | 'check box'
      | 'radio group'
      | 'check boxes'
      | 'yes or no'
      | 'list'
      | 'signature'
      | 'not fillable'
    readonly tooltip: string | null
    readonly maxLength: number | null
    readonly options: readonly string[]
    readonly printed: string
    readonly places: readonly {
      readonly page: number
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly option?: string | undefined
    }[]
  }[]
  readonly map: readonly {
    readonly name: string
    readonly role: string | null
    readonly options?:
      | {
          readonly [name: string]: string
        }
      | undefined
    readonly [name: string]: unknown
  }[]
  readonly keptAsPrinted: readonly string[]
  readonly rules: PayerFormRules
  readonly shippedRules: readonly string[]
  readonly requiredRoles: readonly string[]
  readonly faults: readonly string[]
  readonly warnings: readonly string[]
}

export interface PayerFormRules {
  readonly onlyOneOf: readonly (readonly string[])[]
  readonly whenThen: readonly {
    readonly when: string
    readonly also: string
  }[]
  readonly refusedCodes: readonly string[]
  readonly sameProvider: string
}

export interface PayerFormSummary {
  readonly formId: string
  readonly practiceId: string | null
  readonly name: string
  readonly fileName: string
  readonly payers: readonly string[]
  readonly codes: readonly string[]
  readonly state: 'draft' | 'active' | 'retired'
  readonly version: number
  readonly activeVersion: number | null
  readonly changedBy: string
  readonly changedAt: string
  readonly fault: string | null
}

export type PayerState = 'sent' | 'more_information_asked' | 'approved' | 'denied'

export type PayerStepRequest =
  | {
      readonly kind: 'sent'
      readonly on: string
      readonly method: SendingMethod
      readonly reference?: string | undefined
    }
  | {
      readonly kind: 'more_information_asked'
      readonly on: string
      readonly what: string
    }
  | {
      readonly kind: 'approved'
      readonly on: string
      readonly authorizationNumber: string
      readonly validFrom?: string | undefined
      readonly validTo?: string | undefined
      readonly units?: string | undefined
    }
  | {
      readonly kind: 'denied'
      readonly on: string
      readonly reason: string
    }

export interface PdfGeneratedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'PdfGenerated'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly pdfSizeBytes: number
    readonly serviceRequestId?: string | undefined
    readonly pages?: number | undefined
  }
}

export interface PeopleView {
  readonly people: readonly PersonView[]
}

export interface PersonLink {
  readonly token: string
}

export interface PersonRequest {
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly login: string
  readonly label: string
}

export interface PersonView {
  readonly personId: string
  readonly login: string
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly isDisabled: boolean
  readonly isFromProvider: boolean
  readonly hasPassword: boolean
  readonly isPasswordTemporary: boolean
  readonly signedInAt: string | null
  readonly isReadOnly: boolean
}

export type PracticeId = string

export type PrintRequest =
  | {
      readonly workItemIds: readonly string[]
    }
  | {
      readonly practiceId: string
      readonly encounterId: string
    }

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail?: string | undefined
  readonly instance?: string | undefined
  readonly issues?:
    | readonly {
        readonly path: string
        readonly message: string
      }[]
    | undefined
}

export type ProcessingState = 'queued' | 'running' | 'processed' | 'failed'

export type ProofRequest =
  | {
      readonly password: string
    }
  | {
      readonly flow: string
      readonly response: {
        readonly id: string
        readonly rawId: string
        readonly type: 'public-key'
        readonly authenticatorAttachment?: 'platform' | 'cross-platform' | undefined
        readonly clientExtensionResults: {
          readonly [name: string]: unknown
        }
        readonly response: {
          readonly clientDataJSON: string
          readonly authenticatorData: string
          readonly signature: string
          readonly userHandle?: string | undefined
        }
      }
    }

export interface QueuePage {
  readonly items: readonly QueueRow[]
  readonly nextCursor: string | null
  readonly total: number
}

export interface QueueRow {
  readonly patientName: string | null
  readonly birthDate: string | null
  readonly recordNumber: string | null
  readonly memberId: string | null
  readonly payerName: string | null
  readonly planName: string | null
  readonly providerName: string | null
  readonly plannedOn: string | null
  readonly urgency: 'standard' | 'urgent' | null
  readonly workItemId: string
  readonly practiceId: string
  readonly encounterId: string
  readonly patientId: string
  readonly dueOn: string | null
  readonly orderDescription: string | null
  readonly procedureCode: string | null
  readonly questionCount: number
  readonly openQuestionCount: number
  readonly owner: string | null
  readonly mentionsMe: boolean
  readonly review: ReviewState
  readonly payerState: PayerState | null
  readonly stage: OrderStage
  readonly informationRequest: InformationRequest | null
  readonly failure: {
    readonly code: string | null
    readonly what: string
    readonly remedy: string
    readonly needsDecision: boolean
  } | null
  readonly policyTitle: string | null
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

export interface QueueSearch {
  readonly view?: QueueView | undefined
  readonly q?: string | undefined
  readonly payer?: string | undefined
  readonly provider?: string | undefined
  readonly owner?: string | undefined
  readonly sort?: QueueSort | undefined
  readonly direction?: 'asc' | 'desc' | undefined
}

export type QueueSort = 'due' | 'patient' | 'order' | 'payer' | 'provider' | 'updated'

export interface QueueSummary {
  readonly views: {
    readonly mine: number
    readonly open: number
    readonly needs_information: number
    readonly information_asked: number
    readonly no_criteria: number
    readonly ready_to_sign: number
    readonly to_send: number
    readonly waiting_for_payer: number
    readonly failed: number
    readonly all: number
  }
  readonly encounters: {
    readonly inProgress: number
    readonly failed: number
  }
  readonly payers: readonly string[]
  readonly providers: readonly string[]
  readonly owners: readonly string[]
  readonly clinicians: readonly string[]
}

export type QueueView =
  | 'mine'
  | 'open'
  | 'needs_information'
  | 'information_asked'
  | 'no_criteria'
  | 'ready_to_sign'
  | 'to_send'
  | 'waiting_for_payer'
  | 'failed'
  | 'all'

export type ReadOutcome = 'complete' | 'partial' | 'forbidden' | 'failed' | 'not_asked'

export interface RecordSentRequest {
  readonly items: readonly {
    readonly workItemId: string
    readonly version: number
    readonly reference?: string | undefined
  }[]
  readonly on: string
  readonly method: SendingMethod
}

export interface RecordSentResult {
  readonly changed: readonly {
    readonly workItemId: string
    readonly version: number
  }[]
  readonly left: readonly {
    readonly workItemId: string
    readonly code: string
    readonly reason: string
  }[]
}

export interface RedriveAllRequest {
  readonly code: string
}

export interface RedriveCodeResult {
  readonly redrivenCount: number
  readonly leftCount: number
  readonly nextCursor: string | null
}

export interface RedriveView {
  readonly redriveId: string
  readonly code: string
  readonly practiceIds: readonly string[]
  readonly state: 'running' | 'stopping' | 'stopped' | 'done'
  readonly redrivenCount: number
  readonly ofCount: number
  readonly by: string | null
  readonly askedAt: string
  readonly endedAt: string | null
}

export interface RegistrationRequest {
  readonly patientId: FhirId
  readonly encounterId: FhirId
  readonly practiceId: PracticeId
}

export interface RegistrationView {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId: string
  readonly registeredAt: string
  readonly lastPolledAt: string | null
  readonly encounterStatus: string | null
  readonly lastErrorCode: string | null
  readonly watch: 'open' | 'signed' | 'ended'
  readonly endCode: string | null
  readonly endedAt: string | null
  readonly endedBy: string | null
  readonly nextPollAt: string | null
  readonly refusedSince: string | null
  readonly processing: ProcessingState | null
  readonly errorReason: string | null
  readonly failure: {
    readonly what: string
    readonly remedy: string
  } | null
}

export interface RenameRequest {
  readonly label: string
}

export interface ResourceCompleteness {
  readonly resourceType: string
  readonly outcome: ReadOutcome
  readonly count: number
  readonly since?: string | undefined
  readonly reason?: string | undefined
  readonly strangers: number
  readonly malformed: number
}

export type ReviewState =
  | 'ready_for_review'
  | 'missing_data'
  | 'requirements_not_met'
  | 'no_policy'
  | 'not_required'
  | 'approved'
  | 'submitted'
  | 'closed'
  | 'superseded'

export interface ReviewView {
  readonly workItemId: string
  readonly practiceId: string
  readonly encounterId: string
  readonly patientId: string
  readonly patientInitials: string | null
  readonly serviceRequestId: string
  readonly orderType: OrderType
  readonly procedureCode: string | null
  readonly orderDescription: string | null
  readonly policyId: string | null
  readonly policyTitle: string | null
  readonly review: ReviewState
  readonly recommendation:
    | 'approve'
    | 'needs_info'
    | 'requirements_not_met'
    | 'not_required'
    | 'no_policy'
    | null
  readonly confidence: number | null
  readonly version: number
  readonly hasForm: boolean
  readonly needsDecision: boolean
  readonly createdAt: string
  readonly updatedAt: string
  readonly transactionId: string
  readonly analysis: Analysis
  readonly completeness: readonly ResourceCompleteness[]
  readonly form: {
    readonly sizeBytes: number
    readonly pages: number
    readonly continuedRoles: readonly string[]
    readonly filledAt: string
  } | null
  readonly writeBack: {
    readonly version: number
    readonly state: 'queued' | 'writing' | 'written' | 'failed' | 'withdrawn' | 'ambiguous'
    readonly run: number
    readonly needsDecision: boolean
    readonly approvedBy: string
    readonly approvedAt: string
    readonly attemptCount: number
    readonly nextAttemptAt: string | null
    readonly documentId: string | null
    readonly documentEvidence: 'identifier' | 'content' | 'person' | null
    readonly errorCode: string | null
    readonly errorReason: string | null
    readonly sent: {
      readonly title: string
      readonly sizeBytes: number
      readonly sha256: string
      readonly destination: string
      readonly identifier: string
      readonly count: number
      readonly firstSentAt: string
      readonly lastSentAt: string
    } | null
    readonly decisions: readonly {
      readonly decision: 'present' | 'send_again'
      readonly documentId: string | null
      readonly decidedBy: string
      readonly decidedAt: string
      readonly confirmed: boolean | null
    }[]
  } | null
  readonly patientName: string | null
  readonly birthDate: string | null
  readonly recordNumber: string | null
  readonly memberId: string | null
  readonly payerName: string | null
  readonly planName: string | null
  readonly providerName: string | null
  readonly plannedOn: string | null
  readonly urgency: 'standard' | 'urgent' | null
  readonly gender: string | null
  readonly owner: string | null
  readonly mentionsMe: boolean
  readonly stage: OrderStage
  readonly dueOn: string | null
  readonly informationRequest: InformationRequest | null
  readonly filingFailure: {
    readonly code: string | null
    readonly what: string
    readonly remedy: string
    readonly needsDecision: boolean
  } | null
  readonly payerState: PayerState | null
  readonly closedReason: string | null
  readonly chartVerdict: AnswerValue | null
  readonly answerChanges: readonly {
    readonly criterionId: string
    readonly chartAnswer: AnswerValue
    readonly answer: AnswerValue
    readonly reason: string
    readonly changedBy: string
    readonly changedAt: string
    readonly applies: boolean
  }[]
  readonly formEntries: readonly {
    readonly field: string
    readonly value: string
    readonly enteredBy: string
    readonly enteredAt: string
  }[]
  readonly attachments: readonly {
    readonly attachmentId: string
    readonly name: string
    readonly type: 'pdf' | 'png' | 'jpeg'
    readonly sizeBytes: number
    readonly pages: number
    readonly addedBy: string
    readonly addedAt: string
  }[]
  readonly attachmentLimits: {
    readonly maxFileBytes: number
    readonly maxFiles: number
  }
  readonly hasSignatureBox: boolean
  readonly documentPages: number
  readonly formValues: {
    readonly [name: string]: string
  }
  readonly boxPurposes: {
    readonly [name: string]: string
  }
  readonly rememberedEntries: {
    readonly [name: string]: string
  }
  readonly missingFields: readonly string[]
}

export type Role = 'clinician' | 'staff' | 'auditor' | 'administrator' | 'operator' | 'service'

export interface SavedView {
  readonly viewId: string
  readonly name: string
  readonly search: {
    readonly view?: QueueView | undefined
    readonly payer?: string | undefined
    readonly provider?: string | undefined
    readonly owner?: string | undefined
    readonly sort?: QueueSort | undefined
    readonly direction?: 'asc' | 'desc' | undefined
  }
  readonly savedBy: string
  readonly sharedWith: string | null
  readonly canChange: boolean
  readonly isOrphan: boolean
}

export interface SavedViewChange {
  readonly name?: string | undefined
  readonly search?: QueueSearch | undefined
  readonly sharedWith?: string | null | undefined
}

export interface SavedViewRequest {
  readonly name: string
  readonly search: QueueSearch
  readonly sharedWith: string | null
}

export interface SavedViews {
  readonly items: readonly SavedView[]
}

export type SendingMethod = 'fax' | 'portal' | 'phone' | 'mail' | 'electronic'

export type SessionRequest =
  | {
      readonly login: string
      readonly password: string
    }
  | {
      readonly token: string
    }
  | {
      readonly apiKey: string
    }

export interface SessionView {
  readonly label: string
  readonly personId: string | null
  readonly method: 'key' | 'link' | 'password' | 'passkey' | 'oidc' | 'launch' | null
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly mustChangePassword: boolean
  readonly expiresAt: string
  readonly ehrFrame: {
    readonly hosts: readonly string[]
    readonly practiceId: string
    readonly patientId: string | null
  } | null
  readonly idleEndsAt: string | null
  readonly warnSeconds: number
  readonly now: string
}

export interface SignInWays {
  readonly password: boolean
  readonly oidc: string | null
}

export interface SignatureView {
  readonly signature: {
    readonly addedAt: string
  } | null
}

export interface StaleProblem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail?: string | undefined
  readonly instance?: string | undefined
  readonly issues?:
    | readonly {
        readonly path: string
        readonly message: string
      }[]
    | undefined
  readonly changedBy: string | null
  readonly changes: readonly HistoryEntry[]
}

export interface UndoSentRequest {
  readonly items: readonly {
    readonly workItemId: string
    readonly version: number
  }[]
}

export interface WatchedView {
  readonly practiceId: string
  readonly encounterId: string
  readonly watch: 'open' | 'signed' | 'ended'
  readonly lastPolledAt: string | null
  readonly encounterStatus: string | null
  readonly code: string | null
  readonly nextPollAt: string | null
}

export interface WebhookChange {
  readonly url?: string | undefined
  readonly types?:
    | readonly ('form.ready' | 'form.approved' | 'form.in_chart' | 'payer.decided')[]
    | undefined
  readonly description?: string | null | undefined
}

export type WebhookDeliveryState = 'pending' | 'delivered' | 'failed'

export interface WebhookDeliveryView {
  readonly deliveryId: string
  readonly eventId: string
  readonly sequence: number
  readonly type: string
  readonly encounterId: string
  readonly workItemId: string | null
  readonly state: WebhookDeliveryState
  readonly attemptCount: number
  readonly responseStatus: number | null
  readonly errorCode: string | null
  readonly createdAt: string
  readonly lastAttemptAt: string | null
  readonly deliveredAt: string | null
}

export interface WebhookDisabledEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'WebhookDisabled'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly webhookId: string
    readonly error: string
    readonly code: string
    readonly attemptCount: number
  }
}

export interface WebhookRequest {
  readonly practiceId: string
  readonly url: string
  readonly types?:
    | readonly ('form.ready' | 'form.approved' | 'form.in_chart' | 'payer.decided')[]
    | undefined
  readonly description?: string | null | undefined
}

export interface WebhookTestResult {
  readonly isDelivered: boolean
  /** What the endpoint answered; null when nothing */
  readonly status: number | null
  readonly code: string | null
  readonly reason: string | null
  /** What to do about it, from docs/errors.md; null when it says nothing */
  readonly remedy: string | null
}

export interface WebhookView {
  readonly webhookId: string
  readonly practiceId: string
  readonly url: string
  readonly types: readonly ('form.ready' | 'form.approved' | 'form.in_chart' | 'payer.decided')[]
  readonly description: string | null
  readonly state: 'active' | 'disabled'
  /** Null when it is active, or was disabled by the gateway after too many failures */
  readonly disabledBy: string | null
  /** Deliveries that wait */
  readonly pendingCount: number
  /** How the last attempt failed; null when it succeeded */
  readonly failure: {
    readonly code: string
    readonly reason: string
    /** What to do about it, from docs/errors.md; null when it says nothing */
    readonly remedy: string | null
    /** Since when every attempt failed */
    readonly since: string
    readonly attemptCount: number
    readonly nextAttemptAt: string | null
  } | null
  readonly lastDeliveredAt: string | null
  /** Until when the secret before signs too */
  readonly previousSecretUntil: string | null
  readonly createdBy: string
  readonly createdAt: string
}

export interface WebhookWithSecret {
  readonly webhookId: string
  readonly practiceId: string
  readonly url: string
  readonly types: readonly ('form.ready' | 'form.approved' | 'form.in_chart' | 'payer.decided')[]
  readonly description: string | null
  readonly state: 'active' | 'disabled'
  /** Null when it is active, or was disabled by the gateway after too many failures */
  readonly disabledBy: string | null
  /** Deliveries that wait */
  readonly pendingCount: number
  /** How the last attempt failed; null when it succeeded */
  readonly failure: {
    readonly code: string
    readonly reason: string
    /** What to do about it, from docs/errors.md; null when it says nothing */
    readonly remedy: string | null
    /** Since when every attempt failed */
    readonly since: string
    readonly attemptCount: number
    readonly nextAttemptAt: string | null
  } | null
  readonly lastDeliveredAt: string | null
  /** Until when the secret before signs too */
  readonly previousSecretUntil: string | null
  readonly createdBy: string
  readonly createdAt: string
  /** Of the signatures; it is not shown again */
  readonly secret: string
}

export interface WorkItemAssignedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'WorkItemAssigned'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly workItemId: string
  }
}

export interface WorkItemHistory {
  readonly items: readonly HistoryEntry[]
}

export interface WorkItemSource {
  readonly readAt: string
  readonly documents: readonly {
    readonly resourceId: string
    readonly title: string
    readonly date: string | null
    readonly text: string | null
    readonly unreadReason: string | null
  }[]
  readonly problems: readonly {
    readonly resourceId: string
    readonly text: string
    readonly code: string | null
    readonly date: string | null
    readonly status: string | null
  }[]
  readonly medications: readonly {
    readonly resourceId: string
    readonly text: string
    readonly code: string | null
    readonly date: string | null
    readonly status: string | null
  }[]
  readonly procedures: readonly {
    readonly resourceId: string
    readonly text: string
    readonly code: string | null
    readonly date: string | null
    readonly status: string | null
  }[]
  readonly results: readonly {
    readonly resourceId: string
    readonly text: string
    readonly code: string | null
    readonly date: string | null
    readonly status: string | null
  }[]
}

export interface WorkItemStatusChangedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'WORK_ITEM_STATUS_CHANGED'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly transactionId: string
    readonly encounterId: string
    readonly patientId: string
    readonly workItemId: string
    readonly newStatus:
      | 'ready_for_review'
      | 'missing_data'
      | 'requirements_not_met'
      | 'no_policy'
      | 'not_required'
      | 'approved'
      | 'submitted'
      | 'closed'
      | 'superseded'
    readonly serviceRequestId?: string | undefined
    readonly procedureCode?: string | undefined
  }
}

export interface WorkItemSummary {
  readonly workItemId: string
  readonly practiceId: string
  readonly encounterId: string
  readonly patientId: string
  readonly patientInitials: string | null
  readonly serviceRequestId: string
  readonly orderType: OrderType
  readonly procedureCode: string | null
  readonly orderDescription: string | null
  readonly policyId: string | null
  readonly policyTitle: string | null
  readonly review: ReviewState
  readonly recommendation:
    | 'approve'
    | 'needs_info'
    | 'requirements_not_met'
    | 'not_required'
    | 'no_policy'
    | null
  readonly confidence: number | null
  readonly version: number
  readonly hasForm: boolean
  readonly needsDecision: boolean
  readonly createdAt: string
  readonly updatedAt: string
}

export interface WriteBackDecidedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'WriteBackDecided'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly workItemId: string
    readonly decision: 'present' | 'send_again'
  }
}

export interface WriteBackFailedEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'WriteBackFailed'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly workItemId: string
    readonly error: string
    readonly attemptCount: number
    readonly code: string
  }
}

export interface WriteBackNeedsDecisionEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'WriteBackNeedsDecision'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly workItemId: string
    readonly error: string
    readonly code: string
    readonly sentCount: number
  }
}

export type WriteBackResolution =
  | {
      readonly decision: 'present'
      readonly documentId: FhirId
      readonly run?: number | undefined
    }
  | {
      readonly decision: 'send_again'
      readonly run?: number | undefined
    }

export interface WriteBackRetryScheduledEvent {
  readonly id: string
  readonly sequence: number
  readonly eventType: 'WriteBackRetryScheduled'
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: {
    readonly encounterId: string
    readonly workItemId: string
    readonly error: string
    readonly attemptCount: number
    readonly code: string
    readonly nextAttemptAt: string
  }
}

/** Every operation: what it takes, what it answers with, and the codes of its problems. */
export interface Operations {
  /** Who is signed in */
  getSession: {
    readonly input: {}
    readonly answer: SessionView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Sign in */
  signIn: {
    readonly input: {
      readonly body: SessionRequest
    }
    readonly answer: SessionView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'sign_in_refused'
      | 'account_disabled'
      | 'practice_missing'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'sign_in_delayed'
      | 'too_many_requests'
      | 'internal'
      | 'sign_in_busy'
      | 'database_unavailable'
  }
  /** Sign out */
  signOut: {
    readonly input: {}
    readonly answer: undefined
    readonly code: 'query_key_unknown' | 'too_many_requests' | 'internal' | 'database_unavailable'
  }
  /** How people can sign in here */
  readSignInWays: {
    readonly input: {}
    readonly answer: SignInWays
    readonly code: 'query_key_unknown' | 'too_many_requests' | 'internal' | 'database_unavailable'
  }
  /** For the identity provider: somebody has signed out there (back-channel logout) */
  endByProvider: {
    readonly input: {
      readonly body: Blob | Uint8Array<ArrayBuffer>
      /** The type of the file. @default application/x-www-form-urlencoded */
      readonly contentType?: 'application/x-www-form-urlencoded' | undefined
    }
    readonly answer: {}
    readonly code:
      | 'logout_token_invalid'
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'not_found'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Ask for a passkey */
  beginPasskeySignIn: {
    readonly input: {}
    readonly answer: PasskeyQuestion
    readonly code: 'query_key_unknown' | 'too_many_requests' | 'internal' | 'database_unavailable'
  }
  /** Sign in with a passkey */
  signInWithPasskey: {
    readonly input: {
      readonly body: PasskeySignIn
    }
    readonly answer: SessionView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'sign_in_refused'
      | 'account_disabled'
      | 'practice_missing'
      | 'person_from_provider'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Begin to add a passkey */
  beginPasskey: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: PasskeyQuestion
    readonly code:
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'person_needed'
      | 'proof_needed'
      | 'foreign_origin'
      | 'role_missing'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Add a passkey */
  addPasskey: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: PasskeyRequest
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'person_needed'
      | 'foreign_origin'
      | 'role_missing'
      | 'passkey_refused'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Remove a passkey */
  removePasskey: {
    readonly input: {
      readonly credentialId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'person_needed'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The caller's own account */
  readAccount: {
    readonly input: {}
    readonly answer: AccountView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'person_needed'
      | 'role_missing'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Change the caller's own password; all other sessions end */
  changePassword: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: PasswordRequest
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'person_needed'
      | 'proof_needed'
      | 'person_from_provider'
      | 'foreign_origin'
      | 'role_missing'
      | 'proof_refused'
      | 'password_weak'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'sign_in_delayed'
      | 'too_many_requests'
      | 'internal'
      | 'sign_in_busy'
      | 'database_unavailable'
  }
  /** Confirm again who is signed in, by password or passkey */
  prove: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: ProofRequest
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'person_needed'
      | 'foreign_origin'
      | 'role_missing'
      | 'proof_refused'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'sign_in_delayed'
      | 'too_many_requests'
      | 'internal'
      | 'sign_in_busy'
      | 'database_unavailable'
  }
  /** Sign out everywhere, here too */
  endMySessions: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'person_needed'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** End one of the caller's own sessions */
  endMySession: {
    readonly input: {
      readonly sessionId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'person_needed'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Everybody who shares a practice with the caller, disabled people too */
  listPeople: {
    readonly input: {}
    readonly answer: PeopleView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Add a person; a link signs them in the first time */
  addPerson: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: PersonRequest
    }
    readonly answer: PersonView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'person_invalid'
      | 'login_taken'
      | 'label_taken'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Replace a person's roles and practices, in open sessions at once */
  grantPerson: {
    readonly input: {
      readonly personId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: GrantRequest
    }
    readonly answer: PersonView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'last_administrator'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Change a person's display name; past actions keep the earlier name */
  renamePerson: {
    readonly input: {
      readonly personId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: RenameRequest
    }
    readonly answer: PersonView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'person_invalid'
      | 'label_taken'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Disable a person; their sessions and streams end */
  disablePerson: {
    readonly input: {
      readonly personId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: PersonView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'last_administrator'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Enable a disabled person again */
  enablePerson: {
    readonly input: {
      readonly personId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: PersonView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Sign a person out everywhere */
  endSessionsOfPerson: {
    readonly input: {
      readonly personId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: PersonView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** After a device was lost: sign a person out everywhere and remove their passkeys */
  removeDevicesOfPerson: {
    readonly input: {
      readonly personId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: PersonView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Make a link that signs a person in once, in place of a forgotten password */
  makeLinkOfPerson: {
    readonly input: {
      readonly personId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: PersonLink
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'person_from_provider'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** API keys that share a practice with the caller, revoked ones too */
  listKeys: {
    readonly input: {}
    readonly answer: KeysView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Make an API key; it is shown in this answer only */
  makeKey: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: KeyRequest
    }
    readonly answer: MadeKeyView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'person_invalid'
      | 'label_taken'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Revoke an API key; its sessions and streams end */
  revokeKey: {
    readonly input: {
      readonly keyId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: KeyView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Watch an encounter (idempotent) */
  registerEncounter: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: RegistrationRequest
    }
    readonly answer: RegistrationView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'registration_conflict'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Watched encounters */
  listWatchedEncounters: {
    readonly input: {
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
    }
    readonly answer: {
      readonly items: readonly RegistrationView[]
      readonly nextCursor: string | null
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** One patient's watched encounters */
  listPatientEncounters: {
    readonly input: {
      readonly patientId: string
    }
    readonly answer: {
      readonly items: readonly RegistrationView[]
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Stop watching a patient */
  stopWatchingPatient: {
    readonly input: {
      readonly patientId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Encounters, newest first */
  listEncounters: {
    readonly input: {
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
      readonly processing?: ProcessingState | undefined
      readonly patientId?: string | undefined
    }
    readonly answer: {
      readonly items: readonly EncounterView[]
      readonly nextCursor: string | null
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** One encounter with its work items */
  getEncounter: {
    readonly input: {
      readonly practiceId?: string | undefined
      readonly encounterId: string
    }
    readonly answer: EncounterDetail
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'practice_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Stop watching one encounter; what was read of it stays */
  unwatchEncounter: {
    readonly input: {
      readonly practiceId: string
      readonly encounterId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: RegistrationView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Read and analyze an encounter again */
  reprocessEncounter: {
    readonly input: {
      readonly practiceId?: string | undefined
      readonly encounterId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: EncounterView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'practice_needed'
      | 'already_under_way'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Work items, newest first */
  listWorkItems: {
    readonly input: {
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
      readonly review?: ReviewState | undefined
      readonly encounterId?: string | undefined
    }
    readonly answer: {
      readonly items: readonly WorkItemSummary[]
      readonly nextCursor: string | null
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** One work item as its review page shows it: answers, evidence, form */
  getWorkItem: {
    readonly input: {
      readonly workItemId: string
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** What was read from the chart, to check the answers against */
  getWorkItemSource: {
    readonly input: {
      readonly workItemId: string
    }
    readonly answer: WorkItemSource
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'chart_not_kept'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** What happened to one work item, oldest first */
  getWorkItemHistory: {
    readonly input: {
      readonly workItemId: string
    }
    readonly answer: WorkItemHistory
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Decide about a form that may be in the chart: it is there under this id, or it is sent again */
  resolveWriteBack: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: WriteBackResolution
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'nothing_to_decide'
      | 'approval_gone'
      | 'document_not_ours'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The drafted form */
  getWorkItemForm: {
    readonly input: {
      /** Has no meaning for the gateway; a page sends another value to make the browser read the file again */
      readonly v?: string | undefined
      readonly workItemId: string
    }
    readonly answer: Uint8Array<ArrayBuffer>
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Answer a question in place of the chart; the form is filled again */
  changeAnswer: {
    readonly input: {
      readonly workItemId: string
      readonly criterionId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: AnswerChangeRequest
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_drafted'
      | 'chart_not_kept'
      | 'form_not_filled'
      | 'evidence_not_in_chart'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Let the chart's answer count again; the form is filled again */
  restoreAnswer: {
    readonly input: {
      readonly workItemId: string
      readonly criterionId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_drafted'
      | 'chart_not_kept'
      | 'form_not_filled'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Type into boxes of the form, which is filled again; null removes what was typed */
  changeWorkItemForm: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: FormEntriesRequest
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_drafted'
      | 'chart_not_kept'
      | 'form_not_filled'
      | 'identity_from_chart'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Approve exactly the version in If-Match; its form goes back to the chart */
  approveWorkItem: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body?: ApproveRequest | undefined
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'signature_by_person'
      | 'approval_by_person'
      | 'proof_needed'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_approvable'
      | 'reason_required'
      | 'signature_unknown'
      | 'no_signature_box'
      | 'attachment_unusable'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Close the order, in the version of If-Match */
  closeWorkItem: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body?: CloseRequest | undefined
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_closable'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Open a closed work item again, or withdraw an approval that was not sent yet */
  reopenWorkItem: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_reopenable'
      | 'form_on_its_way'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Give a draft to the clinician who is to sign it */
  handOverWorkItem: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: HandOverRequest
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_drafted'
      | 'owner_unknown'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Enter what happened with the payer: sent, more information asked, approved, denied */
  recordPayerStep: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: PayerStepRequest
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_in_chart'
      | 'sent_already'
      | 'not_sent_yet'
      | 'date_implausible'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Add a note to the history */
  addNote: {
    readonly input: {
      readonly workItemId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: NoteRequest
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'owner_unknown'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The caller, whom a note mentions, has read the notes */
  markMentionsRead: {
    readonly input: {
      readonly workItemId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Ask somebody for what the chart lacks; the draft waits for the answer */
  askForInformation: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: AskRequest
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_drafted'
      | 'asked_already'
      | 'owner_unknown'
      | 'date_implausible'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Enter the answer to what somebody was asked, or withdraw the request */
  endInformationRequest: {
    readonly input: {
      readonly workItemId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: AskResult
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'nothing_asked'
      | 'not_drafted'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Attach a PDF, PNG or JPEG to a draft; it travels with the form */
  addAttachment: {
    readonly input: {
      readonly workItemId: string
      /** The name of the file, percent-encoded as UTF-8 */
      readonly fileName: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: Blob | Uint8Array<ArrayBuffer>
      /** The type of the file. @default application/octet-stream */
      readonly contentType?:
        | 'application/octet-stream'
        | 'application/pdf'
        | 'image/png'
        | 'image/jpeg'
        | undefined
    }
    readonly answer: ReviewView
    readonly code:
      | 'file_missing'
      | 'text_invalid'
      | 'request_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_drafted'
      | 'attachment_unusable'
      | 'too_many_attachments'
      | 'attachments_too_large'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'attachment_too_large'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'uploads_busy'
      | 'database_unavailable'
  }
  /** An attached file as it is sent: a PDF */
  getAttachment: {
    readonly input: {
      readonly workItemId: string
      readonly attachmentId: string
    }
    readonly answer: Uint8Array<ArrayBuffer>
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Remove a file from a draft */
  removeAttachment: {
    readonly input: {
      readonly workItemId: string
      readonly attachmentId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: ReviewView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'not_drafted'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The form with its attachments: what goes to the chart and to the payer */
  getDocument: {
    readonly input: {
      /** Has no meaning for the gateway; a page sends another value to make the browser read the file again */
      readonly v?: string | undefined
      readonly for?: 'print' | undefined
      readonly workItemId: string
    }
    readonly answer: Uint8Array<ArrayBuffer>
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'document_not_kept'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Where the order is faxed: what was typed for this payer, or what is known */
  getFaxContact: {
    readonly input: {
      readonly workItemId: string
    }
    readonly answer: FaxContactView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Remember where requests to this payer are faxed */
  changeFaxContact: {
    readonly input: {
      readonly workItemId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: FaxContact
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The approved document behind the first page of a fax */
  getFax: {
    readonly input: {
      /** Has no meaning for the gateway; a page sends another value to make the browser read the file again */
      readonly v?: string | undefined
      readonly for?: 'print' | undefined
      readonly workItemId: string
    }
    readonly answer: Uint8Array<ArrayBuffer>
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'document_not_kept'
      | 'not_approved'
      | 'fax_contact_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Record that a person prints a page that shows these orders, or this encounter */
  recordPrint: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: PrintRequest
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'practice_needed'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Whether the caller has a stored signature */
  getSignature: {
    readonly input: {}
    readonly answer: SignatureView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'signature_by_person'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Store the caller's own signature: a PNG or JPEG of at most 1 MB */
  storeSignature: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: Blob | Uint8Array<ArrayBuffer>
      /** The type of the file. @default application/octet-stream */
      readonly contentType?:
        | 'application/octet-stream'
        | 'application/pdf'
        | 'image/png'
        | 'image/jpeg'
        | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'file_missing'
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'signature_by_person'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'attachment_unusable'
      | 'idempotency_key_in_use'
      | 'attachment_too_large'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'uploads_busy'
      | 'database_unavailable'
  }
  /** Delete the caller's own stored signature */
  deleteSignature: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'signature_by_person'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The caller's own stored signature */
  getSignatureImage: {
    readonly input: {
      /** Has no meaning for the gateway; a page sends another value to make the browser read the file again */
      readonly at?: string | undefined
    }
    readonly answer: Uint8Array<ArrayBuffer>
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'signature_by_person'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Orders, by view, search and filter; those without a value to sort by come last */
  listWorkQueue: {
    readonly input: {
      readonly view?: QueueView | undefined
      /** Words that must all occur in name, birth date, MRN, member ID, payer, provider, order, code or encounter */
      readonly q?: string | undefined
      /** Exactly this payer; empty for orders without one */
      readonly payer?: string | undefined
      /** Exactly this provider; empty for orders without one */
      readonly provider?: string | undefined
      /** The label of a person; empty for orders of nobody */
      readonly owner?: string | undefined
      readonly sort?: QueueSort | undefined
      readonly direction?: 'asc' | 'desc' | undefined
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
    }
    readonly answer: QueuePage
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'page_outdated'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** How many orders each view has, and what the filters offer */
  summarizeWorkQueue: {
    readonly input: {}
    readonly answer: QueueSummary
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The orders of a view, search and filter as a file for a spreadsheet */
  exportWorkQueue: {
    readonly input: {
      readonly view?: QueueView | undefined
      /** Words that must all occur in name, birth date, MRN, member ID, payer, provider, order, code or encounter */
      readonly q?: string | undefined
      /** Exactly this payer; empty for orders without one */
      readonly payer?: string | undefined
      /** Exactly this provider; empty for orders without one */
      readonly provider?: string | undefined
      /** The label of a person; empty for orders of nobody */
      readonly owner?: string | undefined
      readonly sort?: QueueSort | undefined
      readonly direction?: 'asc' | 'desc' | undefined
    }
    readonly answer: string
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Assign orders to a person or to nobody; the answer has the earlier owner of each */
  assignWorkItems: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: AssignRequest
    }
    readonly answer: AssignResult
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'owner_unknown'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Enter that orders were sent to their payers; the answer lists those that were not changed */
  recordSent: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: RecordSentRequest
    }
    readonly answer: RecordSentResult
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Undo that orders were entered as sent, where nothing has happened since */
  undoSent: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: UndoSentRequest
    }
    readonly answer: RecordSentResult
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The caller's saved views, and those shared with their practices */
  listSavedViews: {
    readonly input: {}
    readonly answer: SavedViews
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Save a search of the work queue as a view */
  addSavedView: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: SavedViewRequest
    }
    readonly answer: SavedView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'views_full'
      | 'view_name_taken'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Rename a saved view, share it, or give it another search */
  changeSavedView: {
    readonly input: {
      readonly viewId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: SavedViewChange
    }
    readonly answer: SavedView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'view_of_another'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'view_gone'
      | 'view_name_taken'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Delete a saved view */
  deleteSavedView: {
    readonly input: {
      readonly viewId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'view_of_another'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'view_gone'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Uploaded forms of payers, newest first */
  listPayerForms: {
    readonly input: {}
    readonly answer: {
      readonly forms: readonly PayerFormSummary[]
    }
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Upload a blank form (a PDF with form fields); its name in X-File-Name, URI-encoded */
  uploadPayerForm: {
    readonly input: {
      readonly practiceId?: string | undefined
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: Blob | Uint8Array<ArrayBuffer>
      /** The type of the file. @default application/pdf */
      readonly contentType?: 'application/pdf' | undefined
    }
    readonly answer: PayerFormDetail
    readonly code:
      | 'file_missing'
      | 'text_invalid'
      | 'request_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'idempotency_key_in_use'
      | 'form_too_large'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'form_unusable'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'uploads_busy'
      | 'database_unavailable'
  }
  /** What a box of a form can be for */
  listFormRoles: {
    readonly input: {}
    readonly answer: {
      readonly roles: readonly FormRoleView[]
    }
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** One form: its boxes, what they are for, and what is wrong with it */
  getPayerForm: {
    readonly input: {
      readonly formId: string
    }
    readonly answer: PayerFormDetail
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Save name, payers and map of the version in If-Match; the version in use stays in use */
  changePayerForm: {
    readonly input: {
      readonly formId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: PayerFormChange
    }
    readonly answer: PayerFormDetail
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'form_unusable'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Delete the draft of the version in If-Match; a form that was in use is retired */
  deleteFormDraft: {
    readonly input: {
      readonly formId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'form_was_used'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The blank form as a PDF */
  getBlankForm: {
    readonly input: {
      readonly formId: string
    }
    readonly answer: Uint8Array<ArrayBuffer>
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The form with an invented patient, as this map would fill it; nothing is saved. X-Notices: what a reviewer would read, as JSON, URI-encoded */
  testPayerForm: {
    readonly input: {
      readonly formId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: PayerFormChange
    }
    readonly answer: Uint8Array<ArrayBuffer>
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'form_unusable'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Put the version in If-Match into use, for orders that are filled from now on */
  activatePayerForm: {
    readonly input: {
      readonly formId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: PayerFormDetail
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'form_unusable'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Take the form out of use; orders that were filled on it keep it */
  retirePayerForm: {
    readonly input: {
      readonly formId: string
      /** The `ETag` of the version that was read: the change is refused when it is another */
      readonly ifMatch: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: PayerFormDetail
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'version_stale'
      | 'form_unusable'
      | 'idempotency_key_reused'
      | 'version_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Whether the process answers */
  getLiveness: {
    readonly input: {}
    readonly answer: {
      readonly status: string
      readonly reasons: readonly string[]
    }
    readonly code: never
  }
  /** Whether the gateway does its work, and what keeps it from it */
  getReadiness: {
    readonly input: {}
    readonly answer: {
      readonly status: string
      readonly reasons: readonly string[]
      readonly ehr: {
        readonly calling: boolean
        readonly reason?:
          | 'credentials_refused'
          | 'daily_budget_spent'
          | 'asked_to_wait'
          | 'circuit_open'
          | undefined
        readonly until?: string | undefined
      }
      readonly database: string | null
      readonly refusedForms: readonly {
        readonly name: string
        readonly key: string
        readonly file: string
      }[]
    }
    readonly code: never
  }
  /** Figures for Prometheus */
  getMetrics: {
    readonly input: {}
    readonly answer: string
    readonly code: never
  }
  /** The queue and the workers of this node */
  getOrchestrator: {
    readonly input: {}
    readonly answer: OrchestratorView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** How all nodes are: the verdict, figures of an hour, dependencies, dead letters */
  getOperations: {
    readonly input: {}
    readonly answer: OperationsView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Watched encounters with their last poll, by practice and encounter */
  listPolledEncounters: {
    readonly input: {
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
      readonly failing?: 'true' | 'false' | undefined
    }
    readonly answer: {
      readonly items: readonly WatchedView[]
      readonly nextCursor: string | null
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The steps of an encounter, across attempts and nodes */
  getEncounterTimeline: {
    readonly input: {
      readonly practiceId?: string | undefined
      readonly encounterId: string
    }
    readonly answer: EncounterTimeline
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'practice_needed'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Every key with its value and where that came from; secrets are masked */
  getConfiguration: {
    readonly input: {}
    readonly answer: ConfigurationView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Ask a dependency now, from the node that answers */
  testDependency: {
    readonly input: {
      readonly name: 'ehr' | 'token' | 'database' | 'intelligence' | 'language_model'
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: DependencyView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The node that answers takes no new work and finishes what runs; it stays up */
  drainNode: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: OperationsView
    readonly code:
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'node_silent'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** A node takes no new work and finishes what runs; it stays up */
  drainNamedNode: {
    readonly input: {
      /** The id of a node, or its name: `host:process` */
      readonly nodeId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: OperationsView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'node_silent'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The node that answers was drained and takes work again */
  takeUpWork: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: OperationsView
    readonly code:
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'node_silent'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** A drained node takes work again */
  takeUpWorkOfNode: {
    readonly input: {
      /** The id of a node, or its name: `host:process` */
      readonly nodeId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: OperationsView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'node_silent'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Set the number of workers of a node */
  resizeWorkersOfNode: {
    readonly input: {
      /** The id of a node, or its name: `host:process` */
      readonly nodeId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: {
        readonly count: number
      }
    }
    readonly answer: OperationsView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'node_silent'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Set the number of workers of the node that answers */
  resizeWorkers: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: {
        readonly count: number
      }
    }
    readonly answer: OrchestratorView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'node_silent'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Begin no more tasks on any node, nor on nodes that start later */
  pauseOrchestrator: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: OrchestratorView
    readonly code:
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Begin tasks again on all nodes */
  resumeOrchestrator: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: OrchestratorView
    readonly code:
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practices_missing'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** What the EHR can do, as it says itself */
  getEhr: {
    readonly input: {}
    readonly answer: EhrView
    readonly code:
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** What failed after the last retry, newest first, with its history */
  listDeadLetters: {
    readonly input: {
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
      readonly code?: string | undefined
    }
    readonly answer: {
      readonly items: readonly DeadLetterView[]
      readonly nextCursor: string | null
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Send those with one code through again, newest first, up to 200 at once */
  redriveDeadLetters: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: {
        readonly code: string
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      }
    }
    readonly answer: RedriveCodeResult
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Send all with one code through again, on the server; asking twice is as once */
  redriveAllOfCode: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: RedriveAllRequest
    }
    readonly answer: RedriveView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** End a redrive of all with one code after the one under way */
  stopRedrive: {
    readonly input: {
      readonly redriveId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: RedriveView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Take it off the list, with a note; it stays failed, and its history stays */
  dismissDeadLetter: {
    readonly input: {
      readonly deadLetterId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: DismissRequest
    }
    readonly answer: DeadLetterView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Send it through again */
  redriveDeadLetter: {
    readonly input: {
      readonly deadLetterId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: DeadLetterView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'already_under_way'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The keys with which the EHR verifies our signatures */
  getPublicKeys: {
    readonly input: {}
    readonly answer: {
      readonly keys: readonly {
        readonly kty: string
        readonly kid: string
        readonly alg: string
        readonly use: 'sig'
        readonly key_ops: readonly 'verify'[]
        readonly n?: string | undefined
        readonly e?: string | undefined
        readonly crv?: string | undefined
        readonly x?: string | undefined
        readonly y?: string | undefined
      }[]
    }
    readonly code: never
  }
  /** Who did what, newest first */
  listAuditEntries: {
    readonly input: {
      /** The id of a patient in the EHR */
      readonly patient?: string | undefined
      /** The id of an encounter in the EHR */
      readonly encounter?: string | undefined
      readonly workItem?: string | undefined
      /** The label of a person, or their id */
      readonly person?: string | undefined
      readonly action?: AuditAction | undefined
      readonly outcome?: AuditOutcome | undefined
      /** From this moment on */
      readonly from?: string | undefined
      /** Before this moment */
      readonly to?: string | undefined
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
    }
    readonly answer: {
      readonly items: readonly AuditEntryView[]
      readonly nextCursor: string | null
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The same as a file for a spreadsheet */
  exportAuditCsv: {
    readonly input: {
      /** The id of a patient in the EHR */
      readonly patient?: string | undefined
      /** The id of an encounter in the EHR */
      readonly encounter?: string | undefined
      readonly workItem?: string | undefined
      /** The label of a person, or their id */
      readonly person?: string | undefined
      readonly action?: AuditAction | undefined
      readonly outcome?: AuditOutcome | undefined
      /** From this moment on */
      readonly from?: string | undefined
      /** Before this moment */
      readonly to?: string | undefined
    }
    readonly answer: string
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The same as FHIR R4 AuditEvents, one a line */
  exportAuditEvents: {
    readonly input: {
      /** The id of a patient in the EHR */
      readonly patient?: string | undefined
      /** The id of an encounter in the EHR */
      readonly encounter?: string | undefined
      readonly workItem?: string | undefined
      /** The label of a person, or their id */
      readonly person?: string | undefined
      readonly action?: AuditAction | undefined
      readonly outcome?: AuditOutcome | undefined
      /** From this moment on */
      readonly from?: string | undefined
      /** Before this moment */
      readonly to?: string | undefined
    }
    readonly answer: Uint8Array<ArrayBuffer>
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** The webhooks of the practices of the caller, newest first */
  listWebhooks: {
    readonly input: {
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
    }
    readonly answer: {
      readonly items: readonly WebhookView[]
      readonly nextCursor: string | null
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Register an address of the practice that is notified; the secret is shown once */
  createWebhook: {
    readonly input: {
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: WebhookRequest
    }
    readonly answer: WebhookWithSecret
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'practice_foreign'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'webhooks_full'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'webhook_url_refused'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** One webhook: its state and how its last attempt ended */
  getWebhook: {
    readonly input: {
      readonly webhookId: string
    }
    readonly answer: WebhookView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Change the address, the types or the description of a webhook */
  changeWebhook: {
    readonly input: {
      readonly webhookId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
      readonly body: WebhookChange
    }
    readonly answer: WebhookView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'request_refused'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'body_too_large'
      | 'media_type_unsupported'
      | 'webhook_url_refused'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Delete a webhook with its deliveries; waiting messages are not sent */
  deleteWebhook: {
    readonly input: {
      readonly webhookId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: undefined
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Make a new secret, shown once; the earlier one also signs for a day */
  rotateWebhookSecret: {
    readonly input: {
      readonly webhookId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: WebhookWithSecret
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Stop sending to a webhook; its messages wait */
  disableWebhook: {
    readonly input: {
      readonly webhookId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: WebhookView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Send to a disabled webhook again, waiting messages first */
  enableWebhook: {
    readonly input: {
      readonly webhookId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: WebhookView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Send a signed message without an order now, and say what the endpoint answered */
  testWebhook: {
    readonly input: {
      readonly webhookId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: WebhookTestResult
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** What was sent to a webhook or waits, newest first */
  listWebhookDeliveries: {
    readonly input: {
      readonly cursor?: string | undefined
      readonly limit?: number | undefined
      readonly state?: WebhookDeliveryState | undefined
      readonly webhookId: string
    }
    readonly answer: {
      readonly items: readonly WebhookDeliveryView[]
      readonly nextCursor: string | null
    }
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'unauthenticated'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
  /** Send a message again, with the same webhook-id */
  redeliverWebhook: {
    readonly input: {
      readonly webhookId: string
      readonly deliveryId: string
      /** A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect */
      readonly idempotencyKey?: string | undefined
    }
    readonly answer: WebhookDeliveryView
    readonly code:
      | 'request_invalid'
      | 'text_invalid'
      | 'query_key_unknown'
      | 'idempotency_key_invalid'
      | 'unauthenticated'
      | 'foreign_origin'
      | 'role_missing'
      | 'password_temporary'
      | 'not_found'
      | 'webhook_off'
      | 'already_under_way'
      | 'idempotency_key_in_use'
      | 'idempotency_key_reused'
      | 'too_many_requests'
      | 'internal'
      | 'database_unavailable'
  }
}

/** Where each operation is. Headers and query keys are named as the request of the client names them. */
export const places = {
  getSession: { method: 'GET', path: '/api/session', query: [], headers: {} },
  signIn: {
    method: 'POST',
    path: '/api/session',
    query: [],
    headers: {},
    contentType: 'application/json',
  },
  signOut: { method: 'DELETE', path: '/api/session', query: [], headers: {} },
  readSignInWays: { method: 'GET', path: '/api/session/ways', query: [], headers: {} },
  endByProvider: {
    method: 'POST',
    path: '/api/session/oidc/logout',
    query: [],
    headers: {},
    contentType: 'application/x-www-form-urlencoded',
  },
  beginPasskeySignIn: {
    method: 'POST',
    path: '/api/session/passkey/begin',
    query: [],
    headers: {},
  },
  signInWithPasskey: {
    method: 'POST',
    path: '/api/session/passkey',
    query: [],
    headers: {},
    contentType: 'application/json',
  },
  beginPasskey: {
    method: 'POST',
    path: '/api/account/passkeys/begin',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  addPasskey: {
    method: 'POST',
    path: '/api/account/passkeys',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  removePasskey: {
    method: 'DELETE',
    path: '/api/account/passkeys/{credentialId}',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  readAccount: { method: 'GET', path: '/api/account', query: [], headers: {} },
  changePassword: {
    method: 'PUT',
    path: '/api/account/password',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  prove: {
    method: 'POST',
    path: '/api/account/prove',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  endMySessions: {
    method: 'DELETE',
    path: '/api/account/sessions',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  endMySession: {
    method: 'DELETE',
    path: '/api/account/sessions/{sessionId}',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  listPeople: { method: 'GET', path: '/api/people', query: [], headers: {} },
  addPerson: {
    method: 'POST',
    path: '/api/people',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  grantPerson: {
    method: 'PUT',
    path: '/api/people/{personId}/grant',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  renamePerson: {
    method: 'PUT',
    path: '/api/people/{personId}/name',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  disablePerson: {
    method: 'POST',
    path: '/api/people/{personId}/disable',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  enablePerson: {
    method: 'POST',
    path: '/api/people/{personId}/enable',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  endSessionsOfPerson: {
    method: 'DELETE',
    path: '/api/people/{personId}/sessions',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  removeDevicesOfPerson: {
    method: 'DELETE',
    path: '/api/people/{personId}/devices',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  makeLinkOfPerson: {
    method: 'POST',
    path: '/api/people/{personId}/link',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  listKeys: { method: 'GET', path: '/api/keys', query: [], headers: {} },
  makeKey: {
    method: 'POST',
    path: '/api/keys',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  revokeKey: {
    method: 'POST',
    path: '/api/keys/{keyId}/revoke',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  registerEncounter: {
    method: 'POST',
    path: '/api/patients/register',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  listWatchedEncounters: {
    method: 'GET',
    path: '/api/patients',
    query: ['cursor', 'limit'],
    headers: {},
  },
  listPatientEncounters: {
    method: 'GET',
    path: '/api/patients/{patientId}',
    query: [],
    headers: {},
  },
  stopWatchingPatient: {
    method: 'DELETE',
    path: '/api/patients/{patientId}',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  listEncounters: {
    method: 'GET',
    path: '/api/encounters',
    query: ['cursor', 'limit', 'processing', 'patientId'],
    headers: {},
  },
  getEncounter: {
    method: 'GET',
    path: '/api/encounters/{encounterId}',
    query: ['practiceId'],
    headers: {},
  },
  unwatchEncounter: {
    method: 'DELETE',
    path: '/api/encounters/{encounterId}/watch',
    query: ['practiceId'],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  reprocessEncounter: {
    method: 'POST',
    path: '/api/encounters/{encounterId}/reprocess',
    query: ['practiceId'],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  listWorkItems: {
    method: 'GET',
    path: '/api/work-items',
    query: ['cursor', 'limit', 'review', 'encounterId'],
    headers: {},
  },
  getWorkItem: { method: 'GET', path: '/api/work-items/{workItemId}', query: [], headers: {} },
  getWorkItemSource: {
    method: 'GET',
    path: '/api/work-items/{workItemId}/source',
    query: [],
    headers: {},
  },
  getWorkItemHistory: {
    method: 'GET',
    path: '/api/work-items/{workItemId}/history',
    query: [],
    headers: {},
  },
  resolveWriteBack: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/write-back/resolve',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  getWorkItemForm: {
    method: 'GET',
    path: '/api/work-items/{workItemId}/form.pdf',
    query: ['v'],
    headers: {},
  },
  changeAnswer: {
    method: 'PUT',
    path: '/api/work-items/{workItemId}/answers/{criterionId}',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  restoreAnswer: {
    method: 'DELETE',
    path: '/api/work-items/{workItemId}/answers/{criterionId}',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
  },
  changeWorkItemForm: {
    method: 'PUT',
    path: '/api/work-items/{workItemId}/form',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  approveWorkItem: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/approve',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  closeWorkItem: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/close',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  reopenWorkItem: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/reopen',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
  },
  handOverWorkItem: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/hand-over',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  recordPayerStep: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/payer-steps',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  addNote: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/notes',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  markMentionsRead: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/mentions/read',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  askForInformation: {
    method: 'PUT',
    path: '/api/work-items/{workItemId}/information-request',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  endInformationRequest: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/information-request/result',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  addAttachment: {
    method: 'POST',
    path: '/api/work-items/{workItemId}/attachments',
    query: [],
    headers: { fileName: 'x-file-name', ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/octet-stream',
  },
  getAttachment: {
    method: 'GET',
    path: '/api/work-items/{workItemId}/attachments/{attachmentId}',
    query: [],
    headers: {},
  },
  removeAttachment: {
    method: 'DELETE',
    path: '/api/work-items/{workItemId}/attachments/{attachmentId}',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
  },
  getDocument: {
    method: 'GET',
    path: '/api/work-items/{workItemId}/document.pdf',
    query: ['v', 'for'],
    headers: {},
  },
  getFaxContact: {
    method: 'GET',
    path: '/api/work-items/{workItemId}/fax-cover',
    query: [],
    headers: {},
  },
  changeFaxContact: {
    method: 'PUT',
    path: '/api/work-items/{workItemId}/fax-cover',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  getFax: {
    method: 'GET',
    path: '/api/work-items/{workItemId}/fax.pdf',
    query: ['v', 'for'],
    headers: {},
  },
  recordPrint: {
    method: 'POST',
    path: '/api/prints',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  getSignature: { method: 'GET', path: '/api/signature', query: [], headers: {} },
  storeSignature: {
    method: 'PUT',
    path: '/api/signature',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/octet-stream',
  },
  deleteSignature: {
    method: 'DELETE',
    path: '/api/signature',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  getSignatureImage: { method: 'GET', path: '/api/signature/image', query: ['at'], headers: {} },
  listWorkQueue: {
    method: 'GET',
    path: '/api/work-queue',
    query: ['view', 'q', 'payer', 'provider', 'owner', 'sort', 'direction', 'cursor', 'limit'],
    headers: {},
  },
  summarizeWorkQueue: { method: 'GET', path: '/api/work-queue/summary', query: [], headers: {} },
  exportWorkQueue: {
    method: 'GET',
    path: '/api/work-queue.csv',
    query: ['view', 'q', 'payer', 'provider', 'owner', 'sort', 'direction'],
    headers: {},
  },
  assignWorkItems: {
    method: 'POST',
    path: '/api/work-queue/assign',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  recordSent: {
    method: 'POST',
    path: '/api/work-queue/sent',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  undoSent: {
    method: 'POST',
    path: '/api/work-queue/sent/undo',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  listSavedViews: { method: 'GET', path: '/api/work-queue/views', query: [], headers: {} },
  addSavedView: {
    method: 'POST',
    path: '/api/work-queue/views',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  changeSavedView: {
    method: 'PUT',
    path: '/api/work-queue/views/{viewId}',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  deleteSavedView: {
    method: 'DELETE',
    path: '/api/work-queue/views/{viewId}',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  listPayerForms: { method: 'GET', path: '/api/forms', query: [], headers: {} },
  uploadPayerForm: {
    method: 'POST',
    path: '/api/forms',
    query: ['practiceId'],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/pdf',
  },
  listFormRoles: { method: 'GET', path: '/api/forms/roles', query: [], headers: {} },
  getPayerForm: { method: 'GET', path: '/api/forms/{formId}', query: [], headers: {} },
  changePayerForm: {
    method: 'PUT',
    path: '/api/forms/{formId}',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  deleteFormDraft: {
    method: 'DELETE',
    path: '/api/forms/{formId}',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
  },
  getBlankForm: { method: 'GET', path: '/api/forms/{formId}/blank.pdf', query: [], headers: {} },
  testPayerForm: {
    method: 'POST',
    path: '/api/forms/{formId}/test-fill',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  activatePayerForm: {
    method: 'POST',
    path: '/api/forms/{formId}/activate',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
  },
  retirePayerForm: {
    method: 'POST',
    path: '/api/forms/{formId}/retire',
    query: [],
    headers: { ifMatch: 'if-match', idempotencyKey: 'idempotency-key' },
  },
  getLiveness: { method: 'GET', path: '/health/live', query: [], headers: {} },
  getReadiness: { method: 'GET', path: '/health/ready', query: [], headers: {} },
  getMetrics: { method: 'GET', path: '/metrics', query: [], headers: {} },
  getOrchestrator: { method: 'GET', path: '/api/orchestrator', query: [], headers: {} },
  getOperations: { method: 'GET', path: '/api/operations', query: [], headers: {} },
  listPolledEncounters: {
    method: 'GET',
    path: '/api/operations/watched',
    query: ['cursor', 'limit', 'failing'],
    headers: {},
  },
  getEncounterTimeline: {
    method: 'GET',
    path: '/api/operations/encounters/{encounterId}',
    query: ['practiceId'],
    headers: {},
  },
  getConfiguration: {
    method: 'GET',
    path: '/api/operations/configuration',
    query: [],
    headers: {},
  },
  testDependency: {
    method: 'POST',
    path: '/api/operations/dependencies/{name}/test',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  drainNode: {
    method: 'POST',
    path: '/api/operations/drain',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  drainNamedNode: {
    method: 'POST',
    path: '/api/operations/nodes/{nodeId}/drain',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  takeUpWork: {
    method: 'POST',
    path: '/api/operations/take-up',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  takeUpWorkOfNode: {
    method: 'POST',
    path: '/api/operations/nodes/{nodeId}/take-up',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  resizeWorkersOfNode: {
    method: 'POST',
    path: '/api/operations/nodes/{nodeId}/workers',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  resizeWorkers: {
    method: 'POST',
    path: '/api/orchestrator/workers',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  pauseOrchestrator: {
    method: 'POST',
    path: '/api/orchestrator/pause',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  resumeOrchestrator: {
    method: 'POST',
    path: '/api/orchestrator/resume',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  getEhr: { method: 'GET', path: '/api/ehr', query: [], headers: {} },
  listDeadLetters: {
    method: 'GET',
    path: '/api/dead-letters',
    query: ['cursor', 'limit', 'code'],
    headers: {},
  },
  redriveDeadLetters: {
    method: 'POST',
    path: '/api/dead-letters/redrive',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  redriveAllOfCode: {
    method: 'POST',
    path: '/api/dead-letters/redrives',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  stopRedrive: {
    method: 'POST',
    path: '/api/dead-letters/redrives/{redriveId}/stop',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  dismissDeadLetter: {
    method: 'POST',
    path: '/api/dead-letters/{deadLetterId}/dismiss',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  redriveDeadLetter: {
    method: 'POST',
    path: '/api/dead-letters/{deadLetterId}/redrive',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  getPublicKeys: { method: 'GET', path: '/.well-known/jwks.json', query: [], headers: {} },
  listAuditEntries: {
    method: 'GET',
    path: '/api/audit',
    query: [
      'patient',
      'encounter',
      'workItem',
      'person',
      'action',
      'outcome',
      'from',
      'to',
      'cursor',
      'limit',
    ],
    headers: {},
  },
  exportAuditCsv: {
    method: 'GET',
    path: '/api/audit.csv',
    query: ['patient', 'encounter', 'workItem', 'person', 'action', 'outcome', 'from', 'to'],
    headers: {},
  },
  exportAuditEvents: {
    method: 'GET',
    path: '/api/audit.ndjson',
    query: ['patient', 'encounter', 'workItem', 'person', 'action', 'outcome', 'from', 'to'],
    headers: {},
  },
  listWebhooks: { method: 'GET', path: '/api/webhooks', query: ['cursor', 'limit'], headers: {} },
  createWebhook: {
    method: 'POST',
    path: '/api/webhooks',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  getWebhook: { method: 'GET', path: '/api/webhooks/{webhookId}', query: [], headers: {} },
  changeWebhook: {
    method: 'PATCH',
    path: '/api/webhooks/{webhookId}',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
    contentType: 'application/json',
  },
  deleteWebhook: {
    method: 'DELETE',
    path: '/api/webhooks/{webhookId}',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  rotateWebhookSecret: {
    method: 'POST',
    path: '/api/webhooks/{webhookId}/rotate-secret',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  disableWebhook: {
    method: 'POST',
    path: '/api/webhooks/{webhookId}/disable',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  enableWebhook: {
    method: 'POST',
    path: '/api/webhooks/{webhookId}/enable',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  testWebhook: {
    method: 'POST',
    path: '/api/webhooks/{webhookId}/test',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
  listWebhookDeliveries: {
    method: 'GET',
    path: '/api/webhooks/{webhookId}/deliveries',
    query: ['cursor', 'limit', 'state'],
    headers: {},
  },
  redeliverWebhook: {
    method: 'POST',
    path: '/api/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver',
    query: [],
    headers: { idempotencyKey: 'idempotency-key' },
  },
} as const
