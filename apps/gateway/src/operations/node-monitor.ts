import { getHeapStatistics } from 'node:v8'
import type { DependencyView } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { EhrCalls, EhrFault } from '../fhir/ehr-calls.ts'
import type { NodeFigures, NodeReport } from '../store/schema.ts'
import type { DependencyLog } from './dependency-log.ts'
import type { LoopLag } from './loop-lag.ts'
import { type NodeFacts, nodeFindings } from './node-findings.ts'
import type { NodeWork } from './node-work.ts'
import type { RequestRate } from './request-rate.ts'
import { WorkingTime } from './working-time.ts'

export interface NodeMonitorOptions {
  readonly node: {
    readonly nodeId: string
    readonly host: string
    readonly processId: number
    readonly version: string
    readonly startedAt: Date
  }
  readonly work: Pick<NodeWork, 'state'>
  readonly leases: { readonly heldCount: number }
  readonly orchestrator: {
    readonly stats: {
      readonly workerCount: number
      readonly busyWorkers: number
      readonly subscriberCount: number
    }
    readonly scaling: { readonly wantedWorkers: number } | undefined
  }
  readonly ehr: {
    readonly requests: RequestRate
    readonly tooManyRequests: RequestRate
    readonly limitPerSecond: number
    readonly requestsPerDay: number
    calls(): EhrCalls
    fault(): EhrFault | undefined
    faultSince(): Date | undefined
    faultDetail(): string | undefined
    statementError(): string | undefined
  }
  readonly refusedForms: NodeFacts['refusedForms']
  readonly dependencies: readonly DependencyLog[]
  readonly clientAuthentication: NodeFacts['clientAuthentication']
  readonly loopLag: LoopLag
  isStopping(): boolean
  keyName(key: string): string
  readonly clock: Pick<Clock, 'now'>
}

/** So long a time is looked at to say how many requests a second there are. */
const rateSeconds = 10
const lagEveryMs = 2000

/** What this node says of itself. */
export class NodeMonitor {
  readonly #options: NodeMonitorOptions
  #lag = { ms: 0, atMs: Number.NEGATIVE_INFINITY }
  readonly #workingTime = new WorkingTime()

  constructor(options: NodeMonitorOptions) {
    this.#options = options
  }

  get nodeId(): string {
    return this.#options.node.nodeId
  }

  readonly report = (): NodeReport => {
    const { node, leases, orchestrator, ehr, dependencies, clock } = this.#options
    const { workerCount, busyWorkers, subscriberCount } = orchestrator.stats
    const { used_heap_size: heapBytes, heap_size_limit: heapLimitBytes } = getHeapStatistics()
    const state = this.#state
    const views = dependencies.map(({ view }) => view)
    return {
      ...node,
      startedAt: node.startedAt.toISOString(),
      state,
      workingMs: this.#workingTime.at(state, clock.now().getTime()),
      leaseCount: leases.heldCount,
      workerCount,
      busyWorkers,
      wantedWorkers: orchestrator.scaling?.wantedWorkers ?? workerCount,
      streamCount: subscriberCount,
      heapBytes,
      heapLimitBytes,
      loopLagMs: this.#loopLagMs(clock.now().getTime()),
      ehr: {
        requestsPerSecond: ehr.requests.inLast(rateSeconds) / rateSeconds,
        limitPerSecond: ehr.limitPerSecond,
        requestsPerDay: ehr.requestsPerDay,
        tooManyRequests: ehr.tooManyRequests.inLast(clock.now().getUTCSeconds()),
      },
      dependencies: views,
      findings: nodeFindings({
        state,
        ehrFault: ehr.fault(),
        ehrFaultSince: ehr.faultSince(),
        ehrFaultDetail: ehr.faultDetail(),
        ehrCalls: ehr.calls(),
        statementError: ehr.statementError(),
        refusedForms: this.#options.refusedForms,
        dependencies: views,
        lasting: lastingOf(dependencies),
        clientAuthentication: this.#options.clientAuthentication,
        keyName: this.#options.keyName,
      }).map((found) => ({ ...found, href: null })),
    }
  }

  /** Of the minute that just ended. */
  readonly figures = (): NodeFigures => {
    const { orchestrator, ehr } = this.#options
    const { workerCount, busyWorkers, subscriberCount } = orchestrator.stats
    return {
      workerCount,
      busyWorkers,
      wantedWorkers: orchestrator.scaling?.wantedWorkers ?? workerCount,
      streamCount: subscriberCount,
      ehrRequests: ehr.requests.inLast(60),
      tooManyRequests: ehr.tooManyRequests.inLast(60),
    }
  }

  get #state(): NodeReport['state'] & NodeFacts['state'] {
    return this.#options.isStopping() ? 'draining' : this.#options.work.state
  }

  /** Pages ask too, so the longest delay is kept for as long as a report is. */
  #loopLagMs(nowMs: number): number {
    if (nowMs - this.#lag.atMs >= lagEveryMs)
      this.#lag = { ms: this.#options.loopLag.take(), atMs: nowMs }
    return this.#lag.ms
  }
}

function lastingOf(dependencies: readonly DependencyLog[]): NodeFacts['lasting'] {
  const failing = new Set<DependencyView['name']>()
  const slowMs = new Map<DependencyView['name'], number>()
  for (const { view, trouble } of dependencies) {
    if (trouble.isFailing) failing.add(view.name)
    if (trouble.slowMs !== undefined) slowMs.set(view.name, trouble.slowMs)
  }
  return { failing, slowMs }
}
