import { hostname } from 'node:os'
import type { TaskOrchestrator } from '@authscript/orchestrator'
import type { GatewayEvent } from '@authscript/prior-auth'
import gatewayPackage from '../../package.json' with { type: 'json' }
import type { SteadyClock } from '../clock.ts'
import { effectiveConfig, type GatewayConfig, keyName } from '../config.ts'
import { explainFailure } from '../errors.ts'
import { toEhrSettings } from '../fhir/ehr-settings.ts'
import type { OperationsAccess } from '../http/routes.ts'
import { longestWaitMs } from '../jobs/longest-wait.ts'
import type { LeaseLoop } from '../jobs/lease-loop.ts'
import type { EncounterPoller } from '../intake/encounter-poller.ts'
import type { Log } from '../log.ts'
import type { OpenParts } from '../open-parts.ts'
import { encounterJob } from '../pipeline/encounter-job.ts'
import { DependencyLog } from '../operations/dependency-log.ts'
import {
  type DependencyName,
  type DependencyTest,
  DependencyTests,
} from '../operations/dependency-tests.ts'
import type { ErrorCatalogue } from '../operations/error-catalogue.ts'
import { Heartbeat } from '../operations/heartbeat.ts'
import { watchLoopLag } from '../operations/loop-lag.ts'
import { NodeControls } from '../operations/node-controls.ts'
import { NodeMonitor } from '../operations/node-monitor.ts'
import { NodeWork } from '../operations/node-work.ts'
import { findNode } from '../operations/listed-nodes.ts'
import { createOverview } from '../operations/overview.ts'
import { readTimeline } from '../operations/timeline.ts'
import type { NodeReport } from '../store/schema.ts'
import { nodeChannel } from '../store/nodes.ts'
import type { Store } from '../store/store.ts'
import type { Backends } from './backends.ts'
import type { Storage } from './storage.ts'

const databaseProbeMs = 5000
/** Usually a row is read in a few milliseconds. */
const slowDatabaseMs = 1000

export interface Operations {
  readonly access: OperationsAccess
  readonly work: NodeWork
  readonly heartbeat: Heartbeat
  /** This node's current report. */
  report(): NodeReport
  /** Tests the dependencies that the EHR report does not cover at the start: the database, and the services for analysis. */
  testServices(): Promise<unknown>
}

/** What operators see and control: this node's report, the overview of all nodes, tests, draining. */
export function createOperations(
  parts: OpenParts,
  dependencies: {
    readonly nodeId: string
    readonly config: GatewayConfig
    readonly storage: Pick<Storage, 'store' | 'database' | 'notifications'>
    readonly backends: Backends
    readonly orchestrator: TaskOrchestrator<GatewayEvent>
    readonly leases: LeaseLoop
    readonly poller: EncounterPoller
    readonly catalogue: ErrorCatalogue
    isStopping(): boolean
    readonly clock: SteadyClock
    readonly log: Log
  },
): Operations {
  const { nodeId, config, storage, backends, orchestrator, leases, poller, clock, log } =
    dependencies
  const { store, notifications } = storage
  const database = watchDatabase(parts, store, clock)
  const all = new Map<DependencyName, DependencyTest>(
    [
      ['ehr', backends.dependencies.get('ehr')],
      ['token', backends.dependencies.get('token')],
      ['database', database],
      ['intelligence', backends.dependencies.get('intelligence')],
      ['language_model', backends.dependencies.get('language_model')],
    ].filter((entry): entry is [DependencyName, DependencyTest] => entry[1] !== undefined),
  )
  const tests = new DependencyTests(all)
  const work = new NodeWork({ leases, poller, orchestrator })
  const controls = new NodeControls({ nodeId, store, work, orchestrator, log })
  const loopLag = watchLoopLag()
  parts.add('event loop delay', () => loopLag.stop())
  const monitor = new NodeMonitor({
    node: {
      nodeId,
      host: hostname(),
      processId: process.pid,
      version: gatewayPackage.version,
      startedAt: clock.now(),
    },
    work,
    leases,
    orchestrator,
    ehr: {
      requests: backends.ehrRequests.all,
      tooManyRequests: backends.ehrRequests.tooMany,
      limitPerSecond: config.Ehr.RequestsPerSecond,
      requestsPerDay: config.Ehr.RequestsPerDay,
      calls: () => backends.ehrCalls(),
      fault: () => backends.ehrFault(),
      faultSince: () => backends.ehrFaultSince(),
      faultDetail: () => backends.ehrFaultDetail(),
      statementError: () => backends.ehrReport.current.errorCode,
    },
    refusedForms: backends.refusedForms,
    dependencies: [...all.values()].map(({ log: callLog }) => callLog),
    clientAuthentication: toEhrSettings(config).credentials.method,
    loopLag,
    isStopping: () => dependencies.isStopping(),
    keyName: (key) => keyName(config, key),
    clock,
  })
  const heartbeat = new Heartbeat({
    store,
    report: monitor.report,
    figures: monitor.figures,
    applyControls: () => controls.apply(),
    clock,
    log,
  })
  parts.add('heartbeat', () => heartbeat.stop())
  parts.add(
    'notifications of controls',
    notifications.subscribe(nodeChannel, () => void heartbeat.beat()),
  )
  const readOverview = createOverview({
    store,
    longestWaitMs: () => longestWaitMs(storage.database.db, encounterJob),
    catalogue: dependencies.catalogue,
    settings: config.Operations,
    answering: {
      report: monitor.report,
      get writeFailure() {
        return heartbeat.failure
      },
    },
    clock,
  })
  return {
    work,
    heartbeat,
    report: monitor.report,
    testServices: () =>
      Promise.all(
        (['database', 'intelligence', 'language_model'] as const).map((name) => tests.run(name)),
      ),
    access: {
      read: readOverview,
      here: () => ({
        nodeId,
        dependencies: [...all.values()].map(({ log: callLog }) => ({ ...callLog.view })),
      }),
      findNode: (name) => findNode(name, store.nodes),
      beat: () => heartbeat.beat(),
      timeline: (row) => readTimeline(row, store),
      test: (name) => tests.run(name),
      configuration: () => effectiveConfig(config),
    },
  }
}

/** Reads one row every few seconds, so that a slow or unreachable database is noticed even when nothing else uses it. */
function watchDatabase(parts: OpenParts, store: Store, clock: SteadyClock): DependencyTest {
  const callLog = new DependencyLog({ name: 'database', clock, slowFromMs: slowDatabaseMs })
  const ask = async (): Promise<void> => {
    const startedMs = clock.monotonicMs()
    try {
      await store.events.bounds()
      callLog.record({ ok: true, durationMs: clock.monotonicMs() - startedMs })
    } catch (error) {
      callLog.record({
        ok: false,
        ...explainFailure(error),
        durationMs: clock.monotonicMs() - startedMs,
      })
      throw error
    }
  }
  const stopping = new AbortController()
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await ask().catch(() => undefined)
      await clock.sleep(databaseProbeMs, stopping.signal).catch(() => undefined)
    }
  })()
  parts.add('database watch', () => {
    stopping.abort()
    return watching
  })
  return { log: callLog, ask }
}
