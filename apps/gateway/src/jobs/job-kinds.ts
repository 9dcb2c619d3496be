import { correlationIdOf } from '@authscript/prior-auth'
import { GatewayError } from '../errors.ts'
import { jobIdOf } from './job-id.ts'
import type { JobKind, JobRunner } from './job-kind.ts'
import type { Attempt, Job, Lease } from './job.ts'

/** The queue holds a job that this release cannot read, probably of a newer release. It is left for a node that can. */
export class JobUnreadableError extends GatewayError {
  override readonly name = 'JobUnreadableError'
  readonly code = 'job_unreadable'
  readonly kind = 'permanent'

  constructor(id: string, kind: string) {
    super(
      `job ${id} of kind "${kind}" cannot be read by this release; a newer one may have queued it`,
    )
  }
}

/** A job's work as a task of the orchestrator. */
export interface JobTask {
  readonly name: string
  readonly key: string
  readonly group: string
  readonly correlationId: string
  readonly signal: AbortSignal
  run(attempt: Attempt): Promise<void>
}

/** The kinds of jobs that a queue carries, by name. */
export class JobKinds<Tools = never> {
  readonly all: readonly JobKind<Job, Tools>[]
  readonly #byName: ReadonlyMap<string, JobKind<Job, Tools>>

  /** @throws {TypeError} two kinds share a name, or one names a field that its payload does not have */
  constructor(kinds: readonly JobKind<Job, Tools>[]) {
    this.all = kinds
    this.#byName = new Map(kinds.map((kind) => [kind.name, kind]))
    if (this.#byName.size < kinds.length) throw new TypeError('two kinds of jobs share a name')
    for (const { name, identity, payload } of kinds) {
      const unknown = identity.filter((field) => !(field in payload.shape))
      if (unknown.length > 0)
        throw new TypeError(`the payload of "${name}" does not have ${unknown.join(', ')}`)
    }
  }

  /** @throws {TypeError} no kind has this name */
  of({ kind: name }: Pick<Job, 'kind'>): JobKind<Job, Tools> {
    const kind = this.#byName.get(name)
    if (kind === undefined) throw new TypeError(`there is no kind of job named "${name}"`)
    return kind
  }

  /** Undefined when no kind can read it. */
  parse(payload: unknown): Job | undefined {
    const kind = this.#byName.get(kindOf(payload))
    return kind?.payload.safeParse(payload).data
  }

  idOf(job: Job): string {
    return jobIdOf(this.of(job), job)
  }

  /** Returns a function that runs a lease by its kind; its promise settles with the task. */
  createRunner(
    tools: Tools,
    execute: (task: JobTask) => Promise<void>,
  ): (lease: Lease, signal: AbortSignal) => Promise<void> {
    const runners = new Map<string, JobRunner>(
      this.all.map((kind) => [kind.name, kind.createRunner(tools)]),
    )
    return async (lease, signal) => {
      const { job } = lease
      const { taskName, lease: rules } = this.of(job)
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
}

/** The kind that a payload names, which may be unknown here; an empty text when it names none. */
export function kindOf(payload: unknown): string {
  return typeof payload === 'object' && payload !== null && 'kind' in payload
    ? String(payload.kind)
    : ''
}
