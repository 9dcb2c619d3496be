import {
  CircuitOpenError,
  DuplicateTaskError,
  OrchestratorStoppedError,
  TaskAbortedError,
  TaskTimeoutError,
} from '@authscript/orchestrator'
import { asksForLongWait, GatewayError } from '../errors.ts'

const leastPauseMs = 1000

/** Nothing failed, it is only too early: for the EHR's next day, or for the end of an earlier try. */
const waitsForItsTime: ReadonlySet<string> = new Set([
  'ehr_quota_exhausted',
  'write_back_in_flight',
])

/** Our errors say what they permit; a timed-out attempt may be tried again; what nobody foresaw is not. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof TaskTimeoutError) return true
  return error instanceof GatewayError && error.kind === 'transient' && !isOnlyTooEarly(error)
}

/** The least delay that the other side asked for. */
export function askedDelayMs(error: unknown): number | undefined {
  return error instanceof GatewayError ? error.retryAfterMs : undefined
}

/** Of a write-back also what may have taken effect: it searches before it sends. */
export function isWorthRetryingWriteBack(error: unknown): boolean {
  return isWorthRetrying(error) || (error instanceof GatewayError && error.kind === 'ambiguous')
}

/** Failures that are not the visit's: its lease goes back, and comes again after this delay, when the trouble may be over. */
export function giveBackDelayMs(error: unknown): number | undefined {
  if (error instanceof CircuitOpenError) return Math.max(error.retryAfterMs, leastPauseMs)
  if (error instanceof TaskAbortedError || error instanceof OrchestratorStoppedError) return 0
  // An earlier attempt on this node, that lost its lease, has not let go of the visit yet.
  if (error instanceof DuplicateTaskError) return leastPauseMs
  if (!(error instanceof GatewayError)) return undefined
  if (error.code === 'database_unavailable') return leastPauseMs
  return isOnlyTooEarly(error) ? error.retryAfterMs : undefined
}

function isOnlyTooEarly(error: GatewayError): boolean {
  return waitsForItsTime.has(error.code) || asksForLongWait(error)
}
