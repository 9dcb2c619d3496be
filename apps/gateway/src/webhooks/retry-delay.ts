/** Each wait is three times the last: 5 s, 15 s, 45 s … and then an hour. */
const growth = 3
/** The part of the wait by which it varies, so that endpoints which failed together are not retried together. */
const jitter = 0.2
/** The longest wait that an endpoint can ask for. */
const maxAskedMs = 3_600_000

export interface RetryIntervals {
  readonly intervalMs: number
  readonly maxIntervalMs: number
}

/**
 * The wait after `failureCount` failures in a row, in milliseconds.
 *
 * @param askedMs what the endpoint asked for
 * @param random 0 (inclusive) to 1 (exclusive)
 */
export function retryDelayMs(
  failureCount: number,
  { intervalMs, maxIntervalMs }: RetryIntervals,
  askedMs: number | undefined,
  random: number,
): number {
  const wait = Math.min(intervalMs * growth ** Math.max(0, failureCount - 1), maxIntervalMs)
  return Math.round(Math.max(wait * (1 + jitter * random), Math.min(askedMs ?? 0, maxAskedMs)))
}
