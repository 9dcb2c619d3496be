import { type TaskContext, TaskOrchestrator } from '@authscript/orchestrator'
import { correlationIdOf, type GatewayEvent } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { GatewayConfig } from '../config.ts'
import { concludeFailure, returnLease } from '../jobs/conclude-lease.ts'
import { nextRetryDelayMs } from '../jobs/durable-retry.ts'
import { isEncounterLease, type Lease, type WriteBackJob } from '../jobs/job.ts'
import { type LeaseEndings, LeaseLoop, type TaskRunner } from '../jobs/lease-loop.ts'
import { expectedOf } from '../fhir/documents/expected-document.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../operations/metrics.ts'
import {
  askedDelayMs,
  giveBackDelayMs,
  isWorthRetrying,
  isWorthRetryingWriteBack,
} from '../pipeline/failure-policy.ts'
import { WorkerCrashedError } from '../pipeline/pipeline-errors.ts'
import { processEncounter } from '../pipeline/process-encounter.ts'
import { Visit } from '../pipeline/visit.ts'
import { openVisitRow } from '../pipeline/visit-row.ts'
import { writeBack } from '../review/write-back.ts'
import { openWriteBackRow } from '../review/write-back-row.ts'
import { createEncounterSteps } from './encounter-steps.ts'
import { createIsolation, type Isolation } from './isolated/isolated-process.ts'
import type { Outside } from './outside.ts'
import type { Storage } from './storage.ts'

const seconds = 1000
const leaseBatch = 64
/** A request that we gave up may still be worked on over there; twice our own patience is ours to choose, not the EHR's word. */
const inFlightFactor = 2

interface ProcessingDependencies {
  readonly config: GatewayConfig
  readonly storage: Storage
  readonly outside: Outside
  readonly metrics: Metrics
  readonly clock: Clock
  readonly log: Log
}

export interface Processing {
  readonly orchestrator: TaskOrchestrator<GatewayEvent>
  readonly leases: LeaseLoop
  readonly isolation: Pick<Isolation, 'stop'>
}

/** From the durable queue through the orchestrator to what is recorded: two kinds of jobs, one loop. */
export function createProcessing(dependencies: ProcessingDependencies): Processing {
  const { config, storage, outside, metrics, clock, log } = dependencies
  const { store, queue } = storage
  const orchestrator = createOrchestrator(config.TaskOrchestrator, metrics, log)
  const steps = createEncounterSteps({ config, storage, outside, clock })
  const isolation = createIsolation({ config, connection: storage.connection, clock })
  const writing = {
    store,
    queue,
    clock,
    documents: outside.ehr.documents,
    expectedOf,
    inFlightMs: config.Ehr.RequestTimeoutSeconds * seconds * inFlightFactor,
  }

  const runner: TaskRunner = {
    whenCapacity: (signal) => orchestrator.whenCapacity({ signal }),
    workerCount: () => orchestrator.stats.workerCount,
    async run(lease, signal) {
      const { job } = lease
      const task = {
        correlationId: correlationIdOf(job.encounterId),
        group: job.practiceId,
        signal,
      }
      if (isEncounterLease(lease)) {
        const visit = new Visit(lease)
        // Never at the first lease, so that the usual encounter costs no statement more.
        const deaths =
          lease.fence.retryCount === 0 ? 0 : await store.encounters.countDeath(visit.ref, visit.run)
        if (deaths > 0)
          log.warn(
            { correlationId: task.correlationId, count: deaths },
            'a process ended while it worked on this encounter; it runs in one of its own now',
          )
        const processed = (run: (context: TaskContext) => Promise<void>) =>
          orchestrator.execute({
            ...task,
            name: 'process-encounter',
            key: `${job.practiceId} ${job.encounterId}`,
            run,
          })
        return deaths > 0
          ? isolation.inTurn(() => processed((context) => isolation.run(lease, context)), signal)
          : processed((context) => processEncounter(visit, steps, context))
      }
      const writeLease = lease as Lease<WriteBackJob>
      return orchestrator.execute({
        ...task,
        name: 'write-back',
        key: `write-back ${writeLease.job.workItemId}`,
        run: (context) => writeBack(writeLease, writing, context.signal),
      })
    },
  }
  const leases = new LeaseLoop({
    queue,
    runner,
    endings: createEndings(dependencies),
    clock,
    log,
    leaseSeconds: config.Jobs.LeaseSeconds,
    pollIntervalMs: config.Jobs.PollIntervalSeconds * seconds,
    batchSize: leaseBatch,
  })
  return { orchestrator, leases, isolation }
}

function createEndings({ config, storage, clock, log }: ProcessingDependencies): LeaseEndings {
  const { store, queue } = storage
  const { RetryCount, RetryIntervalSeconds, MaxRetryIntervalSeconds } = config.Jobs
  const retrying = (mayPass: (error: unknown) => boolean) => ({
    store,
    queue,
    clock,
    log,
    retryDelayMs: (earlierRetries: number, error: unknown) =>
      mayPass(error)
        ? nextRetryDelayMs(
            earlierRetries,
            {
              retryCount: RetryCount,
              intervalMs: RetryIntervalSeconds * seconds,
              maxIntervalMs: MaxRetryIntervalSeconds * seconds,
            },
            askedDelayMs(error),
            clock.random(),
          )
        : undefined,
  })
  const ofVisits = retrying(isWorthRetrying)
  const ofWriteBacks = retrying(isWorthRetryingWriteBack)

  const giveBack = (lease: Lease, delayMs: number) =>
    isEncounterLease(lease)
      ? returnLease(lease, delayMs, openVisitRow, ofVisits)
      : returnLease(lease as Lease<WriteBackJob>, delayMs, openWriteBackRow, ofWriteBacks)
  const conclude = (lease: Lease, error: unknown) =>
    isEncounterLease(lease)
      ? concludeFailure(lease, error, openVisitRow, ofVisits)
      : concludeFailure(lease as Lease<WriteBackJob>, error, openWriteBackRow, ofWriteBacks)
  return {
    async failed(lease, error) {
      const delayMs = giveBackDelayMs(error)
      if (delayMs === undefined) return conclude(lease, error)
      const correlationId = correlationIdOf(lease.job.encounterId)
      if (await giveBack(lease, delayMs)) log.info({ correlationId, delayMs }, 'lease given back')
    },
    abandoned: (lease) => conclude(lease, new WorkerCrashedError(lease.job.encounterId)),
    returned: (lease) => giveBack(lease, 0),
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
