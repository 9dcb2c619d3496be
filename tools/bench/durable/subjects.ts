import { TaskOrchestrator } from '@authscript/orchestrator'
import type { EncounterRef } from '@authscript/prior-auth'
import { Logger, makeWorkerUtils, run, type Runner } from 'graphile-worker'
import { type Job, PgBoss } from 'pg-boss'
import { systemClock } from '../../../apps/gateway/src/clock.ts'
import { admitEncounter } from '../../../apps/gateway/src/intake/admit-encounter.ts'
import { jobChannel } from '../../../apps/gateway/src/jobs/durable-queue.ts'
import { LeaseLoop } from '../../../apps/gateway/src/jobs/lease-loop.ts'
import { createLog } from '../../../apps/gateway/src/log.ts'
import { createNotifications } from '../../../apps/gateway/src/store/notifications.ts'
import { openNode } from '../../../apps/gateway/test/database/node.ts'
import type { TestConnection } from '../../../apps/gateway/test/database/template-database.ts'
import { rival } from '../../report.ts'

/** A durable queue that is measured. */
export interface Subject extends AsyncDisposable {
  readonly name: string
  /** Resolves when the job is durable. */
  enqueue(ref: EncounterRef): Promise<void>
  /** Starts to run the jobs that exist and new ones, and calls `onStart` as each begins. Returns the function that stops it. */
  work(onStart: (encounterId: string) => void, load: Load): Promise<() => Promise<void>>
}

/** What a rival is configured for: throughput of a backlog, or latency of a single job. */
export type Load = 'backlog' | 'idle'

export type OpenSubject = (connection: TestConnection) => Promise<Subject>

const concurrency = 16
const pollMs = 500

/** The gateway's own parts, without an EHR: admission, lease loop, orchestrator, and a task that updates the encounter and completes its job. */
export const openOurs: OpenSubject = async (connection) => {
  const node = await openNode(connection, { poolSize: concurrency })
  const { store, queue, database } = node
  const clock = systemClock
  const log = createLog({ level: 'silent', pretty: false })
  return {
    name: 'ours',
    async enqueue(ref) {
      await admitEncounter(ref, { again: false, source: 'bench' }, { store, queue })
    },
    async work(onStart) {
      const notifications = createNotifications({
        connect: database.connectListener,
        channels: [jobChannel],
        reconnectMs: 1000,
        clock,
        onDisconnect: () => undefined,
      })
      await notifications.start()
      const orchestrator = new TaskOrchestrator({ workerCount: concurrency, maxBacklog: 128 })
      const loop = new LeaseLoop({
        queue,
        clock,
        log,
        leaseSeconds: 20,
        pollIntervalMs: pollMs,
        batchSize: 64,
        runner: {
          whenCapacity: (signal) => orchestrator.whenCapacity({ signal }),
          workerCount: () => concurrency,
          run(lease, signal) {
            return orchestrator.execute({
              name: 'bench',
              key: lease.job.encounterId,
              group: lease.job.practiceId,
              signal,
              run() {
                onStart(lease.job.encounterId)
                return store.transaction('bench', async (transaction) => {
                  const { kind: _kind, run: passNumber, ...ref } = lease.job
                  await queue.settle(lease, transaction.db)
                  await transaction.encounters.transition(ref, 'running', {}, passNumber)
                })
              },
            })
          },
        },
        endings: {
          failed: (_lease, error) => Promise.reject(error),
          abandoned: async () => undefined,
          released: async () => false,
        },
      })
      notifications.subscribe(jobChannel, () => loop.wake())
      loop.start()
      return async () => {
        loop.stop()
        await orchestrator.stop({ timeoutMs: 10_000 })
        await loop.release()
        await notifications.stop()
      }
    },
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  }
}

const queueName = 'bench'

/** pg-boss as its users run it: a backlog in batches of 64 that one statement completes, single jobs with its own NOTIFY. */
export const openPgBoss: OpenSubject = async (connection) => {
  const boss = new PgBoss({
    ...connection,
    max: concurrency,
    schedule: false,
    useListenNotify: true,
  })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.createQueue(queueName)
  const fetchAll = async (onStart: (encounterId: string) => void, signal: AbortSignal) => {
    while (!signal.aborted) {
      const jobs: Job<EncounterRef>[] = await boss.fetch<EncounterRef>(queueName, { batchSize: 64 })
      for (const job of jobs) onStart(job.data.encounterId)
      const ids = jobs.map((job) => job.id)
      if (ids.length > 0) await boss.complete(queueName, ids)
      else await systemClock.sleep(pollMs, signal).catch(() => undefined)
    }
  }
  return {
    name: rival('pg-boss'),
    async enqueue(ref) {
      await boss.send(queueName, ref)
    },
    async work(onStart, load) {
      if (load === 'idle') {
        await boss.updateQueue(queueName, { notify: true })
        await boss.work<EncounterRef>(queueName, async ([job]) => {
          if (job !== undefined) onStart(job.data.encounterId)
        })
        return () => boss.offWork(queueName)
      }
      const stopping = new AbortController()
      const loop = fetchAll(onStart, stopping.signal)
      return async () => {
        stopping.abort()
        await loop
      }
    },
    [Symbol.asyncDispose]: () => boss.stop({ graceful: false, close: true }),
  }
}

/** graphile-worker: with the local queue that its documentation recommends for a backlog, without it for single jobs. */
export const openGraphile: OpenSubject = async (connection) => {
  const { host, port, user, database } = connection
  const connectionString = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
  let onStart: (encounterId: string) => void = () => undefined
  const logger = new Logger(() => () => undefined)
  const utilities = await makeWorkerUtils({ connectionString, maxPoolSize: concurrency, logger })
  await utilities.migrate()
  return {
    name: rival('graphile-worker'),
    async enqueue(ref) {
      await utilities.addJob(queueName, ref)
    },
    async work(onBegin, load) {
      onStart = onBegin
      const runner: Runner = await run({
        connectionString,
        concurrency,
        pollInterval: pollMs,
        noHandleSignals: true,
        maxPoolSize: concurrency,
        logger,
        taskList: {
          [queueName]: async (payload: unknown) => onStart((payload as EncounterRef).encounterId),
        },
        ...(load === 'idle'
          ? {}
          : { preset: { worker: { localQueue: { size: 64 }, completeJobBatchDelay: 0 } } }),
      })
      return () => runner.stop()
    },
    [Symbol.asyncDispose]: async () => utilities.release(),
  }
}
