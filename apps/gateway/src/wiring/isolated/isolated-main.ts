import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { CircuitOpenError } from '@authscript/orchestrator'
import { systemClock } from '../../clock.ts'
import { explainFailure, GatewayError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { createMetrics } from '../../operations/metrics.ts'
import { processEncounter } from '../../pipeline/process-encounter.ts'
import { Visit } from '../../pipeline/visit.ts'
import { connectOutside } from '../outside.ts'
import { createEncounterSteps } from '../encounter-steps.ts'
import { openStorage } from '../storage.ts'
import type { IsolatedFailure, IsolatedOrder, IsolatedReport } from './isolated-report.ts'

/** One encounter, one attempt, then the end: see `isolated-process.ts`. The gateway that started it decides when to stop. */

const poolSize = 3
const never = new AbortController().signal

// A terminal and a container signal both processes. Without a gateway there is nobody to work for.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit(1))
new Worker(new URL('end-with-parent.ts', import.meta.url), { workerData: process.ppid }).unref()

// Only the gateway speaks on this channel.
const [order] = (await once(process, 'message')) as [IsolatedOrder]
await report(await work(order))
process.exit(0)

async function work({
  config,
  connection,
  lease,
  attempt,
}: IsolatedOrder): Promise<IsolatedReport> {
  const log = createLog({ level: config.Log.Level, pretty: config.Log.Pretty })
  const clock = systemClock
  try {
    await using parts = new AsyncDisposableStack()
    const storage = await openStorage(parts, {
      config: { ...config, Database: { ...config.Database, PoolSize: poolSize } },
      connection,
      clock,
      log,
    })
    const { store } = storage
    const outside = await connectOutside(parts, {
      config,
      store,
      metrics: createMetrics(),
      clock,
      log,
    })
    const steps = createEncounterSteps({ config, storage, outside, clock })
    await report({ kind: 'begun' })
    await processEncounter(new Visit(lease), steps, { ...attempt, signal: never })
    return { kind: 'done' }
  } catch (error) {
    return { kind: 'failed', failure: toFailure(error) }
  }
}

function toFailure(error: unknown): IsolatedFailure {
  const isOurs = error instanceof GatewayError || error instanceof CircuitOpenError
  return {
    ...explainFailure(error),
    kind: error instanceof GatewayError ? error.kind : isOurs ? 'transient' : 'permanent',
    retryAfterMs: isOurs ? error.retryAfterMs : undefined,
  }
}

function report(what: IsolatedReport): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.send?.(what, undefined, undefined, () => resolve())
  return promise
}
