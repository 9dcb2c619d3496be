import { Worker } from 'node:worker_threads'
import { CircuitOpenError } from '@authscript/orchestrator'
import { systemClock } from '../../clock.ts'
import { explainFailure, GatewayError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { createMetrics } from '../../operations/metrics.ts'
import { processEncounter } from '../../pipeline/process-encounter.ts'
import { type Steps, Visit } from '../../pipeline/encounter-pass.ts'
import { createEncounterSteps } from '../encounter-steps.ts'
import { connectOutside } from '../backends.ts'
import { openStorage } from '../storage.ts'
import type { IsolatedFailure, IsolatedOrder, IsolatedReport } from './isolated-messages.ts'

/** Runs one attempt after another for the gateway that started it: see `isolated-process.ts`. */

const poolSize = 3
const longestLeaveMs = 3000
const never = new AbortController().signal
const clock = systemClock

let parts = new AsyncDisposableStack()
let steps: Steps | undefined
let isWorking = false

// A terminal and a container signal both processes; the gateway decides when to stop. Without one there is nobody to work for.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => void leave())
// Only the gateway speaks on this channel, and waits for the answer before it speaks again.
process.on('message', (order) => void serve(order as IsolatedOrder))
new Worker(new URL('end-with-parent.ts', import.meta.url), { workerData: process.ppid }).unref()

async function serve(order: IsolatedOrder): Promise<void> {
  isWorking = true
  report(await work(order))
  isWorking = false
}

async function work(order: IsolatedOrder): Promise<IsolatedReport> {
  try {
    steps ??= await open(order)
    report({ kind: 'begun' })
    await processEncounter(new Visit(order.lease), steps, { ...order.attempt, signal: never })
    return { kind: 'done' }
  } catch (error) {
    return { kind: 'failed', failure: toFailure(error) }
  }
}

async function open({ config, connection }: IsolatedOrder): Promise<Steps> {
  const log = createLog({ level: config.Log.Level, pretty: config.Log.Pretty })
  await using opening = new AsyncDisposableStack()
  const storage = await openStorage(opening, {
    config: { ...config, Database: { ...config.Database, PoolSize: poolSize } },
    connection,
    clock,
    log,
  })
  const { store } = storage
  const metrics = createMetrics()
  const outside = await connectOutside(opening, { config, store, metrics, clock, log })
  parts = opening.move()
  return createEncounterSteps({ config, storage, outside, clock })
}

/** In good order when idle, so that the next process need not wait for our part of the EHR's rate. */
async function leave(): Promise<void> {
  if (!isWorking) {
    const left = parts.disposeAsync().catch(() => undefined)
    await Promise.race([left, clock.sleep(longestLeaveMs, never)])
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
