import type { EncounterRef, GatewayEvent } from '@authscript/prior-auth'
import { toFormContent } from '@authscript/intelligence'
import { CircuitBreaker, TaskOrchestrator } from '@authscript/orchestrator'
import { correlationIdOf } from '@authscript/prior-auth'
import { type Clock, systemClock } from './clock.ts'
import type { GatewayConfig } from './config.ts'
import { GatewayError } from './errors.ts'
import { EventLog } from './events/event-log.ts'
import { type EventSources, streamEvents } from './events/event-stream.ts'
import { createEhr, type Ehr } from './fhir/ehr.ts'
import { toEhrSettings } from './fhir/ehr-settings.ts'
import { ChartMemo } from './fhir/chart.ts'
import { createFormFiller } from './forms/form-filler.ts'
import { Auth } from './http/auth.ts'
import { createHttpServer, type HttpServer } from './http/server.ts'
import { admitEncounter } from './intake/admit-encounter.ts'
import { EncounterPoller } from './intake/encounter-poller.ts'
import { reopenEncounter } from './intake/reopen-encounter.ts'
import { createInProcessAnalyzer } from './intelligence/in-process.ts'
import { createHttpAnalyzer } from './intelligence/over-http.ts'
import { createDurableQueue, jobChannel, type Lease } from './jobs/durable-queue.ts'
import { LeaseLoop, type Verdict } from './jobs/lease-loop.ts'
import type { Log } from './log.ts'
import { createMetrics, type Metrics } from './operations/metrics.ts'
import { sweepForever } from './operations/sweep.ts'
import { recordFailure } from './pipeline/conclude-failure.ts'
import { askedDelayMs, giveBackDelayMs, isWorthRetrying } from './pipeline/failure-policy.ts'
import { WorkerCrashedError } from './pipeline/pipeline-errors.ts'
import { processEncounter } from './pipeline/process-encounter.ts'
import { createSteps } from './pipeline/steps.ts'
import { Visit } from './pipeline/visit.ts'
import { connectDatabase, type DatabaseConnection, migrate } from './store/database.ts'
import { startEmbeddedPostgres } from './store/embedded-postgres/embedded-postgres.ts'
import { eventChannel } from './store/events.ts'
import { createNotifications } from './store/notifications.ts'
import { createStore, type Store } from './store/store.ts'

export interface GatewayOptions {
  readonly config: GatewayConfig
  readonly log: Log
  readonly clock?: Clock
  /** The built dashboard, when it is to be served. */
  readonly dashboardDirectory?: string
  /** Instead of the configured database: tests bring their own. */
  readonly connection?: DatabaseConnection
}

export interface StopReport {
  readonly drained: number
  readonly unfinished: number
  readonly givenBack: number
}

/** A running gateway. `stop` mirrors the start: nothing new, then what is under way, then the streams, then the doors. */
export interface Gateway extends AsyncDisposable {
  readonly address: string
  readonly store: Store
  readonly auth: Auth
  readonly orchestrator: TaskOrchestrator<GatewayEvent>
  register(ref: EncounterRef): Promise<void>
  /** Jobs that wait or are worked on, visits that wait for their signature. */
  pending(): Promise<{ readonly jobs: number; readonly open: number }>
  stop(): Promise<StopReport>
  /** Resolves if the embedded database dies under us: there is nothing left to do but to stop. */
  readonly databaseLost: Promise<void>
}

const seconds = 1000
const eventPollMs = 2000
const reconnectMs = 1000
const leaseBatch = 64

