import type { TaskOrchestrator } from '@authscript/orchestrator'
import type { EncounterRef, GatewayEvent } from '@authscript/prior-auth'
import { type SteadyClock, systemClock } from './clock.ts'
import type { GatewayConfig } from './config.ts'
import { EventLog } from './events/event-log.ts'
import type { Auth } from './http/auth.ts'
import { admitEncounter } from './intake/admit-encounter.ts'
import { EncounterPoller } from './intake/encounter-poller.ts'
import { RegistrationConflictError } from './intake/intake-errors.ts'
import { reopenEncounter } from './intake/reopen-encounter.ts'
import { jobChannel } from './jobs/durable-queue.ts'
import type { Log } from './log.ts'
import { createMetrics } from './operations/metrics.ts'
import { sweepForever } from './operations/sweep.ts'
import type { DatabaseConnection } from './store/database.ts'
import { eventChannel } from './store/events.ts'
import type { Store } from './store/store.ts'
import { connectOutside } from './wiring/backends.ts'
import { createProcessing } from './wiring/processing.ts'
import { openStorage } from './wiring/storage.ts'
import { createSurface } from './wiring/http-api.ts'

export interface GatewayOptions {
  readonly config: GatewayConfig
  readonly log: Log
  readonly clock?: SteadyClock
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

/** Starts everything, in the order in which each part needs the one before. This file and `wiring/` know every room, and no rules. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, log, clock = systemClock } = options
  await using starting = new AsyncDisposableStack()
  // What `stop` ends in an order of its own; here for a start that fails half-way: nothing keeps running.
  await using begun = new AsyncDisposableStack()
  const metrics = createMetrics()
  const storage = await openStorage(starting, {
    config,
    connection: options.connection,
    clock,
    log,
  })
  const { store, queue, notifications } = storage
  const outside = await connectOutside(starting, { config, store, metrics, clock, log })
  const { orchestrator, leases, isolation } = createProcessing({
    config,
    storage,
    outside,
    metrics,
    clock,
    log,
  })

  begun.defer(async () => void (await orchestrator.stop({ timeoutMs: 0 })))

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
  begun.defer(() => eventLog.stop())
  await eventLog.start()

  const admit = (ref: EncounterRef, again: boolean, source = 'EncounterPoller') =>
    admitEncounter(ref, { again, source }, { store, queue, clock })
  const { Ehr: ehr } = config
  const poller = new EncounterPoller({
    registrations: store.registrations,
    ehr: outside.ehr,
    budget: outside.pollBudget,
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

  let isStopping = false
  const { auth, http } = await createSurface({
    config,
    dashboardDirectory: options.dashboardDirectory,
    storage,
    ehrCalls: () => outside.ehrCalls(),
    orchestrator,
    documents: outside.ehr.documents,
    metrics,
    ehrReport: outside.ehrReport,
    clock,
    log,
    publicKeys: outside.publicKeys,
    admitAgain: async (ref) => (await admit(ref, true, 'Operator')) === 'admitted_again',
    wakePoller: () => poller.wake(),
    isStopping: () => isStopping,
  })
  begun.defer(() => http.stop())
  const address = await http.start()

  const unsubscribe = [
    notifications.subscribe(eventChannel, () => eventLog.wake()),
    notifications.subscribe(jobChannel, () => leases.wake()),
  ]
  leases.start()
  poller.start()
  const sweeping = new AbortController()
  const sweep = sweepForever(
    {
      store,
      retention: { days: config.Events.RetentionDays, count: config.Events.RetentionCount },
      ensureTickets: () => queue.ensureTickets(),
      clock,
      log,
    },
    sweeping.signal,
  )
  begun.move()
  const parts = starting.move()

  async function stop(): Promise<StopReport> {
    isStopping = true
    await poller.stop()
    leases.stop()
    const report = await orchestrator.stop({
      timeoutMs: config.TaskOrchestrator.DrainTimeoutSeconds * seconds,
      keepStreams: true,
    })
    const givenBack = await leases.release()
    await isolation.stop()
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
    stop: stopOnce,
    async [Symbol.asyncDispose]() {
      await stopOnce()
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
