import { correlationIdOf } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { DurableQueue, Lease } from '../jobs/durable-queue.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { LeaseLostError } from './pipeline-errors.ts'

export interface FailureDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly clock: Clock
  readonly log: Log
}

/**
 * Records a visit's failure after its last retry: state, reason and event in one transaction with the end of its job. From here it
 * is a dead letter: an operator sees it, understands it and redrives it.
 */
export async function recordFailure(
  lease: Lease,
  error: unknown,
  { store, queue, clock, log }: FailureDependencies,
): Promise<void> {
  const { run, ...ref } = lease.job
  const { code, reason } = explain(error)
  await store.transaction(async (transaction) => {
    const ours = await queue.settle(lease, transaction.db)
    if (!ours) throw new LeaseLostError(ref.encounterId)
    const now = clock.now()
    const row = await transaction.encounters.transition(
      ref,
      'failed',
      { error_code: code, error_reason: reason, finished_at: now },
      run,
    )
    if (row === undefined) return
    transaction.emit({
      eventType: 'EncounterProcessingFailed',
      practiceId: ref.practiceId,
      correlationId: correlationIdOf(ref.encounterId),
      timestamp: now.toISOString(),
      source: 'EncounterProcessor',
      data: {
        encounterId: ref.encounterId,
        error: reason,
        attemptCount: Math.max(1, row.attempt_count),
        code,
        patientId: ref.patientId,
      },
    })
  })
  log.error({ correlationId: correlationIdOf(ref.encounterId), code, error }, 'encounter failed')
}

/** Our own errors speak for themselves; a foreign one's message may quote the chart, so only its name is told. */
function explain(error: unknown): { readonly code: string; readonly reason: string } {
  if (error instanceof GatewayError) return { code: error.code, reason: error.message }
  if (isCoded(error)) return { code: error.code, reason: error.message }
  const name = error instanceof Error ? error.name : typeof error
  return { code: 'unexpected', reason: `unexpected ${name}; the log has its stack` }
}

/** Errors of our own packages: a literal snake_case code. Node's own codes are upper case. */
function isCoded(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[a-z_]+$/.test(error.code)
  )
}
