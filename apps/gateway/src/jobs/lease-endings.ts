import { correlationIdOf } from '@authscript/prior-auth'
import type { FailureKind } from '../errors.ts'
import { concludeFailure, type ConclusionDependencies, releaseLease } from './conclude-lease.ts'
import { type DurableRetrySettings, nextRetryDelayMs } from './durable-retry.ts'
import type { JobKinds } from './job-kinds.ts'
import type { Job, Lease } from './job.ts'
import type { LeaseEndings } from './lease-loop.ts'

export interface LeaseEndingOptions extends ConclusionDependencies {
  readonly kinds: JobKinds
  readonly durableRetry: DurableRetrySettings
  /** For a failure that is not the job's own: its lease is released, and may be taken again after this delay. Undefined for all others. */
  releaseDelayMs(error: unknown): number | undefined
  /** Whether the failure is one of these kinds, or may be gone later for another reason. */
  isWorthRetrying(error: unknown, retriedFailures: readonly FailureKind[]): boolean
  /** The shortest delay that the other side asked for. */
  askedDelayMs(error: unknown): number | undefined
  /** The failure of a job whose workers kept dying. */
  abandonedError(job: Job): Error
}

/** How leases of every kind end when their task has not settled them. */
export function createLeaseEndings(options: LeaseEndingOptions): LeaseEndings {
  const { kinds, durableRetry, clock, log } = options

  function conclude(lease: Lease, error: unknown): Promise<void> {
    const kind = kinds.of(lease.job)
    const retryDelayMs = (earlierRetries: number) =>
      options.isWorthRetrying(error, kind.retriedFailures)
        ? nextRetryDelayMs(
            earlierRetries,
            durableRetry,
            options.askedDelayMs(error),
            clock.random(),
          )
        : undefined
    return concludeFailure(kind, lease, error, retryDelayMs, options)
  }
  const release = (lease: Lease, delayMs: number) =>
    releaseLease(kinds.of(lease.job), lease, delayMs, options)

  return {
    async failed(lease, error) {
      const delayMs = options.releaseDelayMs(error)
      if (delayMs === undefined) return conclude(lease, error)
      const correlationId = correlationIdOf(lease.job.encounterId)
      if (await release(lease, delayMs)) log.info({ correlationId, delayMs }, 'lease released')
    },
    abandoned: (lease) => conclude(lease, options.abandonedError(lease.job)),
    released: (lease) => release(lease, 0),
  }
}
