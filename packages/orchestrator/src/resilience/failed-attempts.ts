/** The attempts behind an error. */
export interface FailedAttempts {
  /** Attempts that failed, the last one included. */
  readonly count: number
  /** Errors of the attempts before the last one, oldest first; at most the ten latest. */
  readonly earlierErrors: readonly unknown[]
}

const maxEarlierErrors = 10

/** Outside of the errors, which belong to the program and may be frozen. */
const attemptsByError = new WeakMap<object, FailedAttempts>()

/**
 * How often a task or call was tried before it failed with this error, and what its earlier attempts failed with. Undefined for an
 * error that no retry let through, and for a thrown value that is not an object.
 */
export function attemptsOf(error: unknown): FailedAttempts | undefined {
  return isObject(error) ? attemptsByError.get(error) : undefined
}

interface History {
  count: number
  readonly errors: unknown[]
}

const historyOf = new WeakMap<object, History>()

/**
 * Remembers that an attempt of `owner` (a task or a call) failed. The last error gets the attempts, and only the last: an error that
 * led to those before it, and these to others, would keep every error of a long series of retries in memory.
 */
export function recordFailedAttempt(owner: object, error: unknown, isLast: boolean): void {
  const history = historyOf.get(owner) ?? { count: 0, errors: [] }
  history.count += 1
  if (!isLast) {
    history.errors.push(error)
    if (history.errors.length > maxEarlierErrors) history.errors.shift()
    historyOf.set(owner, history)
  } else if (isObject(error)) {
    attemptsByError.set(error, { count: history.count, earlierErrors: history.errors })
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
