import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Bulkhead } from '@authscript/orchestrator'
import type { Clock } from '../../clock.ts'
import type { Attempt, Lease } from '../../jobs/job.ts'
import type { EncounterJob, IsolatedRunner } from '../../pipeline/encounter-job.ts'
import {
  IsolatedFailureError,
  IsolatedStartError,
  WorkerCrashedError,
} from '../../pipeline/pipeline-errors.ts'
import type { IsolatedRequest, IsolatedReport } from './isolated-messages.ts'

const entry = new URL('isolated-main.ts', import.meta.url)
const maxWaiting = 1024
/** Somebody may kill both processes: if this one ends within this time, too, the end of the other is not counted as a death. */
const settleMs = 1000
/** Starting a process takes seconds, so it is kept this long for the next encounter. */
const idleMs = 15_000
const exitGraceMs = 5000

export interface Isolation extends IsolatedRunner {
  /**
   * Runs one attempt in a process of its own.
   *
   * @throws {WorkerCrashedError} the process ended by itself while it worked on the encounter
   * @throws {IsolatedStartError} the process could not be started, or ended before it began the encounter
   * @throws {IsolatedFailureError} the steps failed, with the code and kind of the original error
   */
  run(lease: Lease<EncounterJob>, attempt: Attempt): Promise<void>
  stop(): Promise<void>
}

interface IsolatedProcess {
  readonly child: ChildProcess
  /** Resolves when the process has ended and every report has been read. */
  readonly ended: Promise<void>
}

/**
 * For an encounter that was being processed when a gateway died. Whether the encounter caused that cannot be known afterwards: several were
 * running, or somebody killed the gateway. In a process of its own it can be known, because the gateway sees that process end
 * (docs/decisions/0023).
 */
export function createIsolation({
  config,
  connection,
  clock,
}: Pick<IsolatedRequest, 'config' | 'connection'> & { readonly clock: Clock }): Isolation {
  const oneAtATime = new Bulkhead({ limit: 1, queue: maxWaiting })
  let current: IsolatedProcess | undefined
  let idle = new AbortController()

  async function retire(): Promise<void> {
    const retired = current
    current = undefined
    if (retired === undefined) return
    if (retired.child.connected) retired.child.disconnect()
    const waited = new AbortController()
    const late = clock.sleep(exitGraceMs, waited.signal).then(
      () => retired.child.kill('SIGKILL'),
      () => undefined,
    )
    await Promise.race([retired.ended, late])
    waited.abort()
  }

  return {
    inTurn: (call, signal) => oneAtATime.run(call, signal),
    async run(lease, { attempt, maxAttempts, workerId, signal }) {
      signal.throwIfAborted()
      idle.abort()
      idle = new AbortController()
      current ??= startProcess()
      // Field by field, because the rest of a task's context cannot be sent.
      const request = { config, connection, lease, attempt: { attempt, maxAttempts, workerId } }
      const reports = await ask(current, request, signal)
      const last = reports.at(-1)
      if (last === undefined || last.kind === 'begun') current = undefined
      else void clock.sleep(idleMs, idle.signal).then(retire, () => undefined)
      await conclude(last, lease.job.encounterId, clock, signal)
    },
    async stop() {
      idle.abort()
      await retire()
    },
  }
}

function startProcess(): IsolatedProcess {
  const child = fork(entry, {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('error', () => undefined)
  // A process that cannot be started emits an error and never exits.
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(
    () => undefined,
    () => undefined,
  )
  return { child, ended }
}

/** Returns the reports of the process, up to its last one or its end. An abort of `signal` kills the process. */
async function ask(
  { child, ended }: IsolatedProcess,
  request: IsolatedRequest,
  signal: AbortSignal,
): Promise<readonly IsolatedReport[]> {
  const reports: IsolatedReport[] = []
  const finished = Promise.withResolvers<void>()
  const onMessage = (message: unknown) => {
    // Only our own entry file sends on this channel.
    const report = message as IsolatedReport
    reports.push(report)
    if (report.kind !== 'begun') finished.resolve()
  }
  const kill = () => void child.kill('SIGKILL')
  child.on('message', onMessage)
  signal.addEventListener('abort', kill, { once: true })
  try {
    child.send(request, (error) => {
      if (error !== null) kill()
    })
    await Promise.race([finished.promise, ended])
  } catch {
    // Its channel was closed already.
    kill()
  } finally {
    child.off('message', onMessage)
    signal.removeEventListener('abort', kill)
  }
  return reports
}

async function conclude(
  last: IsolatedReport | undefined,
  encounterId: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  switch (last?.kind) {
    case 'done':
      return
    case 'failed':
      throw new IsolatedFailureError(last.failure)
    case 'begun':
      // A process that we stopped, or that was stopped together with us, has not died.
      signal.throwIfAborted()
      await clock.sleep(settleMs, signal)
      throw new WorkerCrashedError(encounterId)
    case undefined:
      signal.throwIfAborted()
      throw new IsolatedStartError(encounterId)
    default:
      last satisfies never
  }
}
