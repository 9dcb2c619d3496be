import type { TaskOrchestrator } from '@authscript/orchestrator'
import type { EncounterRef, GatewayEvent } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { EhrCalls, EhrFault } from '../fhir/ehr-calls.ts'
import { type GatewayConfig, keyName } from '../config.ts'
import { type EventSources, streamEvents } from '../events/event-stream.ts'
import { toAuditEvent } from '../fhir/audit-event.ts'
import type { EhrReport } from '../fhir/abilities/ehr-report.ts'
import type { PublicKeyJwk } from '../fhir/token/signing-keys.ts'
import type { DocumentWriter } from '../fhir/documents/document-writer.ts'
import type { FormFiller } from '../forms/form-filler.ts'
import type { RefusedForm } from '../forms/map/form-template.ts'
import type { FormEditor } from '../forms/stored/form-editor.ts'
import { roleViews } from '../forms/stored/role-views.ts'
import { Auth } from '../http/auth.ts'
import type { OperationsAccess, WebhookControl } from '../http/routes.ts'
import type { ErrorCatalogue } from '../operations/error-catalogue.ts'
import { createHttpServer, type HttpServer } from '../http/server.ts'
import { runNow } from '../intake/run-now.ts'
import type { Launches } from '../launch/launches.ts'
import { explainFailure } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../operations/metrics.ts'
import { People } from '../people/change-people.ts'
import { LabelTakenError, labelKey } from '../people/names.ts'
import { MadeKeys } from '../people/made-keys.ts'
import type { Oidc } from '../people/oidc.ts'
import { Passkeys } from '../people/passkeys.ts'
import { Passwords } from '../people/password-hash.ts'
import { auditSecurityEvents } from '../people/audit-security-events.ts'
import { logSecurityEvents, type RecordSecurityEvent } from '../people/security-events.ts'
import { SignIn } from '../people/sign-in.ts'
import { assignWorkItems } from '../review/assign-work-items.ts'
import { resolveWriteBack } from '../review/resolve-write-back.ts'
import { recordReprocessing } from '../review/actions/record-reprocessing.ts'
import { createReviewActions } from '../review/review-actions.ts'
import type { Store } from '../store/store.ts'
import type { Backends } from './backends.ts'
import type { Redrive } from './redrive.ts'
import { createPracticeTime } from './practice-time.ts'
import type { Storage } from './storage.ts'

const seconds = 1000

interface HttpApiDependencies {
  readonly config: GatewayConfig
  readonly dashboardDirectory: string | undefined
  readonly storage: Storage
  readonly orchestrator: TaskOrchestrator<GatewayEvent>
  readonly documents: DocumentWriter
  readonly forms: FormFiller
  readonly formEditor: FormEditor
  readonly draftContent: Backends['draftContent']
  readonly webhooks: WebhookControl
  readonly metrics: Metrics
  readonly ehrReport: EhrReport
  readonly clock: Clock
  readonly log: Log
  readonly publicKeys: readonly PublicKeyJwk[]
  createLaunches(record: RecordSecurityEvent): Launches | undefined
  createSingleSignOn(people: People, record: RecordSecurityEvent): Oidc
  readonly frameHosts: readonly string[]
  /** Starts another run of an encounter; false when one is under way. */
  admitAgain(ref: EncounterRef): Promise<boolean>
  readonly redrive: Redrive
  wakePoller(): void
  isStopping(): boolean
  ehrCalls(): EhrCalls
  readonly refusedForms: readonly RefusedForm[]
  ehrFault(): EhrFault | undefined
  readonly operations: OperationsAccess
  readonly errorCatalogue: ErrorCatalogue
  /** Whether an operator has drained this node. */
  drainState(): 'draining' | 'drained' | undefined
  /** Why this node's reports cannot be written; undefined when they are. */
  writeFailure(): { readonly reason: string } | undefined
}

export interface HttpApi {
  readonly auth: Auth
  readonly people: People
  readonly http: HttpServer
  /** What keeps the gateway from being ready; empty when it is. */
  readiness(): Promise<readonly string[]>
}

