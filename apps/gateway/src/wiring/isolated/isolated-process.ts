import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Bulkhead } from '@authscript/orchestrator'
import type { Clock } from '../../clock.ts'
import type { EncounterJob, Lease } from '../../jobs/job.ts'
import {
  IsolatedFailureError,
  IsolatedStartError,
  WorkerCrashedError,
} from '../../pipeline/pipeline-errors.ts'
import type { Attempt } from '../../pipeline/visit.ts'
import type { IsolatedOrder, IsolatedReport } from './isolated-report.ts'

const entry = new URL('isolated-main.ts', import.meta.url)
/** As many as there can be workers. */
const maxWaiting = 1024
/** Whoever kills both processes gets so long for the second: then this one sees no death of the other. */
const settleMs = 1000

export interface Isolation {
  /** One at a time on this node: each has a heap of its own. Waits outside of any attempt, whose time is limited. */
  inTurn<Result>(call: () => Promise<Result>, signal: AbortSignal): Promise<Result>
  /**
   * Runs one attempt in a process of its own.
   *
   * @throws {WorkerCrashedError} the process ended by itself while it worked on the encounter
   * @throws {IsolatedStartError} it did not come so far
   * @throws {IsolatedFailureError} what failed there, by its code
   */
  run(lease: Lease<EncounterJob>, attempt: Attempt): Promise<void>
}

/**
 * For an encounter in whose processing a gateway has died. Whether that was its doing cannot be known afterwards: several were running,
 * or somebody killed the gateway. In a process of its own it can: this one is alive and sees the other end (docs/decisions/0023).
 */
export function createIsolation({
  config,
  connection,
  clock,
}: Pick<IsolatedOrder, 'config' | 'connection'> & { readonly clock: Clock }): Isolation {
  const oneAtATime = new Bulkhead({ limit: 1, queue: maxWaiting })
  return {
    inTurn: (call, signal) => oneAtATime.run(call, signal),
    run(lease, { attempt, maxAttempts, workerId, signal }) {
      // Named one by one: what else a task's context holds cannot be sent.
      const order = { config, connection, lease, attempt: { attempt, maxAttempts, workerId } }
      return runInProcess(order, clock, signal)
    },
  }
}

async function runInProcess(
  order: IsolatedOrder,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const { encounterId } = order.lease.job
  signal.throwIfAborted()
  const reports: IsolatedReport[] = []
  const child = fork(entry, {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // Only our own entry speaks on this channel.
  child.on('message', (report) => reports.push(report as IsolatedReport))
  const kill = () => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill, { once: true })
  try {
    // Disconnected: every report has been read.
    const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
    child.send(order, (error) => {
      if (error !== null) kill()
    })
    await ended
  } catch (cause) {
    kill()
    throw new IsolatedStartError(encounterId, { cause })
  } finally {
    signal.removeEventListener('abort', kill)
  }
  signal.throwIfAborted()
  const last = reports.at(-1)
  if (last?.kind === 'done') return
  if (last?.kind === 'failed') throw new IsolatedFailureError(last.failure)
  if (last === undefined) throw new IsolatedStartError(encounterId)
  await clock.sleep(settleMs, signal)
  throw new WorkerCrashedError(encounterId)
}
