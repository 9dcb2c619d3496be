import {
  CircuitOpenError,
  DuplicateTaskError,
  OrchestratorStoppedError,
  TaskAbortedError,
  TaskTimeoutError,
} from '@authscript/orchestrator'
import { asksForLongWait, type FailureKind, GatewayError } from '../errors.ts'

const minReleaseDelayMs = 1000

/** Nothing failed, it is only too early: the EHR's next day has to begin, or an earlier attempt has to end. */
const tooEarlyCodes: ReadonlySet<string> = new Set(['ehr_quota_exhausted', 'write_back_in_flight'])

/**
 * Whether the same task may succeed if it is retried: our errors say so by their kind, an attempt that timed out is retried, and an
 * unexpected error is not.
 */
export function isWorthRetrying(
  error: unknown,
  retriedFailures: readonly FailureKind[] = ['transient'],
): boolean {
  if (error instanceof TaskTimeoutError) return true
  return error instanceof GatewayError && retriedFailures.includes(error.kind) && !isTooEarly(error)
}

/** The shortest delay that the other side asked for. */
export function askedDelayMs(error: unknown): number | undefined {
  return error instanceof GatewayError ? error.retryAfterMs : undefined
}

/**
 * For a failure that is not the job's own: its lease is released, and may be taken again after this delay. Undefined for every other
 * failure.
 */
export function releaseDelayMs(error: unknown): number | undefined {
  if (error instanceof CircuitOpenError) return Math.max(error.retryAfterMs, minReleaseDelayMs)
  if (error instanceof TaskAbortedError || error instanceof OrchestratorStoppedError) return 0
  // An earlier attempt on this node has lost its lease and has not ended yet.
  if (error instanceof DuplicateTaskError) return minReleaseDelayMs
  if (!(error instanceof GatewayError)) return undefined
  if (error.code === 'database_unavailable') return minReleaseDelayMs
  return isTooEarly(error) ? error.retryAfterMs : undefined
}

function isTooEarly(error: GatewayError): boolean {
  return tooEarlyCodes.has(error.code) || asksForLongWait(error)
}
