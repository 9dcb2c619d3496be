import { randomUUID } from 'node:crypto'
import type { TaskOrchestrator } from '@authscript/orchestrator'
import { type EncounterRef, type GatewayEvent, toLogFields } from '@authscript/prior-auth'
import { type SteadyClock, systemClock } from './clock.ts'
import { type GatewayConfig, keyName } from './config.ts'
import { EventLog } from './events/event-log.ts'
import type { Auth } from './http/auth.ts'
import { requireListenable } from './http/listening.ts'
import { RedriveAll } from './operations/redrive-all.ts'
import { nodeChannel } from './store/nodes.ts'
import { createRedrive } from './wiring/redrive.ts'
import { admitEncounter } from './intake/admit-encounter.ts'
import { EncounterPoller } from './intake/encounter-poller.ts'
import { RegistrationConflictError } from './intake/intake-errors.ts'
import { reopenEncounter } from './intake/reopen-encounter.ts'
import { jobChannel } from './jobs/durable-queue.ts'
import type { Log } from './log.ts'
import { type OpenParts, openParts } from './open-parts.ts'
import { CallTallies } from './operations/call-tally.ts'
import { readErrorCatalogue } from './operations/error-catalogue.ts'
import { createMetrics } from './operations/metrics.ts'
import { type StartCheck, startChecksOf } from './operations/start-checks.ts'
import { StepRecorder } from './operations/step-recorder.ts'
import { sweepHourly } from './operations/sweep.ts'
import type { People } from './people/change-people.ts'
import type { DatabaseConnection } from './store/database.ts'
import { eventChannel } from './store/events.ts'
import type { Store } from './store/store.ts'
import { connectBackends, prepareBackends, type ThreadedParts } from './wiring/backends.ts'
import { createHttpApi } from './wiring/http-api.ts'
import { createLaunches, prepareLaunch, withKeysOf } from './wiring/launch.ts'
import { createSingleSignOn, prepareSingleSignOn } from './wiring/single-sign-on.ts'
import { createOperations } from './wiring/operations.ts'
import { createProcessing } from './wiring/processing.ts'
import { createWebhooks } from './wiring/webhooks.ts'
import { openStorage } from './wiring/storage.ts'

export interface GatewayOptions {
  readonly config: GatewayConfig
  readonly log: Log
  readonly clock?: SteadyClock
  /** The built dashboard, when it is to be served. */
  readonly dashboardDirectory?: string
  /** Instead of the configured database: tests bring their own. */
  readonly connection?: DatabaseConnection
  /** Instead of threads of its own: tests start many gateways in one process. The gateway does not stop them. */
  readonly threaded?: ThreadedParts
  /** Ends a start that is under way: what it has opened is closed, and it rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export interface StopReport {
  readonly drained: number
  readonly unfinished: number
  /** Leases that another worker may take at once. */
  readonly released: number
}

/** A running gateway. */
export interface Gateway extends AsyncDisposable {
  readonly address: string
  readonly store: Store
  readonly auth: Auth
  readonly people: People
  readonly orchestrator: TaskOrchestrator<GatewayEvent>
  register(ref: EncounterRef): Promise<void>
  /** Jobs that wait or are worked on, encounters that wait for their signature. */
  pending(): Promise<{ readonly jobs: number; readonly open: number }>
  /** What keeps the gateway from being ready, as `/health/ready` says it; empty when it is. */
  readiness(): Promise<readonly string[]>
  /** Resolves when each dependency has answered or failed a first request, or after ten seconds: what is well and what is not. */
  readonly startChecks: Promise<readonly StartCheck[]>
  /**
   * Closes what the start opened, in mirror order. A second call returns the first one's promise.
   *
   * @throws the error of a part that could not be stopped, after all others were
   */
  stop(): Promise<StopReport>
  /** Resolves if the embedded database has ended and cannot be started again: the gateway has to stop. */
  readonly databaseLost: Promise<void>
}

const seconds = 1000
const eventPollMs = 2000
const ehrCheckMs = 10 * seconds

/**
 * Starts everything, in the order in which each part needs the previous one. This file and `wiring/` know every module and contain no
 * rules. If a part cannot be started, those that were are closed again.
 */
