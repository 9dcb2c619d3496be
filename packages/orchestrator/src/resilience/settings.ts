/** The four settings of the seed's configuration, and finer ones with safe defaults. */
export interface ResiliencySettings {
  /** Attempts after the first. @default 3 */
  readonly RetryCount: number
  /** Delay before the first retry. @default 2 */
  readonly RetryIntervalSeconds: number
  /** Doubles the delay for each further retry: 2, 4, 8 s. @default true */
  readonly UseExponentialBackoff: boolean
  /** Longest time for one attempt. @default 60 */
  readonly TimeoutIntervalSeconds: number
  /** No delay is longer, whatever the backoff or the other side asks. @default 300_000 */
  readonly maxRetryDelayMs?: number
  /** Share of each delay that chance may add, 0..1; 0 keeps the delays exact. @default 0 */
  readonly jitter?: number
  /** `advanced` only: calls of one operation that may run at once. @default 16 */
  readonly bulkheadLimit?: number
  /** `advanced` only: calls of one operation that may wait for a place. @default 128 */
  readonly bulkheadQueue?: number
  /** `advanced` only: failures in a row that open an operation's breaker. @default 5 */
  readonly breakerThreshold?: number
  /** `advanced` only: how long the breaker stays open. @default 30_000 */
  readonly breakerOpenMs?: number
}

export const defaultResiliencySettings: ResiliencySettings = {
  RetryCount: 3,
  RetryIntervalSeconds: 2,
  UseExponentialBackoff: true,
  TimeoutIntervalSeconds: 60,
}

/** @throws {RangeError} naming the setting, what was found and what is allowed */
export function checkResiliencySettings(settings: ResiliencySettings): void {
  const expect = (name: keyof ResiliencySettings, holds: boolean, allowed: string) => {
    if (!holds) throw new RangeError(`${name} must be ${allowed}, got ${String(settings[name])}`)
  }
  const { RetryCount, RetryIntervalSeconds, TimeoutIntervalSeconds, jitter = 0 } = settings
  expect('RetryCount', Number.isInteger(RetryCount) && RetryCount >= 0, 'an integer of at least 0')
  expect('RetryIntervalSeconds', RetryIntervalSeconds >= 0, 'at least 0')
  expect('TimeoutIntervalSeconds', TimeoutIntervalSeconds > 0, 'more than 0')
  expect('jitter', jitter >= 0 && jitter <= 1, 'between 0 and 1')
}
