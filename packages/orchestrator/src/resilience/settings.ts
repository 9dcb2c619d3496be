import type { OptionKinds } from '../check-options.ts'

/** When a failed call is tried again. */
export interface RetrySettings {
  /** Attempts after the first; 0 never retries. @default 3 */
  readonly retryCount?: number
  /** Delay before the first retry; finite. @default 2_000 */
  readonly retryDelayMs?: number
  /** `exponential` doubles the delay for each further retry (2, 4, 8 s); `constant` keeps it. @default 'exponential' */
  readonly backoff?: 'exponential' | 'constant'
  /** Upper limit of each delay, also of one that the other side asked for. @default 300_000 */
  readonly maxRetryDelayMs?: number
  /** Each delay grows by a random share of at most this, 0..1, so that clients do not retry in step; 0 keeps it exact. @default 0 */
  readonly jitter?: number
}

/** How calls are protected. Every setting has a default. */
export interface ResilienceSettings extends RetrySettings {
  /** Time limit of one attempt; `Infinity` for none. @default 60_000 */
  readonly timeoutMs?: number
  /** Pattern `advanced`: calls to one dependency that may run at once. @default 16 */
  readonly bulkheadLimit?: number
  /** Pattern `advanced`: calls to one dependency that may wait for a free place in the bulkhead. @default 128 */
  readonly bulkheadQueue?: number
  /** Pattern `advanced`: consecutive failures that open a dependency's circuit breaker. @default 5 */
  readonly breakerThreshold?: number
  /** Pattern `advanced`: how long an open circuit breaker refuses calls. @default 30_000 */
  readonly breakerOpenMs?: number
}

/** The value of each setting that is not given. */
export const defaultResilienceSettings: Required<ResilienceSettings> = {
  retryCount: 3,
  retryDelayMs: 2000,
  backoff: 'exponential',
  maxRetryDelayMs: 300_000,
  jitter: 0,
  timeoutMs: 60_000,
  bulkheadLimit: 16,
  bulkheadQueue: 128,
  breakerThreshold: 5,
  breakerOpenMs: 30_000,
}

export const retryKinds: OptionKinds<RetrySettings> = {
  retryCount: 'number',
  retryDelayMs: 'number',
  backoff: 'string',
  maxRetryDelayMs: 'number',
  jitter: 'number',
}

export const resilienceKinds: OptionKinds<ResilienceSettings> = {
  ...retryKinds,
  timeoutMs: 'number',
  bulkheadLimit: 'number',
  bulkheadQueue: 'number',
  breakerThreshold: 'number',
  breakerOpenMs: 'number',
}

const isAtLeast = (least: number) => (value: number) => typeof value === 'number' && value >= least
const isCount = (value: number) => Number.isInteger(value) && value >= 0
const isPositiveCount = (value: number) => isCount(value) && value > 0

const allowed: Readonly<
  Record<
    keyof ResilienceSettings,
    { readonly what: string; readonly holds: (value: never) => boolean }
  >
> = {
  retryCount: { what: 'an integer of at least 0', holds: isCount },
  retryDelayMs: {
    what: 'at least 0 and finite',
    holds: (value: number) => isAtLeast(0)(value) && value < Number.POSITIVE_INFINITY,
  },
  backoff: {
    what: "'exponential' or 'constant'",
    holds: (value: string) => value === 'exponential' || value === 'constant',
  },
  maxRetryDelayMs: { what: 'at least 0', holds: isAtLeast(0) },
  jitter: {
    what: 'between 0 and 1',
    holds: (value: number) => isAtLeast(0)(value) && value <= 1,
  },
  timeoutMs: {
    what: 'more than 0',
    holds: (value: number) => typeof value === 'number' && value > 0,
  },
  bulkheadLimit: { what: 'a positive integer', holds: isPositiveCount },
  bulkheadQueue: { what: 'an integer of at least 0', holds: isCount },
  breakerThreshold: { what: 'a positive integer', holds: isPositiveCount },
  breakerOpenMs: { what: 'at least 0', holds: isAtLeast(0) },
}

/**
 * The settings with the defaults of those that are not given.
 *
 * @throws {RangeError} naming the setting, its value and what is allowed
 */
export function resolveResilienceSettings(
  settings: ResilienceSettings,
): Required<ResilienceSettings> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined)
  const resolved = { ...defaultResilienceSettings, ...Object.fromEntries(given) }
  for (const name of Object.keys(allowed) as (keyof ResilienceSettings)[]) {
    const { what, holds } = allowed[name]
    const value = resolved[name]
    if (!holds(value as never)) throw new RangeError(`${name} must be ${what}, got ${value}`)
  }
  return resolved
}
