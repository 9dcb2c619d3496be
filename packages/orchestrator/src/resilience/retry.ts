import { type Clock, systemClock } from '../clock.ts'
import type { OptionKinds } from '../check-options.ts'
import { BulkheadFullError, CircuitOpenError, TaskAbortedError } from '../errors.ts'
import { recordFailedAttempt } from './failed-attempts.ts'
import type { Layer } from './layer.ts'
import { type RetrySettings, resolveResilienceSettings, retryKinds } from './settings.ts'
import { sleep, unlessAborted } from './timeout.ts'

export interface RetryOptions extends RetrySettings {
  /**
   * Whether another attempt may help: only `false` says no. It must answer at once, not with a promise. An open circuit, a full bulkhead
   * and an abort are never retried. @default every error
   */
  shouldRetry?(error: unknown): boolean
  /**
   * The minimum delay that the other side asked for (`Retry-After`); undefined when it did not. NaN, a negative number and `Infinity` count
   * as undefined.
   */
  retryAfterMs?(error: unknown): number | undefined
  /** @default the system's */
  readonly clock?: Clock
}

export const retryOptionKinds: OptionKinds<RetryOptions> = {
  ...retryKinds,
  shouldRetry: 'function',
  retryAfterMs: 'function',
  clock: 'object',
}

/** The delay before the next attempt, after number `attempt` (1-based) failed; undefined when there is none. */
export type NextDelay = (attempt: number, error: unknown) => number | undefined

/** @throws {RangeError} naming the setting that is out of range */
export function createNextDelay(options: RetryOptions): NextDelay {
  const { shouldRetry, retryAfterMs, clock = systemClock, ...settings } = options
  const retrying = resolveResilienceSettings(settings)
  return (attempt, error) => {
    if (attempt > retrying.retryCount || error instanceof TaskAbortedError) return undefined
    // Retrying here would hold the caller for as long as the circuit stays open; the caller decides when to come back.
    if (error instanceof CircuitOpenError || error instanceof BulkheadFullError) return undefined
    if (!toAnswer(shouldRetry?.call(options, error))) return undefined
    return retryDelayMs(retrying, attempt, retryAfterMs?.call(options, error), clock)
  }
}

/**
 * Milliseconds to wait after failed attempt number `attempt` (1-based): constant or doubling, plus jitter, at least what the other
 * side asked for, at most `maxRetryDelayMs`.
 */
function retryDelayMs(
  settings: Required<RetrySettings>,
  attempt: number,
  askedMs: number | undefined,
  clock: Clock,
): number {
  const { backoff, jitter } = settings
  const factor = backoff === 'exponential' ? 2 ** Math.min(attempt - 1, 30) : 1
  const base = settings.retryDelayMs * factor
  const delayMs = jitter === 0 ? base : base * (1 + jitter * clock.random())
  const leastMs = isDelay(askedMs) ? askedMs : 0
  return Math.min(Math.max(delayMs, leastMs), settings.maxRetryDelayMs)
}

/** A server's `Retry-After` may be anything. What is no delay leaves the policy's own. */
function isDelay(askedMs: number | undefined): askedMs is number {
  return Number.isFinite(askedMs) && (askedMs as number) > 0
}

/** @throws {TypeError} for a promise, which counted as true whatever it resolved with */
function toAnswer(answer: unknown): boolean {
  if (answer instanceof Promise)
    throw new TypeError('shouldRetry must return true or false, got a promise')
  return answer !== false
}

/** Makes attempts until one succeeds or none is left; an abort ends the wait for the next one at once. */
export function retryLayer(nextDelayMs: NextDelay, clock: Clock): Layer {
  return async (call, context) => {
    const { signal } = context
    const owner = {}
    for (let attempt = 1; ; attempt += 1) {
      const outlived: Promise<void>[] = []
      try {
        return await call({
          signal,
          attempt,
          onOutlived(settled) {
            outlived.push(settled)
            context.onOutlived(settled)
          },
        })
      } catch (error) {
        const delayMs = signal.aborted ? undefined : nextDelayMs(attempt, error)
        recordFailedAttempt(owner, error, delayMs === undefined)
        if (delayMs === undefined) throw error
        // A call that outlived its timeout must not overlap its own retry.
        await Promise.all([
          sleep(delayMs, signal, clock),
          unlessAborted(Promise.all(outlived), signal),
        ])
      }
    }
  }
}
