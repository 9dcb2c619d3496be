import type { Clock } from '../clock.ts'
import type { ResiliencySettings } from './settings.ts'

const defaultMaxDelayMs = 300_000

/**
 * Milliseconds to wait after failed attempt number `attempt` (1-based): constant or doubling, with bounded jitter on top, never
 * less than the other side asked for, never more than the cap.
 */
export function retryDelayMs(
  settings: ResiliencySettings,
  attempt: number,
  askedMs: number | undefined,
  clock: Clock,
): number {
  const { RetryIntervalSeconds, UseExponentialBackoff, jitter = 0 } = settings
  const factor = UseExponentialBackoff ? 2 ** Math.min(attempt - 1, 30) : 1
  const base = RetryIntervalSeconds * 1000 * factor
  const spread = jitter === 0 ? base : base * (1 + jitter * clock.random())
  return Math.min(Math.max(spread, askedMs ?? 0), settings.maxRetryDelayMs ?? defaultMaxDelayMs)
}
