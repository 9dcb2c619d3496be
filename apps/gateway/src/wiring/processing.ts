import { TaskOrchestrator } from '@authscript/orchestrator'
import type { GatewayEvent } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { GatewayConfig } from '../config.ts'
import { createLeaseEndings } from '../jobs/lease-endings.ts'
import { LeaseLoop } from '../jobs/lease-loop.ts'
import { expectedOf } from '../fhir/documents/expected-document.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../operations/metrics.ts'
import type { TimeStep } from '../jobs/job.ts'
import { timedSteps } from '../pipeline/timed-steps.ts'
import { askedDelayMs, isWorthRetrying, releaseDelayMs } from '../pipeline/failure-policy.ts'
import { WorkerCrashedError } from '../pipeline/pipeline-errors.ts'
import { createEncounterSteps } from './encounter-steps.ts'
import { createIsolation, type Isolation } from './isolated/isolated-process.ts'
import type { Backends } from './backends.ts'
import { jobKinds, type JobTools } from './job-kinds.ts'
import { toResilienceSettings } from './orchestrator-settings.ts'
import type { Storage } from './storage.ts'

const seconds = 1000
const leaseBatch = 64
/** A request that we stopped waiting for may still be worked on at the EHR. Twice our own limit is our choice; no EHR promises it. */
const inFlightFactor = 2

interface ProcessingDependencies {
  readonly config: GatewayConfig
  readonly storage: Storage
  readonly backends: Backends
  readonly metrics: Metrics
  readonly time: TimeStep
  readonly clock: Clock
  readonly log: Log
}

export interface Processing {
  readonly orchestrator: TaskOrchestrator<GatewayEvent>
  readonly leases: LeaseLoop
  readonly isolation: Pick<Isolation, 'stop'>
}

/** Runs all kinds of jobs in one loop: from the durable queue through the orchestrator to the recorded result. */
export function createProcessing(dependencies: ProcessingDependencies): Processing {
  const { config, storage, backends, metrics, time, clock, log } = dependencies
  const { store, queue, connection } = storage
  const { Jobs: jobs } = config
  const orchestrator = createOrchestrator(config.TaskOrchestrator, metrics, log)
  const isolation = createIsolation({ config, connection, clock })
  const tools: JobTools = {
    store,
    log,
    isolation,
    time,
    steps: timedSteps(
      createEncounterSteps({
        config,
        storage,
        backends,
        clock,
        onProcessed(signToFormMs) {
          if (signToFormMs !== undefined) metrics.signToFormSeconds.observe(signToFormMs / seconds)
        },
      }),
      time,
    ),
    writeBackTools: {
      store,
      queue,
      clock,
      documents: backends.ehr.documents,
      expectedOf,
      inFlightMs: config.Ehr.RequestTimeoutSeconds * seconds * inFlightFactor,
    },
  }
  const leases = new LeaseLoop({
    queue,
    runner: {
      whenCapacity: (signal) => orchestrator.whenCapacity({ signal }),
      workerCount: () => orchestrator.stats.workerCount,
      run: jobKinds.createRunner(tools, (task) => orchestrator.execute(task)),
    },
    endings: createLeaseEndings({
      kinds: jobKinds,
      store,
      queue,
      clock,
      log,
      durableRetry: {
        retryCount: jobs.RetryCount,
        intervalMs: jobs.RetryIntervalSeconds * seconds,
        maxIntervalMs: jobs.MaxRetryIntervalSeconds * seconds,
      },
      releaseDelayMs,
      isWorthRetrying,
      askedDelayMs,
      abandonedError: ({ encounterId }) => new WorkerCrashedError(encounterId),
    }),
    clock,
    log,
    leaseSeconds: jobs.LeaseSeconds,
    pollIntervalMs: jobs.PollIntervalSeconds * seconds,
    batchSize: leaseBatch,
  })
  return { orchestrator, leases, isolation }
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
    resilience: toResilienceSettings(settings.Resiliency),
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
    shouldRetry: (error) => isWorthRetrying(error),
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
      workersScaled: (from, to) =>
        log.info({ from, to }, 'the autoscaler changed the worker count'),
      taskSettled: (_task, outcome) => metrics.tasks.inc({ outcome }),
    },
  })
}