export function startGateway(options: GatewayOptions): Promise<Gateway> {
  return openParts(options.log, (parts) => openGateway(parts, options), options.signal)
}

/**
 * Each part is added when it is there, so the stop reads from the bottom to the top: readiness, poller, no new leases, drain, leases
 * released, then event log, streams and HTTP, and at last the backends and the storage that all of these use.
 */
async function openGateway(parts: OpenParts, options: GatewayOptions): Promise<Gateway> {
  const { config, log, clock = systemClock } = options
  const metrics = createMetrics()
  const { connection, dashboardDirectory, threaded, signal } = options
  const prepared = await prepareBackends({ config, clock, log })
  const preparedLaunch = prepareLaunch(config, prepared.settings)
  const transport = prepareSingleSignOn(config)
  await requireListenable({ host: config.Http.Host, port: config.Http.Port }, (key) =>
    keyName(config, key),
  )
  const storage = await openStorage(parts, { config, connection, clock, log, signal })
  const { store, queue, notifications } = storage
  const nodeId = randomUUID()
  const tallies = new CallTallies()
  const steps = new StepRecorder({
    nodeId,
    tallies,
    add: (times) => store.encounterSteps.add(times),
    clock,
    log,
  })
  steps.start()
  parts.add('times of steps', () => steps.stop())
  const backends = await connectBackends(parts, {
    config,
    prepared,
    threaded,
    store,
    notifications,
    metrics,
    tallies,
    clock,
    log,
  })
  const { orchestrator, leases, isolation } = createProcessing({
    config,
    storage,
    backends,
    metrics,
    time: steps.time,
    clock,
    log,
  })

  parts.add('orchestrator', () => orchestrator.stop({ timeoutMs: 0 }))

  const webhooks = createWebhooks({ config, store, clock, log })

  let isStopping = false
  const admit = (ref: EncounterRef, again: boolean, source = 'EncounterPoller') =>
    admitEncounter(ref, { again, source }, { store, queue })
  const redrive = createRedrive({ store, queue })
  const redriveAll = new RedriveAll({ store, redrive, clock, log })
  parts.add('redrives', () => redriveAll.stop())
  parts.add(
    'notifications of redrives',
    notifications.subscribe(nodeChannel, () => redriveAll.wake()),
  )
  const { Ehr: ehr } = config
  const poller = new EncounterPoller({
    registrations: store.registrations,
    ehr: backends.ehr,
    budget: backends.pollBudget,
    admit,
    reopen: (ref) => reopenEncounter(ref, { store, clock }),
    intervals: {
      openMs: ehr.PollingIntervalSeconds * seconds,
      signedMs: ehr.ReopenPollingIntervalSeconds * seconds,
      reopenWatchMs: ehr.ReopenWatchHours * 3600 * seconds,
      maxBackoffMs: 60 * seconds,
      maxRefusedBackoffMs: 900 * seconds,
      maxRefusedMs: ehr.UnknownEncounterHours * 3600 * seconds,
      maxOpenMs: ehr.MaxOpenDays * 24 * 3600 * seconds,
    },
    maxConcurrentPolls: ehr.MaxConcurrentPolls,
    clock,
    log,
  })
  const catalogue = readErrorCatalogue()
  const operations = createOperations(parts, {
    nodeId,
    config,
    storage,
    backends,
    orchestrator,
    leases,
    poller,
    catalogue,
    isStopping: () => isStopping,
    clock,
    log,
  })
  const { auth, people, http, readiness } = await createHttpApi({
    config,
    dashboardDirectory,
    storage,
    ehrCalls: () => backends.ehrCalls(),
    ehrFault: () => backends.ehrFault(),
    refusedForms: backends.refusedForms,
    orchestrator,
    documents: backends.ehr.documents,
    forms: backends.forms,
    formEditor: backends.formEditor,
    draftContent: backends.draftContent,
    webhooks: webhooks.control,
    metrics,
    ehrReport: backends.ehrReport,
    clock,
    log,
    publicKeys: withKeysOf(preparedLaunch, backends.publicKeys),
    createLaunches: (record) =>
      createLaunches(parts, {
        config,
        prepared: preparedLaunch,
        settings: prepared.settings,
        store,
        record,
        clock,
      }),
    createSingleSignOn: (persons, record) =>
      createSingleSignOn(parts, { config, transport, store, people: persons, record, clock, log }),
    frameHosts: preparedLaunch.frameHosts,
    redrive,
    admitAgain: async (ref) => (await admit(ref, true, 'Operator')) === 'admitted_again',
    wakePoller: () => poller.wake(),
    isStopping: () => isStopping,
    operations: operations.access,
    errorCatalogue: catalogue,
    writeFailure: () => operations.heartbeat.failure,
    drainState() {
      const { state } = operations.work
      return state === 'draining' || state === 'drained' ? state : undefined
    },
  })
  parts.add('http', () => http.stop())
  parts.add('event streams', () => orchestrator.endStreams())

  const eventLog = new EventLog({
    rows: store.events,
    publish(event) {
      const { correlationId, sequence, eventType } = event
      log.info({ correlationId, sequence, ...toLogFields(event) }, eventType)
      orchestrator.publishEvent(event)
    },
    pollIntervalMs: eventPollMs,
    clock,
    log,
  })
  parts.add('event log', () => eventLog.stop())
  await eventLog.start()
  parts.add(
    'notifications of events',
    notifications.subscribe(eventChannel, () => {
      eventLog.wake()
      webhooks.sender.wake()
    }),
  )
  parts.add(
    'notifications of jobs',
    notifications.subscribe(jobChannel, () => leases.wake()),
  )

  await webhooks.sealSecrets()
  parts.add('webhooks', () => webhooks.sender.stop())
  webhooks.sender.start()

  const sweeping = new AbortController()
  const sweep = sweepHourly(
    {
      store,
      retention: { days: config.Events.RetentionDays, count: config.Events.RetentionCount },
      chartRetention: { days: config.Database.ChartRetentionDays },
      auditRetention: { days: config.Database.AuditRetentionDays },
      webhookRetention: { days: config.Webhooks.RetentionDays },
      ensureJobs: () => queue.ensureJobs(),
      clock,
      log,
    },
    sweeping.signal,
  )
  parts.add('sweep', () => {
    sweeping.abort()
    return sweep
  })

  const report = { drained: 0, unfinished: 0, released: 0 }
  parts.add('isolated process', () => isolation.stop())
  parts.add('leases', async () => {
    report.released = await leases.release()
  })
  parts.add('drain', async () => {
    const { drained, unfinished } = await orchestrator.stop({
      timeoutMs: config.TaskOrchestrator.DrainTimeoutSeconds * seconds,
      keepStreams: true,
    })
    for (const { name, correlationId } of unfinished)
      log.warn(
        { correlationId, reason: name },
        'not finished within the drain; its lease is released',
      )
    report.drained = drained
    report.unfinished = unfinished.length
  })
  const address = await http.start()
  await operations.heartbeat.start()
  parts.add('lease loop', () => leases.stop())
  leases.start()
  redriveAll.start()

  parts.add('poller', () => poller.stop())
  poller.start()
  parts.add('readiness', () => {
    isStopping = true
  })

  const checking = new AbortController()
  const dependenciesChecked = Promise.race([
    Promise.all([backends.ehrReport.firstTry, operations.testServices()]),
    clock.sleep(ehrCheckMs, checking.signal).catch(() => undefined),
  ]).finally(() => checking.abort())
  parts.add('EHR check', () => checking.abort())

  let stopped: Promise<StopReport> | undefined
  const stop = () => (stopped ??= parts.close().then(() => report))
  return {
    address,
    store,
    auth,
    people,
    orchestrator,
    readiness,
    startChecks: dependenciesChecked.then(() => startChecksOf(operations.report(), catalogue)),
    databaseLost: new Promise((resolve) => {
      void storage.lost?.then(() => {
        if (!isStopping) resolve()
      })
    }),
    async register(ref) {
      if ((await store.registrations.register(ref)) === undefined)
        throw new RegistrationConflictError(ref.encounterId)
      poller.wake()
    },
    async pending() {
      return { jobs: await queue.countOpen(), open: await store.registrations.countOpen() }
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}
