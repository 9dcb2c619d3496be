/** Retries after a task has used up its own attempts: they outlive the process and span hours. */
export interface DurableRetrySettings {
  /** 0: a task that has used up its own attempts is a dead letter at once. */
  readonly retryCount: number
  readonly intervalMs: number
  readonly maxIntervalMs: number
}

/** Each wait is four times the previous one. The defaults give 1, 4, 16 and 64 min, 4.3 h, then 6 h: eight retries span a day. */
const growth = 4
/** The part of the wait by which it varies, so that jobs that failed together are not retried together. */
const jitter = 0.2

/** The wait before the next durable retry, in milliseconds; undefined: none is left.
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