/** Starts everything, in the order in which each part needs the one before. This file knows every room, and no rules. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, log, clock = systemClock } = options
  await using starting = new AsyncDisposableStack()
  const metrics = createMetrics()

  const embedded =
    options.connection !== undefined || config.Database.Url !== undefined
      ? undefined
      : await startEmbeddedPostgres({ directory: config.Database.Directory, clock })
  starting.defer(async () => embedded?.stop())
  const connection = options.connection ??
    embedded?.connection ?? { connectionString: config.Database.Url ?? '' }
  const database = await connectDatabase(connection, {
    poolSize: config.Database.PoolSize,
    onError: (error) => log.warn({ error }, 'an idle database connection broke'),
  })
  starting.defer(() => database.close())
  for (const migration of await migrate(database.db))
    log.info({ migration }, 'database schema brought up to date')
  const store = createStore(database.db)
  const queue = createDurableQueue({
    connection,
    leaseSeconds: config.Jobs.LeaseSeconds,
    onError: (error) => log.warn({ error }, 'the durable queue reported an error'),
  })
  await queue.start()
  starting.defer(() => queue.stop())
  const notifications = createNotifications({
    connect: database.connectListener,
    channels: [eventChannel, jobChannel],
    reconnectMs,
    clock,
    onDisconnect: (error) => log.warn({ error }, 'database notifications are interrupted'),
  })
  await notifications.start()
  starting.defer(() => notifications.stop())

  const breakerFor = (name: string) =>
    new CircuitBreaker({
      name,
      failureThreshold: config.CircuitBreaker.FailureThreshold,
      halfOpenAfterMs: config.CircuitBreaker.OpenSeconds * seconds,
      isFailure: (error) => error instanceof GatewayError && error.kind === 'transient',
      onStateChange(state) {
        metrics.breakerOpen.set({ dependency: name }, state === 'closed' ? 0 : 1)
        log.warn({ dependency: name, state }, 'circuit breaker changed')
      },
    })

  const ehrBreaker = breakerFor('ehr')
  const ehr = createEhr(toEhrSettings(config), {
    clock,
    guard: (call) => ehrBreaker.run(call),
    onRequest: ({ resourceType, durationMs, status, errorCode }) =>
      metrics.ehrRequestSeconds.observe(
        { resource_type: resourceType, outcome: String(status ?? errorCode) },
        durationMs / seconds,
      ),
  })
  starting.defer(() => ehr.close())
  const analyzer = createAnalyzer(config, breakerFor)
  starting.defer(() => analyzer.close())
  const forms = createFormFiller({ threads: config.Forms.Threads })
  starting.defer(() => forms.stop())

  const { TaskOrchestrator: settings } = config
  const orchestrator = createOrchestrator(settings, metrics, log)

  const steps = createSteps({
    store,
    queue,
    analyzer,
    forms,
    toFormContent,
    clock,
    charts: chartReader(ehr),
  })
  const leases = new LeaseLoop({
    queue,
    clock,
    log,
    leaseSeconds: config.Jobs.LeaseSeconds,
    pollIntervalMs: config.Jobs.PollIntervalSeconds * seconds,
    batchSize: leaseBatch,
    runner: {
      whenRoom: (signal) => orchestrator.whenRoom(signal),
      run(lease, signal) {
        const visit = new Visit(lease)
        return orchestrator.execute({
          name: 'process-encounter',
          correlationId: correlationIdOf(visit.ref.encounterId),
          key: `${visit.ref.practiceId} ${visit.ref.encounterId}`,
          group: visit.ref.practiceId,
          signal,
          run: (context) => processEncounter(visit, steps, context),
        })
      },
    },
    async concludeFailure(lease, error): Promise<Verdict> {
      const delayMs = giveBackDelayMs(error)
      if (delayMs !== undefined) {
        const { run: _run, ...ref } = lease.job
        await store.encounters.transition(ref, 'queued', {}, lease.job.run)
        return { outcome: 'give_back', delayMs }
      }
      await recordFailure(lease, error, { store, queue, clock, log })
      return { outcome: 'recorded' }
    },
    concludeAbandoned: (lease: Lease) =>
      recordFailure(lease, new WorkerCrashedError(lease.job.encounterId), {
        store,
        queue,
        clock,
        log,
      }),
  })

  const eventLog = new EventLog({
    rows: store.events,
    publish(event) {
      log.info(
        { correlationId: event.correlationId, sequence: event.sequence, ...notable(event) },
        event.eventType,
      )
      orchestrator.publishEvent(event)
    },
    pollIntervalMs: eventPollMs,
    clock,
    log,
  })
  await eventLog.start()

  const admit = (ref: EncounterRef, again: boolean, source = 'EncounterPoller') =>
    admitEncounter(ref, { again, source }, { store, queue, clock })
  const { Athena: athena } = config
  const poller = new EncounterPoller({
    store,
    ehr,
    admit,
    reopen: (ref) => reopenEncounter(ref, { store, clock }),
    intervals: {
      openMs: athena.PollingIntervalSeconds * seconds,
      signedMs: athena.ReopenPollingIntervalSeconds * seconds,
      reopenWatchMs: athena.ReopenWatchHours * 3600 * seconds,
      maxBackoffMs: 60 * seconds,
    },
    maxConcurrentPolls: athena.MaxConcurrentPolls,
    clock,
    log,
  })

  const auth = new Auth({
    store,
    credentials: config.Auth.Credentials.map(({ Label, KeySha256, Roles, Practices }) => ({
      label: Label,
      keySha256: KeySha256,
      roles: Roles,
      practiceIds: Practices,
    })),
    sessionMs: config.Auth.SessionHours * 3600 * seconds,
    clock,
  })
  const eventSources: EventSources = {
    subscribe: (subscription) => orchestrator.getEventStream(subscription),
    after: (sequence, limit, practiceIds) => store.events.after(sequence, limit, practiceIds),
    bounds: () => store.events.bounds(),
  }
  let isStopping = false
  const http: HttpServer = await createHttpServer(
    {
      host: config.Http.Host,
      port: config.Http.Port,
      maxBodyBytes: config.Http.MaxBodyBytes,
      requestsPerMinute: config.Http.RequestsPerMinute,
      dashboardDirectory: options.dashboardDirectory,
    },
    {
      store,
      auth,
      orchestrator,
      stream: (reader, stream) =>
        streamEvents(
          reader,
          eventSources,
          { ...stream, heartbeatMs: config.Events.HeartbeatSeconds * seconds },
          clock,
        ),
      reprocess: async (ref) => (await admit(ref, true, 'Operator')) === 'admitted_again',
      wakePoller: () => poller.wake(),
      async readiness() {
        if (isStopping) return ['stopping']
        return store.events.bounds().then(
          () => [],
          () => ['database'],
        )
      },
      metrics: () => metrics.render(),
      secureCookies: config.Http.PublicUrl?.startsWith('https:') === true,
      clock,
      log,
    },
  )
  const address = await http.start()

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
  metrics.observe('gateway_workers', 'Workers there are', () => orchestrator.stats.workerCount)
  metrics.observe(
    'gateway_workers_wanted',
    'Workers that the load of this node calls for',
    () => orchestrator.scaling?.wantedWorkers ?? orchestrator.stats.workerCount,
  )
  metrics.observe(
    'gateway_oldest_task_seconds',
    'How long the first task in the queue has waited for a worker',
    () => orchestrator.stats.oldestQueuedAgeMs / seconds,
  )
  const unsubscribe = [
    notifications.subscribe(eventChannel, () => eventLog.wake()),
    notifications.subscribe(jobChannel, () => leases.wake()),
  ]
  leases.start()
  poller.start()
  const sweeping = new AbortController()
  const sweep = sweepForever(
    { store, retentionDays: config.Events.RetentionDays, clock, log },
    sweeping.signal,
  )
  const parts = starting.move()

  async function stop(): Promise<StopReport> {
    isStopping = true
    await poller.stop()
    leases.stop()
    const report = await orchestrator.stop({
      timeoutMs: settings.DrainTimeoutSeconds * seconds,
      keepStreams: true,
    })
    const givenBack = await leases.release()
    sweeping.abort()
    await sweep
    for (const end of unsubscribe) end()
    await eventLog.stop()
    orchestrator.endStreams()
    await http.stop()
    await parts.disposeAsync()
    for (const { name, correlationId } of report.unfinished)
      log.warn({ correlationId, reason: name }, 'not finished within the drain; given back')
    return { drained: report.drained, unfinished: report.unfinished.length, givenBack }
  }

  let stopped: Promise<StopReport> | undefined
  const stopOnce = () => (stopped ??= stop())
  return {
    address,
    store,
    auth,
    orchestrator,
    databaseLost: new Promise((resolve) => {
      void embedded?.exited.then(() => {
        if (!isStopping) resolve()
      })
    }),
    async register(ref) {
      await store.registrations.register(ref, clock.now())
      poller.wake()
    },
    async pending() {
      return { jobs: await queue.countOpen(), open: await store.registrations.countOpen() }
    },
    stop: stopOnce,
    async [Symbol.asyncDispose]() {
      await stopOnce()
    },
  }
}

function createOrchestrator(
  settings: GatewayConfig['TaskOrchestrator'],
  metrics: Metrics,
  log: Log,
): TaskOrchestrator<GatewayEvent> {
  const { Autoscale: autoscale } = settings
  return new TaskOrchestrator<GatewayEvent>({
    workerCount: settings.WorkerCount,
    maxBacklog: settings.MaxBacklog,
    subscriberChannelCapacity: settings.SubscriberChannelCapacity,
    resiliency: settings.Resiliency,
    pattern: 'basic',
    ...(settings.PracticeConcurrency === undefined
      ? {}
      : { groupConcurrency: settings.PracticeConcurrency }),
    autoscale: {
      apply: autoscale.Apply,
      minWorkers: autoscale.MinWorkers,
      maxWorkers: autoscale.MaxWorkers,
      targetUtilisation: autoscale.TargetUtilisation,
      targetWaitMs: autoscale.TargetWaitSeconds * seconds,
      scaleDownCooldownMs: autoscale.ScaleDownCooldownSeconds * seconds,
    },
    shouldRetry: isWorthRetrying,
    retryAfterMs: askedDelayMs,
    observer: {
      attemptFailed(task, error, delayMs) {
        if (delayMs === undefined) return
        metrics.retries.inc()
        const { correlationId, attempt, maxAttempts } = task
        log.warn(
          { correlationId, attempt, maxAttempts, delayMs, error },
          'attempt failed; trying again',
        )
      },
      workersScaled: (from, to) => log.info({ from, to }, 'the load calls for other workers'),
      taskSettled: (_task, outcome) => metrics.tasks.inc({ outcome }),
    },
  })
}

function createAnalyzer(config: GatewayConfig, breakerFor: (name: string) => CircuitBreaker) {
  const { BaseUrl, ApiKey, TimeoutSeconds } = config.Intelligence
  if (BaseUrl === undefined) return createInProcessAnalyzer()
  const breaker = breakerFor('intelligence')
  return createHttpAnalyzer({
    baseUrl: BaseUrl,
    apiKey: ApiKey,
    timeoutMs: TimeoutSeconds * seconds,
    guard: (call) => breaker.run(call),
  })
}

function chartReader(ehr: Ehr) {
  const memos = new WeakMap<Visit, ChartMemo>()
  return {
    readChart(visit: Visit, lastAttempt: boolean, signal: AbortSignal) {
      const memo = memos.get(visit) ?? new ChartMemo()
      memos.set(visit, memo)
      return ehr.readChart(visit.ref, { memo, lastAttempt }, signal)
    },
  }
}

/** What a person reading the log wants to know of an event: ids and outcomes. */
function notable({ data }: GatewayEvent): Record<string, unknown> {
  const shown = ['workerId', 'recommendation', 'review', 'newStatus', 'code', 'workItemId'] as const
  return Object.fromEntries(
    shown.flatMap((key) => (key in data ? [[key, (data as Record<string, unknown>)[key]]] : [])),
  )
}
