import type { RestartReport } from '@authscript/embedded-postgres'
import type { SteadyClock } from '../clock.ts'
import { type GatewayConfig, keyName } from '../config.ts'
import { createDurableQueue, type DurableQueue, jobChannel } from '../jobs/durable-queue.ts'
import type { Log } from '../log.ts'
import type { OpenParts } from '../open-parts.ts'
import {
  classifyDatabaseError,
  connectDatabase,
  type Database,
  type DatabaseConnection,
  migrate,
} from '../store/database.ts'
import { shutdownGraceMs } from '../fhir/rate/rate-share.ts'
import { startEmbeddedDatabase } from '../store/embedded-database.ts'
import { eventChannel } from '../store/events.ts'
import { nodeChannel } from '../store/nodes.ts'
import { payerFormChannel } from '../store/payer-forms.ts'
import { createNotifications, type Notifications } from '../store/notifications.ts'
import { refuseIfMoved } from '../store/relocations.ts'
import { withSessionLimits } from '../store/session-limits.ts'
import { createStore, type Store } from '../store/store.ts'
import { jobKinds } from './job-kinds.ts'

export interface Storage {
  /** Where the database is; another process may connect to it. */
  readonly connection: DatabaseConnection
  readonly database: Database
  readonly store: Store
  readonly queue: DurableQueue
  readonly notifications: Notifications
  /** Resolves if the embedded database ends permanently. Undefined for a database server: the gateway waits until it answers again. */
  readonly lost: Promise<void> | undefined
}

const reconnectMs = 1000

/** Opens the database (embedded or a server), brings its schema up to date, and starts the durable queue and the notifications. */
export async function openStorage(
  parts: OpenParts,
  {
    config,
    connection: given,
    clock,
    log,
    signal,
  }: {
    readonly config: GatewayConfig
    readonly connection: DatabaseConnection | undefined
    readonly signal?: AbortSignal | undefined
    readonly clock: SteadyClock
    readonly log: Log
  },
): Promise<Storage> {
  const { Database: settings, Jobs: jobs } = config
  const embedded =
    given !== undefined || settings.Url !== undefined
      ? undefined
      : await startEmbeddedDatabase({
          directory: settings.Directory,
          directoryKey: keyName(config, 'Database.Directory'),
          clock,
          onRestart: (report) => logRestart(report, log),
          ...(signal && { signal }),
        })
  parts.add('embedded database', () => embedded?.stop())
  const connection = given ?? embedded?.connection ?? { connectionString: settings.Url ?? '' }
  const database = await connectDatabase(connection, {
    poolSize: settings.PoolSize,
    onError: (error) => log.warn({ error }, 'an idle database connection broke'),
  })
  parts.add('database connections', () => database.close())
  for (const migration of await migrate(database.db))
    log.info({ migration }, 'database schema brought up to date')
  await refuseIfMoved(database.db)

  const store = createStore(database.db, { clock, jobKinds: jobKinds.all })
  const queue = createDurableQueue({
    connection: withSessionLimits(connection),
    db: database.db,
    kinds: jobKinds,
    leaseSeconds: jobs.LeaseSeconds,
    practiceConcurrency: jobs.PracticeConcurrency,
    onError: (error) => log.warn({ error }, 'the durable queue reported an error'),
    classify: classifyDatabaseError,
  })
  parts.add('durable queue', () => queue.stop())
  await queue.start()
  if (embedded !== undefined) {
    const count = await queue.reclaim()
    if (count > 0) log.info({ count }, 'leases of the previous gateway returned to the queue')
    await store.ehrShares.shorten(shutdownGraceMs)
  }
  const count = await queue.ensureJobs()
  if (count > 0) log.warn({ count }, 'unfinished rows had no job in the queue; they have one now')

  const notifications = createNotifications({
    connect: database.connectListener,
    channels: [eventChannel, jobChannel, payerFormChannel, nodeChannel],
    reconnectMs,
    clock,
    onDisconnect: (error) => log.warn({ error }, 'database notifications are interrupted'),
  })
  parts.add('notifications', () => notifications.stop())
  await notifications.start()
  return { connection, database, store, queue, notifications, lost: embedded?.exited }
}

/** Logs each outage of the embedded database and how it ended. */
function logRestart(report: RestartReport, log: Log): void {
  switch (report.outcome) {
    case 'ended':
      log.error(
        { reason: report.how },
        'the embedded database ended unexpectedly; starting it again',
      )
      return
    case 'restarted':
      log.warn({ attempt: report.attempt }, 'the embedded database runs again')
      return
    case 'restart_failed':
    case 'given_up':
      log.error(
        { attempt: report.attempt, error: report.error },
        report.outcome === 'given_up'
          ? 'the embedded database could not be started; stopping'
          : 'the embedded database could not be started; trying again',
      )
      return
    default:
      report satisfies never
  }
}