/** What people and programs see: the routes, the event stream, the metrics. */
export async function createHttpApi(dependencies: HttpApiDependencies): Promise<HttpApi> {
  const { config, storage, orchestrator, metrics, clock, log, admitAgain } = dependencies
  const { store, queue } = storage
  const { Auth: settings } = config
  const logged = logSecurityEvents(log)
  const record: RecordSecurityEvent = async (event, transaction) => {
    await logged(event, transaction)
    await auditSecurityEvents(event, transaction)
  }
  const secureCookies = config.Http.PublicUrl?.startsWith('https:') === true
  const passwords = new Passwords()
  const labelsOfKeys = settings.Credentials.map(({ Label }) => Label)
  const auth = new Auth({
    store,
    credentials: config.Auth.Credentials.map(({ Label, KeySha256, Roles, Practices }) => ({
      label: Label,
      keySha256: KeySha256,
      roles: Roles,
      practiceIds: Practices,
    })),
    sessionMs: settings.SessionHours * 3600 * seconds,
    approvalBy: settings.ApprovalBy,
    proofMinutes: settings.ApprovalProofMinutes,
    idleMs: settings.IdleMinutes * 60 * seconds,
    record,
    secureCookies,
    clock,
  })
  const people = new People({
    store,
    passwords,
    labelsOfKeys,
    record,
    clock,
  })
  await refuseLabelsOfPeople(config, store)
  const eventSources: EventSources = {
    subscribe: (subscription) => orchestrator.getEventStream(subscription),
    after: (sequence, limit, practiceIds) => store.events.after(sequence, limit, practiceIds),
    bounds: () => store.events.bounds(),
  }
  const whyUnreadable = () =>
    store.events.bounds().then(
      () => undefined,
      (error: unknown) => explainFailure(error).reason,
    )
  const databaseFault = async () => (await whyUnreadable()) ?? dependencies.writeFailure()?.reason
  async function readiness(): Promise<readonly string[]> {
    if (dependencies.isStopping()) return ['stopping']
    const hasDatabase = (await whyUnreadable()) === undefined
    const fault = dependencies.ehrFault()
    const drained = dependencies.drainState()
    return [
      ...(drained === undefined ? [] : [drained]),
      ...(hasDatabase ? [] : ['database']),
      ...(hasDatabase && dependencies.writeFailure() !== undefined ? ['database_writes'] : []),
      ...(fault === undefined ? [] : [fault]),
    ]
  }
  const attachmentLimits = {
    maxFileBytes: config.Attachments.MaxFileBytes,
    maxFiles: config.Attachments.MaxFiles,
    maxTotalBytes: config.Attachments.MaxTotalBytes,
  }
  const http = await createHttpServer(
    {
      host: config.Http.Host,
      port: config.Http.Port,
      maxBodyBytes: config.Http.MaxBodyBytes,
      requestsPerMinute: config.Http.RequestsPerMinute,
      idempotencyKeepMs: config.Http.IdempotencyHours * 3600 * seconds,
      trustedProxies: config.Http.TrustedProxies,
      frameHosts: dependencies.frameHosts,
      dashboardDirectory: dependencies.dashboardDirectory,
      keyName: (key) => keyName(config, key),
    },
    {
      store,
      auth,
      launches: dependencies.createLaunches(record),
      signIn: new SignIn({ store, passwords, record, clock }),
      people,
      oidc: dependencies.createSingleSignOn(people, record),
      passkeys: new Passkeys({ store, record, clock }),
      madeKeys: new MadeKeys({ store, labelsOfKeys, record, clock }),
      record,
      publicUrl: config.Http.PublicUrl?.replace(/\/+$/, ''),
      orchestrator,
      stream: (reader, stream) =>
        streamEvents(
          reader,
          eventSources,
          { ...stream, heartbeatMs: config.Events.HeartbeatSeconds * seconds },
          clock,
        ),
      streamLimits: {
        heartbeatMs: config.Events.HeartbeatSeconds * seconds,
        maxStreams: config.Events.MaxStreams,
        maxBufferBytes: config.Events.MaxClientBufferBytes,
      },
      resolveWriteBack: (scope, resolution) =>
        resolveWriteBack(scope, resolution, {
          store,
          queue,
          documents: dependencies.documents,
          clock,
        }),
      review: createReviewActions({
        store,
        queue,
        forms: dependencies.forms,
        draftContent: dependencies.draftContent,
        attachmentLimits,
        ...createPracticeTime(config.Practice),
        clock,
      }),
      attachmentLimits,
      formEditor: dependencies.formEditor,
      roleViews,
      assign: (scope, assignment) => assignWorkItems(scope, assignment, { store, clock }),
      async reprocess(ref, by) {
        const isQueued = (await runNow(ref, { store, queue })) || (await admitAgain(ref))
        if (isQueued) await recordReprocessing(ref, by, { store, clock })
        return isQueued
      },
      redrive: dependencies.redrive,
      wakePoller: () => dependencies.wakePoller(),
      publicKeys: dependencies.publicKeys,
      readiness,
      databaseFault,
      ehrCalls: () => dependencies.ehrCalls(),
      refusedForms: () => dependencies.refusedForms,
      webhooks: dependencies.webhooks,
      metrics: () => metrics.render(),
      toAuditEvent,
      operations: dependencies.operations,
      errorCatalogue: dependencies.errorCatalogue,
      ehr: () => dependencies.ehrReport.current,
      secureCookies,
      clock,
      log,
    },
  )
  observe(metrics, orchestrator, storage)
  metrics.observe(
    'gateway_ehr_requests_left_today',
    'Requests to the EHR that all nodes may still send today, GMT',
    async () =>
      Math.max(0, config.Ehr.RequestsPerDay - (await store.workFigures.ehrReservedToday())),
  )
  metrics.observeReason(
    'gateway_ehr_calling',
    'Whether this node calls the EHR: 1 with an empty reason, or 0 with the reason',
    () => {
      const calls = dependencies.ehrCalls()
      return calls.calling ? { value: 1, reason: '' } : { value: 0, reason: calls.reason }
    },
  )
  return { auth, people, http, readiness }
}

