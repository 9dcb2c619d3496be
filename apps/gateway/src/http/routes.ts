import type { EhrCalls } from '../fhir/ehr-calls.ts'
import type {
  AuditEntryView,
  DependencyView,
  EncounterRef,
  EncounterTimeline,
  FormRoleView,
  OperationsView,
} from '@authscript/prior-auth'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Clock } from '../clock.ts'
import type { EventReader, StreamOptions } from '../events/event-stream.ts'
import type { EhrReport } from '../fhir/abilities/ehr-report.ts'
import type { FormEditor } from '../forms/stored/form-editor.ts'
import type { PublicKeyJwk } from '../fhir/token/signing-keys.ts'
import type { Launches } from '../launch/launches.ts'
import type { Log } from '../log.ts'
import type { AttachmentLimits } from '../review/attachments/attachment-limits.ts'
import type { People } from '../people/change-people.ts'
import type { MadeKeys } from '../people/made-keys.ts'
import type { Oidc } from '../people/oidc.ts'
import type { Passkeys } from '../people/passkeys.ts'
import type { RecordSecurityEvent } from '../people/security-events.ts'
import type { SignIn } from '../people/sign-in.ts'
import type { ReviewActions } from '../review/review-actions.ts'
import type { Assignment, AssignmentOutcome } from '../review/assign-work-items.ts'
import type { Resolution, ResolutionOutcome } from '../review/resolve-write-back.ts'
import type { EffectiveKey } from '../config/effective-keys.ts'
import type { DependencyName } from '../operations/dependency-tests.ts'
import type { ErrorCatalogue } from '../operations/error-catalogue.ts'
import type { ReadOverview } from '../operations/overview.ts'
import type { DeadLetterRow } from '../store/dead-letters.ts'
import type { EncounterRow } from '../store/encounters.ts'
import type { Scope } from '../store/scope.ts'
import type { Store } from '../store/store.ts'
import type { UploadPlaces } from './upload-places.ts'
import type { WebhookRow } from '../store/webhooks.ts'
import type { PostOutcome } from '../webhooks/post-webhook.ts'
import type { RequestAudit } from './audit/request-audit.ts'
import type { Auth } from './auth.ts'

/** Fastify with our schemas: requests are parsed by them, answers are checked against them. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** The parts of the orchestrator that operators see and control. */
export interface OrchestratorControl {
  readonly stats: {
    readonly workerCount: number
    readonly busyWorkers: number
    readonly queuedCount: number
    readonly waitingCount: number
    readonly maxBacklog: number
    readonly paused: boolean
    readonly subscriberCount: number
    readonly oldestQueuedAgeMs: number
  }
  readonly scaling:
    | {
        readonly wantedWorkers: number
        readonly reason: string
        readonly arrivalsPerSecond: number
        readonly serviceMs: number
        readonly utilisation: number
      }
    | undefined
}

export interface StreamLimits {
  readonly heartbeatMs: number
  /** Open at once on this node. */
  readonly maxStreams: number
  /** Unsent, for one reader. */
  readonly maxBufferBytes: number
}

/** What the routes need of the module that sends webhooks. */
export interface WebhookControl {
  /** How long messages are also signed with the previous secret. */
  readonly secretOverlapMs: number
  newSecret(): string
  /** As it is stored: encrypted, if a key is configured. */
  seal(secret: string, practiceId: string): string
  /** Sends a message now that only says that it is a test. */
  test(webhook: WebhookRow): Promise<PostOutcome>
  /** Why this address cannot be an endpoint; undefined when it can. */
  faultOf(url: string): Promise<string | undefined>
  /** There may be something to send. */
  wake(): void
}

/** What the operations page needs. */
export interface OperationsAccess {
  /** From the database: the same on every node. */
  readonly read: ReadOverview
  /** Of the node that answers. */
  here(): Pick<OperationsView, 'nodeId' | 'dependencies'>
  /** Any node of the last day, by its id or its name. */
  findNode(
    name: string,
  ): Promise<
    { readonly nodeId: string; readonly name: string; readonly isGone: boolean } | undefined
  >
  /** Does what was asked of this node and writes its row now, so that a control is seen at once. */
  beat(): Promise<void>
  timeline(row: EncounterRow): Promise<EncounterTimeline>
  /** Undefined when there is no such dependency. */
  test(name: DependencyName): Promise<DependencyView | undefined>
  configuration(): readonly EffectiveKey[]
}

/** What the routes need of the other modules. */
export interface RouteDependencies {
  readonly store: Store
  readonly auth: Auth
  readonly audit: RequestAudit
  readonly uploadPlaces: UploadPlaces
  /** Undefined if no EHR may open the gateway. */
  readonly launches: Pick<Launches, 'check' | 'begin' | 'finish' | 'frameOf'> | undefined
  readonly signIn: SignIn
  readonly people: People
  readonly oidc: Oidc
  readonly passkeys: Passkeys
  readonly madeKeys: MadeKeys
  readonly record: RecordSecurityEvent
  /** Where browsers reach the gateway, without a slash at the end; undefined: the address in their requests. */
  readonly publicUrl: string | undefined
  readonly orchestrator: OrchestratorControl
  /** Sends a reader what it may see until its signal aborts. */
  stream(reader: EventReader, options: Omit<StreamOptions, 'heartbeatMs'>): Promise<void>
  readonly streamLimits: StreamLimits
  /** Processes an encounter again, or at once if a durable retry is scheduled; false if it is queued or running. `by`: who asked for it. */
  reprocess(ref: EncounterRef, by: string): Promise<boolean>
  /** Processes a dead letter again; false if someone else has already done so. */
  redrive(letter: DeadLetterRow): Promise<boolean>
  readonly review: ReviewActions
  readonly attachmentLimits: AttachmentLimits
  readonly formEditor: FormEditor
  /** What a box of a form can be for. */
  readonly roleViews: readonly FormRoleView[]
  assign(scope: Scope, assignment: Assignment): Promise<AssignmentOutcome>
  resolveWriteBack(scope: Scope, resolution: Resolution): Promise<ResolutionOutcome>
  /** Notifies the poller of a new registration. */
  wakePoller(): void
  /** The keys with which the EHR verifies our assertions; empty when we use a secret. */
  readonly publicKeys: readonly PublicKeyJwk[]
  /** Why the gateway is not ready; empty when it is. */
  readiness(): Promise<readonly string[]>
  /** What is wrong with the database, and what to do; undefined when it works. */
  databaseFault(): Promise<string | undefined>
  /** Whether the EHR is being called, and why not. */
  ehrCalls(): EhrCalls
  /** Payers' forms that cannot be used. */
  refusedForms(): readonly { readonly name: string; readonly key: string; readonly file: string }[]
  readonly webhooks: WebhookControl
  metrics(): Promise<string>
  readonly operations: OperationsAccess
  readonly errorCatalogue: ErrorCatalogue
  ehr(): EhrReport['current']
  /** A row of the audit trail as FHIR says it. */
  toAuditEvent(entry: AuditEntryView): object
  readonly secureCookies: boolean
  readonly clock: Clock
  readonly log: Log
}
