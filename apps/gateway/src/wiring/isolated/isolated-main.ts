import { Worker } from 'node:worker_threads'
import { CircuitOpenError } from '@authscript/orchestrator'
import { systemClock } from '../../clock.ts'
import { explainFailure, GatewayError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { openParts, type OpenParts } from '../../open-parts.ts'
import { createMetrics } from '../../operations/metrics.ts'
import { EncounterPass, processEncounter, type Steps } from '../../pipeline/process-encounter.ts'
import { createEncounterSteps } from '../encounter-steps.ts'
import { connectBackends, prepareBackends } from '../backends.ts'
import { openStorage } from '../storage.ts'
import type { IsolatedFailure, IsolatedRequest, IsolatedReport } from './isolated-messages.ts'

/** Runs one attempt after another for the gateway that started it: see `isolated-process.ts`. */

const poolSize = 3
const exitGraceMs = 3000
const never = new AbortController().signal
const clock = systemClock

let parts: OpenParts | undefined
let steps: Steps | undefined
let isWorking = false

// Terminals and container runtimes signal both processes, but the gateway decides when to stop. Without a gateway this process ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => void exitGracefully())
// Only the gateway sends on this channel, and it waits for the answer before it sends again.
process.on('message', (request) => void serve(request as IsolatedRequest))
new Worker(new URL('end-with-parent.ts', import.meta.url), { workerData: process.ppid }).unref()

async function serve(request: IsolatedRequest): Promise<void> {
  isWorking = true
  report(await work(request))
  isWorking = false
}

async function work(request: IsolatedRequest): Promise<IsolatedReport> {
  try {
    steps ??= await open(request)
    report({ kind: 'begun' })
    await processEncounter(new EncounterPass(request.lease), steps, {
      ...request.attempt,
      signal: never,
    })
    return { kind: 'done' }
  } catch (error) {
    return { kind: 'failed', failure: toFailure(error) }
  }
}

async function open({ config, connection }: IsolatedRequest): Promise<Steps> {
  const log = createLog({ level: config.Log.Level, pretty: config.Log.Pretty })
  return openParts(log, async (opened) => {
    const prepared = await prepareBackends({ config, clock, log })
    const storage = await openStorage(opened, {
      config: { ...config, Database: { ...config.Database, PoolSize: poolSize } },
      connection,
      clock,
      log,
    })
    const { store, notifications } = storage
    const metrics = createMetrics()
    const backends = await connectBackends(opened, {
      config,
      prepared,
      store,
      notifications,
      metrics,
      clock,
      log,
    })
    parts = opened
    return createEncounterSteps({ config, storage, backends, clock })
  })
}

/** An idle process closes what it has opened, so that the next one does not wait for its share of the EHR's rate limit. */
async function exitGracefully(): Promise<void> {
  if (!isWorking && parts !== undefined) {
    const closed = parts.close().catch(() => undefined)
    await Promise.race([closed, clock.sleep(exitGraceMs, never)])
  }
  process.exit(0)
}

function toFailure(error: unknown): IsolatedFailure {
  const isOurs = error instanceof GatewayError || error instanceof CircuitOpenError
  return {
    ...explainFailure(error),
    kind: error instanceof GatewayError ? error.kind : isOurs ? 'transient' : 'permanent',
    retryAfterMs: isOurs ? error.retryAfterMs : undefined,
  }
}

function report(what: IsolatedReport): void {
  process.send?.(what)
}