/** History names people by their labels, so what is done with a key of the same label would be ascribed to that person. */
async function refuseLabelsOfPeople(
  config: GatewayConfig,
  { labels }: Pick<Store, 'labels'>,
): Promise<void> {
  const keys = config.Auth.Credentials.map(({ Label }) => labelKey(Label))
  const taken = await labels.taken(keys)
  const index = keys.findIndex((key) => taken.some((label) => labelKey(label) === key))
  if (index !== -1) throw new LabelTakenError(keyName(config, `Auth.Credentials.${index}.Label`))
}

function observe(
  metrics: Metrics,
  orchestrator: TaskOrchestrator<GatewayEvent>,
  { store, queue }: Storage,
): void {
  metrics.observe('gateway_jobs_open', 'Jobs that wait or are worked on, on all nodes', () =>
    queue.countOpen(),
  )
  metrics.observe(
    'gateway_dead_letters',
    'Failures after the last retry that wait for an operator',
    () => store.deadLetters.count(),
  )
  metrics.observe(
    'gateway_write_backs_undecided',
    'Approved forms that may be in the chart and wait for a person to say whether they are',
    () => store.writeBacks.countNeedingDecision(),
  )
  metrics.observe(
    'gateway_last_backup_timestamp_seconds',
    'When the last `authscript backup` ended, in seconds since 1970; 0: there was none',
    async () => ((await store.lastBackup.finishedAt())?.getTime() ?? 0) / seconds,
  )
  metrics.observe(
    'gateway_webhooks_disabled',
    "Practices' endpoints that were disabled after too many failures",
    async () => (await store.webhooks.counts()).disabled,
  )
  metrics.observe(
    'gateway_webhook_deliveries_pending',
    'Messages to webhooks that wait, on all nodes',
    async () => (await store.webhooks.counts()).pending,
  )
  metrics.observeStates(
    'gateway_encounters',
    'Encounters that are queued, running or waiting for a durable retry, on all nodes',
    async () => {
      const { queued, running, retrying } = await store.workFigures.current()
      return { queued, running, retrying }
    },
  )
  metrics.observeStates(
    'gateway_write_backs',
    'Approved forms on their way to the chart, or failed, on all nodes',
    async () => {
      const { writeBacksWaiting: waiting, writeBacksFailed: failed } =
        await store.workFigures.current()
      return { waiting, failed }
    },
  )
  metrics.observe('gateway_queue_depth', 'Accepted tasks that wait', () => orchestrator.queuedCount)
  metrics.observe(
    'gateway_workers_busy',
    'Workers that run a task',
    () => orchestrator.stats.busyWorkers,
  )
  metrics.observe(
    'gateway_event_subscribers',
    'Open event streams',
    () => orchestrator.stats.subscriberCount,
  )
  metrics.observe('gateway_workers', 'Workers of this node', () => orchestrator.stats.workerCount)
  metrics.observe(
    'gateway_workers_wanted',
    'Workers that the load of this node needs',
    () => orchestrator.scaling?.wantedWorkers ?? orchestrator.stats.workerCount,
  )
  metrics.observe(
    'gateway_oldest_task_seconds',
    'Age of the first task in the queue of this node, with the time of a pause',
    () => orchestrator.stats.oldestQueuedAgeMs / seconds,
  )
}
