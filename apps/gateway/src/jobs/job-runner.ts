import { correlationIdOf } from '@authscript/prior-auth'
import type { JobRunner } from './job-kind.ts'
import type { JobKinds } from './job-kinds.ts'
import type { Attempt, Lease } from './job.ts'

/** A job's work as a task of the orchestrator. */
export interface JobTask {
  readonly name: string
  readonly key: string
  readonly group: string
  readonly correlationId: string
  readonly signal: AbortSignal
  run(attempt: Attempt): Promise<void>
}

/** Returns a function that runs a lease by its kind; its promise settles with the task. */
export function createJobRunner<Tools>(
  kinds: JobKinds<Tools>,
  tools: Tools,
  execute: (task: JobTask) => Promise<void>,
): (lease: Lease, signal: AbortSignal) => Promise<void> {
  const runners = new Map<string, JobRunner>(
    kinds.all.map((kind) => [kind.name, kind.createRunner(tools)]),
  )
  return async (lease, signal) => {
    const { job } = lease
    const { taskName, lease: rules } = kinds.of(job)
    await runners.get(job.kind)?.run(
      lease,
      (work) =>
        execute({
          name: taskName,
          key: rules.exclusiveKey(job),
          group: job.practiceId,
          correlationId: correlationIdOf(job.encounterId),
          signal,
          run: work,
        }),
      signal,
    )
  }
}
