import {
  CircuitOpenError,
  DuplicateTaskError,
  OrchestratorStoppedError,
  TaskAbortedError,
  TaskTimeoutError,
} from '@authscript/orchestrator'
import { GatewayError } from '../errors.ts'

const leastPauseMs = 1000

/** Our errors say what they permit; a timed-out attempt may be tried again; what nobody foresaw is not. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof TaskTimeoutError) return true
  return error instanceof GatewayError && error.kind === 'transient'
}

/** The least delay that the other side asked for. */
export function askedDelayMs(error: unknown): number | undefined {
  return error instanceof GatewayError ? error.retryAfterMs : undefined
}

/** Failures that are not the visit's: its lease goes back, and comes again after this delay, when the trouble may be over. */
export function giveBackDelayMs(error: unknown): number | undefined {
  if (error instanceof CircuitOpenError) return Math.max(error.retryAfterMs, leastPauseMs)
  if (error instanceof TaskAbortedError || error instanceof OrchestratorStoppedError) return 0
  // An earlier attempt on this node, that lost its lease, has not let go of the visit yet.
  if (error instanceof DuplicateTaskError) return leastPauseMs
  if (!(error instanceof GatewayError)) return undefined
  if (error.code === 'database_unavailable') return leastPauseMs
  return error.code === 'ehr_quota_exhausted' ? error.retryAfterMs : undefined
}
