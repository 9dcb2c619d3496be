/** Retries after a task has used up its own: they outlive the process and span hours. */
export interface DurableRetrySettings {
  /** 0: a task that has used up its own retries is a dead letter at once. */
  readonly retryCount: number
  readonly intervalMs: number
  readonly maxIntervalMs: number
}

/** Each wait is four times the last: the default 1 min, 4 min, 16 min, 64 min, 4.3 h and then 6 h spans a day in eight. */
const growth = 4
/** The part of the wait by which it varies, so that jobs that failed together are not retried together. */
const jitter = 0.2

/**
 * When to try again after `earlierRetries`, in milliseconds; undefined when it was the last time.
 *
 * @param random 0 (inclusive) to 1 (exclusive)
 */
export function nextRetryDelayMs(
  earlierRetries: number,
  { retryCount, intervalMs, maxIntervalMs }: DurableRetrySettings,
  askedMs: number | undefined,
  random: number,
): number | undefined {
  if (earlierRetries >= retryCount) return undefined
  const wait = Math.min(intervalMs * growth ** earlierRetries, maxIntervalMs)
  return Math.round(Math.max(wait * (1 + jitter * random), askedMs ?? 0))
}
